use countersign_contract::notice::{ListNoticeTargets, NoticeTargets};

use super::regions_of;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::notices;
use crate::state::AppState;

/// `GET /notice-targets`: whom the caller may write to.
pub async fn list(state: AppState, call: Call<ListNoticeTargets>) -> Reply<ListNoticeTargets> {
    let own = regions_of(call.caller()?)?;
    let mut connection = state.db.read().await?;
    let mut regions = notices::regions(&mut connection).await?;
    regions.retain(|region| own.is_empty() || own.contains(&region.id));
    Ok(Answer::new(NoticeTargets {
        levels: notices::levels(&mut connection).await?,
        regions,
    }))
}
