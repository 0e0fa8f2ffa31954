//! Writes the OpenAPI document to standard output; `cargo xtask openapi` keeps it in docs/openapi.json.

use std::io::Write;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let document = serde_json::to_string_pretty(&countersign_contract::openapi::document())?;
    writeln!(std::io::stdout(), "{document}")?;
    Ok(())
}
