//! Delegation with dates: staff hand the queues of their roles to colleagues for some days (domain.md section 2).

use chrono::{DateTime, NaiveDate, Utc};
use countersign_domain::delegation::DelegationState;
use countersign_domain::id::{AccountId, DelegationId};
use countersign_domain::text::LocalText;
use serde::{Deserialize, Serialize};

use crate::endpoint::{NoContent, NoQuery, endpoints};

endpoints! {
    /// Who stands in for whom: all of it with the settings permission, else what the caller has to do with
    ListDelegations = Get "/settings/delegations" "list_delegations" None true 200
        ((), NoQuery, NoContent) -> Delegations;
    /// Hands queues over: one's own, or anybody's with the settings permission
    AddDelegation = Post "/settings/delegations" "add_delegation" Key true 201
        ((), NoQuery, NewDelegation) -> DelegationShown;
    /// Ends a delegation now; one that has not begun never begins
    EndDelegation = Delete "/settings/delegations/{delegation_id}" "end_delegation" Version true 204
        (DelegationId, NoQuery, NoContent) -> NoContent;
}

/// Most delegations shown, the newest first.
pub const MAX_DELEGATIONS: u32 = 200;

/// Who stands in for whom, and who can.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Delegations {
    /// Today, where the company is.
    pub today: NaiveDate,
    /// The delegations, those that end last first; at most 200.
    pub items: Vec<DelegationShown>,
    /// Staff that are not disabled, by name.
    pub staff: Vec<StaffRef>,
}

/// A delegation as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DelegationShown {
    /// Its id.
    pub id: DelegationId,
    /// Give this in `If-Match` to end it.
    pub version: u64,
    /// Whose queues.
    pub from: StaffRef,
    /// Who works through them.
    pub to: StaffRef,
    /// The first day.
    pub first_day: NaiveDate,
    /// The last day, which counts.
    pub last_day: NaiveDate,
    /// When it was ended early, if it was.
    pub ended_at: Option<DateTime<Utc>>,
    /// Where it is in its time.
    pub state: DelegationState,
}

/// Somebody on the staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffRef {
    /// The account.
    pub id: AccountId,
    /// The person's name.
    pub name: String,
    /// Their roles.
    pub roles: LocalText,
}

/// Queues to hand over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewDelegation {
    /// Its id, made by the caller.
    pub id: DelegationId,
    /// Whose queues; another's than the caller's own needs the settings permission.
    pub from: AccountId,
    /// Who is to work through them.
    pub to: AccountId,
    /// The first day.
    pub first_day: NaiveDate,
    /// The last day, which counts.
    pub last_day: NaiveDate,
}
