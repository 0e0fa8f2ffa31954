//! The app: compiled by Cargo, bundled by Trunk into `dist/`, finished by [`crate::dist`].

use super::jobs::Jobs;
use super::stamp;
use crate::failure::{AtPath, Outcome};
use crate::process::{cargo, command, run_logged};
use crate::{paths, tools};

/// What the bundle is made from. Cargo and Trunk would notice a change too, but take seconds to notice none.
const INPUTS: [&str; 15] = [
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "build.rs",
    "crates/contract",
    "crates/domain",
    "crates/sync",
    "crates/xtask/js",
    "crates/xtask/src/dist",
    "crates/xtask/src/tools/versions.rs",
    "index.html",
    "locales",
    "public",
    "src",
    "style",
];

/// Compiles the app exactly as Trunk is going to, for when Trunk itself is not here yet.
pub fn compile(jobs: &Jobs) -> Outcome {
    jobs.run("compile the app", |log| {
        run_logged(
            cargo().args([
                "build",
                "--target",
                tools::WASM,
                "--profile",
                "wasm-release",
                "--bin",
                "countersign",
            ]),
            log,
            "The app does not compile",
        )
    })
}

/// Builds the app in release into `dist/`, unless it is there already, made from the very same inputs.
pub fn bundle(jobs: &Jobs) -> Outcome {
    let digest = stamp::digest(&INPUTS)?;
    let stamp = paths::state().join("dist.digest");
    // The page names every file with its digest, so it stands for the whole bundle.
    let bundled = || stamp::digest(&["dist/index.html"]).map(|page| format!("{digest} {page}"));
    if std::fs::read_to_string(&stamp).ok() == Some(bundled()?) {
        return Ok(());
    }
    jobs.run("bundle the app", |log| {
        run_logged(
            command("trunk").args(["build", "--release", "--skip-version-check"]),
            log,
            "The app does not build",
        )
    })?;
    std::fs::create_dir_all(paths::state()).at("create", &paths::state())?;
    std::fs::write(&stamp, bundled()?).at("write", &stamp)
}
