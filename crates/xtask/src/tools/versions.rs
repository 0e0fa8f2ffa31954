//! The versions of the tools a build needs. A change here rebuilds the app.

use crate::failure::{AtPath, Failure, Outcome};
use crate::paths;

/// Trunk, which builds the app.
pub const TRUNK: &str = "0.21.14";

/// The npm package that carries `wasm-opt`.
pub const BINARYEN: &str = "132.0.0";

/// The crate that carries `wasm-split-cli`. It has to understand what the `wasm_split_helpers` in `Cargo.lock` marks.
pub const WASM_SPLIT: &str = "0.2.4";

/// The oldest Node.js that the scripts and Playwright run on.
pub const NODE_MAJOR: u32 = 20;

/// The version of wasm-bindgen in `Cargo.lock`: the command line tool must be exactly the same.
pub fn wasm_bindgen() -> Outcome<String> {
    let path = paths::root().join("Cargo.lock");
    let lock = std::fs::read_to_string(&path).at("read", &path)?;
    locked(&lock, "wasm-bindgen").ok_or_else(|| {
        Failure::new("Cargo.lock names no version of wasm-bindgen: run `cargo update -p wasm-bindgen`.")
    })
}

fn locked(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines
        .nth(1)?
        .strip_prefix("version = \"")?
        .strip_suffix('"')
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locked_version_is_that_of_the_exact_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(locked(lock, "trunk"), None);
    }
}
