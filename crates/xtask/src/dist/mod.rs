//! Puts `dist/` together: what a CDN or the reference server sends to a browser.
//!
//! Around the compiled app this makes one style sheet out of many files, names with digests, a page without any script
//! inside it, a file with the headers of a deployment, and compressed copies. A release is put together from what
//! wasm-bindgen and wasm-opt wrote; Trunk, which serves the app in development, calls the same from its `post_build`
//! hook, so that both pages are made the same way.

pub mod budget;
mod compress;
mod css;
mod digest;
mod headers;
mod page;
mod parts;
mod shell;
#[cfg(test)]
mod temporary;

use std::path::{Path, PathBuf};

use crate::build::files;
use crate::failure::{AtPath, Failure, Outcome};
use crate::paths;
use page::{App, Page};

/// The style sheet as `index.html` names it.
const STYLE: &str = "/style/index.css";

/// Scripts that run before the app, as `index.html` names them. Their order there matters: the Trusted Types policy
/// has to exist before anything uses it.
const EARLY_SCRIPTS: [&str; 2] = ["/trusted-types.js", "/boot.js"];

/// The script that starts the app, with placeholders for the names only a build knows.
const START_SCRIPT: &str = "start.js";

/// Scripts that an early script loads when it has come to that, with the names of their places in it.
const LATE_SCRIPTS: [(&str, &str); 2] = [("UPDATE", "update.js"), ("MEND", "mend.js")];

/// The page for an app that can't start, and what it loads.
const RECOVERY: &str = "recover.html";
const RECOVERY_LOADS: [&str; 2] = ["/recover.css", "/recover.js"];

/// Files of `public/` that are written another way than by copying them.
const WRITTEN: [&str; 9] = [
    "trusted-types.js",
    "boot.js",
    "update.js",
    "mend.js",
    "recover.css",
    "recover.js",
    RECOVERY,
    START_SCRIPT,
    shell::WORKER,
];

/// `cargo xtask dist`: finishes a build of Trunk in its staging directory.
///
/// # Errors
/// Fails when not called by Trunk, or when the page doesn't have the shape that is expected here.
pub fn run() -> Outcome {
    let staging = std::env::var_os("TRUNK_STAGING_DIR")
        .map(PathBuf::from)
        .ok_or_else(|| {
            Failure::new(
                "`cargo xtask dist` finishes a build of Trunk, which calls it itself: run `cargo xtask dev`.",
            )
        })?;
    let page = Page::new(read(&staging.join("index.html"))?);
    let app = page.trunk_app()?;
    let release = std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
    finish(&staging, page, &app, release)
}

/// Puts a release together from what wasm-bindgen wrote to `bound` and wasm-split-cli to `split`, and replaces `dist/`
/// with it.
///
/// # Errors
/// Fails when a file is missing or can't be written; `dist/` is as it was then.
pub fn release(bound: &Path, split: &Path) -> Outcome {
    let dist = paths::dist();
    let staging = dist.with_extension("part");
    remove(&staging)?;
    std::fs::create_dir_all(&staging).at("create", &staging)?;

    if bound.join("snippets").exists() {
        return Err(Failure::new(
            "A dependency brings its own JavaScript (snippets of wasm-bindgen), which the release doesn't carry yet.",
        ));
    }
    let app = parts::write(bound, split, &staging)?;
    let page = Page::new(read(&paths::root().join("index.html"))?);
    finish(&staging, page, &app, true)?;
    remove(&dist)?;
    std::fs::rename(&staging, &dist).at("create", &dist)
}

fn finish(staging: &Path, mut page: Page, app: &App, release: bool) -> Outcome {
    let public = paths::root().join("public");
    copy_public(&public, staging)?;

    let style = css::minify(&css::bundle(&paths::root().join("style/index.css"))?);
    page.point_to(STYLE, &write_hashed(staging, "style.css", style.as_bytes())?)?;
    let late = late_scripts(&public, staging, release)?;
    for script in EARLY_SCRIPTS {
        let name = script.trim_start_matches('/');
        let text = late.iter().fold(read(&public.join(name))?, Late::fill_in);
        page.point_to(script, &write_hashed(staging, name, text.as_bytes())?)?;
    }
    let start = app.start_script(&read(&public.join(START_SCRIPT))?);
    page.load_app(app, &write_hashed(staging, START_SCRIPT, start.as_bytes())?)?;
    let page = page.finished();
    write(&staging.join("index.html"), &page)?;

    let mut recovery = Page::new(read(&public.join(RECOVERY))?);
    for url in RECOVERY_LOADS {
        let name = url.trim_start_matches('/');
        let text = read(&public.join(name))?;
        recovery.point_to(url, &write_hashed(staging, name, text.as_bytes())?)?;
    }
    let recovery = recovery.finished();
    write(&staging.join(RECOVERY), &recovery)?;

    if release {
        let config = read(&public.join("config.json"))?;
        let mut hashed = page::references(&page);
        hashed.extend(page::references(&recovery));
        hashed.extend(app.parts.iter().map(|part| part.url.clone()));
        hashed.extend(late.into_iter().filter_map(|late| Some(late.script?.url)));
        write(&staging.join("_headers"), &headers::file(&config, &hashed)?)?;
        shell::write(staging, &read(&public.join(shell::WORKER))?)?;
        compress::directory(staging)?;
    }
    Ok(())
}

/// A script that an early script loads later: its place there, and the file unless this build has none.
struct Late {
    place: &'static str,
    script: Option<Hashed>,
}

impl Late {
    fn fill_in(text: String, late: &Self) -> String {
        let (url, integrity) = late
            .script
            .as_ref()
            .map_or(("", ""), |script| (&script.url, &script.integrity));
        text.replace(&format!("__{}__", late.place), url)
            .replace(&format!("__{}_INTEGRITY__", late.place), integrity)
    }
}

/// Writes the late scripts. In development there are none: what they keep whole changes all the time.
fn late_scripts(public: &Path, staging: &Path, release: bool) -> Outcome<Vec<Late>> {
    LATE_SCRIPTS
        .into_iter()
        .map(|(place, name)| {
            let script = if release {
                Some(write_hashed(staging, name, read(&public.join(name))?.as_bytes())?)
            } else {
                None
            };
            Ok(Late { place, script })
        })
        .collect()
}

fn read(path: &Path) -> Outcome<String> {
    std::fs::read_to_string(path).at("read", path)
}

fn write(path: &Path, text: &str) -> Outcome {
    std::fs::write(path, text).at("write", path)
}

fn remove(directory: &Path) -> Outcome {
    if directory.exists() {
        std::fs::remove_dir_all(directory).at("remove", directory)
    } else {
        Ok(())
    }
}

/// A file with its digest in its name, and what a page needs to load it.
pub struct Hashed {
    /// Its path from the root of the site, e.g. `/boot-1a2b3c4d5e6f7081.js`.
    url: String,
    /// For the `integrity` attribute.
    integrity: String,
}

fn write_hashed(staging: &Path, name: &str, content: &[u8]) -> Outcome<Hashed> {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "txt"));
    write_named(
        staging,
        &format!("{stem}-{}.{extension}", digest::short(content)),
        content,
    )
}

/// The same under a name that has a digest already.
fn write_named(staging: &Path, file: &str, content: &[u8]) -> Outcome<Hashed> {
    let path = staging.join(file);
    std::fs::write(&path, content).at("write", &path)?;
    Ok(Hashed {
        url: format!("/{file}"),
        integrity: digest::integrity(content),
    })
}

fn copy_public(public: &Path, staging: &Path) -> Outcome {
    for source in files(public)? {
        let Ok(name) = source.strip_prefix(public) else {
            continue;
        };
        if WRITTEN.iter().any(|written| name == Path::new(written)) {
            continue;
        }
        let target = staging.join(name);
        if let Some(directory) = target.parent() {
            std::fs::create_dir_all(directory).at("create", directory)?;
        }
        std::fs::copy(&source, &target).at("copy", &source)?;
    }
    Ok(())
}
