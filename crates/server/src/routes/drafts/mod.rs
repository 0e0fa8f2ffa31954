//! `/drafts`: what an account keeps of its drafts - staff's for each customer apart - for its other devices, and that some were taken back for ever.

mod get;
mod list;
mod put;
mod remove;
mod withdraw;

pub use get::get;
pub use list::list;
pub use put::put;
pub use remove::remove;
pub use withdraw::withdraw;

use countersign_domain::actor::Actor;
use countersign_domain::id::CustomerId;
use sqlx::SqliteConnection;

use crate::buying::buyer;
use crate::error::ApiError;
use crate::repo::drafts::Owner;

/// Whose drafts a call of `actor` is about, who asked for those for the customer `asked`. Only who orders has drafts.
async fn owner(
    connection: &mut SqliteConnection,
    actor: &Actor,
    asked: Option<CustomerId>,
) -> Result<Owner, ApiError> {
    let customer = buyer(connection, actor, asked).await?.id;
    Ok(Owner::of(actor, customer))
}
