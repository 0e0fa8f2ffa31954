use countersign_contract::returns::ListReturnQueues;

use crate::auth::require_staff;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::{return_list, settings};
use crate::state::AppState;

/// `GET /return-queues`: how many returns wait at each stage, of those this account sees.
pub(super) async fn list_queues(state: AppState, call: Call<ListReturnQueues>) -> Reply<ListReturnQueues> {
    let caller = call.caller()?;
    require_staff(caller)?;
    let mut connection = state.db.read().await?;
    let workflow = settings::workflow(&mut connection).await?.value;
    let queues = return_list::queues(&mut connection, &caller.actor, &workflow).await?;
    Ok(Answer::new(queues))
}
