//! The app in parts: the WebAssembly that starts it, and what is fetched once somebody is signed in.
//!
//! Between them stand two scripts that import each other: the loader of wasm-bindgen, and the link script of
//! wasm-split-cli, which fetches a part by the name it has beside itself.

use std::path::Path;

use super::page::App;
use super::{Hashed, digest, read, write_hashed, write_named};
use crate::build::files;
use crate::failure::{AtPath, Failure, Outcome};

/// The link script as the loader imports it.
const LINK: &str = "./__wasm_split.js";

/// The loader as the link script imports it.
const LOADER: &str = "./countersign.js";

/// Writes what wasm-bindgen left in `bound` and wasm-split-cli in `split` to `staging`, each with its digest in its
/// name and every mention of it with that name.
///
/// # Errors
/// Fails when a file is missing or doesn't mention the others in the form that is expected here.
pub fn write(bound: &Path, split: &Path, staging: &Path) -> Outcome<App> {
    let wasm = bound.join("countersign_bg.wasm");
    let wasm = std::fs::read(&wasm).at("read", &wasm)?;
    let mut link = read(&split.join(LINK))?;
    let mut parts = Vec::new();
    for file in files(split)? {
        let Some(name) = file.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        let is_part = ["split_", "chunk_"].iter().any(|start| name.starts_with(start));
        if is_part && name.ends_with(".wasm") {
            let part = write_hashed(staging, name, &std::fs::read(&file).at("read", &file)?)?;
            link = fetch_as(&link, name, &part)?;
            parts.push(part);
        }
    }
    let loader = read(&bound.join("countersign.js"))?;
    // Each names the other, so neither name can come from what is finally in the file: both come from both.
    let both = digest::short(format!("{loader}{link}").as_bytes());
    let names = [format!("countersign-{both}.js"), format!("link-{both}.js")];
    let loader = import_as(&loader, LINK, &names[1])?;
    let link = import_as(&link, LOADER, &names[0])?;
    Ok(App {
        loader: write_named(staging, &names[0], loader.as_bytes())?,
        link: Some(write_named(staging, &names[1], link.as_bytes())?),
        wasm: write_hashed(staging, "countersign.wasm", &wasm)?,
        parts,
    })
}

/// Lets the link script fetch `part` where it fetches `name`, and refuse anything else under that name.
fn fetch_as(link: &str, name: &str, part: &Hashed) -> Outcome<String> {
    replaced(
        link,
        &format!("fetch(new URL(\"./{name}\", import.meta.url))"),
        &format!(
            "fetch(new URL(\".{}\", import.meta.url), {{ integrity: \"{}\" }})",
            part.url, part.integrity
        ),
    )
}

/// Lets a script import `name` where it imports `specifier`.
fn import_as(script: &str, specifier: &str, name: &str) -> Outcome<String> {
    replaced(
        script,
        &format!("from \"{specifier}\""),
        &format!("from \"./{name}\""),
    )
}

fn replaced(text: &str, from: &str, to: &str) -> Outcome<String> {
    if text.contains(from) {
        Ok(text.replace(from, to))
    } else {
        Err(Failure::new(format!(
            "A script of the app has to contain `{from}`: has the form of what wasm-bindgen or \
             wasm-split-cli writes changed?"
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::super::temporary::Directory;
    use super::*;

    const BOUND: &str = "import { __wasm_split_load_side } from \"./__wasm_split.js\"\nexport { initSync };";
    const SPLIT: &str = "import { initSync } from \"./countersign.js\";\n\
                         const src = fetch(new URL(\"./split_side.wasm\", import.meta.url));";

    fn app(bound: &str, split: &str) -> Outcome<(Directory, App)> {
        let dir = Directory::new("parts")?;
        let [bound_dir, split_dir, staging] = ["bound", "split", "staging"].map(|name| dir.path().join(name));
        for directory in [&bound_dir, &split_dir, &staging] {
            std::fs::create_dir_all(directory).at("create", directory)?;
        }
        super::super::write(&bound_dir.join("countersign.js"), bound)?;
        super::super::write(&bound_dir.join("countersign_bg.wasm"), "main")?;
        super::super::write(&split_dir.join(LINK), split)?;
        super::super::write(&split_dir.join("split_side.wasm"), "side")?;
        super::super::write(&split_dir.join("countersign.wasm"), "not bound")?;
        let app = write(&bound_dir, &split_dir, &staging)?;
        Ok((dir, app))
    }

    #[test]
    fn everything_is_mentioned_by_the_name_it_has() -> Outcome {
        let (dir, app) = app(BOUND, SPLIT)?;
        let link = app.link.expect("the app is split");
        let text = |url: &str| read(&dir.path().join("staging").join(url.trim_start_matches('/')));
        assert!(text(&app.loader.url)?.contains(&format!("from \".{}\"", link.url)));
        let link = text(&link.url)?;
        assert!(link.contains(&format!("from \".{}\"", app.loader.url)));
        let [part] = app.parts.as_slice() else {
            return Err(Failure::new("One part was expected."));
        };
        assert!(link.contains(&format!("\".{}\"", part.url)) && link.contains(&part.integrity));
        assert_eq!(text(&part.url)?, "side");
        Ok(())
    }

    #[test]
    fn another_part_is_another_name_for_both_scripts() -> Outcome {
        let (_first, one) = app(BOUND, SPLIT)?;
        let (_second, other) = app(BOUND, &format!("{SPLIT} "))?;
        assert_ne!(one.loader.url, other.loader.url);
        Ok(())
    }

    #[test]
    fn scripts_of_another_form_are_refused() {
        assert!(app(BOUND, "import(\"./countersign.js\")").is_err());
        assert!(app("", SPLIT).is_err());
    }
}
