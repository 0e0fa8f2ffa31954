//! What of a product's texts was searched for, marked.

use std::ops::Range;

use countersign_contract::catalog::CatalogProduct;
use countersign_domain::id::VariantId;
use countersign_domain::search::{Marker, Words};
use countersign_domain::text::LocalText;
use leptos::prelude::*;

use crate::i18n::local;

/// A text in parts, each marked or not.
pub type Parts = Vec<(String, bool)>;

/// The shown texts of a product.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Its name.
    pub name: Parts,
    /// Its brand.
    pub brand: Parts,
    variants: Vec<(VariantId, Parts, Parts)>,
}

impl Marks {
    /// The texts of `product`, with what of them `words` are.
    pub fn of(product: &CatalogProduct, words: &Words) -> Self {
        let keys = product.keys();
        let marker = Marker::new(words, &keys);
        let readings: Vec<&str> = product.pinyin.split('\n').collect();
        let name = |text: &LocalText, line: usize| {
            let shown = local(text);
            // Only the Chinese name is read in pinyin.
            let reading = readings.get(line).filter(|_| shown == text.zh);
            let places = marker.name(&shown, reading.copied().unwrap_or_default());
            parts(&shown, &places)
        };
        let variants = product.variants.iter().zip(2..).map(|(variant, line)| {
            let code = parts(&variant.sku, &marker.code(&variant.sku));
            (variant.id, name(&variant.name, line), code)
        });
        Self {
            name: name(&product.name, 0),
            brand: name(&product.brand, 1),
            variants: variants.collect(),
        }
    }

    /// Name and code of a variant.
    pub fn variant(&self, id: VariantId) -> (Parts, Parts) {
        let found = self.variants.iter().find(|(one, ..)| *one == id);
        found
            .map(|(_, name, code)| (name.clone(), code.clone()))
            .unwrap_or_default()
    }
}

/// The marks of a product that may change or go.
pub fn marks(product: Memo<Option<CatalogProduct>>, words: Memo<Words>) -> Memo<Marks> {
    Memo::new(move |_| {
        product.with(|product| {
            let of = |product: &CatalogProduct| words.with(|words| Marks::of(product, words));
            product.as_ref().map(of).unwrap_or_default()
        })
    })
}

/// `text` cut at the borders of `places`, which rise.
fn parts(text: &str, places: &[Range<usize>]) -> Parts {
    let mut all = Vec::new();
    let mut end = 0;
    let mut take = |range: Range<usize>, is_marked: bool| {
        if let Some(part) = text.get(range).filter(|part| !part.is_empty()) {
            all.push((part.to_owned(), is_marked));
        }
    };
    for place in places {
        take(end..place.start, false);
        take(place.clone(), true);
        end = place.end;
    }
    take(end..text.len(), false);
    all
}

/// A text with its marks.
#[component]
pub fn Marked(
    /// The text in parts.
    #[prop(into)]
    parts: Signal<Parts>,
) -> impl IntoView {
    let part = |(text, is_marked): (String, bool)| match is_marked {
        true => view! { <mark>{text}</mark> }.into_any(),
        false => text.into_any(),
    };
    move || parts.get().into_iter().map(part).collect_view()
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn a_text_is_cut_where_marks_begin_and_end() {
        let part = |text: &str, is_marked| (text.to_owned(), is_marked);
        assert_eq!(
            parts("农夫山泉矿泉水", &[0..6, 12..21]),
            [part("农夫", true), part("山泉", false), part("矿泉水", true)]
        );
        assert_eq!(parts("tea", &[]), [part("tea", false)]);
        assert!(parts("", &[]).is_empty());
    }
}
