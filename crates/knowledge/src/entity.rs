//! Actors, persons and sources: `actors.tsv`, `persons.tsv`, `sources.tsv`.

use crate::lexicon::Lexicon;
use crate::tables::{TableError, Tables};
use crate::trie::folded_name;
use crate::tsv::rows;
use crate::vocabulary::{Vocabulary, WordId};
use rustc_hash::{FxHashMap, FxHashSet};
use sijill_text::clitic::strip_article;

/// The number of an entity.
pub type EntityId = u32;

/// A party, a person or a voice.
#[derive(Clone, Debug)]
pub struct Entity {
    /// Id as the gold and every export spell it.
    pub id: String,
    /// What sort it is.
    pub kind: EntityKind,
    /// The type on the wire: state, armed-group, source …
    pub type_name: String,
    /// Arabic names, the display form first.
    pub names: Vec<String>,
    /// English names.
    pub names_en: Vec<String>,
    /// What it belongs to, resolved by [`Entities::owner`].
    pub part_of: Option<String>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// The role of a person or the kind of a source.
    pub role: String,
}

/// What sort of entity it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntityKind {
    /// A party, force, state or class of people.
    Actor,
    /// A named public figure.
    Person,
    /// A voice: outlet, agency, monitor or office.
    Source,
    /// A class of unnamed voices: activists, eyewitnesses.
    Class,
}

/// A name of an entity and how far it stands alone.
pub(crate) struct EntityName<'a> {
    pub(crate) entity: EntityId,
    pub(crate) name: &'a str,
    /// Counts only after a fuller name of the same entity in the same document.
    pub(crate) short: bool,
}

/// All entities.
#[derive(Clone, Debug, Default)]
pub struct Entities {
    all: Vec<Entity>,
    by_id: FxHashMap<String, EntityId>,
    short: Vec<Vec<String>>,
    heads: Vec<Vec<WordId>>,
    /// The forces of each country that one noun names: "the army", "the police".
    forces: FxHashMap<(String, WordId), Option<EntityId>>,
    /// Nouns that names of armed parties begin with.
    armed: FxHashSet<WordId>,
    judged: Vec<bool>,
}

impl Entities {
    pub(crate) fn parse(tables: &Tables, errors: &mut Vec<TableError>) -> Self {
        let mut entities = Self::default();
        let files = [
            ("actors.tsv", ["id", "type", "names_ar", "names_en", "part_of", "country"]),
            ("persons.tsv", ["id", "role", "names_ar", "names_en", "part_of", "country"]),
            ("sources.tsv", ["id", "kind", "names_ar", "names_en", "part_of", "country"]),
        ];
        for (file, columns) in files {
            for (table, text) in tables.below(file) {
                for row in rows(table, text, columns, errors) {
                    let [id, role, names, names_en, part_of, country] = row.cells;
                    if id.is_empty() || names.is_empty() {
                        errors.push(row.error("a row needs an id and an Arabic name"));
                        continue;
                    }
                    let (kind, type_name) = match (file, role) {
                        ("actors.tsv", CIVILIAN_CLASS) => (EntityKind::Actor, "civilian"),
                        ("actors.tsv", _) => (EntityKind::Actor, role),
                        ("persons.tsv", _) => (EntityKind::Person, "person"),
                        (_, "class" | "self") => (EntityKind::Class, "source"),
                        _ => (EntityKind::Source, "source"),
                    };
                    if kind == EntityKind::Actor && !ACTOR_TYPES.contains(&role) {
                        let hint = format!("one of {}", ACTOR_TYPES.join(", "));
                        errors.push(row.error(format!("unknown actor type '{role}'")).hint(hint));
                    }
                    let entity = Entity {
                        id: id.to_owned(),
                        kind,
                        type_name: type_name.to_owned(),
                        names: split(names),
                        names_en: split(names_en),
                        part_of: (!part_of.is_empty()).then(|| part_of.to_owned()),
                        country: (!country.is_empty()).then(|| country.to_owned()),
                        role: role.to_owned(),
                    };
                    if let Some(&old) = entities.by_id.get(id)
                        && !table.user
                    {
                        let first = &entities.all[old as usize].names[0];
                        errors.push(row.error(format!("id '{id}' is taken by '{first}'")));
                    }
                    entities.add(entity);
                }
            }
        }
        entities.check_owners(errors);
        entities
    }

    fn add(&mut self, mut entity: Entity) {
        let short =
            entity.names.iter().filter_map(|n| n.strip_prefix('?')).map(str::to_owned).collect();
        entity.names.iter_mut().for_each(|n| *n = n.trim_start_matches('?').to_owned());
        if let Some(&id) = self.by_id.get(&entity.id) {
            self.all[id as usize] = entity;
            self.short[id as usize] = short;
        } else {
            self.by_id.insert(entity.id.clone(), self.all.len() as EntityId);
            self.all.push(entity);
            self.short.push(short);
        }
    }

    fn check_owners(&self, errors: &mut Vec<TableError>) {
        for entity in &self.all {
            if let Some(owner) = &entity.part_of
                && !self.by_id.contains_key(owner)
            {
                errors.push(TableError {
                    file: "actors.tsv".to_owned(),
                    line: 0,
                    message: format!("'{}' is part of '{owner}', which no table holds", entity.id),
                    hint: None,
                });
            }
        }
    }

    /// Lists every name with its entity.
    pub(crate) fn names(&self) -> impl Iterator<Item = EntityName<'_>> {
        self.all.iter().enumerate().flat_map(move |(i, entity)| {
            entity.names.iter().map(move |name| EntityName {
                entity: i as EntityId,
                name,
                short: self.short[i].contains(name),
            })
        })
    }

    /// Notes the first word of every name, without the article: a bare definite noun refers back
    /// to an entity one of whose names begins with it.
    pub(crate) fn index_heads(&mut self, vocabulary: &mut Vocabulary) {
        self.heads = self
            .all
            .iter()
            .map(|entity| {
                let heads: Vec<WordId> = entity
                    .names
                    .iter()
                    .filter_map(|name| {
                        let folded = folded_name(name);
                        let first = folded.split(' ').next().filter(|first| !first.is_empty())?;
                        Some(vocabulary.intern(strip_article(first).1))
                    })
                    .collect();
                heads
            })
            .collect();
        self.index_forces();
    }

    /// Notes which forces of a country are named by a noun and no more than an adjective.
    fn index_forces(&mut self) {
        for (id, entity) in (0..).zip(&self.all) {
            if entity.type_name == FORCES || entity.type_name == ARMED {
                self.armed.extend(&self.heads[id as usize]);
            }
            let Some(country) = entity.country.as_ref().filter(|_| entity.type_name == FORCES)
            else {
                continue;
            };
            for (name, &head) in entity.names.iter().zip(&self.heads[id as usize]) {
                // "The Sudanese forces": a noun and an adjective, both with the article.
                let adjective = name.split(' ').all(|word| strip_article(word).1 != word);
                if adjective && name.split(' ').count() == 2 {
                    let forces = self.forces.entry((country.clone(), head)).or_insert(Some(id));
                    *forces = forces.filter(|&other| other == id);
                }
            }
        }
    }

    /// Tells whether names of armed parties begin with this noun.
    pub fn is_armed_head(&self, head: WordId) -> bool {
        self.armed.contains(&head)
    }

    /// Tells whether this noun names forces of many states: an army, a police, no regime.
    pub fn is_of_forces(&self, head: WordId) -> bool {
        MANY_STATES < self.forces.keys().filter(|&&(_, other)| other == head).count()
    }

    /// Finds the forces of a country that this noun names, if it names only one.
    pub fn forces_of(&self, country: &str, head: WordId) -> Option<EntityId> {
        *self.forces.get(&(country.to_owned(), head))?
    }

    /// Notes which entities go by a name with a word that judges.
    pub(crate) fn index_labels(&mut self, vocabulary: &Vocabulary, lexicon: &Lexicon) {
        let label = |word: &str| {
            let stem = vocabulary.get(strip_article(word).1);
            stem.is_some_and(|stem| {
                lexicon.readings(stem).iter().any(|reading| lexicon.lemma(reading.lemma).label)
            })
        };
        let judged = |entity: &Entity| {
            entity.names.iter().any(|name| folded_name(name).split(' ').skip(1).any(label))
        };
        self.judged = self.all.iter().map(judged).collect();
    }

    /// Tells whether the entity goes by a name with a word that judges: "the terrorist …".
    pub fn is_judged(&self, id: EntityId) -> bool {
        self.judged.get(id as usize).copied().unwrap_or_default()
    }

    /// Counts the names of the entity that begin with this word.
    pub fn heads_with(&self, id: EntityId, head: WordId) -> usize {
        self.heads[id as usize].iter().filter(|&&other| other == head).count()
    }

    /// Tells whether the name that the entity is best known by begins with this word.
    pub fn has_main_head(&self, id: EntityId, head: WordId) -> bool {
        self.heads[id as usize].first() == Some(&head)
    }

    /// Returns an entity.
    pub fn get(&self, id: EntityId) -> &Entity {
        &self.all[id as usize]
    }

    /// Tells whether an entity stands for the outlet's own staff: "our correspondent".
    pub fn is_outlet_itself(&self, id: EntityId) -> bool {
        self.get(id).role == "self"
    }

    /// Returns whom a claim about the entity names: children and workers are civilians, schools
    /// civilian objects; every other entity is itself.
    pub fn counts_as(&self, id: EntityId) -> EntityId {
        let mut id = id;
        while self.get(id).role == CIVILIAN_CLASS
            && let Some(owner) = self.owner(id).filter(|&owner| owner != id)
        {
            id = owner;
        }
        id
    }

    /// Tells whether an entity is no people: schools, the infrastructure.
    pub fn is_thing(&self, id: EntityId) -> bool {
        self.get(self.counts_as(id)).id == CIVILIAN_OBJECTS
    }

    /// Finds an entity by its id.
    pub fn find(&self, id: &str) -> Option<EntityId> {
        self.by_id.get(id).copied()
    }

    /// Finds what an entity belongs to.
    pub fn owner(&self, id: EntityId) -> Option<EntityId> {
        self.find(self.get(id).part_of.as_deref()?)
    }

    /// Lists all entities.
    pub fn iter(&self) -> impl Iterator<Item = &Entity> {
        self.all.iter()
    }

    /// Finds entities one of whose names folds to `folded`.
    pub fn named(&self, folded: &str) -> Vec<&Entity> {
        let same =
            |e: &&Entity| e.names.iter().chain(&e.names_en).any(|name| folded_name(name) == folded);
        self.all.iter().filter(same).collect()
    }
}

/// The row of things that civilians own and use.
const CIVILIAN_OBJECTS: &str = "civilian-objects";

/// The type of a row that names an armed party that is no state's.
const ARMED: &str = "armed-group";

/// A noun that names forces of more states than this names forces wherever it stands.
const MANY_STATES: usize = 10;

/// The type of a row that names forces of a state.
const FORCES: &str = "state-forces";

/// The type of a row that describes civilians without being a group of its own.
const CIVILIAN_CLASS: &str = "civilian-class";

const ACTOR_TYPES: &[&str] = &[
    "state",
    "state-forces",
    "government",
    "armed-group",
    "coalition",
    "civilian",
    CIVILIAN_CLASS,
    "person",
    "source",
    "unlisted",
];

fn split(names: &str) -> Vec<String> {
    names.split('|').map(str::trim).filter(|n| !n.is_empty()).map(str::to_owned).collect()
}
