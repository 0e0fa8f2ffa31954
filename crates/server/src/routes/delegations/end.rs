use countersign_contract::delegation::EndDelegation;
use countersign_contract::{NoContent, ProblemKind};
use countersign_domain::permission::Permission;

use super::announce;
use crate::auth::require_staff;
use crate::error::ApiError;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::delegations;
use crate::state::AppState;

/// `DELETE /settings/delegations/{delegation_id}`: ends it now. Either of the two may, and who may set delegations; to
/// everybody else it is not there. A repeat finds the version gone, which is what was wanted.
pub(super) async fn end(state: AppState, call: Call<EndDelegation>) -> Reply<EndDelegation> {
    let caller = call.caller()?;
    require_staff(caller)?;
    let actor = caller.actor.clone();
    let expected = call.expected()?;
    let id = call.path;
    let now = state.clock.now();
    state
        .db
        .write(move |tx| {
            Box::pin(async move {
                let may = |from, to| {
                    actor.account_id == from
                        || actor.account_id == to
                        || actor.holds(Permission::SettingsManage)
                };
                let stored = delegations::find(tx, id)
                    .await?
                    .filter(|stored| may(stored.delegation.from, stored.delegation.to))
                    .ok_or(ProblemKind::NotFound)?;
                expected.check(stored.version)?;
                delegations::end(tx, id, actor.account_id, now).await?;
                announce(tx, &stored.delegation);
                Ok::<_, ApiError>(())
            })
        })
        .await?;
    Ok(Answer::new(NoContent {}))
}
