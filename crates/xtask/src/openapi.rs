//! `cargo xtask openapi`: the published document, written from the endpoint definitions.

use crate::failure::{AtPath, Outcome};
use crate::process::{captured, cargo};
use crate::{paths, report};

/// Rewrites `docs/openapi.json`. A test of the server fails while that file and the definitions disagree.
pub fn run() -> Outcome {
    let document = captured(
        cargo()
            .args([
                "run",
                "--quiet",
                "--package",
                "countersign-contract",
                "--features",
                "openapi",
            ])
            .args(["--example", "openapi"]),
        "The contract could not print its document: see above.",
    )?;
    let path = paths::root().join("docs/openapi.json");
    std::fs::write(&path, document + "\n").at("write", &path)?;
    report::line(format_args!("Wrote {}.", paths::shown(&path)));
    Ok(())
}
