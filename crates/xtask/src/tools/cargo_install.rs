//! Tools that are compiled on this machine, each version into a directory of its own in the cache.

use std::path::{Path, PathBuf};

use crate::failure::{AtPath, Outcome};
use crate::process::{cargo, command, output, run_logged};

pub fn directory(package: &str, version: &str) -> PathBuf {
    super::cached(&format!("{package}-{version}"))
}

/// Whether `program --version` says `version`.
pub fn present(program: &str, version: &str) -> bool {
    output(command(program).arg("--version"))
        .is_some_and(|text| text.split_whitespace().any(|word| word == version))
}

/// Whether `program`, which doesn't say its version, is where that version of `package` is installed.
pub fn present_in(package: &str, version: &str, program: &str) -> bool {
    directory(package, version)
        .join("bin")
        .join(format!("{program}{}", std::env::consts::EXE_SUFFIX))
        .is_file()
}

/// Compiles `package` without optimisation and without debug information: it is used a few times a day, and
/// waiting for it is most of what setting up takes.
pub fn install(package: &str, version: &str, features: &[&str], log: &Path) -> Outcome {
    let root = directory(package, version);
    let scratch = super::cached(&format!("{package}-build"));
    let build = |locked: &[&str]| {
        let mut cargo = cargo();
        cargo
            .args([
                "install",
                "--force",
                "--debug",
                "--no-track",
                "--version",
                version,
            ])
            .args(locked)
            .args(features)
            .arg("--root")
            .arg(&root)
            .arg("--target-dir")
            .arg(&scratch)
            .arg(package)
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_PROFILE_DEV_INCREMENTAL", "false")
            .env_remove("RUSTFLAGS");
        run_logged(
            &mut cargo,
            log,
            &format!("Cargo could not install {package} {version}"),
        )
    };
    // A lock file that no longer compiles with this toolchain is the one thing worth a second try.
    build(&["--locked"]).or_else(|_| build(&[]))?;
    std::fs::remove_dir_all(&scratch).at("remove", &scratch)
}
