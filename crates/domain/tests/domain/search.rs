//! Words and what they find.

use countersign_domain::search::{Keys, Marker, Rank, Searched, Words, fold};
use countersign_domain::text::LocalText;
use proptest::prelude::*;

/// The name of a product in both languages, the readings of the Chinese one, code and barcode.
struct Sample(
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

const WATER: Sample = Sample(
    "农夫山泉矿泉水550ml",
    "Nongfu Spring mineral water",
    "nong fu shan quan kuang quan shui 550ml",
    "NFSQ-550",
    "6921168509256",
);
const NOODLES: Sample = Sample(
    "重庆小面",
    "Chóngqìng noodles",
    "chong/zhong qing xiao mian",
    "ＣＱ-01",
    "6900000000017",
);
const DISC: Sample = Sample("音乐光盘", "Music disc", "yin le/yue guang pan", "M-7", "");

fn keys(sample: &Sample) -> Keys {
    let Sample(zh, en, pinyin, code, barcode) = sample;
    Keys::of(&Searched {
        name: &LocalText::new(*zh, *en),
        brand: &LocalText::new("南部", "South & Sons"),
        variants: &[(
            &LocalText::new("大瓶", "Large bottle"),
            code,
            Some(barcode).copied().filter(|code| !code.is_empty()),
        )],
        pinyin: &format!("{pinyin}\nnan bu\nda/dai ping"),
    })
}

fn rank(sample: &Sample, word: &str) -> Option<Rank> {
    let words = Words::of(word);
    keys(sample).rank(words.iter().next().expect("a word"))
}

fn found(sample: &Sample, q: &str, with_typos: bool) -> bool {
    keys(sample).score(&Words::of(q), with_typos).is_some()
}

#[test]
fn a_word_fits_in_the_best_way_there_is() {
    for (sample, word, expected) in [
        (&WATER, "nfsq-550", Some(Rank::Exact)),
        (&WATER, "6921168509256", Some(Rank::Exact)),
        (&WATER, "NFSQ", Some(Rank::CodeStart)),
        (&WATER, "692116", Some(Rank::CodeStart)),
        (&WATER, "692", None),
        (&WATER, "农夫", Some(Rank::NameStart)),
        (&WATER, "ＮＯＮＧ", Some(Rank::NameStart)),
        (&WATER, "Mineral", Some(Rank::WordStart)),
        (&WATER, "550ML", Some(Rank::WordStart)),
        (&WATER, "sons", Some(Rank::WordStart)),
        (&WATER, "矿泉水", Some(Rank::Inside)),
        (&WATER, "inera", Some(Rank::Inside)),
        (&WATER, "q-5", Some(Rank::Inside)),
        (&WATER, "kuangquanshui", Some(Rank::Pinyin)),
        (&WATER, "kuangq", Some(Rank::Pinyin)),
        (&WATER, "kqs", Some(Rank::Initials)),
        (&WATER, "kuangqs", Some(Rank::Initials)),
        (&WATER, "dp", Some(Rank::Initials)),
        (&WATER, "qks", None),
        (&WATER, "酒", None),
        (&NOODLES, "chongqing", Some(Rank::NameStart)),
        (&NOODLES, "zhongqing", Some(Rank::Pinyin)),
        (&NOODLES, "zqxm", Some(Rank::Initials)),
        (&NOODLES, "cqxm", Some(Rank::Initials)),
        (&NOODLES, "cq-0", Some(Rank::CodeStart)),
        (&DISC, "yinyue", Some(Rank::Pinyin)),
        (&DISC, "yinle", Some(Rank::Pinyin)),
    ] {
        assert_eq!(rank(sample, word), expected, "{word}");
    }
}

#[test]
fn all_words_have_to_fit() {
    assert!(found(&WATER, "kqs 550  Spring", false));
    assert!(found(&WATER, "large\u{3000}NFSQ", false));
    assert!(!found(&WATER, "kqs disc", false));
    assert!(found(&WATER, "  ", false));
}

#[test]
fn one_typo_is_forgiven_in_long_words_and_never_in_codes() {
    for q in [
        "minerla",
        "mneral",
        "minneral",
        "mimeral",
        "watre",
        "农夫山全",
        "kuangqanshui",
        "spirng wat",
    ] {
        assert!(!found(&WATER, q, false), "{q}");
        assert!(found(&WATER, q, true), "{q}");
    }
    for q in [
        "mniearl",
        "wtr",
        "nfsq-551",
        "6921168509257",
        "农夫泉山水",
        "n0ngfu",
    ] {
        assert!(!found(&WATER, q, true), "{q}");
    }
}

#[test]
fn a_better_word_is_a_better_score_and_a_typo_the_worst() {
    let score = |q: &str| keys(&WATER).score(&Words::of(q), true).expect("found");
    let rising = [
        "nfsq-550",
        "nfsq",
        "农夫",
        "mineral",
        "矿泉水",
        "kuangquan",
        "kqs",
        "minerla",
    ];
    assert!(rising.windows(2).all(|pair| score(pair[0]) < score(pair[1])));
    assert!(score("kqs kqs kqs") < score("nfsq-550 minerla"));
}

#[test]
fn what_was_searched_for_is_marked() {
    let marked = |sample: &Sample, q: &str| {
        let words = Words::of(q);
        let keys = keys(sample);
        let marker = Marker::new(&words, &keys);
        let cut = |text: &'static str, places: Vec<std::ops::Range<usize>>| -> Vec<&'static str> {
            places.into_iter().map(|place| &text[place]).collect()
        };
        [
            cut(sample.0, marker.name(sample.0, sample.2)),
            cut(sample.1, marker.name(sample.1, "")),
            cut(sample.3, marker.code(sample.3)),
        ]
    };
    let none: [&str; 0] = [];
    assert_eq!(marked(&WATER, "kqs"), [&["矿泉水"][..], &none, &none]);
    assert_eq!(marked(&WATER, "kuangq"), [&["矿泉"][..], &none, &none]);
    assert_eq!(marked(&WATER, "泉 WATER"), [&["泉", "泉"][..], &["water"], &none]);
    assert_eq!(marked(&WATER, "nfsq"), [&["农夫山泉"][..], &none, &["NFSQ"]]);
    assert_eq!(marked(&WATER, "minerla"), [&none[..], &["mineral"], &none]);
    assert_eq!(
        marked(&NOODLES, "CHONGQING"),
        [&["重庆"][..], &["Chóngqìng"], &none]
    );
    assert_eq!(marked(&NOODLES, "cq-0 cq-01"), [&none[..], &none, &["ＣＱ-01"]]);
    assert_eq!(marked(&NOODLES, ""), [&none[..], &none, &none]);
}

proptest! {
    #[test]
    fn every_part_of_a_text_is_found_in_it_and_marks_are_parts_of_it(
        text in "[a-zA-ZÀ-ž０-９重庆小面水 \u{3000}-]{1,24}",
        from in 0..24_usize,
        count in 1..8_usize,
    ) {
        let part: String = text.chars().skip(from).take(count).collect();
        let words = Words::of(&part);
        let keys = Keys::of(&Searched {
            name: &LocalText::new(text.clone(), ""),
            brand: &LocalText::default(),
            variants: &[],
            pinyin: "",
        });
        prop_assert!(keys.score(&words, false).is_some());
        let places = Marker::new(&words, &keys).name(&text, "");
        prop_assert_eq!(places.is_empty(), words.is_empty());
        let mut end = 0;
        for place in places {
            prop_assert!(place.start >= end && text.get(place.clone()).is_some_and(|part| !part.is_empty()));
            end = place.end;
        }
    }

    #[test]
    fn nothing_that_is_typed_brings_it_to_a_halt(q in "\\PC{0,60}", name in "\\PC{0,40}", pinyin in "[a-z/ \n]{0,60}") {
        let words = Words::of(&q);
        let keys = Keys::of(&Searched {
            name: &LocalText::new(name.clone(), name.clone()),
            brand: &LocalText::default(),
            variants: &[],
            pinyin: &pinyin,
        });
        let exact = keys.score(&words, false);
        let loose = keys.score(&words, true);
        prop_assert!(exact.is_none() || exact == loose);
        for place in Marker::new(&words, &keys).name(&name, &pinyin) {
            prop_assert!(name.get(place).is_some());
        }
    }

    #[test]
    fn folding_twice_changes_nothing(sign in any::<char>()) {
        prop_assert_eq!(fold(fold(sign)), fold(sign));
    }
}
