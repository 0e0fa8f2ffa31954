//! The favourites of the customer: one read for all the stars on the screen, and changing one of them.

use std::collections::{BTreeMap, BTreeSet};

use countersign_contract::NoContent;
use countersign_contract::buying::ForCustomer;
use countersign_contract::list::{Favourite, ListFavourites, PutFavourite, RemoveFavourite};
use countersign_domain::id::VariantId;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{Api, ApiError, Change};
use crate::queries::live::is_of_lists;
use crate::queries::{Cache, Read, read};

/// The favourites, provided by a distributor's desk. Cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Favourites {
    api: Api,
    cache: Cache,
    /// The read behind them; it begins with the first star.
    pub read: Read<Vec<Favourite>>,
    is_wanted: RwSignal<bool>,
    ids: Memo<BTreeSet<VariantId>>,
    /// Changes under way, with what each makes of its variant.
    pending: RwSignal<BTreeMap<VariantId, bool>>,
}

impl Favourites {
    /// Asks for nothing until somebody wants them.
    pub fn new(api: Api, cache: Cache) -> Self {
        let is_wanted = RwSignal::new(false);
        let read = read::<ListFavourites>(move || is_wanted.get().then(|| ((), ForCustomer::default())));
        let ids = Memo::new(move |_| {
            read.state.with(|state| match state.ready() {
                Some(all) => all.iter().map(|one| one.goods.variant_id).collect(),
                None => BTreeSet::new(),
            })
        });
        Self {
            api,
            cache,
            read,
            is_wanted,
            ids,
            pending: RwSignal::new(BTreeMap::new()),
        }
    }

    /// Somebody shows them.
    pub fn want(&self) {
        if !self.is_wanted.get_untracked() {
            self.is_wanted.set(true);
        }
    }

    /// Whether a variant is a favourite; one that is about to be is.
    pub fn has(&self, id: VariantId) -> bool {
        let pending = self.pending.with(|pending| pending.get(&id).copied());
        pending.unwrap_or_else(|| self.ids.with(|ids| ids.contains(&id)))
    }

    /// Whether the server can be asked to change anything.
    pub fn can_change(&self) -> bool {
        self.api.reachable.get()
    }

    /// Makes a favourite of a variant, or none. While that is under way another press does nothing; where it is refused
    /// everything is as it was, and `refused` is told why.
    pub fn toggle(self, id: VariantId, refused: impl FnOnce(ApiError) + 'static) {
        if self.pending.with_untracked(|pending| pending.contains_key(&id)) {
            return;
        }
        let wanted = !self.ids.with_untracked(|ids| ids.contains(&id));
        self.pending.update(|pending| {
            pending.insert(id, wanted);
        });
        spawn_local(async move {
            let outcome = if wanted {
                let change = Change::new::<PutFavourite>(&id, &NoContent {}, "", None);
                let text = self.api.send(&change).await;
                text.and_then(|text| Api::decode::<Favourite>(&text)).map(Some)
            } else {
                let change = Change::new::<RemoveFavourite>(&id, &NoContent {}, "", None);
                self.api.send(&change).await.map(|_| None)
            };
            match outcome {
                Ok(added) => self.take(id, added),
                Err(error) => {
                    // It may have arrived all the same.
                    if error.is_unknown() {
                        self.cache.invalidate(is_of_lists);
                    }
                    refused(error);
                }
            }
            self.pending.try_update(|pending| pending.remove(&id));
        });
    }

    /// Shows what the server has agreed to, before it is read again.
    fn take(self, id: VariantId, added: Option<Favourite>) {
        let before = self.read.state.try_get_untracked();
        let Some(before) = before.and_then(|state| state.ready().map(|all| all.to_vec())) else {
            return;
        };
        let rest = before.into_iter().filter(|one| one.goods.variant_id != id);
        let all: Vec<Favourite> = added.into_iter().chain(rest).collect();
        if let Ok(text) = serde_json::to_string(&all) {
            self.cache
                .put::<ListFavourites>(&(), &ForCustomer::default(), &text);
        }
    }
}
