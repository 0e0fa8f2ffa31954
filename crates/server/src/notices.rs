//! Who reads notices, and telling of them: at once when somebody writes one, and when the time of one begins or ends.

use chrono::{DateTime, Utc};
use countersign_contract::ProblemKind;
use countersign_contract::event::LiveEvent;
use countersign_domain::actor::{Actor, Side};
use countersign_domain::notice::NoticeReader;
use sqlx::SqliteConnection;

use crate::error::ApiError;
use crate::events::{Audience, Notice};
use crate::repo::{customers, notices};
use crate::state::AppState;

/// As whom `actor` reads notices.
///
/// # Errors
/// 404 when its customer is not there any more, and whatever the database says.
pub async fn reader(connection: &mut SqliteConnection, actor: &Actor) -> Result<NoticeReader, ApiError> {
    match actor.side {
        Side::Distributor { customer_id } => {
            let customer = customers::find(connection, customer_id)
                .await?
                .ok_or(ProblemKind::NotFound)?;
            Ok(NoticeReader::Customer {
                level: customer.level_id,
                region: customer.region_id,
            })
        }
        Side::Supplier { .. } | Side::System => Ok(NoticeReader::Staff),
    }
}

/// That notices changed. Everybody hears it: it says nothing of which notice it is or of whom it is for, and whoever reads again
/// gets what is meant for them.
pub fn changed() -> Notice {
    Notice::Changed {
        audience: Audience::Everyone,
        event: LiveEvent::NoticesChanged,
    }
}

/// Tells everybody when the time of a notice began or ended after `since`. Gives until when that is told now: the next
/// `since`.
///
/// # Errors
/// An [`ApiError`] when it can't be looked up.
pub async fn tell_of_time(state: &AppState, since: DateTime<Utc>) -> Result<DateTime<Utc>, ApiError> {
    let now = state.clock.now();
    let mut connection = state.db.read().await?;
    if notices::any_turned(&mut connection, since, now).await? {
        state.hub.publish(changed());
    }
    Ok(now)
}
