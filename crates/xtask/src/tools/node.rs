//! Node.js and the npm packages.

use std::path::{Path, PathBuf};

use super::versions::{BINARYEN, NODE_MAJOR};
use crate::failure::{AtPath, Failure, Outcome};
use crate::paths;
use crate::process::{command, find, output, run_logged};

/// Fails with one sentence unless Node.js and npm are here and new enough.
pub fn require() -> Outcome {
    let advice = format!(
        "install Node.js {NODE_MAJOR} or newer (https://nodejs.org, or your system's package manager) and run the \
         command again."
    );
    let version = output(command("node").arg("--version")).ok_or_else(|| {
        Failure::new(format!(
            "Node.js is needed to build the app and is not on the path: {advice}"
        ))
    })?;
    if major(&version).is_none_or(|major| major < NODE_MAJOR) {
        return Err(Failure::new(format!("Node.js {version} is too old: {advice}")));
    }
    if find("npm").is_none() {
        return Err(Failure::new(format!(
            "npm, which comes with Node.js, is not on the path: {advice}"
        )));
    }
    Ok(())
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

pub fn wasm_opt_directory() -> PathBuf {
    super::cached(&format!("binaryen-{BINARYEN}"))
}

pub fn wasm_opt_present() -> bool {
    wasm_opt_directory().join("node_modules/.bin/wasm-opt").exists()
}

/// The library behind `wasm-opt`.
pub fn binaryen() -> PathBuf {
    wasm_opt_directory().join("node_modules/binaryen/index.js")
}

/// Installs into a directory beside the final one and renames it, so that half an install is never used.
pub fn install_wasm_opt(log: &Path) -> Outcome {
    let directory = wasm_opt_directory();
    let scratch = directory.with_extension("part");
    std::fs::create_dir_all(&scratch).at("create", &scratch)?;
    run_logged(
        command("npm")
            .args([
                "install",
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
                "--no-save",
                "--prefix",
            ])
            .arg(&scratch)
            .arg(format!("binaryen@{BINARYEN}")),
        log,
        "npm could not install wasm-opt",
    )?;
    std::fs::rename(&scratch, &directory).at("create", &directory)
}

fn browser_tests() -> PathBuf {
    paths::root().join("tests/e2e")
}

/// npm leaves a copy of the lock file in `node_modules`; it is older than the lock file after an update.
pub fn browser_tests_present() -> bool {
    let modified = |path: PathBuf| std::fs::metadata(path).and_then(|data| data.modified()).ok();
    let installed = modified(browser_tests().join("node_modules/.package-lock.json"));
    let wanted = modified(browser_tests().join("package-lock.json"));
    matches!((installed, wanted), (Some(installed), Some(wanted)) if installed >= wanted)
}

pub fn install_browser_tests(log: &Path) -> Outcome {
    run_logged(
        command("npm")
            .args(["ci", "--no-audit", "--no-fund"])
            .current_dir(browser_tests())
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
        log,
        "npm could not install the packages of the browser tests",
    )
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn node_says_its_version_with_a_v() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("20"), None);
    }
}
