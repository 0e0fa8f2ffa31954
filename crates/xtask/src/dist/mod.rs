//! Finishes what Trunk leaves: called by Trunk's `post_build` hook with the staging directory in its environment.
//!
//! Trunk compiles and hashes the app itself. What it doesn't do is done here: one style sheet out of many files,
//! names with digests for the small scripts, no inline script, a file with the headers of a deployment, and
//! compressed copies for servers that send them.

pub mod budget;
mod compress;
mod css;
mod digest;
mod headers;
mod page;

use std::path::{Path, PathBuf};

use crate::build::files;
use crate::failure::{AtPath, Failure, Outcome};
use crate::paths;
use page::Page;

/// The style sheet as `index.html` names it.
const STYLE: &str = "/style/index.css";

/// Scripts that run before the app, as `index.html` names them. Their order there matters: the Trusted Types policy
/// has to exist before anything uses it.
const EARLY_SCRIPTS: [&str; 2] = ["/trusted-types.js", "/boot.js"];

/// The script that starts the app, with placeholders for the names only a build knows.
const START_SCRIPT: &str = "start.js";

/// Files of `public/` that get a digest in their name instead of being copied.
const RENAMED: [&str; 3] = ["trusted-types.js", "boot.js", START_SCRIPT];

/// `cargo xtask dist`.
///
/// # Errors
/// Fails when not called by Trunk, or when `index.html` doesn't have the shape that is expected here.
pub fn run() -> Outcome {
    let staging = std::env::var_os("TRUNK_STAGING_DIR")
        .map(PathBuf::from)
        .ok_or_else(|| {
            Failure::new(
                "`cargo xtask dist` finishes a build of Trunk, which calls it itself: run `trunk build`.",
            )
        })?;
    let release = std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
    finish(&staging, release)
}

fn finish(staging: &Path, release: bool) -> Outcome {
    let public = paths::root().join("public");
    copy_public(&public, staging)?;

    let index = staging.join("index.html");
    let mut page = Page::new(std::fs::read_to_string(&index).at("read", &index)?);
    let style = css::bundle(&paths::root().join("style/index.css"))?;
    page.point_to(STYLE, &write_hashed(staging, "style.css", &css::minify(&style))?)?;
    for script in EARLY_SCRIPTS {
        let source = public.join(script.trim_start_matches('/'));
        let text = std::fs::read_to_string(&source).at("read", &source)?;
        page.point_to(
            script,
            &write_hashed(staging, script.trim_start_matches('/'), &text)?,
        )?;
    }
    let template = public.join(START_SCRIPT);
    let template = std::fs::read_to_string(&template).at("read", &template)?;
    let start = page.start_script(&template)?;
    page.replace_start_script(&write_hashed(staging, START_SCRIPT, &start)?)?;
    let page = page.finished();
    std::fs::write(&index, &page).at("write", &index)?;

    if release {
        let config = public.join("config.json");
        let config = std::fs::read_to_string(&config).at("read", &config)?;
        let headers = staging.join("_headers");
        std::fs::write(&headers, headers::file(&config, &page::references(&page))?).at("write", &headers)?;
        compress::directory(staging)?;
    }
    Ok(())
}

/// A file with its digest in its name, and what a page needs to load it.
struct Hashed {
    /// Its path from the root of the site, e.g. `/boot-1a2b3c4d5e6f7081.js`.
    url: String,
    /// For the `integrity` attribute.
    integrity: String,
}

fn write_hashed(staging: &Path, name: &str, text: &str) -> Outcome<Hashed> {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "txt"));
    let file = format!("{stem}-{}.{extension}", digest::short(text.as_bytes()));
    let path = staging.join(&file);
    std::fs::write(&path, text).at("write", &path)?;
    Ok(Hashed {
        url: format!("/{file}"),
        integrity: digest::integrity(text.as_bytes()),
    })
}

fn copy_public(public: &Path, staging: &Path) -> Outcome {
    for source in files(public)? {
        let Ok(name) = source.strip_prefix(public) else {
            continue;
        };
        if RENAMED.iter().any(|renamed| name == Path::new(renamed)) {
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
