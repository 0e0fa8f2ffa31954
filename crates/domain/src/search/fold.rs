//! What makes no difference to a search: case, width and accents.

/// Letters with an accent, behind the plain one.
const ACCENTS: [(char, &str); 23] = [
    ('a', "àáâãäåāăąǎǟǡǻȁȃạảấầẩẫậắằẳẵặ"),
    ('c', "çćĉċč"),
    ('d', "ďđ"),
    ('e', "èéêëēĕėęěȅȇẹẻẽếềểễệ"),
    ('g', "ĝğġģǧ"),
    ('h', "ĥħ"),
    ('i', "ìíîïĩīĭįıǐȉȋỉị"),
    ('j', "ĵ"),
    ('k', "ķǩ"),
    ('l', "ĺļľł"),
    ('m', "ḿ"),
    ('n', "ñńņňǹ"),
    ('o', "òóôõöøōŏőǒǫǭȍȏọỏốồổỗộớờởỡợơ"),
    ('r', "ŕŗř"),
    ('s', "śŝşšș"),
    ('t', "ţťŧț"),
    ('u', "ùúûüũūŭůűųǔǖǘǚǜȕȗụủứừửữựư"),
    ('w', "ŵ"),
    ('x', "ẋ"),
    ('y', "ýÿŷỳỵỷỹ"),
    ('z', "źżž"),
    ('b', "ḃ"),
    ('f', "ḟ"),
];

/// A sign as it is compared: in lower case, half as wide as a Chinese one, without its accent. Whatever separates words
/// is a blank. One sign stays one sign, so that what is found can be marked in the text it was found in.
pub fn fold(sign: char) -> char {
    let narrow = match sign {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xff01 + u32::from('!')).unwrap_or(sign),
        _ => sign,
    };
    if narrow.is_ascii_graphic() {
        return narrow.to_ascii_lowercase();
    }
    if narrow.is_whitespace() || narrow.is_control() {
        return ' ';
    }
    let mut lower = narrow.to_lowercase();
    let lower = match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => narrow,
    };
    match lower {
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => {
            let plain = ACCENTS.iter().find(|(_, accented)| accented.contains(lower));
            plain.map_or(lower, |(plain, _)| *plain)
        }
        _ => lower,
    }
}

/// A text as it is compared.
pub(super) fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

/// Whether a sign is a word by itself, as Chinese characters are.
pub(super) fn is_ideograph(sign: char) -> bool {
    matches!(sign, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Whether a word can begin with `sign` behind `before`.
pub(super) fn begins_word(before: Option<char>, sign: char) -> bool {
    before.is_none_or(|before| !before.is_alphanumeric() || is_ideograph(before) != is_ideograph(sign))
}
