//! Tests of components in a real browser, without a server: `tests/web`.

use crate::build::jobs::with_jobs;
use crate::failure::{Failure, Outcome};
use crate::process::{self, cargo};
use crate::tools::{self, Tool, debian};

pub fn run(extra: &[String]) -> Outcome {
    with_jobs(|jobs| tools::ensure(jobs, &[Tool::WasmTarget, Tool::WasmBindgen, Tool::Browser]))?;
    let driver = debian::chromedriver().ok_or_else(|| Failure::new("chromedriver is not on the path."))?;
    process::run(
        cargo()
            .args([
                // Not --quiet: Cargo hands that on to a runner that doesn't know it.
                "test",
                "--package",
                "countersign",
                "--target",
                tools::WASM,
                "--test",
                "web",
            ])
            .args(extra)
            .env("CHROMEDRIVER", driver)
            .env(
                "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
                "wasm-bindgen-test-runner",
            )
            .env("WASM_BINDGEN_TEST_TIMEOUT", "120"),
        "A component test fails: see above.",
    )
}
