use countersign_contract::ProblemKind;
use countersign_contract::promotion::{GetManagedPromotion, ListManagedPromotions};
use countersign_domain::permission::Permission;

use crate::auth::require;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::promotions;
use crate::state::AppState;

/// `GET /managed-promotions`: all of them.
pub async fn list_managed(
    state: AppState,
    call: Call<ListManagedPromotions>,
) -> Reply<ListManagedPromotions> {
    require(call.caller()?, Permission::PromotionManage)?;
    let mut connection = state.db.read().await?;
    Ok(Answer::new(promotions::list(&mut connection).await?))
}

/// `GET /managed-promotions/{promotion_id}`: one of them.
pub async fn get_managed(state: AppState, call: Call<GetManagedPromotion>) -> Reply<GetManagedPromotion> {
    require(call.caller()?, Permission::PromotionManage)?;
    let mut connection = state.db.read().await?;
    let kept = promotions::find(&mut connection, call.path)
        .await?
        .ok_or(ProblemKind::NotFound)?;
    let version = kept.version;
    Ok(Answer::versioned(kept, version))
}
