//! Turns locales/ into the typed keys of `crate::i18n`: a key that is not there does not compile.
//!
//! This is what `leptos_i18n_build` does, without the generator of ICU data that comes with it and that would take longer
//! to compile than everything else here.

use std::error::Error;
use std::path::PathBuf;

use leptos_i18n_parser::parse_locales::options::{Config, ParseOptions};
use leptos_i18n_parser::parse_locales::parse_locales;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=locales");
    // Strings are asked for as plain text, whatever stands in their placeholders.
    let options = ParseOptions::default().interpolate_display(true);
    let config = Config::new("en")?
        .add_locale("zh-CN")?
        .add_namespaces(namespaces()?)?
        .parse_options(options);
    let parsed = parse_locales(None, config)?;
    let code = leptos_i18n_codegen::gen_code(&parsed, None, true, None, false)?;
    let out = PathBuf::from(std::env::var("OUT_DIR")?).join("i18n.rs");
    println!("cargo:rustc-env=I18N_MODULE={}", out.display());
    Ok(std::fs::write(out, code.to_string())?)
}

/// One file per feature in each language's folder.
fn namespaces() -> Result<Vec<String>, Box<dyn Error>> {
    let mut names = Vec::new();
    for file in std::fs::read_dir("locales/en")? {
        let path = file?.path();
        names.extend(path.file_stem().and_then(|stem| stem.to_str()).map(str::to_owned));
    }
    names.sort();
    Ok(names)
}
