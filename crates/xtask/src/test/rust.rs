//! The steps that are Cargo's own.

use crate::build::jobs::with_jobs;
use crate::failure::Outcome;
use crate::process::{cargo, run};
use crate::tools::{self, Tool};

pub fn formatting(_: &[String]) -> Outcome {
    run(
        cargo().args(["fmt", "--all", "--check"]),
        "Some code is not formatted: run `cargo fmt --all`.",
    )
}

pub fn clippy_host(_: &[String]) -> Outcome {
    run(
        cargo().args([
            "clippy",
            "--quiet",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ]),
        "Clippy has something to say: see above.",
    )
}

pub fn clippy_wasm(_: &[String]) -> Outcome {
    with_jobs(|jobs| tools::ensure(jobs, &[Tool::WasmTarget]))?;
    run(
        cargo()
            .args([
                "clippy",
                "--quiet",
                "--package",
                "countersign",
                "--all-targets",
                // As a release is built; the step before has seen the app without it.
                "--features",
                "split",
                "--target",
                tools::WASM,
            ])
            .args(["--", "-D", "warnings"]),
        "Clippy has something to say about the app: see above.",
    )
}

pub fn native_tests(extra: &[String]) -> Outcome {
    run(
        cargo().args(["test", "--workspace", "--quiet"]).args(extra),
        "A native test fails: see above.",
    )
}
