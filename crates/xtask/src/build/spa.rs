//! The app in release: compiled by Cargo, cut in parts by wasm-split-cli, bound by wasm-bindgen, shrunk by binaryen, put
//! together by [`crate::dist`].
//!
//! Trunk does the same in development. It is left out here because compiling Trunk takes as long as compiling the app
//! and the server together, and a release needs none of what it adds.

use std::path::{Path, PathBuf};

use super::jobs::Jobs;
use super::{files, shrink, stamp};
use crate::failure::{AtPath, Outcome};
use crate::process::{cargo, command, run_logged};
use crate::{dist, paths, tools};

/// Cargo's profile for the app, which is about bytes.
const PROFILE: &str = "wasm-release";

/// What the bundle is made from.
const INPUTS: [&str; 17] = [
    "Cargo.lock",
    "Cargo.toml",
    ".cargo/config.toml",
    "build.rs",
    "crates/contract",
    "crates/domain",
    "crates/sync",
    "crates/xtask/js",
    "crates/xtask/src/build/shrink.rs",
    "crates/xtask/src/build/spa.rs",
    "crates/xtask/src/dist",
    "crates/xtask/src/tools/versions.rs",
    "index.html",
    "locales",
    "public",
    "src",
    "style",
];

/// Compiles the app in release.
pub fn compile(jobs: &Jobs) -> Outcome {
    jobs.run("compile the app", |log| {
        run_logged(
            cargo().args([
                "rustc",
                "--target",
                tools::WASM,
                "--profile",
                PROFILE,
                "--bin",
                "countersign",
                "--features",
                "split",
                "--",
                // How wasm-split-cli sees who needs whom.
                "-Clink-arg=--emit-relocs",
            ]),
            log,
            "The app does not compile",
        )
    })
}

/// Whether `dist/` was made from the very inputs that are there now.
pub fn is_current() -> Outcome<bool> {
    Ok(std::fs::read_to_string(stamp_file()).ok() == Some(stamp()?))
}

/// Makes `dist/` from the compiled app.
pub fn bundle(jobs: &Jobs) -> Outcome {
    let stamp_before = stamp::digest(&INPUTS)?;
    let compiled = paths::target()
        .join(tools::WASM)
        .join(PROFILE)
        .join("countersign.wasm");
    let split = paths::state().join("split");
    let bound = paths::state().join("bindgen");
    jobs.run("bundle the app", |log| {
        // A part of an earlier build would become a part of this one.
        for directory in [&split, &bound] {
            if directory.exists() {
                std::fs::remove_dir_all(directory).at("remove", directory)?;
            }
        }
        run_logged(
            command("wasm-split-cli")
                .args(["--out-name", "countersign"])
                .arg(&compiled)
                .arg(&split),
            log,
            "wasm-split-cli could not cut the app",
        )?;
        // The parts link to what the linker exports, by the names the linker gave.
        run_logged(
            command("wasm-bindgen")
                .args([
                    "--target",
                    "web",
                    "--no-typescript",
                    "--keep-lld-exports",
                    "--no-demangle",
                    "--out-name",
                    "countersign",
                    "--out-dir",
                ])
                .arg(&bound)
                .arg(split.join("countersign.wasm")),
            log,
            "wasm-bindgen could not bind the app",
        )?;
        let mut modules = vec![bound.join("countersign_bg.wasm")];
        modules.extend(parts(&split)?);
        shrink::all(modules, log)?;
        dist::release(&bound, &split)
    })?;
    std::fs::create_dir_all(paths::state()).at("create", &paths::state())?;
    // What changed while this was building is not in it: remember what it was made from, not what is there now.
    let stamp = format!("{stamp_before} {}", page_digest()?);
    std::fs::write(stamp_file(), stamp).at("write", &stamp_file())
}

/// The parts that wasm-split-cli cut off.
fn parts(split: &Path) -> Outcome<Vec<PathBuf>> {
    let is_part = |file: &PathBuf| {
        let is_wasm = file.extension().is_some_and(|extension| extension == "wasm");
        is_wasm && file.file_stem().is_none_or(|stem| stem != "countersign")
    };
    Ok(files(split)?.into_iter().filter(is_part).collect())
}

fn stamp() -> Outcome<String> {
    Ok(format!("{} {}", stamp::digest(&INPUTS)?, page_digest()?))
}

/// The page names every file with its digest, so it stands for the whole bundle.
fn page_digest() -> Outcome<String> {
    stamp::digest(&["dist/index.html"])
}

fn stamp_file() -> PathBuf {
    paths::state().join("dist.digest")
}
