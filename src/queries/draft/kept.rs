//! A draft with how it stands with it: kept on the device or not, sent or not, and what an answer makes of it.

use countersign_contract::ProblemKind;
use countersign_contract::submission::Accepted;
use countersign_domain::id::OrderId;

use crate::api::ApiError;
use crate::offline::draft::Draft;
use crate::offline::drafts::{DraftPlace, Found};

/// A draft and how it stands with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The draft.
    pub draft: Draft,
    /// Whether the device has it.
    pub keeping: Keeping,
    /// The last attempt to submit it, since the app was opened.
    pub attempt: Attempt,
    /// Grows whenever the draft was changed elsewhere than in the fields of a page, which then have to be made anew.
    pub(super) generation: u32,
    pub(super) place: DraftPlace,
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

/// The order a draft has become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ordered {
    /// Its id.
    pub order_id: OrderId,
    /// Its number, where this submission made it.
    pub number: Option<String>,
}

/// The draft at `place`, or an empty one where there is none that can be read.
pub(super) fn open(place: DraftPlace) -> Kept {
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
        generation: 0,
        place,
    }
}

/// Writes the draft where it belongs, and remembers whether that worked.
pub(super) fn keep(kept: &mut Kept) {
    kept.keeping = match (kept.place.write(&kept.draft), kept.keeping) {
        (Err(_), _) => Keeping::Refused,
        (Ok(()), Keeping::KeptBesideOld) => Keeping::KeptBesideOld,
        (Ok(()), _) => Keeping::Kept,
    };
}

/// Begins an empty draft in place of the one that has become an order.
pub(super) fn begin_again(kept: &mut Kept) {
    kept.draft = Draft::begin();
    kept.attempt = Attempt::None;
}

/// Takes in the server's answer to a submission. Only a matching acknowledgement (or the news that the draft is an order
/// already) ends the draft; only a definite refusal makes it editable again.
pub(super) fn hear(kept: &mut Kept, answer: Result<Accepted, ApiError>) -> Option<Ordered> {
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
        | ProblemKind::TooManyDrafts { .. }
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

    use super::{Attempt, Keeping, Kept, hear};
    use crate::api::ApiError;
    use crate::offline::draft::Draft;
    use crate::offline::drafts::DraftPlace;

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
            generation: 0,
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
