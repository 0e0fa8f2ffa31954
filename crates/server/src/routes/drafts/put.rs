use countersign_contract::ProblemKind;
use countersign_contract::draft::{DraftBody, MAX_CONTENT, MAX_DRAFTS, MAX_NAME, PutDraft};
use countersign_contract::problem::FieldCode;
use countersign_domain::actor::Actor;
use countersign_domain::id::DraftId;

use super::owner;
use crate::db::Tx;
use crate::error::ApiError;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::http::input::Check;
use crate::http::once::once;
use crate::repo::{drafts, orders};
use crate::state::AppState;

/// `PUT /drafts/{draft_id}`: keeps a draft. Putting what is there already changes nothing and is never stale, so that
/// neither a repeat whose key was forgotten nor the same merge on two devices looks like a conflict.
pub async fn put(state: AppState, call: Call<PutDraft>) -> Reply<PutDraft> {
    check(&call.body)?;
    let (key, expected) = (call.key()?, call.expected()?);
    let actor = call.caller()?.actor.clone();
    let (id, asked, body, fingerprint) = (call.path, call.query.customer, call.body, call.fingerprint);
    let now = state.clock.now();
    once(&state, key, move |tx| {
        Box::pin(async move {
            let owner = owner(tx, &actor, asked).await?;
            check_open(tx, &actor, id).await?;
            let stored = drafts::stored(tx, owner, id).await?;
            let kept = match stored {
                Some(stored) if stored.fingerprint == fingerprint => stored.version,
                stored => {
                    expected.check(stored.as_ref().map_or(0, |stored| stored.version.version))?;
                    if stored.is_none() && drafts::count(tx, owner).await? >= u64::from(MAX_DRAFTS) {
                        return Err(ProblemKind::TooManyDrafts { most: MAX_DRAFTS }.into());
                    }
                    drafts::put(tx, owner, id, &body, &fingerprint, now)
                        .await?
                        .ok_or(ProblemKind::NotFound)?
                }
            };
            let version = kept.version;
            Ok(Answer::versioned(kept, version).into())
        })
    })
    .await
}

fn check(body: &DraftBody) -> Result<(), ApiError> {
    let mut check = Check::default();
    check.text(&body.name, MAX_NAME, "/name");
    check.that(
        body.content.json().len() <= MAX_CONTENT,
        "/content",
        FieldCode::TooLong,
    );
    check.done()
}

/// The draft may still become an order.
async fn check_open(tx: &mut Tx, actor: &Actor, id: DraftId) -> Result<(), ApiError> {
    if orders::is_withdrawn(tx, id).await? {
        return Err(ProblemKind::DraftWithdrawn.into());
    }
    match orders::from_draft(tx, id).await? {
        Some(found) if actor.sees(found.order.customer_id, found.order.region_id) => {
            Err(ProblemKind::AlreadyOrdered {
                order_id: found.order.id,
            }
            .into())
        }
        Some(_) => Err(ProblemKind::NotFound.into()),
        None => Ok(()),
    }
}
