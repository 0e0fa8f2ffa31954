//! The products that a query finds, as a window onto them needs them: any of them, by its number.
//!
//! Where the device has the catalog, all of them are found there at once, with a connection and without. Elsewhere the
//! server is asked for the pages in sight and those beside them, ahead of whoever scrolls.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use countersign_contract::Page;
use countersign_contract::catalog::{CatalogProduct, ListProducts, ProductQuery};
use countersign_domain::id::ProductId;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{Api, ApiError};
use crate::queries::ahead::Ahead;
use crate::queries::{Cache, Read, Remote, read};

/// Products of a page.
const PAGE: usize = 48;
/// Pages that are kept at a time: what a large screen shows, with one before and one behind it.
const PAGES: usize = 5;
/// How long a page far away has to be in sight until it is asked for: whoever drags the bar passes many.
const SETTLE: Duration = Duration::from_millis(90);

/// What a device finds by itself.
pub trait Hits: std::fmt::Debug {
    /// How many there are.
    fn count(&self) -> usize;
    /// One of them, by its number.
    fn nth(&self, number: usize) -> Option<&CatalogProduct>;
    /// When the server said so.
    fn at(&self) -> DateTime<Utc>;
}

/// Who answers.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Source {
    /// That is being found out.
    Asking,
    /// The device; what it has found is of this question.
    Device(Box<ProductQuery>, usize, DateTime<Utc>),
    /// The server.
    Server,
}

/// Pages of the server, of one question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Pages {
    query: ProductQuery,
    total: usize,
    pages: BTreeMap<usize, Arc<Page<CatalogProduct>>>,
}

/// What is known of the products a query finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing yet.
    Asking,
    /// It could not be asked.
    Failed(ApiError),
    /// So many were found.
    Ready {
        /// How many.
        count: usize,
        /// Whether that is of the question before.
        is_old: bool,
    },
}

/// What the device finds, and of which question; the outer is `None` while that is being looked up, the inner where the
/// device can't say.
type OnDevice = RwSignal<Option<Option<(ProductQuery, Rc<dyn Hits>)>>, LocalStorage>;

/// The products that a query finds. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Goods {
    /// What is known of them.
    pub found: Memo<Found>,
    source: Memo<Source>,
    device: OnDevice,
    server: Memo<Option<Pages>>,
    reads: StoredValue<Vec<Read<Page<CatalogProduct>>>>,
    query: Memo<ProductQuery>,
    /// The pages that are wanted of the server, and of which question: another begins with its first.
    wish: RwSignal<(ProductQuery, (usize, usize))>,
    /// Why some of the pages are missing.
    pub missing: Memo<Option<ApiError>>,
    /// Counts wishes, so that only the last of several is followed.
    wishes: StoredValue<u32>,
}

impl Goods {
    /// Finds what `query` asks for, whatever it says of pages.
    pub fn find(query: Memo<ProductQuery>) -> Self {
        let cache = expect_context::<Cache>();
        let api = expect_context::<Api>();
        let ahead = use_context::<Ahead>();
        let device: OnDevice = RwSignal::new_local(None);
        Effect::new(move |_| {
            // What was fetched ahead is found from then on.
            if let Some(ahead) = ahead {
                ahead.track();
            }
            let asked = query.get();
            spawn_local(async move {
                let hits = match cache.kept() {
                    Some(kept) => kept.find(&asked).await,
                    None => None,
                };
                // Something else may have been asked meanwhile, or nobody be there any more.
                if query.try_get_untracked().as_ref() == Some(&asked) {
                    device.try_set(Some(hits.map(|hits| (asked, hits))));
                }
            });
        });
        let source = Memo::new(move |_| match device.get() {
            None => Source::Asking,
            Some(None) => Source::Server,
            Some(Some((query, hits))) => Source::Device(Box::new(query), hits.count(), hits.at()),
        });
        let wish = RwSignal::new((ProductQuery::default(), (0, 0)));
        let wanted = Memo::new(move |_| {
            wish.with(|(of, pages)| {
                if query.with(|query| query == of) {
                    *pages
                } else {
                    (0, 0)
                }
            })
        });
        let reads: Vec<_> = (0..PAGES)
            .map(|slot| {
                read::<ListProducts>(move || {
                    let is_asked = source.with(|source| *source == Source::Server);
                    let page = page_of(wanted.get(), slot).filter(|_| is_asked)?;
                    Some(((), of_page(query.get(), page)))
                })
            })
            .collect();
        let reads = StoredValue::new(reads);
        let server = Memo::new(move |before: Option<&Option<Pages>>| {
            let before = before.cloned().flatten();
            let query = query.get();
            let wanted = wanted.get();
            let is_same = before.as_ref().is_some_and(|before| before.query == query);
            let mut now = before.clone().filter(|_| is_same).unwrap_or_default();
            now.query = query;
            now.pages.retain(|page, _| (wanted.0..=wanted.1).contains(page));
            let mut is_answered = is_same;
            reads.with_value(|reads| {
                for (slot, read) in reads.iter().enumerate() {
                    let page = page_of(wanted, slot);
                    if let (Some(page), Remote::Ready(reply)) = (page, read.state.get()) {
                        let total = reply.total.and_then(|total| usize::try_from(total).ok());
                        now.total = total.unwrap_or(now.total);
                        now.pages.insert(page, reply);
                        is_answered = true;
                    }
                }
            });
            // What was found before stays until there is something else.
            if is_answered { Some(now) } else { before }
        });
        let missing = Memo::new(move |_| {
            reads.with_value(|reads| {
                reads.iter().find_map(|read| match read.state.get() {
                    Remote::Failed(error) => Some(error),
                    Remote::Loading | Remote::Ready(_) => None,
                })
            })
        });
        let found = Memo::new(move |_| match source.get() {
            Source::Asking => Found::Asking,
            Source::Device(of, count, _) => Found::Ready {
                count,
                is_old: query.with(|query| *of != *query),
            },
            Source::Server => server.with(|pages| {
                let is_old = |pages: &Pages| query.with(|query| pages.query != *query);
                match (pages, missing.get()) {
                    (Some(pages), error) if error.is_none() || !is_old(pages) => Found::Ready {
                        count: pages.total,
                        is_old: is_old(pages),
                    },
                    (_, Some(error)) => Found::Failed(error),
                    (_, None) => Found::Asking,
                }
            }),
        });
        // Without the server, what the device has may be older than what there is.
        cache.tell_age(Memo::new(move |_| match source.get() {
            Source::Device(_, _, at) if !api.reachable.get() => Some(at),
            _ => None,
        }));
        Self {
            found,
            source,
            device,
            server,
            reads,
            query,
            wish,
            missing,
            wishes: StoredValue::new(0),
        }
    }

    /// One of the products, by its number; `None` while it is asked for. Tracked.
    pub fn nth(&self, number: usize) -> Option<CatalogProduct> {
        self.with(number, CatalogProduct::clone)
    }

    /// The id of one of them.
    pub fn id(&self, number: usize) -> Option<ProductId> {
        self.with(number, |product| product.id)
    }

    fn with<T>(&self, number: usize, f: impl FnOnce(&CatalogProduct) -> T) -> Option<T> {
        match self.source.get() {
            Source::Asking => None,
            Source::Device(..) => {
                let (_, hits) = self.device.get().flatten()?;
                hits.nth(number).map(f)
            }
            Source::Server => self.server.with(|pages| {
                let page = pages.as_ref()?.pages.get(&(number / PAGE))?;
                page.items.get(number % PAGE).map(f)
            }),
        }
    }

    /// Somebody looks at these: the server is asked for them and for what is beside them.
    pub fn look_at(self, rows: Range<usize>) {
        let last = self.server.with_untracked(|pages| {
            let total = pages.as_ref().map_or(0, |pages| pages.total);
            total.saturating_sub(1) / PAGE
        });
        let first = (rows.start / PAGE).saturating_sub(1);
        let end = (rows.end.saturating_sub(1) / PAGE + 1).min(last);
        let query = self.query.get_untracked();
        let wanted = (first, end.clamp(first, first + PAGES - 1));
        let (of, now) = self.wish.get_untracked();
        let number = self.wishes.get_value().wrapping_add(1);
        self.wishes.set_value(number);
        let is_same = of == query;
        if is_same && wanted == now {
            return;
        }
        if !is_same || wanted.0 <= now.1 && now.0 <= wanted.1 {
            return self.wish.set((query, wanted));
        }
        set_timeout(
            move || {
                if self.wishes.try_get_value() == Some(number) {
                    self.wish.set((query.clone(), wanted));
                }
            },
            SETTLE,
        );
    }

    /// Asks the server again.
    pub fn retry(&self) {
        self.reads.with_value(|reads| reads.iter().for_each(Read::retry));
    }
}

/// The page of those wanted that a slot is for: each page has one slot, and no two of those wanted have the same.
fn page_of((first, last): (usize, usize), slot: usize) -> Option<usize> {
    (first..=last).find(|page| page % PAGES == slot)
}

fn of_page(query: ProductQuery, page: usize) -> ProductQuery {
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    ProductQuery {
        after: None,
        skip: (page > 0).then(|| number(page * PAGE)),
        limit: Some(number(PAGE)),
        total: Some(true),
        ..query
    }
}

#[cfg(test)]
mod tests {
    use super::{PAGES, page_of};

    #[test]
    fn every_page_that_is_wanted_has_a_slot_of_its_own() {
        for first in 0..20 {
            let wanted = (first, first + PAGES - 1);
            let mut pages: Vec<_> = (0..PAGES).filter_map(|slot| page_of(wanted, slot)).collect();
            pages.sort_unstable();
            assert_eq!(pages, (wanted.0..=wanted.1).collect::<Vec<_>>());
        }
        assert_eq!(
            (0..PAGES).filter(|slot| page_of((7, 8), *slot).is_some()).count(),
            2
        );
    }
}
