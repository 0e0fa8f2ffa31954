use countersign_contract::ProblemKind;
use countersign_contract::returns::GetReturn;
use countersign_domain::returns::{ReturnAction, can_return};

use super::detail;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::{returns, settings};
use crate::state::AppState;

/// `GET /returns/{return_id}`: a return with its history; one that this account does not see looks unknown.
pub(super) async fn get(state: AppState, call: Call<GetReturn>) -> Reply<GetReturn> {
    let actor = &call.caller()?.actor;
    let mut connection = state.db.read().await?;
    let subject = returns::find(&mut connection, call.path)
        .await?
        .ok_or(ProblemKind::NotFound)?;
    let workflow = settings::workflow(&mut connection).await?.value;
    can_return(actor, ReturnAction::View, &subject, &workflow)?;
    let version = subject.version;
    let shown = detail::of(&mut connection, subject).await?;
    Ok(Answer::versioned(shown, version))
}
