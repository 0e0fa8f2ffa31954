use std::collections::BTreeSet;

use countersign_contract::ProblemKind;
use countersign_contract::list::{ListBody, MAX_ITEMS, MAX_LISTS, MAX_NAME, MAX_NOTE, PutList};
use countersign_contract::problem::FieldCode;
use countersign_domain::id::{CustomerId, ListId, VariantId};

use super::{announce, owner};
use crate::assortment;
use crate::db::Tx;
use crate::error::ApiError;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::http::input::Check;
use crate::repo::{lists, products};
use crate::state::AppState;

/// `PUT /lists/{list_id}`: saves a list. Putting what is there already changes nothing and is never stale, so that a repeat
/// after a lost reply is no conflict.
pub async fn put(state: AppState, call: Call<PutList>) -> Reply<PutList> {
    let owner = owner(&call)?;
    let expected = call.expected()?;
    check(&call.body)?;
    let (id, body, fingerprint) = (call.path, call.body, call.fingerprint);
    let now = state.clock.now();
    let saved = state
        .db
        .write(move |tx| {
            Box::pin(async move {
                let stored = lists::stored(tx, owner, id).await?;
                let is_there = stored
                    .as_ref()
                    .is_some_and(|stored| stored.fingerprint == fingerprint);
                if !is_there {
                    expected.check(stored.as_ref().map_or(0, |stored| stored.version))?;
                    if stored.is_none() && lists::count(tx, owner).await? >= u64::from(MAX_LISTS) {
                        return Err(ProblemKind::TooManyLists { most: MAX_LISTS }.into());
                    }
                    check_variants(tx, owner, id, &body).await?;
                    lists::put(tx, owner, id, &body, &fingerprint, now).await?;
                    announce(tx, owner).await?;
                }
                lists::find(tx, owner, id)
                    .await?
                    .ok_or_else(|| ApiError::internal(&"a list that was saved is not there"))
            })
        })
        .await?;
    let version = saved.version;
    Ok(Answer::versioned(saved, version))
}

/// What can be checked without the database.
fn check(body: &ListBody) -> Result<(), ApiError> {
    let mut check = Check::default();
    check.required_text(&body.name, MAX_NAME, "/name");
    check.that(body.items.len() <= MAX_ITEMS, "/items", FieldCode::TooLong);
    let mut seen = BTreeSet::new();
    for (index, item) in body.items.iter().enumerate() {
        let at = |field: &str| format!("/items/{index}/{field}");
        check.that(
            seen.insert(item.variant_id),
            at("variant_id"),
            FieldCode::Duplicate,
        );
        check.that(!item.quantity.is_zero(), at("quantity"), FieldCode::TooSmall);
        check.text(&item.note, MAX_NOTE, at("note"));
    }
    check.done()
}

/// Every variant is, or was, in the catalog as the customer sees it. What has gone out of its sight since may stay.
async fn check_variants(
    tx: &mut Tx,
    owner: CustomerId,
    list: ListId,
    body: &ListBody,
) -> Result<(), ApiError> {
    let ids: Vec<VariantId> = body.items.iter().map(|item| item.variant_id).collect();
    let mut known = products::known(tx, &ids).await?;
    let hidden = assortment::hidden_from(tx, owner, &ids).await?;
    if !hidden.is_empty() {
        let stored = lists::find(tx, owner, list).await?;
        let stays = |id: &VariantId| {
            let mut items = stored.iter().flat_map(|list| &list.items);
            items.any(|item| item.goods.variant_id == *id)
        };
        known.retain(|id| !hidden.contains(id) || stays(id));
    }
    let mut check = Check::default();
    for (index, id) in ids.iter().enumerate() {
        check.that(
            known.contains(id),
            format!("/items/{index}/variant_id"),
            FieldCode::Unknown,
        );
    }
    check.done()
}
