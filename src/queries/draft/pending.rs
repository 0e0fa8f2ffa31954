//! What is in the outbox, counted: what goes out by itself apart from what stays until its person has looked at it.

use countersign_sync::outbox::{Contents, State};

use crate::queries::draft::Cart;

/// How many orders the server does not have yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pending {
    /// Those that go out by themselves.
    pub waiting: usize,
    /// Those that nothing happens to by itself: the server has refused them, or this app can't read them.
    pub attention: usize,
}

impl Pending {
    fn of(contents: &Contents) -> Self {
        let is_refused = |state: &State| matches!(state, State::NeedsAttention { .. });
        let (refused, waiting): (Vec<_>, Vec<_>) = contents
            .entries
            .iter()
            .partition(|held| is_refused(&held.entry.state));
        Self {
            waiting: waiting.len(),
            attention: refused.len() + contents.unreadable.len(),
        }
    }

    /// Both together.
    pub fn and(self, other: Self) -> Self {
        Self {
            waiting: self.waiting + other.waiting,
            attention: self.attention + other.attention,
        }
    }

    /// All of them.
    pub fn all(self) -> usize {
        self.waiting + self.attention
    }
}

impl Cart {
    /// How many orders the server does not have yet, tracked.
    pub fn pending(&self) -> Pending {
        self.outbox(Pending::of).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use countersign_domain::id::{AccountId, DraftId, OrderId};
    use countersign_domain::money::Money;
    use countersign_sync::draft::{Draft, Frozen};
    use countersign_sync::outbox::{Contents, Entry, Held, Reason, State, Then};
    use uuid::Uuid;

    use super::Pending;

    fn held(state: State) -> Held {
        let entry = Entry {
            owner: AccountId(Uuid::from_u128(1)),
            draft: Draft::begin(DraftId(Uuid::from_u128(2))),
            frozen: Frozen {
                rev: 1,
                body: String::new(),
            },
            total: Money::ZERO,
            queued_at: DateTime::<Utc>::UNIX_EPOCH,
            attempts: 0,
            state,
        };
        Held { entry, version: 1 }
    }

    #[test]
    fn what_the_server_has_refused_does_not_wait() {
        let queued = State::Queued {
            sent: false,
            not_before: None,
            trouble: None,
        };
        let sending = State::Sending {
            since: DateTime::<Utc>::UNIX_EPOCH,
        };
        let withdrawing = State::Withdrawing {
            key: String::new(),
            then: Then::Edit,
            not_before: None,
        };
        let changed = Reason::Changed { changes: Vec::new() };
        let already = Reason::AlreadyOrdered {
            order_id: OrderId(Uuid::from_u128(3)),
        };
        let refused = [changed, already, Reason::Withdrawn].map(|reason| State::NeedsAttention { reason });
        let contents = Contents {
            entries: [queued, sending, withdrawing]
                .into_iter()
                .chain(refused)
                .map(held)
                .collect(),
            unreadable: vec!["damaged".to_owned()],
        };
        let pending = Pending::of(&contents);
        assert_eq!(
            pending,
            Pending {
                waiting: 3,
                attention: 4
            }
        );
        assert_eq!(pending.all(), 7);
        assert_eq!(Pending::of(&Contents::default()), Pending::default());
    }
}
