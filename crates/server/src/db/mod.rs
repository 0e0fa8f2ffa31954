//! The database: a pool of readers and one writer that commits in groups.
//!
//! SQLite has one writer at a time and a durable commit costs a flush of the disk, so all changes go through one task
//! that puts whatever waits into one transaction (see [`writer`]). Reads never wait for it (WAL).

mod migrate;
pub mod row;
mod writer;

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, Sqlite, SqliteConnection, SqlitePool};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use crate::events::Hub;
pub(crate) use writer::text_of;
pub use writer::{BoxFuture, Tx};

/// How long a statement waits for another process that holds the database.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Readers at a time; SQLite reads are short and the machine has few cores.
const READERS: u32 = 8;

/// Why the database did not do what it was asked.
#[derive(Clone, Debug)]
pub enum DbError {
    /// The writer has stopped: the server is shutting down.
    Closed,
    /// The change was given up and rolled back; the log says why.
    Abandoned,
    /// The database refused; the text is for the log only.
    Sql(String),
    /// What is stored can't be read as what it should be; the text is for the log only.
    Corrupt(String),
}

impl std::fmt::Display for DbError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Closed => f.write_str("the database is closed"),
            Self::Abandoned => f.write_str("the change was given up and rolled back"),
            Self::Sql(text) => write!(f, "database: {text}"),
            Self::Corrupt(text) => write!(f, "unreadable data: {text}"),
        }
    }
}

impl std::error::Error for DbError {}

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> Self {
        Self::Sql(error.to_string())
    }
}

/// Why the database could not be opened, in one sentence for the person who started the server.
#[derive(Debug)]
pub struct OpenError {
    path: PathBuf,
    cause: String,
}

impl std::fmt::Display for OpenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "the database {} can't be opened: {}",
            self.path.display(),
            self.cause
        )
    }
}

impl std::error::Error for OpenError {}

/// The database of a deployment. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Db {
    readers: SqlitePool,
    jobs: mpsc::Sender<writer::Job>,
}

/// The task behind [`Db::write`]. Dropping it stops the writer once it has done what waits.
#[derive(Debug)]
pub struct WriterHandle {
    task: JoinHandle<()>,
    stop: oneshot::Sender<()>,
}

impl Db {
    /// Opens (or creates) the database in `path`, brings its schema up to date and starts the writer, which announces
    /// what changed through `hub`.
    ///
    /// # Errors
    /// An [`OpenError`] when the file can't be opened or its schema is not this server's.
    pub async fn open(path: &Path, hub: Hub) -> Result<(Self, WriterHandle), OpenError> {
        Self::try_open(path, hub).await.map_err(|cause| OpenError {
            path: path.to_owned(),
            cause,
        })
    }

    async fn try_open(path: &Path, hub: Hub) -> Result<(Self, WriterHandle), String> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT)
            .disable_statement_logging();
        let mut connection = options
            .clone()
            .create_if_missing(true)
            .connect()
            .await
            .map_err(|error| plain(&error))?;
        migrate::migrate(&mut connection).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_with(options.pragma("query_only", "on"))
            .await
            .map_err(|error| plain(&error))?;
        let (stop, stopped) = oneshot::channel();
        let (jobs, task) = writer::start(connection, hub, stopped);
        Ok((Self { readers, jobs }, WriterHandle { task, stop }))
    }

    /// A connection to read with.
    ///
    /// # Errors
    /// [`DbError::Sql`] when none is to be had.
    pub async fn read(&self) -> Result<PoolConnection<Sqlite>, DbError> {
        Ok(self.readers.acquire().await?)
    }

    /// Runs `job` inside a transaction and answers once that is on the disk.
    ///
    /// `job` runs in a savepoint of its own: when it answers `Err`, nothing of it is kept. It runs to its end even if
    /// the caller goes away. It must only wait for the database, since everybody else waits for it.
    ///
    /// # Errors
    /// Whatever `job` answers, or a [`DbError`] when the transaction could not be committed.
    pub async fn write<T, E, F>(&self, job: F) -> Result<T, E>
    where
        F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        writer::submit(&self.jobs, job).await
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// A [`DbError`] when it does not.
    pub async fn ping(&self) -> Result<(), DbError> {
        let mut connection = self.read().await?;
        sqlx::query("SELECT 1").execute(&mut *connection).await?;
        if self.jobs.is_closed() {
            Err(DbError::Closed)
        } else {
            Ok(())
        }
    }

    /// Finishes what waits, moves the log into the database file and closes it.
    pub async fn close(self, writer: WriterHandle) {
        self.readers.close().await;
        drop(writer.stop);
        if let Err(error) = writer.task.await {
            tracing::error!(%error, "the writer ended badly");
        }
    }
}

/// Moves the write-ahead log into the database file. Failing is harmless: the next start does it.
async fn checkpoint(mut connection: SqliteConnection) {
    if let Err(error) = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
        .execute(&mut connection)
        .await
    {
        tracing::warn!(%error, "the log could not be moved into the database");
    }
    if let Err(error) = connection.close().await {
        tracing::warn!(%error, "the database was not closed cleanly");
    }
}

/// What is wrong, without the prefixes of the library.
fn plain(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(database) => database.message().to_owned(),
        other => other.to_string(),
    }
}
