//! `/settings`: how the company works.

mod get_workflow;
mod put_workflow;

pub use get_workflow::get_workflow;
pub use put_workflow::put_workflow;

use chrono::{DateTime, Utc};
use countersign_contract::home::QueueCount;
use countersign_contract::settings::WorkflowSettings;
use countersign_domain::order::OrderStatus;
use countersign_domain::workflow::Workflow;
use sqlx::SqliteConnection;

use crate::clock::stamp;
use crate::db::DbError;
use crate::db::row::{RowExt, from_name};
use crate::repo::settings::Setting;

/// The workflow with what waits in it, in all regions: switching a stage off concerns all of them.
async fn with_waiting(
    connection: &mut SqliteConnection,
    setting: Setting<Workflow>,
    now: DateTime<Utc>,
) -> Result<WorkflowSettings, DbError> {
    let rows = sqlx::query(
        "SELECT status, COUNT(*) AS waiting, SUM(CASE WHEN due_at < $1 THEN 1 ELSE 0 END) AS late, \
                MIN(due_at) AS nearest FROM orders GROUP BY status",
    )
    .bind(stamp(now))
    .fetch_all(connection)
    .await?;
    let mut waiting = Vec::new();
    for row in rows {
        let status: OrderStatus = from_name(&row.text("status")?)?;
        if status.stage().is_some() {
            waiting.push(QueueCount {
                status,
                count: u32::try_from(row.int("waiting")?).unwrap_or(u32::MAX),
                late: u32::try_from(row.int("late")?).unwrap_or(u32::MAX),
                nearest_due_at: row.opt_parsed("nearest")?,
            });
        }
    }
    waiting.sort_by_key(|queue| queue.status);
    Ok(WorkflowSettings {
        version: setting.version,
        workflow: setting.value,
        waiting,
    })
}
