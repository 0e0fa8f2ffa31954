//! An order on its way to the server.

use chrono::{DateTime, TimeDelta, Utc};
use countersign_contract::ProblemKind;
use countersign_contract::submission::{Accepted, SubmissionChange};
use countersign_domain::id::{AccountId, DraftId, OrderId};
use countersign_domain::money::Money;
use countersign_domain::order::Rejection;
use serde::{Deserialize, Serialize};

use crate::draft::{Draft, Frozen};
use crate::fingerprint::fingerprint;
use crate::outbox::backoff::has_come;
use crate::record::Record;

/// How long an attempt may take before another tab, which can't know whether it is still under way, makes its own.
const LEASE: TimeDelta = TimeDelta::seconds(45);

/// An order on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Who submitted it; it is never sent under another account.
    pub owner: AccountId,
    /// The draft, to be given back when it is taken back.
    pub draft: Draft,
    /// What goes out.
    pub frozen: Frozen,
    /// What the customer saw it come to.
    pub total: Money,
    /// When it was submitted, by the device's clock.
    pub queued_at: DateTime<Utc>,
    /// Attempts since then.
    pub attempts: u32,
    /// Where it is on its way.
    pub state: State,
}

/// Where an entry is on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// It waits for its turn.
    Queued {
        /// Whether it may have reached the server already: then only the server can say that it has not.
        sent: bool,
        /// When to try next; at once where there is none.
        not_before: Option<DateTime<Utc>>,
        /// Why the last attempt came to nothing.
        trouble: Option<Trouble>,
    },
    /// It is on the wire, or was when the app was closed.
    Sending {
        /// Since when, by the device's clock.
        since: DateTime<Utc>,
    },
    /// The server has said no. Nothing is sent until somebody decides.
    NeedsAttention {
        /// What it said.
        reason: Reason,
    },
    /// It is being taken back: the server is asked never to take it.
    Withdrawing {
        /// The key of that request; the same however often it is repeated.
        key: String,
        /// What becomes of the draft.
        then: Then,
        /// When to try next; at once where there is none.
        not_before: Option<DateTime<Utc>>,
    },
}

/// Why an attempt came to nothing. The same bytes go out again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// No answer, or not our server's.
    Silence,
    /// The session has ended: its owner has to sign in again.
    SignedOut,
    /// The server is busy or broken.
    Busy,
}

/// What becomes of a draft that was taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Then {
    /// It can be edited again, under a new id.
    Edit,
    /// It is thrown away.
    Discard,
}

/// Why an entry needs somebody's attention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// Prices or rules differ from what the customer saw. The server will say so of these bytes for ever.
    Changed {
        /// Line by line.
        changes: Vec<SubmissionChange>,
    },
    /// A rule does not hold. The server will say so of these bytes for ever.
    Rejected {
        /// Which.
        rejection: Rejection,
    },
    /// The draft is an order already, with other content.
    AlreadyOrdered {
        /// That order.
        order_id: OrderId,
    },
    /// The draft was withdrawn: under this id it never becomes an order.
    Withdrawn,
    /// Refused now, perhaps not tomorrow: the server has not written it down, so the bytes may still get through.
    Blocked {
        /// What it said.
        problem: Box<ProblemKind>,
    },
}

impl Record for Entry {
    const SCHEMA: u32 = 1;
}

impl Entry {
    /// What names it.
    pub fn id(&self) -> DraftId {
        self.draft.id
    }

    /// The key its submission goes out under.
    pub fn key(&self) -> String {
        self.frozen.key(self.id())
    }

    /// Whether `accepted` acknowledges these bytes. Nothing else ends an entry.
    pub fn is_acknowledged_by(&self, accepted: &Accepted) -> bool {
        accepted.draft_id == self.id()
            && accepted.rev == self.frozen.rev
            && accepted.fingerprint == fingerprint(&self.frozen.body)
    }

    /// Whether something is to be sent now. `alone`: nobody else on this device sends, so that an attempt that was under
    /// way when the app was closed need not be waited for.
    pub fn is_due(&self, now: DateTime<Utc>, alone: bool) -> bool {
        match &self.state {
            State::Queued { not_before, .. } | State::Withdrawing { not_before, .. } => {
                not_before.is_none_or(|moment| has_come(moment, now))
            }
            State::Sending { since } => alone || now - *since >= LEASE || *since > now,
            State::NeedsAttention { .. } => false,
        }
    }

    /// When to look again; `None` where nothing happens by itself.
    pub fn next_look(&self) -> Option<DateTime<Utc>> {
        match &self.state {
            State::Queued { not_before, .. } | State::Withdrawing { not_before, .. } => {
                Some(not_before.unwrap_or(self.queued_at))
            }
            State::Sending { since } => Some(*since + LEASE),
            State::NeedsAttention { .. } => None,
        }
    }

    /// Whether both are the same submission, wherever it is on its way.
    pub fn is_submission_of(&self, other: &Self) -> bool {
        self.queued_at == other.queued_at && self.draft == other.draft && self.frozen == other.frozen
    }

    /// Whether it is certain that the server never takes these bytes, so that the draft may be edited under its own id.
    pub fn is_certainly_not_ordered(&self) -> bool {
        match &self.state {
            State::Queued { sent, .. } => !sent,
            State::NeedsAttention { reason } => reason.is_for_good(),
            State::Sending { .. } | State::Withdrawing { .. } => false,
        }
    }
}

impl Reason {
    /// Whether the server has written this refusal down: these bytes never become an order. It has too where another device
    /// has submitted the same revision of the draft with other content: whatever became of that stands under the key.
    pub fn is_for_good(&self) -> bool {
        match self {
            Self::Changed { .. } | Self::Rejected { .. } => true,
            Self::Blocked { problem } => **problem == ProblemKind::KeyReused,
            Self::AlreadyOrdered { .. } | Self::Withdrawn => false,
        }
    }

    /// What a refusal means; `None` where the same bytes go out again by themselves.
    pub(super) fn of(problem: ProblemKind) -> Result<Self, Trouble> {
        Ok(match problem {
            ProblemKind::Unauthenticated | ProblemKind::WrongCredentials | ProblemKind::WrongOwner => {
                return Err(Trouble::SignedOut);
            }
            ProblemKind::RateLimited { .. } | ProblemKind::Internal | ProblemKind::Unavailable => {
                return Err(Trouble::Busy);
            }
            ProblemKind::SubmissionChanged { changes } => Self::Changed { changes },
            ProblemKind::Rejected { rejection } => Self::Rejected { rejection },
            ProblemKind::AlreadyOrdered { order_id } => Self::AlreadyOrdered { order_id },
            ProblemKind::DraftWithdrawn => Self::Withdrawn,
            other => Self::Blocked {
                problem: Box::new(other),
            },
        })
    }
}
