//! What every handler works with.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use tokio::sync::watch;
use uuid::{NoContext, Timestamp, Uuid};

use crate::auth::cookie::CookieStyle;
use crate::auth::limit::SignInLimiter;
use crate::auth::password::Passwords;
use crate::clock::Clock;
use crate::db::Db;
use crate::events::Hub;
use crate::search::Shelf;

/// Where the company is when nobody says otherwise.
const CHINA: FixedOffset = FixedOffset::east_opt(8 * 3600).expect("less than a day");

/// How a deployment is reached and what it hands out.
#[derive(Clone, Debug)]
pub struct Site {
    /// Origins changes may come from, such as `https://order.example.com`; the first is the deployment's own.
    /// Empty: the origin the request itself was sent to.
    pub origins: Vec<String>,
    /// The built app, where this server hands it out.
    pub dist: Option<PathBuf>,
    /// Whether the demo accounts are published.
    pub demo: bool,
    /// Whether a proxy in front writes the caller's address to `X-Forwarded-For`.
    pub behind_proxy: bool,
    /// Time zone of the company: what "today" is.
    pub offset: FixedOffset,
}

impl Default for Site {
    /// A server on the own machine, in China, without the app.
    fn default() -> Self {
        Self {
            origins: Vec::new(),
            dist: None,
            demo: false,
            behind_proxy: false,
            offset: CHINA,
        }
    }
}

impl Site {
    /// How the session's cookie is written here.
    pub fn cookies(&self) -> CookieStyle {
        match self.origins.first() {
            Some(origin) if origin.starts_with("https://") => CookieStyle::Secure,
            _ => CookieStyle::Plain,
        }
    }
}

/// The parts of a running server. Cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// The database.
    pub db: Db,
    /// Where changes are announced.
    pub hub: Hub,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Hashing of passwords.
    pub passwords: Passwords,
    /// Failed sign-ins of late.
    pub sign_ins: Arc<SignInLimiter>,
    /// How the deployment is reached.
    pub site: Arc<Site>,
    /// What products are found in.
    pub shelf: Arc<Shelf>,
    closing: watch::Receiver<bool>,
}

impl AppState {
    /// Puts the parts together; `closing` turns true when the server is asked to stop.
    pub fn new(
        db: Db,
        hub: Hub,
        clock: Arc<dyn Clock>,
        passwords: Passwords,
        site: Site,
        closing: watch::Receiver<bool>,
    ) -> Self {
        Self {
            db,
            hub,
            clock,
            passwords,
            sign_ins: Arc::default(),
            site: Arc::new(site),
            shelf: Arc::default(),
            closing,
        }
    }

    /// Today where the company is.
    pub fn today(&self) -> NaiveDate {
        self.local_date(self.clock.now())
    }

    /// The day of `time` where the company is.
    pub fn local_date(&self, time: DateTime<Utc>) -> NaiveDate {
        time.with_timezone(&self.site.offset).date_naive()
    }

    /// A new id; ids made later sort later.
    pub fn new_id(&self) -> Uuid {
        let now = self.clock.now();
        let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
        Uuid::new_v7(Timestamp::from_unix(
            NoContext,
            seconds,
            now.timestamp_subsec_nanos(),
        ))
    }

    /// Tells when the server stops.
    pub(crate) fn closing(&self) -> watch::Receiver<bool> {
        self.closing.clone()
    }
}
