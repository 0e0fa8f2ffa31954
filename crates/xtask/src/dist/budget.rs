//! How much the first interactive screen, and the app as a whole, may weigh on the wire.

use crate::build::files;
use crate::failure::{AtPath, Failure, Outcome};
use crate::paths;

/// The budget of the first interactive screen: page, scripts, WebAssembly and style, Brotli 11, in bytes.
pub const FIRST_SCREEN: u64 = 300_000;

/// The budget of the WebAssembly that is fetched later, all parts together, the same way.
pub const LATER: u64 = 600_000;

/// One file of the app.
pub struct Weighed {
    /// Its path from the root of the site.
    pub url: String,
    /// Its size as it is, in bytes.
    pub plain: u64,
    /// Its size on the wire, in bytes.
    pub brotli: u64,
}

/// Weighs what a browser loads for the first screen from `dist/`.
///
/// # Errors
/// Fails when `dist/` isn't a finished release build.
pub fn first_screen() -> Outcome<Vec<Weighed>> {
    let index = paths::dist().join("index.html");
    let html = std::fs::read_to_string(&index).at("read", &index)?;
    let mut urls = vec!["/index.html".to_owned()];
    urls.extend(super::page::references(&html));
    urls.into_iter().map(weigh).collect()
}

/// Weighs the WebAssembly in `dist/` that isn't part of the first screen.
///
/// # Errors
/// Fails when `dist/` isn't a finished release build.
pub fn later(first: &[Weighed]) -> Outcome<Vec<Weighed>> {
    let dist = paths::dist();
    files(&dist)?
        .iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "wasm"))
        .filter_map(|file| Some(format!("/{}", file.strip_prefix(&dist).ok()?.display())))
        .filter(|url| first.iter().all(|file| file.url != *url))
        .map(weigh)
        .collect()
}

fn weigh(url: String) -> Outcome<Weighed> {
    let path = paths::dist().join(url.trim_start_matches('/'));
    let compressed = paths::dist().join(format!("{}.br", url.trim_start_matches('/')));
    let plain = std::fs::metadata(&path).at("weigh", &path)?.len();
    let brotli = std::fs::metadata(&compressed).at("weigh", &compressed)?.len();
    Ok(Weighed { url, plain, brotli })
}

/// The rows of a table of sizes, with the sum last.
pub fn rows(files: &[Weighed]) -> Vec<Vec<String>> {
    let row = |name: &str, plain: u64, brotli: u64| {
        vec![name.to_owned(), format!("{plain} B"), format!("{brotli} B")]
    };
    let mut rows = vec![vec![
        "file".to_owned(),
        "plain".to_owned(),
        "brotli 11".to_owned(),
    ]];
    rows.extend(files.iter().map(|file| row(&file.url, file.plain, file.brotli)));
    rows.push(row(
        "sum",
        files.iter().map(|file| file.plain).sum(),
        total(files),
    ));
    rows
}

/// What goes over the wire, in bytes.
pub fn total(files: &[Weighed]) -> u64 {
    files.iter().map(|file| file.brotli).sum()
}

/// Fails when either is over its budget.
pub fn check(first: &[Weighed], later: &[Weighed]) -> Outcome {
    within("The first screen", total(first), FIRST_SCREEN)?;
    within("What is fetched later", total(later), LATER)
}

fn within(what: &str, total: u64, budget: u64) -> Outcome {
    if total <= budget {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{what} takes {total} bytes on the wire, {} over its budget of {budget}.",
        total - budget
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(brotli: u64) -> Vec<Weighed> {
        vec![Weighed {
            url: "/a".to_owned(),
            plain: brotli * 3,
            brotli,
        }]
    }

    #[test]
    fn one_byte_over_is_over() {
        assert!(check(&of(FIRST_SCREEN), &of(LATER)).is_ok());
        for (first, later) in [(FIRST_SCREEN + 1, LATER), (FIRST_SCREEN, LATER + 1)] {
            let failure = check(&of(first), &of(later)).expect_err("over the budget");
            assert!(failure.to_string().contains(" 1 over"));
        }
    }
}
