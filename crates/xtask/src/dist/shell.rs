//! The service worker of a release: which files make up the app, with their digests, and the version that is.
//!
//! The worker keeps exactly these files, and counts one as there only when its bytes are those of the list. The version
//! changes with every byte a deployment sends except its settings, so that browsers see another worker whenever there is
//! another app.

use std::collections::BTreeMap;
use std::path::Path;

use super::digest;
use crate::build::files;
use crate::failure::{AtPath, Failure, Outcome};

/// The worker, beside the app's page.
pub const WORKER: &str = "sw.js";

/// The page, which carries the version it belongs to.
const PAGE: &str = "index.html";

/// Files a deployment changes after the build: no part of a version.
const EDITED: [&str; 1] = ["config.json"];

/// Files that tell a CDN what to do. Browsers don't get them, but what they say comes with every file.
const FOR_THE_CDN: [&str; 2] = ["_headers", "_redirects"];

/// The files of the app by their path from the root of the site: SHA-256 in hexadecimal, and size.
type List = BTreeMap<String, (String, u64)>;

/// Finishes `staging`, in which everything else is: marks the page with its version and writes the worker from
/// `template`.
///
/// # Errors
/// Fails when a file can't be read or written, or a place to fill in is missing.
pub fn write(staging: &Path, template: &str) -> Outcome {
    let version = version(&list(staging, &[])?, template);
    let page = staging.join(PAGE);
    let marked = replaced(
        &super::read(&page)?,
        "<html ",
        &format!("<html data-build=\"{version}\" "),
    )?;
    super::write(&page, &marked)?;
    let worker = worker(template, &version, &list(staging, &FOR_THE_CDN)?)?;
    super::write(&staging.join(WORKER), &worker)
}

fn list(staging: &Path, without: &[&str]) -> Outcome<List> {
    let mut list = List::new();
    for file in files(staging)? {
        let path = file
            .strip_prefix(staging)
            .ok()
            .and_then(Path::to_str)
            .ok_or_else(|| Failure::new("A file of the app has a name that is no text."))?
            .replace('\\', "/");
        let left_out = |names: &[&str]| names.contains(&path.as_str());
        if left_out(&EDITED) || left_out(&[WORKER]) || left_out(without) {
            continue;
        }
        let bytes = std::fs::read(&file).at("read", &file)?;
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        list.insert(format!("/{path}"), (digest::sha256(&bytes), size));
    }
    Ok(list)
}

/// Stands for all files and for the worker's own text.
fn version(list: &List, template: &str) -> String {
    let mut everything = String::from(template);
    for (path, (digest, size)) in list {
        everything.push_str(&format!("\n{path} {digest} {size}"));
    }
    digest::short(everything.as_bytes())
}

fn worker(template: &str, version: &str, list: &List) -> Outcome<String> {
    let lines: Vec<String> = list
        .iter()
        .map(|(path, (digest, size))| {
            let path = serde_json::Value::from(path.as_str());
            format!("  {path}: [\"{digest}\", {size}]")
        })
        .collect();
    let worker = replaced(template, "__VERSION__", version)?;
    replaced(&worker, "__FILES__", &format!("{{\n{}\n}}", lines.join(",\n")))
}

/// `text` with the one `mark` in it replaced.
fn replaced(text: &str, mark: &str, with: &str) -> Outcome<String> {
    if text.matches(mark).count() == 1 {
        Ok(text.replace(mark, with))
    } else {
        Err(Failure::new(format!("`{mark}` has to be there exactly once.")))
    }
}

#[cfg(test)]
mod tests {
    use super::super::temporary::Directory;
    use super::*;

    const TEMPLATE: &str = "const VERSION = \"__VERSION__\";\nconst FILES = __FILES__;\n";

    /// A deployment before its last step.
    fn staging() -> Outcome<Directory> {
        let staging = Directory::new("shell")?;
        for (name, text) in [
            (PAGE, "<!doctype html>\n<html lang=\"en\"></html>\n"),
            ("app-0123456789abcdef.js", "abc"),
            ("parts/side.wasm", "\0asm"),
            ("config.json", "{}"),
            ("_headers", "/*\n  A: b\n"),
            ("_redirects", "/* /index.html 200\n"),
        ] {
            staging.write(name, text)?;
        }
        Ok(staging)
    }

    fn finished(staging: &Directory) -> Outcome<(String, String)> {
        write(staging.path(), TEMPLATE)?;
        Ok((
            super::super::read(&staging.path().join(WORKER))?,
            super::super::read(&staging.path().join(PAGE))?,
        ))
    }

    /// The version after `change`.
    fn version_after(change: impl FnOnce(&Directory) -> Outcome) -> Outcome<String> {
        let staging = staging()?;
        change(&staging)?;
        Ok(finished(&staging)?
            .0
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned())
    }

    #[test]
    fn every_file_a_browser_gets_is_listed_with_its_digest() -> Outcome {
        let staging = staging()?;
        let (worker, page) = finished(&staging)?;
        let json = worker
            .split_once("const FILES = ")
            .map(|(_, rest)| rest.trim_end().trim_end_matches(';').to_owned())
            .unwrap_or_default();
        let listed: BTreeMap<String, (String, u64)> = serde_json::from_str::<serde_json::Value>(&json)
            .ok()
            .and_then(|value| {
                let entries = value.as_object()?.iter();
                entries
                    .map(|(path, entry)| {
                        Some((path.clone(), (entry[0].as_str()?.to_owned(), entry[1].as_u64()?)))
                    })
                    .collect()
            })
            .unwrap_or_default();
        let paths: Vec<&str> = listed.keys().map(String::as_str).collect();
        assert_eq!(
            paths,
            ["/app-0123456789abcdef.js", "/index.html", "/parts/side.wasm"]
        );
        assert_eq!(
            listed["/app-0123456789abcdef.js"],
            (
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".to_owned(),
                3
            )
        );
        // The page as it is sent, version and all.
        assert_eq!(listed["/index.html"].0, digest::sha256(page.as_bytes()));
        Ok(())
    }

    #[test]
    fn page_and_worker_are_of_one_version() -> Outcome {
        let (worker, page) = finished(&staging()?)?;
        let version = page
            .split_once("data-build=\"")
            .and_then(|(_, rest)| rest.split_once('"'))
            .map(|(version, _)| version)
            .unwrap_or_default();
        assert_eq!(version.len(), 16);
        assert!(worker.contains(&format!("VERSION = \"{version}\"")));
        Ok(())
    }

    #[test]
    fn one_byte_makes_another_version_except_in_the_settings() -> Outcome {
        let before = version_after(|_| Ok(()))?;
        assert_eq!(version_after(|_| Ok(()))?, before);
        for (name, text) in [
            ("app-0123456789abcdef.js", "abd"),
            ("parts/side.wasm", "\0asn"),
            (PAGE, "<!doctype html>\n<html lang=\"fr\"></html>\n"),
            ("_headers", "/*\n  A: c\n"),
            ("another.svg", "<svg/>"),
        ] {
            assert_ne!(
                version_after(|staging| staging.write(name, text))?,
                before,
                "{name}"
            );
        }
        assert_eq!(
            version_after(|staging| staging.write("config.json", "{\"api_base\":\"/b\"}"))?,
            before
        );
        Ok(())
    }

    #[test]
    fn another_worker_is_another_version() -> Outcome {
        let list = list(staging()?.path(), &[])?;
        assert_ne!(version(&list, TEMPLATE), version(&list, "other"));
        Ok(())
    }

    #[test]
    fn a_template_without_its_places_is_refused() -> Outcome {
        let staging = staging()?;
        assert!(write(staging.path(), "const VERSION = \"__VERSION__\";").is_err());
        Ok(())
    }
}
