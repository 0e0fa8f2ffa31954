//! Notices as the supplier keeps them, and who has read which.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use countersign_contract::notice::{KeptNotice, ShownNotice, TargetLevel, TargetRegion};
use countersign_domain::id::{AccountId, NoticeId};
use countersign_domain::notice::{Notice, NoticeReader};
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;

use super::sums;
use crate::clock::stamp;
use crate::db::DbError;
use crate::db::row::{RowExt, sql_int, to_json};

/// The notices that `account`, which reads as `reader`, sees at `now`: pinned ones first, then what it has not read, then
/// the newest.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn shown(
    connection: &mut SqliteConnection,
    account: AccountId,
    reader: NoticeReader,
    now: DateTime<Utc>,
) -> Result<Vec<ShownNotice>, DbError> {
    let rows = sqlx::query(
        "SELECT n.doc, r.read_at FROM notices n \
         LEFT JOIN notice_reads r ON r.notice_id = n.id AND r.account_id = $1 \
         WHERE n.is_withdrawn = 0 AND n.from_at <= $2 AND (n.until_at IS NULL OR n.until_at > $2) \
         ORDER BY n.is_pinned DESC, r.read_at IS NOT NULL, n.from_at DESC, n.id DESC",
    )
    .bind(account.to_string())
    .bind(stamp(now))
    .fetch_all(connection)
    .await?;
    let mut all = Vec::new();
    for row in &rows {
        let notice: Notice = row.doc("doc")?;
        if notice.is_shown_to(reader, now) {
            all.push(ShownNotice {
                id: notice.id,
                category: notice.category,
                title: notice.title,
                text: notice.text,
                is_pinned: notice.is_pinned,
                from: notice.from,
                is_read: row.opt_text("read_at")?.is_some(),
            });
        }
    }
    Ok(all)
}

/// Remembers that `account` has read these notices; what it has read before stays read since then. Gives whether any is
/// new. Whether the account may see them is for the caller to know.
///
/// # Errors
/// A [`DbError`] when the database refuses or has no such notice.
pub async fn mark_read(
    connection: &mut SqliteConnection,
    account: AccountId,
    notices: &BTreeSet<NoticeId>,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let mut is_new = false;
    for id in notices {
        let done = sqlx::query(
            "INSERT INTO notice_reads (account_id, notice_id, read_at) VALUES ($1, $2, $3) \
             ON CONFLICT (account_id, notice_id) DO NOTHING",
        )
        .bind(account.to_string())
        .bind(id.to_string())
        .bind(stamp(now))
        .execute(&mut *connection)
        .await?;
        is_new |= done.rows_affected() > 0;
    }
    Ok(is_new)
}

/// Every notice, the newest beginning first.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn list(connection: &mut SqliteConnection) -> Result<Vec<KeptNotice>, DbError> {
    let rows = sqlx::query(
        "SELECT n.doc, n.version, (SELECT COUNT(*) FROM notice_reads r WHERE r.notice_id = n.id) AS readers \
         FROM notices n ORDER BY n.from_at DESC, n.id DESC",
    )
    .fetch_all(connection)
    .await?;
    rows.iter().map(kept).collect()
}

/// The notice with this id.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn find(connection: &mut SqliteConnection, id: NoticeId) -> Result<Option<KeptNotice>, DbError> {
    let row = sqlx::query(
        "SELECT n.doc, n.version, (SELECT COUNT(*) FROM notice_reads r WHERE r.notice_id = n.id) AS readers \
         FROM notices n WHERE n.id = $1",
    )
    .bind(id.to_string())
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(kept).transpose()
}

/// Stores a notice in place of the one with the same id, remembers who did it, and gives its new version. Announcing it is up
/// to the caller.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn put(
    connection: &mut SqliteConnection,
    notice: &Notice,
    by: AccountId,
    now: DateTime<Utc>,
) -> Result<u64, DbError> {
    let doc = to_json(notice)?;
    let row = sqlx::query(
        "INSERT INTO notices (id, is_withdrawn, is_pinned, from_at, until_at, doc, version, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, 1, $7) \
         ON CONFLICT (id) DO UPDATE SET is_withdrawn = excluded.is_withdrawn, is_pinned = excluded.is_pinned, \
         from_at = excluded.from_at, until_at = excluded.until_at, doc = excluded.doc, \
         version = notices.version + 1, updated_at = excluded.updated_at RETURNING version",
    )
    .bind(notice.id.to_string())
    .bind(i64::from(notice.is_withdrawn))
    .bind(i64::from(notice.is_pinned))
    .bind(stamp(notice.from))
    .bind(notice.until.map(stamp))
    .bind(&doc)
    .bind(stamp(now))
    .fetch_one(&mut *connection)
    .await?;
    let version = row.count("version")?;
    sqlx::query(
        "INSERT INTO notice_changes (notice_id, version, doc, changed_by, changed_at) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(notice.id.to_string())
    .bind(sql_int(version))
    .bind(doc)
    .bind(by.to_string())
    .bind(stamp(now))
    .execute(connection)
    .await?;
    Ok(version)
}

/// Whether the time of any notice began or ended after `since` and until `now`.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn any_turned(
    connection: &mut SqliteConnection,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let row = sqlx::query(
        "SELECT COUNT(*) AS turned FROM notices WHERE is_withdrawn = 0 \
         AND ((from_at > $1 AND from_at <= $2) OR (until_at > $1 AND until_at <= $2))",
    )
    .bind(stamp(since))
    .bind(stamp(now))
    .fetch_one(connection)
    .await?;
    Ok(row.count("turned")? > 0)
}

/// Every level of customers, by code.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn levels(connection: &mut SqliteConnection) -> Result<Vec<TargetLevel>, DbError> {
    let rows = sqlx::query("SELECT id, name_zh, name_en FROM levels ORDER BY code")
        .fetch_all(connection)
        .await?;
    let level = |row: &SqliteRow| {
        Ok(TargetLevel {
            id: row.parsed("id")?,
            name: row.local("name")?,
        })
    };
    rows.iter().map(level).collect()
}

/// Every region, by code.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn regions(connection: &mut SqliteConnection) -> Result<Vec<TargetRegion>, DbError> {
    let rows = sqlx::query("SELECT id, name_zh, name_en FROM regions ORDER BY code")
        .fetch_all(connection)
        .await?;
    let region = |row: &SqliteRow| {
        Ok(TargetRegion {
            id: row.parsed("id")?,
            name: row.local("name")?,
        })
    };
    rows.iter().map(region).collect()
}

fn kept(row: &SqliteRow) -> Result<KeptNotice, DbError> {
    Ok(KeptNotice {
        version: row.count("version")?,
        readers: sums::small(row, "readers")?,
        notice: row.doc("doc")?,
    })
}
