//! What is typed to hand queues over, read as what is sent.

use chrono::NaiveDate;
use countersign_contract::delegation::NewDelegation;
use countersign_domain::delegation::{Delegation, DelegationFault};
use countersign_domain::id::{AccountId, DelegationId};

use crate::order_view::input::{self, InputError};

/// What was chosen and typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// Whose queues.
    pub from: AccountId,
    /// Who works through them, as chosen.
    pub to: String,
    /// The first day.
    pub first_day: String,
    /// The last day.
    pub last_day: String,
}

/// What is wrong, field by field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wrong {
    /// With the colleague.
    pub to: Option<Fault>,
    /// With the first day.
    pub first_day: Option<Fault>,
    /// With the last day.
    pub last_day: Option<Fault>,
}

/// Why a field is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It can't be read.
    Input(InputError),
    /// Queues can't be handed over so.
    Rule(DelegationFault),
}

impl Typed {
    /// What to send under `id`, on the day `today`.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn read(&self, id: DelegationId, today: NaiveDate) -> Result<NewDelegation, Wrong> {
        let day = |text: &str| match input::date(text) {
            Ok(Some(day)) => Ok(day),
            Ok(None) => Err(Fault::Input(InputError::Missing)),
            Err(error) => Err(Fault::Input(error)),
        };
        let to = self
            .to
            .parse::<AccountId>()
            .map_err(|_| Fault::Input(InputError::Missing));
        let (first, last) = (day(&self.first_day), day(&self.last_day));
        let (Ok(to), Ok(first_day), Ok(last_day)) = (&to, &first, &last) else {
            return Err(Wrong {
                to: to.err(),
                first_day: first.err(),
                last_day: last.err(),
            });
        };
        let delegation = Delegation {
            id,
            from: self.from,
            to: *to,
            first_day: *first_day,
            last_day: *last_day,
        };
        match delegation.check(today) {
            Ok(()) => Ok(NewDelegation {
                id,
                from: delegation.from,
                to: delegation.to,
                first_day: delegation.first_day,
                last_day: delegation.last_day,
            }),
            Err(fault @ DelegationFault::ToOneself) => Err(Wrong {
                to: Some(Fault::Rule(fault)),
                ..Wrong::default()
            }),
            Err(fault) => Err(Wrong {
                last_day: Some(Fault::Rule(fault)),
                ..Wrong::default()
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn account(number: u128) -> AccountId {
        AccountId(Uuid::from_u128(number))
    }

    fn read(to: &str, first: &str, last: &str) -> Result<NewDelegation, Wrong> {
        let typed = Typed {
            from: account(1),
            to: to.to_owned(),
            first_day: first.to_owned(),
            last_day: last.to_owned(),
        };
        let today = "2026-11-23".parse().expect("a date");
        typed.read(DelegationId(Uuid::from_u128(9)), today)
    }

    #[test]
    fn everything_that_is_missing_is_told_at_once() {
        let missing = Some(Fault::Input(InputError::Missing));
        assert_eq!(
            read("", "", ""),
            Err(Wrong {
                to: missing.clone(),
                first_day: missing.clone(),
                last_day: missing
            })
        );
    }

    #[test]
    fn the_rules_of_the_domain_stand_at_their_field() {
        let (one, other) = (account(1).to_string(), account(2).to_string());
        let to = read(&one, "2026-11-23", "2026-11-24").map_err(|wrong| wrong.to);
        assert_eq!(to, Err(Some(Fault::Rule(DelegationFault::ToOneself))));
        let last = read(&other, "2026-11-25", "2026-11-24").map_err(|wrong| wrong.last_day);
        assert_eq!(last, Err(Some(Fault::Rule(DelegationFault::EndsBeforeItBegins))));
        let fine = read(&other, "2026-11-23", "2026-11-24").expect("nothing is wrong");
        assert_eq!((fine.from, fine.to), (account(1), account(2)));
    }
}
