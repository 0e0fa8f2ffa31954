use std::collections::BTreeSet;

use countersign_contract::event::LiveEvent;
use countersign_contract::problem::FieldCode;
use countersign_contract::stock::{CountStock, StockCount, StockCounted};
use countersign_domain::id::VariantId;
use countersign_domain::permission::Permission;

use crate::auth::require;
use crate::db::Tx;
use crate::error::ApiError;
use crate::events::{Audience, Notice};
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::http::input::Check;
use crate::http::once::once;
use crate::repo::{products, stock};
use crate::state::AppState;

/// Most variants of one count.
const MAX_COUNTS: usize = 5_000;
/// Longest reason, in characters.
const MAX_REASON: usize = 500;

/// `POST /stock/counts`: sets what was counted, all of it or nothing.
pub async fn count(state: AppState, call: Call<CountStock>) -> Reply<CountStock> {
    let caller = call.caller()?;
    require(caller, Permission::StockManage)?;
    let counted_by = caller.actor.account_id;
    let key = call.key()?;
    let body = call.body;
    check(&body)?;
    let now = state.clock.now();
    let id = state.new_id();
    once(&state, key, move |tx| {
        Box::pin(async move {
            check_known(tx, &body).await?;
            stock::record_count(tx, id, &body, counted_by, now).await?;
            products::touch(tx, &variants(&body)).await?;
            tx.announce(Notice::Changed {
                audience: Audience::Everyone,
                event: LiveEvent::CatalogChanged,
            });
            let variants = u32::try_from(body.counts.len()).unwrap_or(u32::MAX);
            Ok(Answer::new(StockCounted { variants }).into())
        })
    })
    .await
}

fn variants(count: &StockCount) -> Vec<VariantId> {
    count.counts.iter().map(|counted| counted.variant_id).collect()
}

/// What can be checked without the database.
fn check(count: &StockCount) -> Result<(), ApiError> {
    let mut check = Check::default();
    check.required_text(&count.reason, MAX_REASON, "/reason");
    check.that(!count.counts.is_empty(), "/counts", FieldCode::Required);
    check.that(count.counts.len() <= MAX_COUNTS, "/counts", FieldCode::TooLong);
    let mut seen = BTreeSet::new();
    for (index, counted) in count.counts.iter().enumerate() {
        check.that(
            seen.insert(counted.variant_id),
            format!("/counts/{index}/variant_id"),
            FieldCode::Duplicate,
        );
    }
    check.done()
}

async fn check_known(tx: &mut Tx, count: &StockCount) -> Result<(), ApiError> {
    let mut check = Check::default();
    let warehouses = stock::warehouses(tx).await?;
    check.that(
        warehouses.iter().any(|one| one.id == count.warehouse_id),
        "/warehouse_id",
        FieldCode::Unknown,
    );
    let known = products::known(tx, &variants(count)).await?;
    for (index, counted) in count.counts.iter().enumerate() {
        check.that(
            known.contains(&counted.variant_id),
            format!("/counts/{index}/variant_id"),
            FieldCode::Unknown,
        );
    }
    check.done()
}
