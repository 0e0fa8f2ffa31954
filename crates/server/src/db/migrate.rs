//! The schema and its history. Migrations are compiled in; a database newer than the server is refused.

use std::borrow::Cow;

use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::{SqlSafeStr, SqliteConnection};

/// Every migration: version, what it is about, the statements.
const MIGRATIONS: [(i64, &str, &str); 20] = [
    (1, "people", include_str!("../../migrations/0001_people.sql")),
    (2, "catalog", include_str!("../../migrations/0002_catalog.sql")),
    (3, "orders", include_str!("../../migrations/0003_orders.sql")),
    (
        4,
        "append only",
        include_str!("../../migrations/0004_append_only.sql"),
    ),
    (5, "reading", include_str!("../../migrations/0005_reading.sql")),
    (
        6,
        "imported orders",
        include_str!("../../migrations/0006_imported_orders.sql"),
    ),
    (
        7,
        "change requests",
        include_str!("../../migrations/0007_change_requests.sql"),
    ),
    (8, "drafts", include_str!("../../migrations/0008_drafts.sql")),
    (9, "search", include_str!("../../migrations/0009_search.sql")),
    (10, "codes", include_str!("../../migrations/0010_codes.sql")),
    (11, "lists", include_str!("../../migrations/0011_lists.sql")),
    (12, "views", include_str!("../../migrations/0012_views.sql")),
    (
        13,
        "promotions",
        include_str!("../../migrations/0013_promotions.sql"),
    ),
    (14, "returns", include_str!("../../migrations/0014_returns.sql")),
    (15, "notices", include_str!("../../migrations/0015_notices.sql")),
    (
        16,
        "conversations",
        include_str!("../../migrations/0016_conversations.sql"),
    ),
    (
        17,
        "assortments",
        include_str!("../../migrations/0017_assortments.sql"),
    ),
    (
        19,
        "delegations",
        include_str!("../../migrations/0019_delegations.sql"),
    ),
    (
        20,
        "drafts on behalf",
        include_str!("../../migrations/0020_drafts_on_behalf.sql"),
    ),
    (
        21,
        "files of orders",
        include_str!("../../migrations/0021_order_files.sql"),
    ),
];

/// Brings the schema up to date. The text of an error completes "the database can't be opened: ...".
pub(super) async fn migrate(connection: &mut SqliteConnection) -> Result<(), String> {
    let migrations = MIGRATIONS
        .into_iter()
        .map(|(version, description, sql)| {
            Migration::new(
                version,
                Cow::Borrowed(description),
                MigrationType::Simple,
                sql.into_sql_str(),
                false,
            )
        })
        .collect();
    Migrator::with_migrations(migrations)
        .run(connection)
        .await
        .map_err(|error| match error {
            MigrateError::VersionMissing(version) => {
                format!("it was written by a newer server (it has step {version}); update this one")
            }
            MigrateError::VersionMismatch(version) => {
                format!("step {version} of its schema differs from this server's")
            }
            other => other.to_string(),
        })
}
