//! Brotli copies beside the files, made by Node's own compressor at its highest setting.

use std::path::Path;

use crate::failure::Outcome;
use crate::process::{command, run};

/// Writes `name.br` beside every file of `directory` that compresses, except those a deployment edits.
pub fn directory(directory: &Path) -> Outcome {
    run(
        command("node").arg("crates/xtask/js/compress.mjs").arg(directory),
        "The compressed copies in dist/ could not be written.",
    )
}
