use countersign_contract::ProblemKind;
use countersign_contract::draft::GetDraft;

use super::owner;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::drafts;
use crate::state::AppState;

/// `GET /drafts/{draft_id}`: a draft of the caller.
pub async fn get(state: AppState, call: Call<GetDraft>) -> Reply<GetDraft> {
    let actor = &call.caller()?.actor;
    let mut connection = state.db.read().await?;
    let owner = owner(&mut connection, actor, call.query.customer).await?;
    let draft = drafts::find(&mut connection, owner, call.path)
        .await?
        .ok_or(ProblemKind::NotFound)?;
    let version = draft.version;
    Ok(Answer::versioned(draft, version))
}
