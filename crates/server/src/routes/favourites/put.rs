use countersign_contract::ProblemKind;
use countersign_contract::list::{Favourite, MAX_FAVOURITES, PutFavourite};

use crate::assortment;
use crate::error::ApiError;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::{favourites, lists};
use crate::routes::lists::{announce, owner};
use crate::state::AppState;

/// `PUT /favourites/{variant_id}`: makes a variant a favourite. One that is a favourite already stays it since then.
pub async fn put(state: AppState, call: Call<PutFavourite>) -> Reply<PutFavourite> {
    let owner = owner(&call)?;
    let id = call.path;
    let now = state.clock.now();
    let favourite = state
        .db
        .write(move |tx| {
            Box::pin(async move {
                // What the customer may not see looks as unknown as what never was.
                if assortment::hidden_from(tx, owner, &[id]).await?.contains(&id) {
                    return Err(ProblemKind::NotFound.into());
                }
                let goods = lists::goods(tx, &[id])
                    .await?
                    .remove(&id)
                    .ok_or(ProblemKind::NotFound)?;
                let added_at = match favourites::since(tx, owner, id).await? {
                    Some(since) => since,
                    None => {
                        if favourites::count(tx, owner).await? >= u64::from(MAX_FAVOURITES) {
                            let most = MAX_FAVOURITES;
                            return Err(ProblemKind::TooManyFavourites { most }.into());
                        }
                        favourites::put(tx, owner, id, now).await?;
                        announce(tx, owner).await?;
                        now
                    }
                };
                Ok::<_, ApiError>(Favourite { goods, added_at })
            })
        })
        .await?;
    Ok(Answer::new(favourite))
}
