//! The one writer: group commit.
//!
//! A durable commit waits for the disk; at a few hundred flushes a second that would be the limit. So the writer takes
//! whatever waits (up to [`GROUP`] jobs), runs each in a savepoint of one transaction, commits once, and only then
//! answers everybody. Nobody is told of a success that could still be lost, and nobody sees a refusal that
//! rests on a change which was never committed.

use std::any::Any;
use std::future::{Future, poll_fn};
use std::ops::{Deref, DerefMut};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;

use sqlx::{Executor, SqliteConnection};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use super::{DbError, checkpoint};
use crate::events::{Hub, Notice};

/// A boxed future that borrows the transaction.
pub type BoxFuture<'t, T> = Pin<Box<dyn Future<Output = T> + Send + 't>>;

/// Most jobs in one transaction: bounds how long the first of them waits.
const GROUP: usize = 256;
/// Jobs that may wait; beyond that callers wait to be let in.
const QUEUE: usize = 1024;

/// The transaction a job runs in. Use it as a connection; what it announces is sent once everything is committed.
#[derive(Debug)]
pub struct Tx {
    connection: SqliteConnection,
    notices: Vec<Notice>,
}

impl Tx {
    /// Tells the listeners of `GET /events`, after the commit. Forgotten when the job fails.
    pub fn announce(&mut self, notice: Notice) {
        self.notices.push(notice);
    }
}

impl Deref for Tx {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.connection
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }
}

/// A job, and how to tell its caller.
pub(super) struct Job(Box<Work>);

type Work = dyn for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Verdict> + Send;

impl std::fmt::Debug for Job {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Job")
    }
}

/// What a job came to.
struct Verdict {
    /// Whether its changes are kept.
    keep: bool,
    /// Tells the caller, given what became of the transaction.
    answer: Answer,
}

type Answer = Box<dyn FnOnce(Result<(), DbError>) + Send>;

/// Hands `job` to the writer and waits for its answer.
pub(super) async fn submit<T, E, F>(jobs: &mpsc::Sender<Job>, job: F) -> Result<T, E>
where
    F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
{
    let (reply, answer) = oneshot::channel::<Result<T, E>>();
    let job = Job(Box::new(move |tx| {
        let work = job(tx);
        Box::pin(async move {
            let result = work.await;
            let keep = result.is_ok();
            // The caller may be gone; what it asked for is done all the same.
            let answer: Answer = Box::new(move |committed| {
                drop(reply.send(committed.map_err(E::from).and(result)));
            });
            Verdict { keep, answer }
        })
    }));
    jobs.send(job).await.map_err(|_| DbError::Closed)?;
    // The writer drops a reply without an answer when the job panicked or its group could not go on.
    answer.await.unwrap_or_else(|_| Err(DbError::Abandoned.into()))
}

/// Starts the writer. It ends after `stop` (or the loss of its sender), once everything that waits is done.
pub(super) fn start(
    connection: SqliteConnection,
    hub: Hub,
    stop: oneshot::Receiver<()>,
) -> (mpsc::Sender<Job>, JoinHandle<()>) {
    let (sender, receiver) = mpsc::channel(QUEUE);
    (sender, tokio::spawn(run(connection, hub, receiver, stop)))
}

async fn run(
    connection: SqliteConnection,
    hub: Hub,
    mut receiver: mpsc::Receiver<Job>,
    mut stop: oneshot::Receiver<()>,
) {
    let mut tx = Tx {
        connection,
        notices: Vec::new(),
    };
    let mut stopping = false;
    loop {
        let first = tokio::select! {
            job = receiver.recv() => job,
            _ = &mut stop, if !stopping => {
                stopping = true;
                receiver.close();
                continue;
            }
        };
        let Some(first) = first else { break };
        let mut answers = Vec::new();
        let outcome = group(&mut tx, first, &mut receiver, &mut answers).await;
        let notices = std::mem::take(&mut tx.notices);
        if let Err(error) = &outcome {
            tracing::error!(%error, jobs = answers.len(), "a group of changes was not committed");
            // Whatever state the transaction is in, the next group starts without it. An error here only says
            // that it was over already.
            drop(tx.connection.execute("ROLLBACK").await);
        } else {
            notices.into_iter().for_each(|notice| hub.publish(notice));
        }
        for answer in answers {
            answer(outcome.clone());
        }
    }
    checkpoint(tx.connection).await;
}

/// Runs what waits, from `first` on, in one transaction.
async fn group(
    tx: &mut Tx,
    first: Job,
    receiver: &mut mpsc::Receiver<Job>,
    answers: &mut Vec<Answer>,
) -> Result<(), DbError> {
    tx.connection.execute("BEGIN IMMEDIATE").await?;
    let mut next = Some(first);
    while let Some(job) = next.take() {
        let announced = tx.notices.len();
        tx.connection.execute("SAVEPOINT job").await?;
        let verdict = run_guarded(job, tx).await;
        let keep = verdict.as_ref().is_ok_and(|verdict| verdict.keep);
        match verdict {
            Ok(verdict) => answers.push(verdict.answer),
            Err(panic) => tracing::error!(panic = text_of(panic.as_ref()), "a change panicked"),
        }
        if !keep {
            tx.notices.truncate(announced);
            tx.connection.execute("ROLLBACK TO job").await?;
        }
        tx.connection.execute("RELEASE job").await?;
        if answers.len() < GROUP {
            next = receiver.try_recv().ok();
        }
    }
    tx.connection.execute("COMMIT").await?;
    Ok(())
}

/// Runs a job; a panic in it is an error of this job, not the end of the writer.
async fn run_guarded(Job(job): Job, tx: &mut Tx) -> Result<Verdict, Box<dyn Any + Send>> {
    let mut work = catch_unwind(AssertUnwindSafe(|| job(tx)))?;
    poll_fn(
        |context| match catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context))) {
            Ok(poll) => poll.map(Ok),
            Err(panic) => std::task::Poll::Ready(Err(panic)),
        },
    )
    .await
}

/// The words of a panic.
pub(crate) fn text_of(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("unknown")
}
