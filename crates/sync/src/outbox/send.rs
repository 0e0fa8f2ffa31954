//! Sending what is due, and what an answer means.

use chrono::TimeDelta;
use countersign_contract::ProblemKind;
use countersign_contract::submission::{Accepted, DraftWithdrawal};
use countersign_domain::id::{DraftId, OrderId};

use super::backoff::delay;
use super::entry::{Entry, Reason, State, Then, Trouble};
use super::{Held, Outbox};
use crate::store::{Store, StoreError};
use crate::{Device, Reply, Transport};

/// What became of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It is an order.
    Accepted {
        /// The order.
        order_id: OrderId,
        /// Its number, where the server told it.
        number: Option<String>,
    },
    /// The server said no.
    NeedsAttention(Reason),
    /// Still on its way.
    Unknown(Trouble),
    /// The server will never take it; the draft can be edited again under this id.
    TakenBack(DraftId),
    /// The server will never take it, and it was thrown away.
    Discarded,
    /// Somebody else - another tab, or its owner - has dealt with the entry meanwhile.
    Late,
}

/// What a round of sending came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Each entry that was sent, with what became of it.
    pub heard: Vec<(DraftId, Heard)>,
}

impl<S: Store, T: Transport, D: Device> Outbox<S, T, D> {
    /// Sends what is due, one after the other. `alone`: nobody else on this device sends (Web Lock). Nothing depends on
    /// that; without it a lost attempt is only repeated later.
    ///
    /// The first silence ends the round: what comes after would meet the same.
    ///
    /// # Errors
    /// See [`StoreError`]; what is kept is true whenever it ends.
    pub async fn send_due(&self, alone: bool) -> Result<Round, StoreError> {
        let mut round = Round::default();
        for held in self.contents().await?.entries {
            if held.entry.owner != self.owner || !held.entry.is_due(self.device.now(), alone) {
                continue;
            }
            let id = held.entry.id();
            let heard = self.send(held).await?;
            let stop = matches!(heard, Heard::Unknown(_));
            round.heard.push((id, heard));
            if stop {
                break;
            }
        }
        Ok(round)
    }

    async fn send(&self, held: Held) -> Result<Heard, StoreError> {
        match &held.entry.state {
            State::Queued { .. } | State::Sending { .. } => self.submit_once(held).await,
            State::Withdrawing { key, .. } => {
                let key = key.clone();
                let reply = self.transport.withdraw(held.entry.id(), &key).await;
                self.hear_withdrawal(held.entry.id(), &key, reply).await
            }
            State::NeedsAttention { .. } => Ok(Heard::Late),
        }
    }

    /// Sends what goes along with it, marks it as on the wire, sends it, and writes down what came back. Wherever this stops,
    /// the entry is there and says that it may have arrived.
    async fn submit_once(&self, held: Held) -> Result<Heard, StoreError> {
        let just_sent = match self.send_files(&held).await? {
            Ok(just_sent) => just_sent,
            Err(heard) => return Ok(heard),
        };
        let since = self.device.now();
        let sending = Entry {
            attempts: held.entry.attempts.saturating_add(1),
            state: State::Sending { since },
            ..held.entry.clone()
        };
        if !self.settle(&held, &sending).await? {
            return Ok(Heard::Late);
        }
        let reply = self.transport.submit(&sending.key(), &sending.frozen.body).await;
        let reply = self.look_for_lost(&sending, &just_sent, reply).await?;
        self.hear(sending.id(), sending.frozen.rev, reply).await
    }

    /// Takes in an answer to the revision `rev` of `id`, however late it comes.
    ///
    /// Whoever wrote to the entry in the meantime goes first; the answer is then judged against what is there.
    pub(super) async fn hear(
        &self,
        id: DraftId,
        rev: u32,
        reply: Reply<Accepted>,
    ) -> Result<Heard, StoreError> {
        loop {
            let Some(held) = self.held(id).await? else {
                return Ok(Heard::Late);
            };
            if held.entry.frozen.rev != rev {
                return Ok(Heard::Late);
            }
            let heard = match &reply {
                Reply::Answered(accepted) if held.entry.is_acknowledged_by(accepted) => {
                    let number = accepted.number.clone();
                    if !self.arrive(&held, accepted.order_id, number.clone()).await? {
                        continue;
                    }
                    return Ok(Heard::Accepted {
                        order_id: accepted.order_id,
                        number: Some(number),
                    });
                }
                // Some other server's answer, or an answer to something else.
                Reply::Answered(_) | Reply::Silence => Err((Trouble::Silence, None)),
                Reply::Problem(problem) => {
                    Reason::of(problem.clone()).map_err(|trouble| (trouble, wait(problem)))
                }
            };
            // Only an attempt that is still thought to be under way is changed by anything but an acknowledgement.
            if !matches!(held.entry.state, State::Sending { .. }) {
                return Ok(Heard::Late);
            }
            let (state, heard) = self.after(heard, true, held.entry.attempts);
            let entry = Entry {
                state,
                ..held.entry.clone()
            };
            if self.settle(&held, &entry).await? {
                return Ok(heard);
            }
        }
    }

    /// Where an entry stands after an attempt that came to this. `sent`: whether it may have reached the server.
    pub(super) fn after(
        &self,
        outcome: Result<Reason, (Trouble, Option<TimeDelta>)>,
        sent: bool,
        attempts: u32,
    ) -> (State, Heard) {
        match outcome {
            Ok(reason) => {
                let heard = Heard::NeedsAttention(reason.clone());
                (State::NeedsAttention { reason }, heard)
            }
            Err((trouble, at_least)) => {
                let queued = State::Queued {
                    sent,
                    not_before: Some(self.later(attempts, at_least)),
                    trouble: Some(trouble),
                };
                (queued, Heard::Unknown(trouble))
            }
        }
    }

    /// Takes in an answer to the request to withdraw `id` that went out under `key`.
    pub(super) async fn hear_withdrawal(
        &self,
        id: DraftId,
        key: &str,
        reply: Reply<DraftWithdrawal>,
    ) -> Result<Heard, StoreError> {
        loop {
            let Some(held) = self.held(id).await? else {
                return Ok(Heard::Late);
            };
            let State::Withdrawing { key: asked, then, .. } = &held.entry.state else {
                return Ok(Heard::Late);
            };
            if asked != key {
                return Ok(Heard::Late);
            }
            let trouble = match &reply {
                Reply::Answered(DraftWithdrawal::Withdrawn) => {
                    if let Some(heard) = self.give_back(&held, *then).await? {
                        return Ok(heard);
                    }
                    continue;
                }
                // Whether it is these bytes, or what another device made of the same draft, that became the order, only the
                // bytes themselves can tell: they are sent once more, which can't make a second order.
                Reply::Answered(DraftWithdrawal::AlreadyOrdered { .. }) => {
                    let asking = Entry {
                        state: State::Queued {
                            sent: true,
                            not_before: None,
                            trouble: None,
                        },
                        ..held.entry.clone()
                    };
                    if !self.settle(&held, &asking).await? {
                        continue;
                    }
                    let version = held.version.saturating_add(1);
                    let entry = asking;
                    return self.submit_once(Held { entry, version }).await;
                }
                Reply::Silence => Trouble::Silence,
                Reply::Problem(problem) => Reason::of(problem.clone()).err().unwrap_or(Trouble::Busy),
            };
            let at_least = match &reply {
                Reply::Problem(problem) => wait(problem),
                Reply::Answered(_) | Reply::Silence => None,
            };
            let attempts = held.entry.attempts.saturating_add(1);
            let entry = Entry {
                attempts,
                state: State::Withdrawing {
                    key: key.to_owned(),
                    then: *then,
                    not_before: Some(self.later(attempts, at_least)),
                },
                ..held.entry.clone()
            };
            if self.settle(&held, &entry).await? {
                return Ok(Heard::Unknown(trouble));
            }
        }
    }

    async fn give_back(&self, held: &Held, then: Then) -> Result<Option<Heard>, StoreError> {
        match then {
            Then::Edit => {
                let copy = held.entry.draft.copy(&self.device);
                let id = copy.id;
                Ok(self
                    .back_to_draft(held, copy)
                    .await?
                    .then_some(Heard::TakenBack(id)))
            }
            Then::Discard => Ok(self.throw_away(held).await?.then_some(Heard::Discarded)),
        }
    }

    fn later(&self, attempts: u32, at_least: Option<TimeDelta>) -> chrono::DateTime<chrono::Utc> {
        let delay = delay(attempts, self.device.chance());
        self.device.now() + at_least.map_or(delay, |at_least| at_least.max(delay))
    }
}

/// How long the server asks to be left alone.
pub(super) fn wait(problem: &ProblemKind) -> Option<TimeDelta> {
    match problem {
        ProblemKind::RateLimited { retry_after } => Some(TimeDelta::seconds(
            i64::try_from(*retry_after).unwrap_or(300).min(300),
        )),
        _ => None,
    }
}
