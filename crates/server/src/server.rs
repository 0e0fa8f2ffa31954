//! Starting and stopping the server.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::auth::password::{Effort, PasswordError, Passwords};
use crate::clock::{Clock, SystemClock};
use crate::db::{Db, DbError, OpenError, WriterHandle};
use crate::events::Hub;
use crate::repo::{bought, files, keys, products, sessions};
use crate::routes::router;
use crate::state::{AppState, Site};
use crate::timers;

/// Requests that are still running when the server stops get this long.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often what nobody needs any more is thrown away.
const TIDY_EVERY: Duration = Duration::from_secs(3600);
/// Products whose readings are computed in one transaction.
const READINGS_AT_ONCE: u32 = 500;
/// Orders looked through at a time for what was bought.
const ORDERS_AT_ONCE: u32 = 200;

/// What a server is started with.
#[derive(Clone)]
pub struct Options {
    /// Address and port; port 0 takes any.
    pub listen: String,
    /// File of the database; made when it does not exist.
    pub database: PathBuf,
    /// How the deployment is reached.
    pub site: Site,
    /// How much work a password hash is.
    pub effort: Effort,
    /// The clock.
    pub clock: Arc<dyn Clock>,
}

impl Options {
    /// A server on `listen` over `database`, with the machine's clock.
    pub fn new(listen: impl Into<String>, database: impl Into<PathBuf>) -> Self {
        Self {
            listen: listen.into(),
            database: database.into(),
            site: Site::default(),
            effort: Effort::default(),
            clock: Arc::new(SystemClock),
        }
    }
}

/// Why the server did not start, in one sentence.
#[derive(Debug)]
pub enum StartError {
    /// The port is in use.
    PortInUse(String),
    /// The address can't be listened on.
    Listen(String, std::io::Error),
    /// The folder of the built app has no `index.html`.
    NoApp(PathBuf),
    /// The database can't be opened.
    Database(OpenError),
    /// Products from before readings were kept could not be given theirs.
    Readings(DbError),
    /// The machine has no randomness.
    Passwords(PasswordError),
}

impl std::fmt::Display for StartError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::PortInUse(address) => {
                write!(
                    f,
                    "{address} is in use: stop the program that listens there or choose another port"
                )
            }
            Self::Listen(address, error) => write!(f, "can't listen on {address}: {error}"),
            Self::NoApp(folder) => {
                write!(
                    f,
                    "{} has no index.html: build the app first or leave out --dist",
                    folder.display()
                )
            }
            Self::Database(error) => error.fmt(f),
            Self::Readings(error) => write!(f, "the readings of the products can't be computed: {error}"),
            Self::Passwords(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for StartError {}

/// The parts of a server without its network: what importing and seeding need.
pub struct Opened {
    /// The parts.
    pub state: AppState,
    writer: WriterHandle,
    stop: watch::Sender<bool>,
}

impl Opened {
    /// Opens the database and puts the parts together.
    ///
    /// # Errors
    /// A [`StartError`] saying what is in the way.
    pub async fn new(options: &Options) -> Result<Self, StartError> {
        let passwords = Passwords::new(options.effort).map_err(StartError::Passwords)?;
        let hub = Hub::new(Uuid::new_v4().simple().to_string());
        let (db, writer) = Db::open(&options.database, hub.clone())
            .await
            .map_err(StartError::Database)?;
        add_readings(&db).await.map_err(StartError::Readings)?;
        add_bought(&db).await.map_err(StartError::Readings)?;
        let (stop, closing) = watch::channel(false);
        let clock = Arc::clone(&options.clock);
        let state = AppState::new(db, hub, clock, passwords, options.site.clone(), closing);
        Ok(Self { state, writer, stop })
    }

    /// Finishes what waits and closes the database.
    pub async fn close(self) {
        self.stop.send_replace(true);
        self.state.db.clone().close(self.writer).await;
    }
}

/// A server that answers.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    opened: Opened,
    serving: JoinHandle<std::io::Result<()>>,
    tidying: JoinHandle<()>,
    timing: JoinHandle<()>,
}

impl Running {
    /// Starts a server.
    ///
    /// # Errors
    /// A [`StartError`] saying what is in the way.
    pub async fn start(options: &Options) -> Result<Self, StartError> {
        if let Some(dist) = options
            .site
            .dist
            .as_ref()
            .filter(|dist| !dist.join("index.html").is_file())
        {
            return Err(StartError::NoApp(dist.clone()));
        }
        let listener = listen(&options.listen).await?;
        let opened = Opened::new(options).await?;
        Self::serve(listener, opened, options)
    }

    fn serve(listener: TcpListener, opened: Opened, options: &Options) -> Result<Self, StartError> {
        let address = listener
            .local_addr()
            .map_err(|error| StartError::Listen(options.listen.clone(), error))?;
        let app = router(opened.state.clone()).into_make_service_with_connect_info::<SocketAddr>();
        // Answers are small: waiting to fill a packet only costs time.
        let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        let mut closing = opened.state.closing();
        let stopped = async move {
            // An error means that the server's owner is gone, which is a reason to stop as well.
            drop(closing.wait_for(|closing| *closing).await);
        };
        let serving =
            tokio::spawn(async move { axum::serve(listener, app).with_graceful_shutdown(stopped).await });
        tokio::spawn(fill_shelf(opened.state.clone()));
        let tidying = tokio::spawn(tidy(opened.state.clone()));
        let timing = tokio::spawn(timers::run(opened.state.clone()));
        Ok(Self {
            address,
            opened,
            serving,
            tidying,
            timing,
        })
    }

    /// The parts of the server.
    pub fn state(&self) -> &AppState {
        &self.opened.state
    }

    /// Stops taking requests, ends the streams, lets running requests finish, closes the database.
    pub async fn stop(self) {
        self.opened.stop.send_replace(true);
        self.tidying.abort();
        self.timing.abort();
        match tokio::time::timeout(PATIENCE, self.serving).await {
            Ok(Ok(Ok(()))) => {}
            Ok(Ok(Err(error))) => tracing::error!(%error, "the server ended badly"),
            Ok(Err(error)) => tracing::error!(%error, "the server ended badly"),
            Err(_) => tracing::warn!("some requests did not finish in {} s", PATIENCE.as_secs()),
        }
        self.opened.close().await;
    }
}

async fn listen(address: &str) -> Result<TcpListener, StartError> {
    TcpListener::bind(address)
        .await
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::AddrInUse => StartError::PortInUse(address.to_owned()),
            _ => StartError::Listen(address.to_owned(), error),
        })
}

/// Computes the readings of products from before they were kept.
async fn add_readings(db: &Db) -> Result<(), DbError> {
    loop {
        let added = db
            .write(|tx| Box::pin(async move { products::add_readings(tx, READINGS_AT_ONCE).await }))
            .await?;
        if added == 0 {
            return Ok(());
        }
    }
}

/// Remembers what was bought before that was kept.
async fn add_bought(db: &Db) -> Result<(), DbError> {
    let mut last = None;
    loop {
        last = db
            .write(move |tx| Box::pin(async move { bought::add_former(tx, last, ORDERS_AT_ONCE).await }))
            .await?;
        if last.is_none() {
            return Ok(());
        }
    }
}

/// Reads what products are found in, so that the first who searches does not wait for it.
async fn fill_shelf(state: AppState) {
    let filled = async { state.shelf.goods(&mut *state.db.read().await?).await };
    if let Err(error) = filled.await {
        tracing::warn!(%error, "the products could not be read ahead");
    }
}

/// Throws away what nobody needs any more, now and every hour.
async fn tidy(state: AppState) {
    let mut timer = tokio::time::interval(TIDY_EVERY);
    loop {
        timer.tick().await;
        let now = state.clock.now();
        let tidied = state
            .db
            .write(move |tx| {
                Box::pin(async move {
                    sessions::forget(tx, now).await?;
                    keys::forget(tx, now).await?;
                    files::forget(tx, now).await?;
                    Ok::<_, DbError>(())
                })
            })
            .await;
        if let Err(error) = tidied {
            tracing::warn!(%error, "old sessions and keys were not thrown away");
        }
    }
}

/// Returns when the process is asked to end: Ctrl+C, or SIGTERM from whoever supervises it.
pub async fn asked_to_stop() {
    let interrupt = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::warn!(%error, "Ctrl+C is not heard");
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(error) => {
                tracing::warn!(%error, "SIGTERM is not heard");
                std::future::pending::<()>().await;
            }
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
