//! `/session`: signing in and out, and who is signed in.

mod get;
mod sign_in;
mod sign_out;

pub use get::get;
pub use sign_in::sign_in;
pub use sign_out::sign_out;

use countersign_contract::session::Session;
use sqlx::SqliteConnection;

use crate::auth::Caller;
use crate::db::DbError;
use crate::repo::settings;

/// What the app is told about `caller`.
async fn describe(connection: &mut SqliteConnection, caller: Caller) -> Result<Session, DbError> {
    Ok(Session {
        workflow: settings::workflow(connection).await?.value,
        actor: caller.actor,
        login: caller.login,
        name: caller.name,
        organisation: caller.organisation,
    })
}
