//! How much the first interactive screen, the desk of either side, and the app as a whole may weigh on the wire.

use crate::build::files;
use crate::failure::{AtPath, Failure, Outcome};
use crate::paths;

/// The budget of the first interactive screen: page, scripts, WebAssembly and style, Brotli 11, in bytes.
pub const FIRST_SCREEN: u64 = 299_500;

/// The budgets of what comes between the sign-in and the desk of either side, the same way. The parts are called so in
/// `src/app/sides.rs`.
pub const DESKS: [(&str, u64); 2] = [("distributor", 860_500), ("supplier", 827_000)];

/// The budget of the WebAssembly that is fetched later, all parts of both sides together, the same way.
pub const LATER: u64 = 1_727_000;

/// The budget of the app's own reader of barcodes, which is fetched by who scans in a browser that has none, the same way.
/// It is a part of what is fetched later; the part is called so in `src/features/quick_order/scan/reader.rs`.
pub const BARCODES: (&str, u64) = ("barcodes", 40_000);

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

/// Weighs what a part of the app brings with it, by the link script in `dist/`: its own file, and those it shares with
/// others.
///
/// # Errors
/// Fails when `dist/` isn't a finished release build, or has no such part.
pub fn part(name: &str) -> Outcome<Vec<Weighed>> {
    let dist = paths::dist();
    let link = files(&dist)?
        .into_iter()
        .find(|file| {
            let name = file
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or_default();
            name.starts_with("link-") && name.ends_with(".js")
        })
        .ok_or_else(|| Failure::new("dist/ has no link script: the app is not split."))?;
    let link = std::fs::read_to_string(&link).at("read", &link)?;
    brought(&link, &format!("__wasm_split_load_{name}"))
        .ok_or_else(|| Failure::new(format!("The link script in dist/ has no part `{name}`.")))?
        .into_iter()
        .map(weigh)
        .collect()
}

/// The files that `loader` of the link script fetches, its own first: it names them itself, or a loader it waits for does.
fn brought(link: &str, loader: &str) -> Option<Vec<String>> {
    let begin = link.find(&format!("const {loader} = "))?;
    let rest = link.get(begin + 1..)?;
    let end = ["\nconst ", "\nexport const "]
        .iter()
        .filter_map(|next| rest.find(next))
        .min();
    let body = rest.get(..end.unwrap_or(rest.len()))?;
    let own = body.split("new URL(\".").nth(1)?.split('"').next()?;
    let mut urls = vec![own.to_owned()];
    // What it waits for stands behind it, in brackets.
    let waits = body.rsplit_once('[').map(|(_, list)| list).unwrap_or_default();
    for word in waits.split(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '_')) {
        if word.starts_with("__chunk_") {
            urls.extend(brought(link, word)?);
        }
    }
    Some(urls)
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

/// Fails when either is over its budget, or the desk of a side is, or the reader of barcodes.
pub fn check(first: &[Weighed], later: &[Weighed], desks: &[u64; 2], barcodes: u64) -> Outcome {
    within("The first screen", total(first), FIRST_SCREEN)?;
    within("The reader of barcodes", barcodes, BARCODES.1)?;
    for ((name, budget), bytes) in DESKS.into_iter().zip(desks) {
        within(&format!("The desk of the {name}"), *bytes, budget)?;
    }
    within("What is fetched later", total(later), LATER)
}

/// What the desks of both sides weigh, in the order of [`DESKS`].
///
/// # Errors
/// See [`part`].
pub fn desks() -> Outcome<[u64; 2]> {
    let [distributor, supplier] = DESKS.map(|(name, _)| part(name));
    Ok([total(&distributor?), total(&supplier?)])
}

/// What the reader of barcodes weighs: its own file, as what it shares is here before it.
///
/// # Errors
/// See [`part`].
pub fn barcodes() -> Outcome<u64> {
    let files = part(BARCODES.0)?;
    Ok(files.first().map(|own| own.brotli).unwrap_or_default())
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
        let desks = DESKS.map(|(_, budget)| budget);
        let over = |side: usize| {
            let mut desks = desks;
            desks[side] += 1;
            desks
        };
        let (_, reader) = BARCODES;
        assert!(check(&of(FIRST_SCREEN), &of(LATER), &desks, reader).is_ok());
        for (first, later, desks, barcodes) in [
            (FIRST_SCREEN + 1, LATER, desks, reader),
            (FIRST_SCREEN, LATER + 1, desks, reader),
            (FIRST_SCREEN, LATER, over(0), reader),
            (FIRST_SCREEN, LATER, over(1), reader),
            (FIRST_SCREEN, LATER, desks, reader + 1),
        ] {
            let failure = check(&of(first), &of(later), &desks, barcodes).expect_err("over the budget");
            assert!(failure.to_string().contains(" 1 over"));
        }
    }

    #[test]
    fn a_part_brings_what_it_waits_for() {
        let link = "const __chunk_1 = makeLoad(() => fetch(new URL(\"./chunk_1-a.wasm\", import.meta.url)), []);\n\
                    const __chunk_12 = makeLoad(() => fetch(new URL(\"./chunk_12-b.wasm\", import.meta.url)), []);\n\
                    export const __wasm_split_load_side = wrap(makeLoad(() => {\n\
                    return fetch(new URL(\"./split_side-c.wasm\", import.meta.url));\n}\n, [__chunk_12, __chunk_1]));\n\
                    export const __wasm_split_load_other = wrap(makeLoad(() => {\n\
                    return fetch(new URL(\"./split_other-d.wasm\", import.meta.url));\n}\n, []));\n";
        let of = |name: &str| brought(link, &format!("__wasm_split_load_{name}"));
        let side = ["/split_side-c.wasm", "/chunk_12-b.wasm", "/chunk_1-a.wasm"];
        assert_eq!(of("side"), Some(side.map(str::to_owned).to_vec()));
        assert_eq!(of("other"), Some(vec!["/split_other-d.wasm".to_owned()]));
        assert_eq!(of("none"), None);
    }
}
