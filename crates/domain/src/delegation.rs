//! Delegation with dates: somebody on the staff hands the queues of their roles to a colleague for some days.
//!
//! While it runs, the colleague may do in that person's place what that person may ([`StandIn`]), and the history says in
//! whose. Nothing is handed on: who stands in for somebody hands over only what is their own.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::actor::{Actor, Side, StandIn};
use crate::id::{AccountId, DelegationId};

/// Longest time somebody is stood in for, in days: what lasts longer is another role.
pub const MAX_DAYS: u64 = 366;

/// Queues handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Delegation {
    /// Its id.
    pub id: DelegationId,
    /// Whose queues.
    pub from: AccountId,
    /// Who works through them.
    pub to: AccountId,
    /// The first day.
    pub first_day: NaiveDate,
    /// The last day, which counts.
    pub last_day: NaiveDate,
}

/// Where a delegation is in its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DelegationState {
    /// It has not begun.
    Planned,
    /// It counts today.
    Running,
    /// It is over.
    Over,
}

/// Why queues can't be handed over so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DelegationFault {
    /// To the same person.
    ToOneself,
    /// The last day lies before the first.
    EndsBeforeItBegins,
    /// The last day is over.
    AlreadyOver,
    /// For more than [`MAX_DAYS`].
    TooLong,
}

impl Delegation {
    /// Whether queues may be handed over so on the day `today`.
    ///
    /// # Errors
    /// The [`DelegationFault`].
    pub fn check(&self, today: NaiveDate) -> Result<(), DelegationFault> {
        if self.from == self.to {
            return Err(DelegationFault::ToOneself);
        }
        if self.last_day < self.first_day {
            return Err(DelegationFault::EndsBeforeItBegins);
        }
        if self.last_day < today {
            return Err(DelegationFault::AlreadyOver);
        }
        let longest = self.first_day.checked_add_days(Days::new(MAX_DAYS - 1));
        if longest.is_some_and(|longest| self.last_day > longest) {
            return Err(DelegationFault::TooLong);
        }
        Ok(())
    }

    /// Where it is in its time on the day `today`.
    pub fn state(&self, today: NaiveDate) -> DelegationState {
        if today < self.first_day {
            DelegationState::Planned
        } else if today <= self.last_day {
            DelegationState::Running
        } else {
            DelegationState::Over
        }
    }
}

/// In whose place `actor` may do something: nobody's where it may by itself. `by_itself` says whether somebody may who
/// stands in for nobody, `is_of_place` whether another place might be allowed where that one was refused.
///
/// The colleague must be allowed to do it, and the actor with the colleague's permissions: duties are separated for both.
pub(crate) fn in_any_place<R>(
    actor: &Actor,
    by_itself: impl Fn(&Actor) -> Result<(), R>,
    is_of_place: fn(&R) -> bool,
) -> Result<Option<AccountId>, R> {
    let mut denied = match by_itself(&actor.alone()) {
        Ok(()) => return Ok(None),
        Err(denied) => denied,
    };
    for other in &actor.stands_in_for {
        let tried = by_itself(&in_place(other.account_id, other))
            .and_then(|()| by_itself(&in_place(actor.account_id, other)));
        match tried {
            Ok(()) => return Ok(Some(other.account_id)),
            // Why it may not in that place says more than that it may not by itself.
            Err(reason) if is_of_place(&denied) && !is_of_place(&reason) => denied = reason,
            Err(_) => {}
        }
    }
    Err(denied)
}

/// The account with what was handed over by `other`.
fn in_place(account_id: AccountId, other: &StandIn) -> Actor {
    Actor {
        account_id,
        side: Side::Supplier {
            permissions: other.permissions,
            regions: other.regions.clone(),
        },
        stands_in_for: Vec::new(),
    }
}
