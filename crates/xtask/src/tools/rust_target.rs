//! The WebAssembly target of the Rust toolchain.

use std::path::Path;

use crate::failure::{Failure, Outcome};
use crate::process::{command, find, output, run_logged};

/// The target triple of the app.
pub const WASM: &str = "wasm32-unknown-unknown";

pub fn present() -> bool {
    output(command("rustc").args(["--print", "target-libdir", "--target", WASM]))
        .is_some_and(|directory| Path::new(&directory).is_dir())
}

pub fn install(log: &Path) -> Outcome {
    if find("rustup").is_none() {
        return Err(Failure::new(format!(
            "The Rust target {WASM} is missing and rustup is not here to add it: install Rust with rustup \
             (https://rustup.rs), or add the target with the package manager that Rust came from."
        )));
    }
    run_logged(
        command("rustup").args(["target", "add", WASM]),
        log,
        &format!("rustup could not add the target {WASM}"),
    )
}
