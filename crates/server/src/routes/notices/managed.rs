use countersign_contract::ProblemKind;
use countersign_contract::notice::{GetManagedNotice, ListManagedNotices};

use super::regions_of;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::notices;
use crate::state::AppState;

/// `GET /managed-notices`: all that the caller may write, whatever their time.
pub async fn list(state: AppState, call: Call<ListManagedNotices>) -> Reply<ListManagedNotices> {
    let regions = regions_of(call.caller()?)?;
    let mut connection = state.db.read().await?;
    let mut all = notices::list(&mut connection).await?;
    all.retain(|kept| kept.notice.audience.is_within(&regions));
    Ok(Answer::new(all))
}

/// `GET /managed-notices/{notice_id}`: one of them; another looks unknown.
pub async fn get(state: AppState, call: Call<GetManagedNotice>) -> Reply<GetManagedNotice> {
    let regions = regions_of(call.caller()?)?;
    let mut connection = state.db.read().await?;
    let kept = notices::find(&mut connection, call.path)
        .await?
        .filter(|kept| kept.notice.audience.is_within(&regions))
        .ok_or(ProblemKind::NotFound)?;
    let version = kept.version;
    Ok(Answer::versioned(kept, version))
}
