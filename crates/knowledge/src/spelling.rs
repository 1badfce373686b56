//! Names of places by how they sound.

use crate::place::{Gazetteer, PlaceId};
use rustc_hash::FxHasher;
use sijill_model::PlaceKind;
use sijill_text::skeleton::{skeleton, skeleton_into};
use sijill_text::token::folded_words_into;
use std::hash::{Hash as _, Hasher as _};

/// More villages than this whose names begin with one word tell nothing of that word.
const NAMESAKES: usize = 12;

/// The hash of a skeleton with each of its bearers, in order.
type Index = Vec<(u64, PlaceId)>;

/// Every name of the gazetteer by its skeleton.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spellings {
    /// Whole names.
    alike: Index,
    /// The first words of longer names of villages, if few begin so.
    begun: Index,
}

impl Spellings {
    /// Indexes the names of a gazetteer.
    pub(crate) fn new(gazetteer: &Gazetteer) -> Self {
        let rows = gazetteer.names().len();
        let (mut alike, mut begun) =
            (Index::with_capacity(5 * rows / 2), Index::with_capacity(rows));
        let (mut folded, mut bones) = (String::new(), String::new());
        for names in gazetteer.names() {
            let id = names.place;
            let is_village = gazetteer.get(id).kind == PlaceKind::Village;
            let arabic = names.arabic().map(|name| (name, false));
            for (name, is_latin) in arabic.chain(names.latin().map(|name| (name, true))) {
                folded.clear();
                folded_words_into(name, &mut folded);
                bones.clear();
                let (first, rest) = folded.split_once(' ').unwrap_or((&folded, ""));
                skeleton_into(first, &mut bones);
                if is_village && !rest.is_empty() {
                    begun.push((hash(&bones), id));
                }
                skeleton_into(rest, &mut bones);
                alike.push((hash(&bones), id));
                if is_latin && let Some((bare, _)) = gazetteer.strip_types(&folded) {
                    alike.push((hash(&skeleton(&bare)), id));
                }
            }
        }
        for index in [&mut alike, &mut begun] {
            index.sort_unstable();
            index.dedup();
        }
        let few = begun.chunk_by(|a, b| a.0 == b.0).filter(|bearers| bearers.len() <= NAMESAKES);
        Self { alike, begun: few.flatten().copied().collect() }
    }

    /// Lists the places whose name has this skeleton, by number.
    pub(crate) fn alike(&self, skeleton: &str) -> impl Iterator<Item = PlaceId> {
        bearers(&self.alike, hash(skeleton))
    }

    /// Lists the villages whose name goes on behind a word with this skeleton.
    pub(crate) fn beginning_with(&self, skeleton: &str) -> impl Iterator<Item = PlaceId> {
        bearers(&self.begun, hash(skeleton))
    }
}

fn bearers(index: &Index, hash: u64) -> impl Iterator<Item = PlaceId> {
    let from = index.partition_point(|&(key, _)| key < hash);
    index[from..].iter().take_while(move |&&(key, _)| key == hash).map(|&(_, id)| id)
}

fn hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    text.hash(&mut hasher);
    hasher.finish()
}
