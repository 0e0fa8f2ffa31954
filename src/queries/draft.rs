//! The cart: the draft of whoever is signed in, shared by every page and kept on the device with each change.
//!
//! ```ignore
//! let cart = expect_context::<Cart>();                     // provided at the root
//! let count = move || cart.with(|kept| kept.draft.lines.len());
//! cart.edit(|draft| draft.note = typed);                   // kept on the device at once
//! ```

use std::collections::BTreeMap;

use countersign_contract::NoContent;
use countersign_contract::ProblemKind;
use countersign_contract::submission::{Accepted, DraftWithdrawal, Submission, SubmitOrder, WithdrawDraft};
use countersign_domain::id::{AccountId, LineId, OrderId};
use countersign_domain::quantity::Quantity;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use crate::api::{Api, ApiError, Change, Config};
use crate::offline::draft::{Draft, Item, NotAdded, Undo};
use crate::offline::drafts::{DraftPlace, Found};
use crate::queries::Cache;
use crate::session::SessionContext;

/// The cart, provided at the root. Cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Cart {
    api: Api,
    cache: Cache,
    deployment: StoredValue<String>,
    account: Memo<Option<AccountId>>,
    opened: StoredValue<BTreeMap<AccountId, ArcRwSignal<Kept>>>,
}

/// A draft and how it stands with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The draft.
    pub draft: Draft,
    /// Whether the device has it.
    pub keeping: Keeping,
    /// The last attempt to submit it, since the app was opened.
    pub attempt: Attempt,
    /// The last change to its lines, until something else happens.
    pub done: Option<Done>,
    place: DraftPlace,
}

/// Whether the device has what is on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// It has.
    Kept,
    /// It has; something this app could not read was set aside.
    KeptBesideOld,
    /// It has not: it is gone once the page is closed.
    Refused,
}

/// An attempt to submit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// None since the app was opened.
    None,
    /// Under way.
    Sending,
    /// Whether it arrived is not known.
    Unknown(ApiError),
    /// The server said no.
    Refused(ApiError),
    /// It could not be taken back; the submission stands as it was.
    NotTakenBack(ApiError),
}

/// A change to the lines that can be undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// What was changed.
    pub item: Item,
    /// How many of it were added; absent: it was removed.
    pub added: Option<Quantity>,
    undo: Undo,
}

/// The order a draft has become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ordered {
    /// Its id.
    pub order_id: OrderId,
    /// Its number, where this submission made it.
    pub number: Option<String>,
}

impl Cart {
    /// The cart of whoever `session` says is signed in.
    pub fn new(config: &Config, api: Api, cache: Cache, session: SessionContext) -> Self {
        let account = Memo::new(move |_| {
            let session = session
                .current()
                .filter(|session| session.actor.customer_id().is_some());
            session.map(|session| session.actor.account_id)
        });
        let cart = Self {
            api,
            cache,
            deployment: StoredValue::new(config.api_base.clone()),
            account,
            opened: StoredValue::new(BTreeMap::new()),
        };
        // Another tab has changed the draft: this one goes on with what is kept.
        let listener = window_event_listener(leptos::ev::storage, move |event| {
            if let (Some(kept), Some(key)) = (cart.kept_now(), event.key())
                && kept.with_untracked(|kept| kept.place.is_named(&key))
                && let Found::Draft(draft) = kept.with_untracked(|kept| kept.place.read())
            {
                kept.update(|kept| kept.draft = *draft);
            }
        });
        on_cleanup(move || listener.remove());
        cart
    }

    /// What `f` sees in the cart; `None` while nobody who could have one is signed in. Tracks all of it: wrap it in a
    /// memo where a part is enough.
    pub fn with<T>(&self, f: impl FnOnce(&Kept) -> T) -> Option<T> {
        self.kept().map(|kept| kept.with(f))
    }

    /// How many lines there are; what the shell shows.
    pub fn line_count(&self) -> usize {
        self.with(|kept| kept.draft.lines.len()).unwrap_or_default()
    }

    /// Changes the draft and keeps it on the device. Does nothing while what was sent is not acknowledged.
    pub fn edit(&self, f: impl FnOnce(&mut Draft)) {
        self.update(|kept| {
            if kept.draft.sending.is_none() {
                f(&mut kept.draft);
                kept.done = None;
            }
        });
    }

    /// Adds to the cart; [`Kept::done`] undoes it.
    ///
    /// # Errors
    /// See [`NotAdded`].
    pub fn add(&self, item: Item, quantity: Quantity) -> Result<(), NotAdded> {
        let mut outcome = Err(NotAdded::Sending);
        self.update(|kept| {
            outcome = kept.draft.add(item.clone(), quantity).map(|undo| {
                kept.done = Some(Done {
                    item,
                    added: Some(quantity),
                    undo,
                });
            });
        });
        outcome
    }

    /// Takes a line out; [`Kept::done`] undoes it.
    pub fn remove(&self, line_id: LineId) {
        self.update(|kept| {
            let item = kept.draft.line(line_id).map(|line| line.item.clone());
            if kept.draft.sending.is_none()
                && let Some((item, undo)) = item.and_then(|item| Some((item, kept.draft.remove(line_id)?)))
            {
                kept.done = Some(Done {
                    item,
                    added: None,
                    undo,
                });
            }
        });
    }

    /// Undoes the last change to the lines.
    pub fn undo(&self) {
        self.update(|kept| {
            if let Some(done) = kept.done.take() {
                kept.draft.undo(done.undo);
            }
        });
    }

    /// Forgets how to undo the last change: it has been seen.
    pub fn dismiss(&self) {
        if let Some(kept) = self.kept_now() {
            kept.update(|kept| kept.done = None);
        }
    }

    /// Begins a new draft under another id with the same content, where the old one can't become an order any more.
    pub fn renew(&self) {
        self.update(|kept| {
            kept.draft.renew();
            kept.attempt = Attempt::None;
        });
    }

    /// Ends a draft that has become an order, and begins an empty one.
    pub fn finish(&self) {
        self.update(begin_again);
    }

    /// Freezes `submission`, keeps it and sends it; `then` gets the order it became.
    pub fn submit(self, submission: Submission, then: impl FnOnce(Ordered) + 'static) {
        let mut frozen = false;
        self.update(|kept| frozen = kept.draft.freeze(submission).is_ok());
        if frozen {
            self.send(then);
        }
    }

    /// Sends what is frozen: the same bytes under the same key, however often.
    pub fn send(self, then: impl FnOnce(Ordered) + 'static) {
        let Some(kept) = self.kept_now() else { return };
        let Some(change) = kept.with_untracked(|kept| {
            let frozen = kept
                .draft
                .sending
                .as_ref()
                .filter(|_| kept.attempt != Attempt::Sending)?;
            Some(Change::frozen::<SubmitOrder>(
                &(),
                frozen.body.clone(),
                frozen.key(kept.draft.id),
            ))
        }) else {
            return;
        };
        kept.update(|kept| kept.attempt = Attempt::Sending);
        spawn_local(async move {
            let answer = self
                .api
                .send(&change)
                .await
                .and_then(|text| Api::decode::<Accepted>(&text));
            let mut ordered = None;
            kept.update(|kept| {
                ordered = hear(kept, answer);
                keep(kept);
            });
            self.after(ordered.is_some());
            if let Some(ordered) = ordered {
                then(ordered);
            }
        });
    }

    /// Takes back what was sent, so that it can be edited again; `then` gets the order it has become instead, if so.
    pub fn take_back(self, then: impl FnOnce(Ordered) + 'static) {
        let Some(kept) = self.kept_now() else { return };
        if kept.with_untracked(|kept| kept.draft.sending.is_none() || kept.attempt == Attempt::Sending) {
            return;
        }
        let draft_id = kept.with_untracked(|kept| kept.draft.id);
        let key = Uuid::new_v4().to_string();
        let change = Change::new::<WithdrawDraft>(&draft_id, &NoContent {}, &key, None);
        kept.update(|kept| kept.attempt = Attempt::Sending);
        spawn_local(async move {
            let answer = self
                .api
                .send(&change)
                .await
                .and_then(|text| Api::decode::<DraftWithdrawal>(&text));
            let mut ordered = None;
            kept.update(|kept| {
                match answer {
                    Ok(DraftWithdrawal::Withdrawn) => {
                        kept.draft.renew();
                        kept.attempt = Attempt::None;
                    }
                    Ok(DraftWithdrawal::AlreadyOrdered { order_id }) => {
                        begin_again(kept);
                        ordered = Some(Ordered {
                            order_id,
                            number: None,
                        });
                    }
                    Err(error) => kept.attempt = Attempt::NotTakenBack(error),
                }
                keep(kept);
            });
            self.after(ordered.is_some());
            if let Some(ordered) = ordered {
                then(ordered);
            }
        });
    }

    /// What is stale after an answer: prices where it was a refusal, lists of orders where there is a new one.
    fn after(self, ordered: bool) {
        self.cache.invalidate(move |path| {
            let lists = ["/orders", "/home", "/account"];
            path.starts_with("/products") || (ordered && lists.iter().any(|list| path.starts_with(list)))
        });
    }

    fn update(&self, f: impl FnOnce(&mut Kept)) {
        if let Some(kept) = self.kept_now() {
            kept.update(|kept| {
                f(kept);
                keep(kept);
            });
        }
    }

    /// The state of whoever is signed in. Tracks who that is, not the state.
    fn kept(&self) -> Option<ArcRwSignal<Kept>> {
        self.opened(self.account.get()?)
    }

    /// The same for event handlers, which track nothing.
    fn kept_now(&self) -> Option<ArcRwSignal<Kept>> {
        self.opened(self.account.get_untracked()?)
    }

    /// The state of an account, opened when it is first asked for.
    fn opened(&self, account: AccountId) -> Option<ArcRwSignal<Kept>> {
        if let Some(kept) = self.opened.with_value(|opened| opened.get(&account).cloned()) {
            return Some(kept);
        }
        let place = self
            .deployment
            .with_value(|deployment| DraftPlace::new(deployment, account));
        let kept = ArcRwSignal::new(open(place));
        self.opened.update_value(|opened| {
            opened.insert(account, kept.clone());
        });
        Some(kept)
    }
}

fn open(place: DraftPlace) -> Kept {
    let (draft, keeping) = match place.read() {
        Found::Nothing => (Draft::begin(), Keeping::Kept),
        Found::Draft(draft) => (*draft, Keeping::Kept),
        Found::SetAside => (Draft::begin(), Keeping::KeptBesideOld),
        Found::InTheWay => (Draft::begin(), Keeping::Refused),
    };
    Kept {
        draft,
        keeping,
        attempt: Attempt::None,
        done: None,
        place,
    }
}

/// Writes the draft where it belongs, and remembers whether that worked.
fn keep(kept: &mut Kept) {
    kept.keeping = match (kept.place.write(&kept.draft), kept.keeping) {
        (Err(_), _) => Keeping::Refused,
        (Ok(()), Keeping::KeptBesideOld) => Keeping::KeptBesideOld,
        (Ok(()), _) => Keeping::Kept,
    };
}

fn begin_again(kept: &mut Kept) {
    kept.draft = Draft::begin();
    kept.attempt = Attempt::None;
    kept.done = None;
}

/// Takes in the server's answer to a submission. Only a matching acknowledgement (or the news that the draft is an order
/// already) ends the draft; only a definite refusal makes it editable again.
fn hear(kept: &mut Kept, answer: Result<Accepted, ApiError>) -> Option<Ordered> {
    match answer {
        Ok(accepted) if kept.draft.is_acknowledged_by(&accepted) => {
            begin_again(kept);
            Some(Ordered {
                order_id: accepted.order_id,
                number: Some(accepted.number),
            })
        }
        // Some other server's answer, or an answer to something else.
        Ok(_) => {
            kept.attempt = Attempt::Unknown(ApiError::NotOurs);
            None
        }
        Err(error) => {
            match error.kind() {
                Some(ProblemKind::SubmissionChanged { changes }) => kept.draft.refuse(changes.clone()),
                Some(kind) if is_definite(kind) => kept.draft.refuse(Vec::new()),
                _ => {}
            }
            let refused = kept.draft.sending.is_none();
            kept.attempt = if refused {
                Attempt::Refused(error)
            } else {
                Attempt::Unknown(error)
            };
            None
        }
    }
}

/// Whether a problem says for certain that these bytes will never become an order. After the others the same bytes may
/// still go through: once the session is back, the limit is over, the server is up.
fn is_definite(kind: &ProblemKind) -> bool {
    match kind {
        ProblemKind::Unauthenticated
        | ProblemKind::WrongCredentials
        | ProblemKind::RateLimited { .. }
        | ProblemKind::WrongOrigin
        | ProblemKind::Internal
        | ProblemKind::Unavailable => false,
        ProblemKind::Forbidden { .. }
        | ProblemKind::WrongOwner
        | ProblemKind::NotFound
        | ProblemKind::MethodNotAllowed
        | ProblemKind::Rejected { .. }
        | ProblemKind::SubmissionChanged { .. }
        | ProblemKind::AlreadyOrdered { .. }
        | ProblemKind::DraftWithdrawn
        | ProblemKind::Stale { .. }
        | ProblemKind::VersionRequired
        | ProblemKind::KeyRequired
        | ProblemKind::KeyReused
        | ProblemKind::InvalidInput { .. }
        | ProblemKind::TooLarge
        | ProblemKind::NotJson => true,
    }
}

#[cfg(test)]
mod tests {
    use countersign_contract::submission::{Accepted, Submission};
    use countersign_contract::{Problem, ProblemKind};
    use countersign_domain::id::{AccountId, AddressId, OrderId};
    use countersign_domain::order::Priority;
    use uuid::Uuid;

    use super::{ApiError, Attempt, Draft, DraftPlace, Keeping, Kept, hear};

    fn sending() -> Kept {
        let mut draft = Draft::begin();
        let owner = AccountId(Uuid::from_u128(7));
        let submission = Submission {
            draft_id: draft.id,
            rev: 1,
            owner,
            lines: Vec::new(),
            address_id: AddressId(Uuid::from_u128(8)),
            wanted_date: None,
            priority: Priority::Normal,
            note: String::new(),
        };
        draft.freeze(submission).expect("nothing is frozen yet");
        let place = DraftPlace::new("/api/v1", owner);
        Kept {
            draft,
            keeping: Keeping::Kept,
            attempt: Attempt::Sending,
            done: None,
            place,
        }
    }

    fn problem(kind: ProblemKind) -> ApiError {
        ApiError::Problem(Box::new(Problem::from(kind)))
    }

    #[test]
    fn what_is_not_known_keeps_the_bytes_and_the_key() {
        let unknown = [
            ApiError::Unreachable,
            ApiError::NotOurs,
            problem(ProblemKind::Unauthenticated),
            problem(ProblemKind::RateLimited { retry_after: 3 }),
            problem(ProblemKind::Internal),
            problem(ProblemKind::Unavailable),
        ];
        for error in unknown {
            let mut kept = sending();
            let before = kept.draft.clone();
            assert_eq!(hear(&mut kept, Err(error.clone())), None);
            assert_eq!(kept.draft, before, "{error:?}");
            assert_eq!(kept.attempt, Attempt::Unknown(error));
        }
    }

    #[test]
    fn a_strangers_acknowledgement_ends_nothing() {
        let mut kept = sending();
        let before = kept.draft.clone();
        let accepted = Accepted {
            draft_id: kept.draft.id,
            rev: 1,
            fingerprint: "0".repeat(64),
            order_id: OrderId(Uuid::from_u128(9)),
            number: String::new(),
        };
        assert_eq!(hear(&mut kept, Ok(accepted)), None);
        assert_eq!(kept.draft, before);
        assert_eq!(kept.attempt, Attempt::Unknown(ApiError::NotOurs));
    }

    #[test]
    fn a_refusal_gives_the_draft_back_to_be_edited() {
        let mut kept = sending();
        let error = problem(ProblemKind::SubmissionChanged { changes: Vec::new() });
        assert_eq!(hear(&mut kept, Err(error.clone())), None);
        assert_eq!(kept.draft.sending, None);
        assert_eq!(kept.draft.refused, Some(Vec::new()));
        assert_eq!(kept.attempt, Attempt::Refused(error));
    }
}
