use countersign_contract::NoContent;
use countersign_contract::session::SignOut;

use crate::db::DbError;
use crate::digest::sha256_hex;
use crate::events::Notice;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::sessions;
use crate::state::AppState;

/// `DELETE /session`: the session is over, here and in every open stream. Without one it does nothing.
pub async fn sign_out(state: AppState, call: Call<SignOut>) -> Reply<SignOut> {
    if let Some(id) = &call.cookie {
        let id_hash = sha256_hex(id.as_bytes());
        let today = state.local_date(state.clock.now());
        state
            .db
            .write(move |tx| {
                Box::pin(async move {
                    if let Some(found) = sessions::find(tx, &id_hash, today).await? {
                        sessions::end(tx, &id_hash).await?;
                        tx.announce(Notice::SessionsEnded {
                            account_id: found.caller.actor.account_id,
                            session: Some(id_hash),
                        });
                    }
                    Ok::<_, DbError>(())
                })
            })
            .await?;
    }
    Ok(Answer::new(NoContent {}).cookie(state.site.cookies().clear()))
}
