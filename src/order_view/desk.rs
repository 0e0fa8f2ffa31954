//! One open order: what is shown of it, what may be done, and sending what is done.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use countersign_contract::Endpoint;
use countersign_contract::account::{CustomerCard, GetCustomer};
use countersign_contract::endpoint::NoQuery;
use countersign_contract::order::{GetOrder, HistoryEntry, OrderDetail};
use countersign_contract::session::Session;
use countersign_domain::id::OrderId;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::order_view::clock::passing_now;
use crate::order_view::funding::funding;
use crate::order_view::{Deed, Offer, Panel, Seen, offers};
use crate::queries::live::invalidate_order_lists;
use crate::queries::{self, Cache, Pending, Read};
use crate::session::SessionContext;

/// Makes the form of a deed that asks for something.
pub type Forms = fn(OrderDesk, Deed) -> AnyView;

/// Takes a deed that asks for nothing out of the desk's hands: who works through a queue does not wait for its answer.
pub type HandOver = Callback<(Deed, Arc<OrderDetail>)>;

/// One open order, owned by the component that made it.
#[derive(Clone, Copy, Debug)]
pub struct OrderDesk {
    /// Which.
    pub id: OrderId,
    /// The read behind it.
    pub read: Read<OrderDetail>,
    /// What is shown, once it is there.
    pub detail: Memo<Option<Arc<OrderDetail>>>,
    /// The customer as staff need to know it.
    pub card: Memo<Option<Arc<CustomerCard>>>,
    /// Who looks at it.
    pub who: Memo<Option<Arc<Session>>>,
    /// What may be done, and what not.
    pub offers: Memo<Vec<Offer>>,
    /// The panel of a deed that asks for something.
    pub panel: Panel<Deed>,
    /// Now, as it passes.
    pub now: ReadSignal<DateTime<Utc>>,
    first: Memo<Option<Seen>>,
    acknowledged: RwSignal<Option<Seen>>,
    cache: Cache,
    on_done: StoredValue<Callback<Arc<OrderDetail>>>,
    /// Who takes deeds that ask for nothing.
    pub hand_over: StoredValue<Option<HandOver>>,
    /// What was handed over before, and why it was refused.
    pub refused: StoredValue<Option<(Deed, ApiError)>>,
}

impl OrderDesk {
    /// Opens an order. `on_done` is called with every reply to a change that was made here.
    pub fn open(id: OrderId, on_done: Callback<Arc<OrderDetail>>) -> Self {
        let session = expect_context::<SessionContext>();
        let read = queries::read::<GetOrder>(move || Some((id, NoQuery {})));
        let detail = Memo::new(move |_| read.state.with(|state| state.ready().cloned()));
        let who = Memo::new(move |_| session.current());
        let card = current_card(detail);
        let offers = Memo::new(move |_| match (who.get(), detail.get()) {
            (Some(who), Some(detail)) => {
                let funding = card.with(|card| funding(&detail, card.as_deref()?));
                offers(
                    &who.actor,
                    &detail.order,
                    detail.paid,
                    funding.as_ref(),
                    &who.workflow,
                )
            }
            _ => Vec::new(),
        });
        let first = Memo::new(move |before: Option<&Option<Seen>>| {
            before
                .copied()
                .flatten()
                .or_else(|| detail.with(|detail| detail.as_deref().map(seen)))
        });
        Self {
            id,
            read,
            detail,
            card,
            who,
            offers,
            panel: Panel::closed(),
            now: passing_now(),
            first,
            acknowledged: RwSignal::new(None),
            cache: expect_context::<Cache>(),
            on_done: StoredValue::new(on_done),
            hand_over: StoredValue::new(None),
            refused: StoredValue::new(None),
        }
    }

    /// Hands deeds that ask for nothing over to `to`. `refused` is what came back of one before.
    pub fn handing_over(self, to: HandOver, refused: Option<(Deed, ApiError)>) -> Self {
        self.hand_over.set_value(Some(to));
        self.refused.set_value(refused);
        self
    }

    /// Whether the viewer is the order's customer.
    pub fn is_customer(&self) -> bool {
        self.who
            .with(|who| who.as_ref().is_some_and(|who| who.actor.customer_id().is_some()))
    }

    /// What others did to the order since this person opened it or last acted on it (rule 14).
    pub fn news(&self) -> Vec<HistoryEntry> {
        let known = self.acknowledged.get().or_else(|| self.first.get());
        match (self.detail.get(), known) {
            (Some(detail), Some(known)) if detail.order.version > known.version => {
                news_in(&detail.history, known.entries)
            }
            _ => Vec::new(),
        }
    }

    /// What happened since the open panel was filled in, if anything did: also what this person did in another tab, since
    /// what is typed here was typed before.
    pub fn panel_news(&self) -> Option<Vec<HistoryEntry>> {
        let detail = self.detail.get()?;
        let known = self.panel.behind(seen(&detail))?;
        Some(detail.history.iter().skip(known.entries).cloned().collect())
    }

    /// The person has read the news. What is typed into the open panel is meant for what there is now.
    pub fn acknowledge(&self) {
        let now = self.shown();
        self.acknowledged.set(now);
        if let Some(now) = now {
            let deed = untrack(|| self.panel.deed());
            let stands = |offer: &Offer| Some(offer.deed) == deed && offer.allowed.is_ok();
            let still_stands = self.offers.with_untracked(|offers| offers.iter().any(stands));
            self.panel.see(now, still_stands);
        }
    }

    /// Opens the panel of `deed` over what is shown.
    pub fn open_panel(&self, deed: Deed) {
        if let Some(shown) = self.shown() {
            self.panel.open(deed, shown);
        }
    }

    /// The version a change is meant for: that which was seen when the open panel was filled in, or else the one on the page.
    pub fn version(&self) -> Option<u64> {
        let seen = untrack(|| self.panel.seen()).or_else(|| self.shown());
        seen.map(|seen| seen.version)
    }

    fn shown(&self) -> Option<Seen> {
        self.detail.with_untracked(|detail| detail.as_deref().map(seen))
    }

    /// A change of this order, owned by the current component. When somebody else was faster, the order is read again.
    pub fn change<E>(self) -> Pending<E>
    where
        E: Endpoint<Path = OrderId, Reply = OrderDetail> + 'static,
    {
        queries::change_of::<E, _>(self.read)
    }

    /// Sends a change of the [version](Self::version) that this person has seen.
    pub fn send<E>(self, pending: Pending<E>, body: E::Body)
    where
        E: Endpoint<Path = OrderId, Reply = OrderDetail> + 'static,
    {
        let Some(version) = self.version() else {
            return;
        };
        self.panel.sends(pending.busy);
        pending.send(self.id, body, Some(version), move |reply, text| {
            self.settle(reply, text);
        });
    }

    /// Shows the reply to a change, closes its panel and tells whoever opened the order.
    pub fn settle(self, reply: OrderDetail, text: &str) {
        // The page may be gone by now; the cache is not.
        self.acknowledged.try_set(Some(seen(&reply)));
        self.cache.put::<GetOrder>(&self.id, &NoQuery {}, text);
        invalidate_order_lists(self.cache);
        self.panel.close();
        if let Some(on_done) = self.on_done.try_get_value() {
            on_done.run(Arc::new(reply));
        }
    }
}

/// The customer of an order, as it came with the order. Where that holds the order back it is read by itself, again with
/// every change of any order: what another order takes from the limit, or gives back, is no change of this one, and nobody
/// is to be held back by what was so before.
fn current_card(detail: Memo<Option<Arc<OrderDetail>>>) -> Memo<Option<Arc<CustomerCard>>> {
    let held_back = Memo::new(move |_| {
        detail.with(|detail| {
            let detail = detail.as_deref()?;
            let funding = funding(detail, detail.card.as_ref()?)?;
            funding.check().is_err().then_some(detail.order.customer_id)
        })
    });
    let own = queries::read::<GetCustomer>(move || held_back.get().map(|id| (id, NoQuery {})));
    Memo::new(move |_| {
        let own = own.state.with(|state| state.ready().cloned());
        own.or_else(|| detail.with(|detail| detail.as_deref()?.card.clone().map(Arc::new)))
    })
}

/// What others did since `known` entries were seen. What this person did in another tab or on another device is no news.
fn news_in(history: &[HistoryEntry], known: usize) -> Vec<HistoryEntry> {
    let is_own = |entry: &&HistoryEntry| entry.by.as_ref().is_some_and(|by| by.is_you);
    let since = history.iter().skip(known);
    since.filter(|entry| !is_own(entry)).cloned().collect()
}

fn seen(detail: &OrderDetail) -> Seen {
    Seen {
        version: detail.order.version,
        entries: detail.history.len(),
    }
}

#[cfg(test)]
mod tests {
    use countersign_contract::order::{HistoryActor, HistoryEntry, HistoryKind};
    use countersign_domain::text::LocalText;

    use super::news_in;
    use crate::order_view::sample;

    fn entry(kind: HistoryKind, by: Option<bool>) -> HistoryEntry {
        HistoryEntry {
            at: sample::morning(),
            by: by.map(|is_you| HistoryActor {
                name: "Wang".to_owned(),
                role: LocalText::default(),
                stands_in_for: None,
                is_you,
            }),
            kind,
            stage: None,
            from: None,
            to: None,
            reason: String::new(),
            changes: Vec::new(),
            waiting_before: 0,
            stars: None,
        }
    }

    #[test]
    fn what_somebody_did_in_another_tab_of_their_own_is_no_news() {
        let history = [
            entry(HistoryKind::Submitted, Some(false)),
            entry(HistoryKind::PaymentConfirmed, Some(true)),
            entry(HistoryKind::Shipped, Some(false)),
            entry(HistoryKind::DeemedReceived, None),
        ];
        let news: Vec<HistoryKind> = news_in(&history, 1).iter().map(|entry| entry.kind).collect();
        assert_eq!(news, [HistoryKind::Shipped, HistoryKind::DeemedReceived]);
        assert!(news_in(&history, 4).is_empty());
    }
}
