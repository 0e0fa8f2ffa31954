use countersign_contract::Page;
use countersign_contract::draft::ListDrafts;

use super::owner;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::drafts;
use crate::routes::listing;
use crate::state::AppState;

/// `GET /drafts`: a page of the caller's drafts, by id.
pub async fn list(state: AppState, call: Call<ListDrafts>) -> Reply<ListDrafts> {
    let after = listing::cursor("after", call.query.after.as_deref())?;
    let limit = usize::try_from(listing::limit(call.query.limit)).unwrap_or(usize::MAX);
    let actor = &call.caller()?.actor;
    let mut connection = state.db.read().await?;
    let owner = owner(&mut connection, actor, call.query.customer).await?;
    let (items, more) = drafts::list(&mut connection, owner, after, limit).await?;
    let next = items.last().filter(|_| more).map(|last| last.id.to_string());
    Ok(Answer::new(Page {
        items,
        next,
        total: None,
    }))
}
