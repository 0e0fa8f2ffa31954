//! Texts in the encodings spreadsheets write them in.

use countersign_contract::sheet::UnreadableSheet;
use encoding_rs::{Encoding, GB18030};

/// The text: in UTF-8 or UTF-16 where a byte order mark says so, else in UTF-8, else in GB18030, which a spreadsheet in
/// Chinese writes.
pub(super) fn decode(bytes: &[u8]) -> Result<String, UnreadableSheet> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let bytes = bytes.get(mark..).unwrap_or_default();
        let decoded = encoding.decode_without_bom_handling_and_without_replacement(bytes);
        return decoded
            .map(std::borrow::Cow::into_owned)
            .ok_or_else(|| UnreadableSheet::Encoding {
                row: first_bad_line(bytes, encoding),
            });
    }
    if bytes.contains(&0) {
        return Err(UnreadableSheet::UnknownFormat);
    }
    let valid = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(text.to_owned()),
        Err(error) => bytes.get(..error.valid_up_to()).unwrap_or_default(),
    };
    // What begins in UTF-8 with more than English letters is damaged rather than in another encoding.
    if !valid.is_ascii() {
        return Err(UnreadableSheet::Encoding { row: line_of(valid) });
    }
    GB18030
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(std::borrow::Cow::into_owned)
        .ok_or_else(|| UnreadableSheet::Encoding {
            row: first_bad_line(bytes, GB18030),
        })
}

/// The line behind these bytes.
fn line_of(before: &[u8]) -> u32 {
    let breaks = before.iter().filter(|byte| **byte == b'\n').count();
    u32::try_from(breaks).unwrap_or(u32::MAX).saturating_add(1)
}

/// The first line that is not in `encoding`, in whose characters a line break is a byte of its own; of others, the first.
fn first_bad_line(bytes: &[u8], encoding: &'static Encoding) -> u32 {
    let is_bad = |line: &[u8]| {
        encoding
            .decode_without_bom_handling_and_without_replacement(line)
            .is_none()
    };
    let lines = bytes.split(|byte| *byte == b'\n');
    let found = lines.zip(1..).find(|(line, _)| is_bad(line));
    found.map_or(1, |(_, number)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_all_usual_encodings_are_read() {
        let text = "货号,数量\nDR-001,12\n";
        let (gb, _, _) = GB18030.encode(text);
        let utf16: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        let with_mark = format!("\u{feff}{text}");
        for bytes in [text.as_bytes(), with_mark.as_bytes(), &gb, &utf16] {
            assert_eq!(decode(bytes).as_deref(), Ok(text));
        }
    }

    #[test]
    fn what_is_in_no_encoding_names_its_line() {
        assert_eq!(
            decode(b"a,b\n1,\xff\xff\n"),
            Err(UnreadableSheet::Encoding { row: 2 })
        );
        let mut damaged = "货号\n货号\n".as_bytes().to_vec();
        damaged.push(0xe8);
        assert_eq!(decode(&damaged), Err(UnreadableSheet::Encoding { row: 3 }));
        assert_eq!(decode(b"\x89PNG\0\0"), Err(UnreadableSheet::UnknownFormat));
    }
}
