//! Where things are: the checkout, what a build leaves in it, and the cache outside it.

use std::path::{Path, PathBuf};

/// The root of the checkout: as `cargo run` says, since a checkout may have been moved after this was built.
pub fn root() -> PathBuf {
    let said = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let manifest = said.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf());
    manifest.ancestors().nth(2).unwrap_or(&manifest).to_path_buf()
}

/// What a CDN gets.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Where `start` keeps its database. Ignored by git.
pub fn data() -> PathBuf {
    root().join("data")
}

/// Cargo's target directory: `CARGO_TARGET_DIR` where set, else `target` in the checkout.
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(directory) => root().join(directory),
        None => root().join("target"),
    }
}

/// Small files that these commands remember something in (digests of what was built).
pub fn state() -> PathBuf {
    target().join("xtask")
}

/// The cache of tools, shared by all checkouts: `COUNTERSIGN_CACHE`, else `countersign` in `XDG_CACHE_HOME` or
/// `~/.cache`.
pub fn cache() -> PathBuf {
    let set = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    set("COUNTERSIGN_CACHE")
        .or_else(|| set("XDG_CACHE_HOME").map(|base| base.join("countersign")))
        .or_else(|| set("HOME").map(|home| home.join(".cache/countersign")))
        .unwrap_or_else(|| std::env::temp_dir().join("countersign-cache"))
}

/// `path` as people name it: relative to the checkout where it is inside it.
pub fn shown(path: &Path) -> String {
    let root = root();
    path.strip_prefix(&root).unwrap_or(path).display().to_string()
}
