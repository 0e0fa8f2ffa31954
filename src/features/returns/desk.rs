//! One open return: what is shown of it, what may be done, and sending what is done.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use countersign_contract::endpoint::NoQuery;
use countersign_contract::returns::{GetReturn, ReturnDetail, ReturnEntry};
use countersign_contract::session::Session;
use countersign_contract::{Endpoint, ProblemKind};
use countersign_domain::id::{LineId, ReturnId};
use countersign_domain::returns::{Return, ReturnKind};
use leptos::prelude::*;

use crate::api::ApiError;
use crate::features::returns::actions::{Deed, Offer, offers};
use crate::i18n::{local, problems, returns};
use crate::order_view::{Panel, Seen, passing_now};
use crate::queries::live::invalidate_return_lists;
use crate::queries::{self, Cache, Pending, Read};
use crate::session::SessionContext;
use crate::text;
use crate::ui::Toasts;

/// One open return, owned by the component that made it.
#[derive(Clone, Copy)]
pub struct ReturnDesk {
    id: ReturnId,
    /// The read behind it.
    pub read: Read<ReturnDetail>,
    /// What is shown, once it is there.
    pub detail: Memo<Option<Arc<ReturnDetail>>>,
    /// Who looks at it.
    pub who: Memo<Option<Arc<Session>>>,
    /// What may be done, and what not.
    pub offers: Memo<Vec<Offer>>,
    /// The panel of a deed that asks for something.
    pub panel: Panel<Deed>,
    /// Now, as it passes.
    pub now: ReadSignal<DateTime<Utc>>,
    cache: Cache,
    toasts: Toasts,
    on_done: StoredValue<Callback<Arc<ReturnDetail>>>,
}

impl ReturnDesk {
    /// Opens a return. `on_done` is called with every reply to a change that was made here.
    pub fn open(id: ReturnId, on_done: Callback<Arc<ReturnDetail>>) -> Self {
        let session = expect_context::<SessionContext>();
        let read = queries::read::<GetReturn>(move || Some((id, NoQuery {})));
        let detail = Memo::new(move |_| read.state.with(|state| state.ready().cloned()));
        let who = Memo::new(move |_| session.current());
        let offers = Memo::new(move |_| match (who.get(), detail.get()) {
            (Some(who), Some(detail)) => offers(&who.actor, &detail.subject, &who.workflow),
            _ => Vec::new(),
        });
        Self {
            id,
            read,
            detail,
            who,
            offers,
            panel: Panel::closed(),
            now: passing_now(),
            cache: expect_context::<Cache>(),
            toasts: expect_context::<Toasts>(),
            on_done: StoredValue::new(on_done),
        }
    }

    /// Whether the viewer is the return's customer.
    pub fn is_customer(&self) -> bool {
        self.who
            .with(|who| who.as_ref().is_some_and(|who| who.actor.customer_id().is_some()))
    }

    /// A change of this return, owned by the current component. When somebody else was faster, the return is read again.
    pub fn change<E>(self) -> Pending<E>
    where
        E: Endpoint<Path = ReturnId, Reply = ReturnDetail> + 'static,
    {
        queries::change_of::<E, _>(self.read)
    }

    /// What happened since the open panel was filled in, if anything did (rule 14), and to which return.
    pub fn panel_news(&self) -> Option<(Vec<ReturnEntry>, ReturnKind)> {
        let detail = self.detail.get()?;
        let known = self.panel.behind(seen(&detail))?;
        let since = detail.history.iter().skip(known.entries).cloned().collect();
        Some((since, detail.subject.kind))
    }

    /// The person has read the news. What is typed into the open panel is meant for what there is now.
    pub fn acknowledge(&self) {
        if let Some(now) = self.shown() {
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

    fn shown(&self) -> Option<Seen> {
        self.detail.with_untracked(|detail| detail.as_deref().map(seen))
    }

    /// Sends a change of the version that was seen when the open panel was filled in, or else of the one on the page; its reply is shown, and its panel closes.
    pub fn send<E>(self, pending: Pending<E>, body: E::Body)
    where
        E: Endpoint<Path = ReturnId, Reply = ReturnDetail> + 'static,
    {
        let Some(seen) = untrack(|| self.panel.seen()).or_else(|| self.shown()) else {
            return;
        };
        self.panel.sends(pending.busy);
        pending.send(self.id, body, Some(seen.version), move |reply, text| {
            // The page may be gone by now; the cache is not.
            self.cache.put::<GetReturn>(&self.id, &NoQuery {}, text);
            invalidate_return_lists(self.cache);
            self.panel.close();
            self.toasts.say(untrack(|| text!(returns.done)));
            if let Some(on_done) = self.on_done.try_get_value() {
                on_done.run(Arc::new(reply));
            }
        });
    }

    /// Why a change did not succeed, in words that know the return's lines.
    pub fn error_words(self, error: &ApiError) -> String {
        match error.kind() {
            Some(ProblemKind::ReturnForbidden { reason }) => returns::deny(reason),
            Some(ProblemKind::ReturnRejected { rejection }) => self.detail.with(|detail| {
                let subject = detail.as_deref().map(|detail| &detail.subject);
                returns::rejection(rejection, |id| line_name(subject?, id))
            }),
            _ => problems::words(error),
        }
    }
}

fn seen(detail: &ReturnDetail) -> Seen {
    Seen {
        version: detail.subject.version,
        entries: detail.history.len(),
    }
}

/// What a line of the return is called.
pub fn line_name(subject: &Return, id: LineId) -> Option<String> {
    subject.line(id).map(|line| local(&line.name))
}
