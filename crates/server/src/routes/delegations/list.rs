use countersign_contract::delegation::{Delegations, ListDelegations};
use countersign_domain::permission::Permission;

use crate::auth::require_staff;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::delegations;
use crate::state::AppState;

/// `GET /settings/delegations`: all of them to who may set them, else those the caller has to do with.
pub(super) async fn list(state: AppState, call: Call<ListDelegations>) -> Reply<ListDelegations> {
    let caller = call.caller()?;
    require_staff(caller)?;
    let actor = &caller.actor;
    let own = (!actor.holds(Permission::SettingsManage)).then_some(actor.account_id);
    let today = state.local_date(state.clock.now());
    let mut connection = state.db.read().await?;
    let mut items = Vec::new();
    for stored in delegations::list(&mut connection, own).await? {
        items.push(delegations::shown(&mut connection, stored, today).await?);
    }
    Ok(Answer::new(Delegations {
        today,
        items,
        staff: delegations::staff(&mut connection).await?,
    }))
}
