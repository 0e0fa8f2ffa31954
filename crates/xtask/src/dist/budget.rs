//! How much the first interactive screen may weigh on the wire.

use crate::failure::{AtPath, Failure, Outcome};
use crate::paths;

/// The budget of the first interactive screen: page, scripts, WebAssembly and style, Brotli 11, in bytes.
pub const FIRST_SCREEN: u64 = 300_000;

/// One file of the first screen.
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

/// Fails when the first screen is over its budget.
pub fn check(files: &[Weighed]) -> Outcome {
    let total = total(files);
    if total <= FIRST_SCREEN {
        return Ok(());
    }
    Err(Failure::new(format!(
        "The first screen takes {total} bytes on the wire, {} over its budget of {FIRST_SCREEN}.",
        total - FIRST_SCREEN
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
        assert!(check(&of(FIRST_SCREEN)).is_ok());
        let failure = check(&of(FIRST_SCREEN + 1)).expect_err("over the budget");
        assert!(failure.to_string().contains(" 1 over"));
    }
}
