//! How Chinese texts are read: the part of a product's keys that takes a dictionary.

use countersign_domain::product::Product;
use countersign_domain::search::{Token, tokens};
use pinyin::ToPinyinMulti;

/// Most readings of one character: rarer ones nobody types.
const MOST: usize = 4;

/// The readings of a product's Chinese texts, a line each: name, brand, and each variant's name.
pub fn of(product: &Product) -> String {
    let names = product.variants.iter().map(|variant| &variant.name);
    let texts = [&product.name, &product.brand].into_iter().chain(names);
    texts.map(|text| of_text(&text.zh)).collect::<Vec<_>>().join("\n")
}

/// The readings of `text`, in the form `countersign_domain::search` speaks of.
fn of_text(text: &str) -> String {
    let read = tokens(text).into_iter().map(|(_, token)| match token {
        Token::Character(sign) => of_character(sign),
        Token::Run(run) => run,
    });
    read.collect::<Vec<_>>().join(" ")
}

fn of_character(sign: char) -> String {
    let mut all: Vec<String> = Vec::new();
    let known = sign.to_pinyin_multi();
    for reading in known.into_iter().flatten().take(MOST) {
        let plain = reading.plain();
        // A keyboard has no such letter: people type the one or the other.
        let typed = match plain.contains('ü') {
            true => vec![plain.replace('ü', "v"), plain.replace('ü', "u")],
            false => vec![plain.to_owned()],
        };
        for one in typed {
            if one.bytes().all(|letter| letter.is_ascii_lowercase()) && !all.contains(&one) {
                all.push(one);
            }
        }
    }
    if all.is_empty() {
        return sign.to_string();
    }
    all.join("/")
}

#[cfg(test)]
mod tests {
    use super::of_text;

    #[test]
    fn characters_are_read_in_every_way_they_can_be() {
        for (text, expected) in [
            ("矿泉水", "kuang quan shui"),
            ("农夫山泉 550ML", "nong fu shan quan 550ml"),
            ("", ""),
            ("Tea", "tea"),
        ] {
            assert_eq!(of_text(text), expected);
        }
        let parts = |text: &str| -> Vec<Vec<String>> {
            let read = of_text(text);
            let token = |token: &str| token.split('/').map(str::to_owned).collect();
            read.split(' ').map(token).collect()
        };
        let has = |readings: &[String], one: &str| readings.iter().any(|reading| reading == one);
        for (text, both) in [
            ("重", ["chong", "zhong"]),
            ("乐", ["le", "yue"]),
            ("行", ["xing", "hang"]),
            ("绿", ["lv", "lu"]),
            ("长", ["chang", "zhang"]),
        ] {
            let found = parts(text);
            assert!(both.iter().all(|one| has(&found[0], one)), "{text}: {found:?}");
        }
    }
}
