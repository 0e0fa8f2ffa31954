use countersign_contract::delegation::{AddDelegation, NewDelegation};
use countersign_contract::problem::FieldCode;
use countersign_domain::delegation::{Delegation, DelegationFault};
use countersign_domain::id::AccountId;
use countersign_domain::permission::Permission;

use super::announce;
use crate::auth::{require, require_staff};
use crate::db::Tx;
use crate::error::ApiError;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::http::input::Check;
use crate::http::once::once;
use crate::repo::delegations::{self, Stored};
use crate::state::AppState;

/// `POST /settings/delegations`: hands queues over. Everybody hands over their own; another's are a setting.
pub(super) async fn add(state: AppState, call: Call<AddDelegation>) -> Reply<AddDelegation> {
    let caller = call.caller()?;
    require_staff(caller)?;
    let made_by = caller.actor.account_id;
    if call.body.from != made_by {
        require(caller, Permission::SettingsManage)?;
    }
    let key = call.key()?;
    let now = state.clock.now();
    let today = state.local_date(now);
    let delegation = delegation(call.body);
    once(&state, key, move |tx| {
        Box::pin(async move {
            check_people(tx, &delegation).await?;
            check_days(&delegation, today)?;
            check_new(tx, &delegation).await?;
            delegations::insert(tx, &delegation, made_by, now).await?;
            announce(tx, &delegation);
            let stored = Stored {
                delegation,
                version: 1,
                ended_at: None,
            };
            let shown = delegations::shown(tx, stored, today).await?;
            Ok(Answer::versioned(shown, 1).into())
        })
    })
    .await
}

fn delegation(new: NewDelegation) -> Delegation {
    let NewDelegation {
        id,
        from,
        to,
        first_day,
        last_day,
    } = new;
    Delegation {
        id,
        from,
        to,
        first_day,
        last_day,
    }
}

/// Both are staff that are not disabled.
async fn check_people(tx: &mut Tx, delegation: &Delegation) -> Result<(), ApiError> {
    let staff = delegations::staff(tx).await?;
    let is_there = |id: AccountId| staff.iter().any(|one| one.id == id);
    let mut check = Check::default();
    check.that(is_there(delegation.from), "/from", FieldCode::Unknown);
    check.that(is_there(delegation.to), "/to", FieldCode::Unknown);
    check.done()
}

fn check_days(delegation: &Delegation, today: chrono::NaiveDate) -> Result<(), ApiError> {
    let Err(fault) = delegation.check(today) else {
        return Ok(());
    };
    let (pointer, code) = match fault {
        DelegationFault::ToOneself => ("/to", FieldCode::Invalid),
        DelegationFault::EndsBeforeItBegins | DelegationFault::AlreadyOver => {
            ("/last_day", FieldCode::TooSmall)
        }
        DelegationFault::TooLong => ("/last_day", FieldCode::TooLarge),
    };
    let mut check = Check::default();
    check.that(false, pointer, code);
    check.done()
}

/// An id is used once.
async fn check_new(tx: &mut Tx, delegation: &Delegation) -> Result<(), ApiError> {
    let is_new = delegations::find(tx, delegation.id).await?.is_none();
    let mut check = Check::default();
    check.that(is_new, "/id", FieldCode::Duplicate);
    check.done()
}
