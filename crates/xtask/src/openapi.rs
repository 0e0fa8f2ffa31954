//! `cargo xtask openapi`: the published document, written from the endpoint definitions.

use crate::failure::{AtPath, Failure, Outcome};
use crate::process::{cargo, output};
use crate::{paths, report};

/// Rewrites `docs/openapi.json`. A test of the server fails while that file and the definitions disagree.
pub fn run() -> Outcome {
    let document = output(cargo().args([
        "run", "--quiet", "--package", "countersign-contract", "--features", "openapi", "--example", "openapi",
    ]))
    .ok_or_else(|| Failure::new("The contract could not print its document: run `cargo check -p countersign-contract --features openapi`."))?;
    let path = paths::root().join("docs/openapi.json");
    std::fs::write(&path, document + "\n").at("write", &path)?;
    report::line(format_args!("Wrote {}.", paths::shown(&path)));
    Ok(())
}
