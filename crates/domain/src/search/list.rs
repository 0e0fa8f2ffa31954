//! Lists of products: searched, filtered, ranked and cut into pages.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::facets::{Facets, Tally};
use super::keys::Keys;
use super::labels::Labels;
use super::own::Ties;
use super::place::{Place, Score};
use super::words::Words;
use crate::assortment::Assortment;
use crate::id::{CategoryId, ProductId};
use crate::money::Money;

/// A product as a list sees it.
pub trait Goods {
    /// Its place in the order of the catalog, and its id.
    fn place(&self) -> (u32, ProductId);
    /// What it is found by.
    fn keys(&self) -> &Keys;
    /// Where it stands in the tree.
    fn category(&self) -> CategoryId;
    /// The number of its brand.
    fn brand(&self) -> Option<u32>;
    /// The numbers of its tags.
    fn tags(&self) -> &[u32];
    /// Whether something of it is free.
    fn is_in_stock(&self) -> bool;
}

impl<G: Goods> Goods for Arc<G> {
    fn place(&self) -> (u32, ProductId) {
        G::place(self)
    }

    fn keys(&self) -> &Keys {
        G::keys(self)
    }

    fn category(&self) -> CategoryId {
        G::category(self)
    }

    fn brand(&self) -> Option<u32> {
        G::brand(self)
    }

    fn tags(&self) -> &[u32] {
        G::tags(self)
    }

    fn is_in_stock(&self) -> bool {
        G::is_in_stock(self)
    }
}

/// Which of the products that were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// In one of these categories: the chosen one and those below it.
    pub categories: Option<BTreeSet<CategoryId>>,
    /// Of one of the brands with these keys; empty means any.
    pub brands: Vec<String>,
    /// With one of the tags with these keys; empty means any.
    pub tags: Vec<String>,
    /// Only what is in stock.
    pub in_stock: bool,
    /// Only favourites.
    pub favourite: bool,
    /// Only what was bought before.
    pub bought: bool,
    /// Only what a promotion is about.
    pub promoted: bool,
    /// At least this price.
    pub price_from: Option<Money>,
    /// Less than this price.
    pub price_to: Option<Money>,
}

/// Which stretch of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// Only what comes behind this place.
    pub after: Option<Place>,
    /// So many of these are passed over: a window looks into the middle of a list.
    pub skip: usize,
    /// So many at most.
    pub limit: usize,
    /// Whether all there are, before and behind it, are to be counted.
    pub total: bool,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Where the products stand among the goods.
    pub items: Vec<usize>,
    /// Where the next page begins, if there is one.
    pub next: Option<Place>,
    /// How many there are on all pages, where that was asked for.
    pub total: Option<u64>,
}

/// What a product is to whoever asks.
pub struct About<'a, G> {
    /// What one ordering unit of it costs them, at its cheapest variant.
    pub price: &'a dyn Fn(&G) -> Money,
    /// What they have to do with it.
    pub ties: &'a dyn Fn(&G) -> Ties,
}

impl<G> std::fmt::Debug for About<'_, G> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("About").finish_non_exhaustive()
    }
}

/// What there is to list, and for whom.
pub struct Listing<'a, G> {
    /// The products in the order of the catalog.
    pub goods: &'a [G],
    /// Their brands and tags.
    pub labels: &'a Labels,
    /// Only these of them, by rising number.
    pub only: Option<Vec<usize>>,
    /// What of them whoever asks may see, spelt out.
    pub assortment: &'a Assortment,
    /// What each of them is to whoever asks.
    pub about: About<'a, G>,
}

impl<G> std::fmt::Debug for Listing<'_, G> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Listing")
            .field("goods", &self.goods.len())
            .finish_non_exhaustive()
    }
}

impl<G: Goods> Listing<'_, G> {
    /// The products of `span`, the best first, then in the order of the catalog.
    pub fn page(&self, words: &Words, filter: &Filter, span: Span) -> Listed {
        let found = self.found(words);
        let tally = Tally::new(filter, self.labels);
        let takes = |(_, number): &&(Score, usize)| self.takes(&tally, *number);
        let is_before =
            |one: &(Score, usize)| span.after.is_some_and(|after| self.place(*one) <= Some(after));
        let start = found.partition_point(is_before);
        let behind = found.get(start..).unwrap_or_default();
        let mut wanted = behind.iter().filter(takes).skip(span.skip);
        let page: Vec<(Score, usize)> = wanted.by_ref().take(span.limit).copied().collect();
        let more = wanted.next().is_some();
        Listed {
            next: page.last().filter(|_| more).and_then(|last| self.place(*last)),
            items: page.into_iter().map(|(_, number)| number).collect(),
            total: (span.total)
                .then(|| u64::try_from(found.iter().filter(takes).count()).unwrap_or(u64::MAX)),
        }
    }

    /// Where all the products stand that [`Self::page`] gives page by page.
    pub fn all(&self, words: &Words, filter: &Filter) -> Vec<usize> {
        let tally = Tally::new(filter, self.labels);
        let found = self.found(words).into_iter().map(|(_, number)| number);
        found.filter(|number| self.takes(&tally, *number)).collect()
    }

    /// What can be chosen among what is found, with the number of products each choice would leave.
    pub fn facets(&self, words: &Words, filter: &Filter) -> Facets {
        let mut tally = Tally::new(filter, self.labels);
        for (_, number) in self.found(words) {
            if let Some(goods) = self.goods.get(number) {
                tally.count(goods, &self.about);
            }
        }
        tally.done(self.labels)
    }

    fn takes(&self, tally: &Tally<'_>, number: usize) -> bool {
        let goods = self.goods.get(number);
        goods.is_some_and(|goods| tally.takes(goods, &self.about))
    }

    fn place(&self, (score, number): (Score, usize)) -> Option<Place> {
        let (position, id) = self.goods.get(number)?.place();
        Some(Place { score, position, id })
    }

    /// What has all of `words`, the best first. Typos are forgiven only where nothing is found without one: who typed a
    /// word as it is spelt is not shown others.
    fn found(&self, words: &Words) -> Vec<(Score, usize)> {
        if words.is_empty() {
            return self.numbers().map(|number| (Score(0), number)).collect();
        }
        let mut found = self.fitting(words, false);
        if found.is_empty() && words.may_have_typo() {
            found = self.fitting(words, true);
        }
        found.sort_unstable();
        found
    }

    fn fitting(&self, words: &Words, with_typos: bool) -> Vec<(Score, usize)> {
        let score = |number: usize| {
            let score = self.goods.get(number)?.keys().score(words, with_typos)?;
            Some((score, number))
        };
        self.numbers().filter_map(score).collect()
    }

    /// Those whoever asks may see.
    fn numbers(&self) -> impl Iterator<Item = usize> {
        let chosen = self.only.as_deref();
        let all = if chosen.is_none() { self.goods.len() } else { 0 };
        let is_whole = self.assortment.is_whole();
        let is_shown = move |number: &usize| {
            is_whole
                || self
                    .goods
                    .get(*number)
                    .is_some_and(|goods| self.assortment.shows(goods.place().1, goods.category()))
        };
        (0..all)
            .chain(chosen.unwrap_or_default().iter().copied())
            .filter(is_shown)
    }
}
