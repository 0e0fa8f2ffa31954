use countersign_contract::home::ListQueues;

use crate::auth::require_staff;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::{figures, settings};
use crate::state::AppState;

/// `GET /queues`: how many orders wait at each stage, of those this account sees.
pub async fn list_queues(state: AppState, call: Call<ListQueues>) -> Reply<ListQueues> {
    let caller = call.caller()?;
    require_staff(caller)?;
    let mut connection = state.db.read().await?;
    let workflow = settings::workflow(&mut connection).await?.value;
    let queues = figures::queues(&mut connection, &caller.actor, &workflow, state.clock.now()).await?;
    Ok(Answer::new(queues))
}
