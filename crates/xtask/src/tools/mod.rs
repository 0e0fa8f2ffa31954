//! The tools that a build and the tests need: what each is for, whether it is here, and how it gets here.

mod cargo_install;
pub mod debian;
mod node;
mod rust_target;
pub mod versions;

use std::path::{Path, PathBuf};

use crate::build::jobs::{Jobs, with_jobs};
use crate::failure::Outcome;
use crate::paths;

pub use node::{binaryen, require as require_node};
pub use rust_target::WASM;

/// One thing that has to be on the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// The standard library for WebAssembly.
    WasmTarget,
    /// `trunk`.
    Trunk,
    /// `wasm-bindgen` and `wasm-bindgen-test-runner`.
    WasmBindgen,
    /// `wasm-split-cli`.
    WasmSplit,
    /// `wasm-opt`.
    WasmOpt,
    /// Chromium, its driver and fonts with Chinese characters.
    Browser,
    /// The npm packages of the browser tests.
    BrowserTests,
}

/// Not `wasm-split-cli`: the crate of that name is another tool.
const WASM_SPLIT_PACKAGE: &str = "wasm_split_cli_support";

/// What building the app takes.
pub const FOR_BUILD: [Tool; 4] = [
    Tool::WasmTarget,
    Tool::WasmOpt,
    Tool::WasmBindgen,
    Tool::WasmSplit,
];

/// What rebuilding it on every change takes.
pub const FOR_DEVELOPMENT: [Tool; 4] = [Tool::WasmTarget, Tool::WasmOpt, Tool::WasmBindgen, Tool::Trunk];

impl Tool {
    /// What it is, with the version where one is pinned.
    fn label(self) -> Outcome<String> {
        Ok(match self {
            Self::WasmTarget => format!("Rust target {WASM}"),
            Self::Trunk => format!("Trunk {}", versions::TRUNK),
            Self::WasmBindgen => format!("wasm-bindgen {}", versions::wasm_bindgen()?),
            Self::WasmSplit => format!("wasm-split {}", versions::WASM_SPLIT),
            Self::WasmOpt => format!("wasm-opt (binaryen {})", versions::BINARYEN),
            Self::Browser => "Chromium, its driver and Chinese fonts".to_owned(),
            Self::BrowserTests => "Playwright and axe".to_owned(),
        })
    }

    /// What it is for.
    fn purpose(self) -> &'static str {
        match self {
            Self::WasmTarget => "compiles the app for the browser",
            Self::Trunk => "rebuilds the app on every change; compiled once on this machine",
            Self::WasmBindgen => "joins WebAssembly to JavaScript; compiled once on this machine",
            Self::WasmSplit => "cuts the app in parts; compiled once on this machine",
            Self::WasmOpt => "makes the app smaller",
            Self::Browser => "runs the component and browser tests",
            Self::BrowserTests => "drive the browser tests",
        }
    }

    fn present(self) -> Outcome<bool> {
        Ok(match self {
            Self::WasmTarget => rust_target::present(),
            Self::Trunk => cargo_install::present("trunk", versions::TRUNK),
            Self::WasmBindgen => cargo_install::present("wasm-bindgen", &versions::wasm_bindgen()?),
            Self::WasmSplit => {
                cargo_install::present_in(WASM_SPLIT_PACKAGE, versions::WASM_SPLIT, "wasm-split-cli")
            }
            Self::WasmOpt => node::wasm_opt_present(),
            Self::Browser => debian::browser_present(),
            Self::BrowserTests => node::browser_tests_present(),
        })
    }

    fn install(self, log: &Path) -> Outcome {
        match self {
            Self::WasmTarget => rust_target::install(log),
            Self::Trunk => cargo_install::install("trunk", versions::TRUNK, &["--no-default-features"], log),
            Self::WasmBindgen => {
                // Without TLS, which it needs only for browsers on other machines.
                cargo_install::install(
                    "wasm-bindgen-cli",
                    &versions::wasm_bindgen()?,
                    &["--no-default-features"],
                    log,
                )
            }
            Self::WasmSplit => cargo_install::install(
                WASM_SPLIT_PACKAGE,
                versions::WASM_SPLIT,
                &["--features", "build-binary"],
                log,
            ),
            Self::WasmOpt => node::install_wasm_opt(log),
            Self::Browser => debian::install_browser(log),
            Self::BrowserTests => node::install_browser_tests(log),
        }
    }
}

/// Where cached tools are found, in the order they are looked up.
pub fn directories() -> Vec<PathBuf> {
    let mut directories = vec![
        cargo_install::directory("trunk", versions::TRUNK).join("bin"),
        cargo_install::directory(WASM_SPLIT_PACKAGE, versions::WASM_SPLIT).join("bin"),
        node::wasm_opt_directory().join("node_modules/.bin"),
    ];
    if let Ok(version) = versions::wasm_bindgen() {
        directories.push(cargo_install::directory("wasm-bindgen-cli", &version).join("bin"));
    }
    directories
}

/// Installs those of `tools` that are missing, one after the other, and says what each is for.
pub fn ensure(jobs: &Jobs, tools: &[Tool]) -> Outcome {
    for tool in tools {
        if !tool.present()? {
            let label = format!("install {} - {}", tool.label()?, tool.purpose());
            jobs.run(&label, |log| tool.install(log))?;
        }
    }
    Ok(())
}

/// `cargo xtask setup`: everything that `start`, `test` and `dev` would install.
pub fn install_everything() -> Outcome {
    require_node()?;
    with_jobs(|jobs| {
        ensure(jobs, &FOR_BUILD)?;
        ensure(jobs, &FOR_DEVELOPMENT)?;
        ensure(jobs, &[Tool::Browser, Tool::BrowserTests])
    })
}

fn cached(name: &str) -> PathBuf {
    paths::cache().join("tools").join(name)
}
