//! Which crate may depend on which: a crate exists because of what it must not depend on.

use super::{Faults, Tree};
use anyhow::Context as _;
use toml::Table;

/// What a crate may depend on, tests apart.
struct Room {
    folder: &'static str,
    /// Crates of ours.
    ours: &'static [&'static str],
    /// Crates of others; `None` if the crate is free to choose.
    others: Option<&'static [&'static str]>,
}

/// Every crate of the workspace. A new one is added here with its reason in ARCHITECTURE.md.
const ROOMS: [Room; 12] = [
    Room { folder: "crates/text", ours: &[], others: Some(&["unicode-normalization"]) },
    Room { folder: "crates/model", ours: &["sijill-text"], others: Some(&["jiff", "thiserror"]) },
    Room {
        folder: "crates/knowledge",
        ours: &["sijill-text", "sijill-model"],
        others: Some(&["hashbrown", "rustc-hash", "serde", "thiserror", "toml"]),
    },
    Room {
        folder: "crates/sijill",
        ours: &["sijill-text", "sijill-model", "sijill-knowledge"],
        others: Some(&["icu_calendar", "jiff", "rustc-hash", "sha2", "smallvec", "strsim"]),
    },
    Room { folder: "crates/io", ours: &["sijill-text", "sijill-model"], others: None },
    // Neither readers nor the engine: a change to the reading must not rebuild SQLite's neighbour.
    Room { folder: "crates/store", ours: &["sijill-model"], others: None },
    // Neither a terminal nor a network: the program and the server do the same to a case.
    Room {
        folder: "crates/casework",
        ours: &["sijill", "sijill-export", "sijill-io", "sijill-store"],
        // Corrections of reviewers stand in the log as JSON.
        others: Some(&["serde_json"]),
    },
    Room {
        folder: "crates/server",
        ours: &["sijill", "sijill-casework", "sijill-export", "sijill-io", "sijill-store"],
        others: None,
    },
    // Neither knowledge nor the engine: what a format wants to know of a place or party is asked of
    // a `Register`, so that a change to the reading rebuilds no writer and no Parquet.
    Room {
        folder: "crates/export",
        ours: &["sijill-text", "sijill-model", "sijill-io"],
        others: None,
    },
    Room {
        folder: "crates/cli",
        ours: &[
            "sijill",
            "sijill-casework",
            "sijill-export",
            "sijill-io",
            "sijill-server",
            "sijill-store",
        ],
        others: None,
    },
    Room { folder: "crates/python", ours: &["sijill", "sijill-io", "sijill-store"], others: None },
    Room { folder: "xtask", ours: &["sijill", "sijill-io", "sijill-text"], others: None },
];

/// Crates without files, clock, environment, threads or output.
const PURE: [&str; 4] = ["crates/text", "crates/model", "crates/knowledge", "crates/sijill"];

/// What a pure crate must not name.
const IMPURE: [&str; 11] = [
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::thread",
    "std::io",
    "SystemTime",
    "Instant::now",
    "println!",
    "dbg!",
    "thread_local!",
];

pub(super) fn check(tree: &Tree, faults: &mut Faults) -> anyhow::Result<()> {
    for file in &tree.files {
        let Some(folder) = file.path.strip_suffix("/Cargo.toml") else { continue };
        let manifest: Table = file.text.parse().with_context(|| file.path.clone())?;
        if manifest.contains_key("workspace") {
            continue;
        }
        match ROOMS.iter().find(|room| room.folder == folder) {
            Some(room) => check_manifest(&manifest, room, &file.path, faults),
            None => faults.add("crate-graph", &file.path, "tidy/graph.rs does not know this crate"),
        }
    }
    for folder in PURE {
        check_pure(tree, folder, faults);
    }
    Ok(())
}

fn check_manifest(manifest: &Table, room: &Room, path: &str, faults: &mut Faults) {
    let table = |name| manifest.get(name).and_then(toml::Value::as_table);
    for name in table("dependencies").into_iter().flatten().map(|(name, _)| name.as_str()) {
        let is_allowed = if name == "sijill" || name.starts_with("sijill-") {
            room.ours.contains(&name)
        } else {
            room.others.is_none_or(|others| others.contains(&name))
        };
        if !is_allowed {
            faults.add("crate-graph", path, format!("'{name}' is no dependency of this crate"));
        }
    }
    let is_inherited = |section: Option<&Table>, key| {
        section.and_then(|section| section.get(key)).is_some_and(|value| {
            value.as_bool().or_else(|| value.get("workspace")?.as_bool()) == Some(true)
        })
    };
    for key in ["version", "edition", "rust-version", "license", "publish"] {
        if !is_inherited(table("package"), key) {
            faults.add("crate-graph", path, format!("write '{key}.workspace = true'"));
        }
    }
    if !is_inherited(table("lints"), "workspace") {
        faults.add("crate-graph", path, "write 'workspace = true' below [lints]");
    }
}

/// Clippy does the work; this makes sure that it is told to, and finds what it cannot see.
fn check_pure(tree: &Tree, folder: &str, faults: &mut Faults) {
    let own = tree.get(&format!("{folder}/clippy.toml")).map(|file| &file.text);
    let first = tree.get(&format!("{}/clippy.toml", PURE[0])).map(|file| &file.text);
    if own.is_none() || own != first {
        let message = format!("must be a copy of {}/clippy.toml", PURE[0]);
        faults.add("purity", &format!("{folder}/clippy.toml"), message);
    }
    for file in tree.below(&format!("{folder}/src/")).filter(|file| file.is("rs")) {
        for (number, line) in file.lines() {
            let code = line.split("//").next().unwrap_or_default();
            for name in IMPURE.iter().filter(|name| code.contains(**name)) {
                let place = format!("{}:{number}", file.path);
                faults.add("purity", &place, format!("'{name}' has no place in this crate"));
            }
        }
    }
}
