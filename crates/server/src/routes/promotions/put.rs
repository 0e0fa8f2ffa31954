use countersign_contract::event::LiveEvent;
use countersign_contract::promotion::{KeptPromotion, PutManagedPromotion};
use countersign_domain::permission::Permission;

use super::check;
use crate::auth::require;
use crate::error::ApiError;
use crate::events::{Audience, Notice};
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::promotions;
use crate::state::AppState;

/// `PUT /managed-promotions/{promotion_id}`: makes a promotion or changes it. Orders that were submitted keep their prices
/// (domain.md section 3, rule 6).
pub async fn put(state: AppState, call: Call<PutManagedPromotion>) -> Reply<PutManagedPromotion> {
    let caller = call.caller()?;
    require(caller, Permission::PromotionManage)?;
    let by = caller.actor.account_id;
    let expected = call.expected()?;
    let promotion = call.body.with_id(call.path);
    let now = state.clock.now();
    let kept = state
        .db
        .write(move |tx| {
            Box::pin(async move {
                let stored = promotions::find(tx, promotion.id).await?;
                expected.check(stored.map_or(0, |stored| stored.version))?;
                check(tx, &promotion, "").await?;
                let version = promotions::put(tx, &promotion, by, now).await?;
                // Whoever shows prices has to look again.
                tx.announce(Notice::Changed {
                    audience: Audience::Everyone,
                    event: LiveEvent::CatalogChanged,
                });
                Ok::<_, ApiError>(KeptPromotion { version, promotion })
            })
        })
        .await?;
    let version = kept.version;
    Ok(Answer::versioned(kept, version))
}
