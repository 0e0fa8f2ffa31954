//! Codes as people type, copy and scan them, and which article one of them means.

/// A text with the letters, digits and signs that a Chinese keyboard makes twice as wide at their usual width, trimmed.
pub fn plain(text: &str) -> String {
    const WIDE: std::ops::RangeInclusive<u32> = 0xff01..=0xff5e;
    const APART: u32 = 0xfee0;
    let narrow = |sign: char| match u32::from(sign) {
        0x3000 => ' ',
        wide if WIDE.contains(&wide) => char::from_u32(wide - APART).unwrap_or(sign),
        _ => sign,
    };
    text.chars().map(narrow).collect::<String>().trim().to_owned()
}

/// What two codes that mean the same have in common: [`plain`], in lower case. Only the letters of ASCII are lowered, as
/// databases do.
pub fn code_key(text: &str) -> String {
    plain(text).to_ascii_lowercase()
}

/// How the barcode with this [`code_key`] may be written: the twelve digits of North America (GTIN-12) are the thirteen of the
/// world (GTIN-13) without a zero before them, and readers and price lists give either (GS1 General Specifications, 3.3).
pub fn barcode_spellings(key: &str) -> impl Iterator<Item = String> + use<> {
    let is_number = !key.is_empty() && key.bytes().all(|sign| sign.is_ascii_digit());
    let other = match (is_number, key.len(), key.strip_prefix('0')) {
        (true, 12, _) => Some(format!("0{key}")),
        (true, 13, Some(short)) => Some(short.to_owned()),
        _ => None,
    };
    std::iter::once(key.to_owned()).chain(other)
}

/// An article that a code may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// Its SKU code.
    pub sku: &'a str,
    /// Its barcode.
    pub barcode: Option<&'a str>,
    /// Whether it can be ordered now.
    pub on_sale: bool,
}

/// What a code means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match {
    /// The candidate at this place.
    One(usize),
    /// Any of these.
    Several(Vec<usize>),
    /// Something that can't be ordered now.
    OffSale,
    /// Nothing.
    Unknown,
}

/// Which of `candidates` the code with this [`code_key`] means: as a SKU code first, then as a barcode. What is not on
/// sale stands back behind what is.
pub fn pick<'a>(key: &str, candidates: impl IntoIterator<Item = Candidate<'a>>) -> Match {
    let (mut by_sku, mut by_barcode) = (Vec::new(), Vec::new());
    let spellings: Vec<String> = barcode_spellings(key).collect();
    for (place, candidate) in candidates.into_iter().enumerate() {
        if code_key(candidate.sku) == key {
            by_sku.push((place, candidate.on_sale));
        } else if candidate
            .barcode
            .is_some_and(|barcode| spellings.contains(&code_key(barcode)))
        {
            by_barcode.push((place, candidate.on_sale));
        }
    }
    let found = if by_sku.is_empty() { by_barcode } else { by_sku };
    let offered: Vec<usize> = found
        .iter()
        .filter(|(_, on_sale)| *on_sale)
        .map(|(place, _)| *place)
        .collect();
    match offered.as_slice() {
        [] if found.is_empty() => Match::Unknown,
        [] => Match::OffSale,
        [only] => Match::One(*only),
        _ => Match::Several(offered),
    }
}
