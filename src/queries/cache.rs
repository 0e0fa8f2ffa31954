//! Cached reads.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use countersign_contract::Endpoint;
use countersign_contract::catalog::ProductQuery;
use futures_util::future::{Either, select};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_fetch::{QueryClient, QueryOptions, QueryScopeLocal};

use crate::api::{Api, ApiError, now};
use crate::queries::ask::{Ask, Found};
use crate::queries::goods::Hits;
use crate::queries::pause::pause;
use crate::queries::turns::Turns;

/// How long the server may take before the device answers in its place, where it can; the server's answer follows.
const PATIENCE: Duration = Duration::from_secs(3);

/// What a device knows of something, if anything, once it has looked it up.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Option<T>> + 'a>>;

/// Where a device keeps answers, and what it makes of them. Behind a trait so that the sign-in page, which reads too, does
/// not carry it.
pub trait Shelf: std::fmt::Debug {
    /// Keeps the answer to a read of `path`.
    fn keep<'a>(&'a self, path: &'a str, text: &'a str) -> Pin<Box<dyn Future<Output = ()> + 'a>>;

    /// The device's own answer to a read of `path`, behind which `ask` may stand.
    fn answer<'a>(&'a self, path: &'a str, ask: Option<&'a Ask>) -> Answer<'a, Found>;

    /// All the products that `query` finds, where the device has the whole catalog and knows all that is asked for.
    fn find<'a>(&'a self, query: &'a ProductQuery) -> Answer<'a, Rc<dyn Hits>>;
}

/// The text of a reply with the path it answers, so that one page's data is never shown as another's.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Fetched {
    path: String,
    text: Result<Arc<str>, ApiError>,
    /// When the server said so.
    at: DateTime<Utc>,
    /// Whether the server could not be asked since.
    is_old: bool,
}

/// The state of a read: exactly one of three.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remote<T> {
    /// Nothing to show yet.
    Loading,
    /// It could not be read, and nothing was there before.
    Failed(ApiError),
    /// Here it is.
    Ready(Arc<T>),
}

impl<T> Remote<T> {
    /// What is there, if anything.
    pub fn ready(&self) -> Option<&Arc<T>> {
        match self {
            Self::Ready(value) => Some(value),
            Self::Loading | Self::Failed(_) => None,
        }
    }
}

/// A cached read.
#[derive(Debug)]
pub struct Read<T: Send + Sync + 'static> {
    /// What is there.
    pub state: Memo<Remote<T>>,
    path: Memo<Option<String>>,
    cache: Cache,
}

impl<T: Send + Sync + 'static> Clone for Read<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Read<T> {}

impl<T: Send + Sync + 'static> Read<T> {
    /// Reads again, keeping what is there until the answer comes.
    pub fn retry(&self) {
        // Whoever asked may be gone by now.
        if let Some(path) = self.path.try_get_untracked().flatten() {
            self.cache.invalidate(move |cached| cached == path);
        }
    }
}

/// The cache, provided at the root.
#[derive(Clone, Copy, Debug)]
pub struct Cache {
    client: QueryClient,
    api: Api,
    /// What a trusted device keeps.
    kept: StoredValue<Option<Rc<dyn Shelf>>, LocalStorage>,
    /// The questions behind the paths that the device can answer by itself.
    asks: StoredValue<BTreeMap<String, Ask>>,
    /// When the server said what is on the screen, by reader, where it could not be asked since.
    old: RwSignal<BTreeMap<u32, DateTime<Utc>>>,
    readers: StoredValue<u32>,
    turns: StoredValue<Turns>,
}

impl Cache {
    /// An empty cache over `api`.
    pub fn new(api: Api) -> Self {
        // Live events say what changed; the time-out is for what they miss.
        let options = QueryOptions::new()
            .with_stale_time(Duration::from_secs(60))
            .with_gc_time(Duration::from_secs(300));
        Self {
            client: QueryClient::new().with_options(options),
            api,
            kept: StoredValue::new_local(None),
            asks: StoredValue::new(BTreeMap::new()),
            old: RwSignal::new(BTreeMap::new()),
            readers: StoredValue::new(0),
            turns: StoredValue::new(Turns::default()),
        }
    }

    /// Keeps answers on the device from now on, and answers from there without a connection.
    pub fn keep_in(&self, kept: Rc<dyn Shelf>) {
        self.kept.try_set_value(Some(kept));
    }

    /// Keeps nothing on the device any more. It shares no function with [`Self::keep_in`], into which the compiler puts all
    /// that it takes to keep something, and which the sign-in page must not carry.
    pub fn keep_nowhere(&self) {
        self.kept.try_update_value(|kept| *kept = None);
    }

    /// What the device keeps, where it does.
    pub fn kept(&self) -> Option<Rc<dyn Shelf>> {
        self.kept.try_get_value().flatten()
    }

    /// When the server said the oldest of what is on the screen; `None` when all of it is what the server has now.
    pub fn age(&self) -> Option<DateTime<Utc>> {
        self.old.with(|old| old.values().min().copied())
    }

    /// Makes every cached path that `matches` stale; those on screen are read again.
    pub fn invalidate(&self, matches: impl Fn(&str) -> bool) {
        self.client
            .invalidate_queries_with_predicate(self.scope(), move |path: &String| matches(path));
    }

    /// Makes everything stale.
    pub fn invalidate_all(&self) {
        self.invalidate(|_| true);
    }

    /// Puts a reply that came with a change where its read would have put it.
    pub fn put<E: Endpoint>(&self, path: &E::Path, query: &E::Query, text: &str) {
        let path = Api::read_path::<E>(path, query);
        let fetched = Fetched {
            path: path.clone(),
            text: Ok(Arc::from(text)),
            at: now(),
            is_old: false,
        };
        if let Some(kept) = self.kept() {
            let (path, text) = (path.clone(), text.to_owned());
            spawn_local(async move { kept.keep(&path, &text).await });
        }
        self.client.set_query_local(self.scope(), path, fetched);
    }

    /// Reads `E` before anybody asks for it, so that it is there then. What is here and current is not read again.
    pub fn read_ahead<E: Endpoint>(self, path: &E::Path, query: &E::Query) {
        let (client, scope) = (self.client, self.scope());
        let path = Api::read_path::<E>(path, query);
        spawn_local(async move {
            client.prefetch_query_local(scope, &path).await;
            // An error is nothing to keep for later: whoever asks then asks the server.
            let is_error = |fetched: Fetched| fetched.text.is_err();
            if client.get_cached_query(self.scope(), &path).is_some_and(is_error) {
                self.invalidate(|cached| cached == path);
            }
        });
    }

    /// Forgets everything: somebody else signs in.
    pub fn clear(&self) {
        self.client.clear();
    }

    /// Takes what one reader shows into account for [`Cache::age`].
    pub(super) fn tell_age(self, old: Memo<Option<DateTime<Utc>>>) {
        let reader = self.readers.with_value(|last| last.wrapping_add(1));
        self.readers.set_value(reader);
        // Many readers make one age: no one of them can be asked for it.
        Effect::new(move |_| {
            let at = old.get();
            if self.old.with_untracked(|all| all.get(&reader).copied()) != at {
                self.old.update(|all| match at {
                    Some(at) => {
                        all.insert(reader, at);
                    }
                    None => {
                        all.remove(&reader);
                    }
                });
            }
        });
        on_cleanup(move || {
            self.old.try_update(|all| all.remove(&reader));
        });
    }

    /// The one scope. Its fetcher is one closure type, by which the cache finds it again.
    fn scope(&self) -> QueryScopeLocal<String, Fetched> {
        let cache = *self;
        QueryScopeLocal::new(move |path: String| async move { cache.fetch(path).await })
    }

    async fn fetch(self, path: String) -> Fetched {
        let turn = self.turns.try_update_value(Turns::next).unwrap_or_default();
        let asked = Box::pin(self.ask(path.clone()));
        let Some(kept) = self.kept() else {
            return self.or_before(asked.await);
        };
        let is_there = self.api.reachable.try_get_untracked() == Some(true);
        let is_hasty = self.ask_of(&path).is_some_and(|ask| ask.is_hasty());
        // Where the server was not there a moment ago, nobody has to wait for it; nor where the device is as good.
        let patience = if is_there && !is_hasty {
            PATIENCE
        } else {
            Duration::ZERO
        };
        match select(asked, Box::pin(pause(patience))).await {
            Either::Left((answer, _)) if answer.is_silence() => match self.kept_answer(&*kept, &path).await {
                Some(found) => found,
                None => self.or_before(answer),
            },
            Either::Left((answer, _)) => {
                self.turns.try_update_value(|turns| turns.take(&path, turn));
                answer
            }
            Either::Right(((), asked)) => match self.kept_answer(&*kept, &path).await {
                Some(found) => {
                    spawn_local(self.take_late(turn, asked, found.clone()));
                    // Old is what the server could not be asked about; it is being asked.
                    Fetched {
                        is_old: !(is_there && is_hasty),
                        ..found
                    }
                }
                None => self.or_before(asked.await),
            },
        }
    }

    /// Asks the server, and keeps what it says.
    async fn ask(self, path: String) -> Fetched {
        let text = self.api.get(&path).await;
        if let (Ok(text), Some(kept)) = (&text, self.kept()) {
            let (path, text) = (path.clone(), text.clone());
            spawn_local(async move { kept.keep(&path, &text).await });
        }
        Fetched {
            path,
            text: text.map(Arc::from),
            at: now(),
            is_old: false,
        }
    }

    /// The server's answer to what the device has answered in its place; without one the device's is old.
    async fn take_late(self, turn: u64, asked: Pin<Box<impl Future<Output = Fetched>>>, own: Fetched) {
        let fetched = asked.await;
        let take = |turns: &mut Turns| turns.take(&fetched.path, turn);
        if self.turns.try_update_value(take) != Some(true) {
            return;
        }
        let fetched = if fetched.is_silence() { own } else { fetched };
        self.client
            .set_query_local(self.scope(), fetched.path.clone(), fetched);
    }

    fn ask_of(&self, path: &str) -> Option<Ask> {
        self.asks.try_with_value(|asks| asks.get(path).cloned()).flatten()
    }

    async fn kept_answer(self, kept: &dyn Shelf, path: &str) -> Option<Fetched> {
        let ask = self.ask_of(path);
        let Found { text, at } = kept.answer(path, ask.as_ref()).await?;
        Some(Fetched {
            path: path.to_owned(),
            text: Ok(Arc::from(text)),
            at,
            is_old: true,
        })
    }

    /// Without a connection, what was read before is better than an error.
    fn or_before(self, answer: Fetched) -> Fetched {
        if !answer.is_silence() {
            return answer;
        }
        match self.client.get_cached_query(self.scope(), &answer.path) {
            Some(before) if before.text.is_ok() => Fetched {
                is_old: true,
                ..before
            },
            _ => answer,
        }
    }
}

impl Fetched {
    fn is_silence(&self) -> bool {
        matches!(&self.text, Err(error) if error.is_unknown())
    }
}

/// Reads `E` whenever `key` gives path and query, again when they change, and when the cache says so.
pub fn read<E>(key: impl Fn() -> Option<(E::Path, E::Query)> + Send + Sync + 'static) -> Read<E::Reply>
where
    E: Endpoint,
    E::Path: 'static,
    E::Query: 'static,
    E::Reply: PartialEq + Sync + 'static,
{
    let cache = expect_context::<Cache>();
    let name = move || {
        let (path, query) = key()?;
        let name = Api::read_path::<E>(&path, &query);
        Some((name, Ask::of::<E>(&path, &query)))
    };
    let (path, text) = cache.text_of(Box::new(name));
    let state = Memo::new(move |_| match text.get() {
        None => Remote::Loading,
        Some(Err(error)) => Remote::Failed(error),
        Some(Ok(text)) => match Api::decode::<E::Reply>(&text) {
            Ok(value) => Remote::Ready(Arc::new(value)),
            Err(error) => Remote::Failed(error),
        },
    });
    Read { state, path, cache }
}

/// What a reader wants: the name of the read, and the question behind it where the device may answer it.
type Wanted = Box<dyn Fn() -> Option<(String, Option<Ask>)> + Send + Sync>;

/// The text of a reply; `None` while it is on its way.
type Text = Option<Result<Arc<str>, ApiError>>;

impl Cache {
    /// The name of what `wanted` gives, and its text. No type of a single endpoint reaches in here: the machinery of a
    /// resource would be in the app once for every one of them.
    fn text_of(self, wanted: Wanted) -> (Memo<Option<String>>, Memo<Text>) {
        let path = Memo::new(move |_| {
            let (name, ask) = wanted()?;
            if let Some(ask) = ask {
                self.asks.update_value(|asks| {
                    asks.insert(name.clone(), ask);
                });
            }
            Some(name)
        });
        let resource = self.client.local_resource(self.scope(), move || path.get());
        // An effect alone reads the resource. A memo that is checked asks its sources whether they have changed, and a
        // resource says so once: what was to make it read again when its present reading is over would be gone.
        let fetched = RwSignal::new(None::<Fetched>);
        Effect::new(move |_| fetched.set(resource.get().flatten()));
        let text = Memo::new(move |_| {
            let wanted = path.get();
            let fetched = fetched.get()?;
            (Some(&fetched.path) == wanted.as_ref()).then_some(fetched.text)
        });
        let old = Memo::new(move |_| {
            let fetched = fetched.get()?;
            let is_shown = Some(&fetched.path) == path.get().as_ref() && fetched.text.is_ok();
            (is_shown && fetched.is_old).then_some(fetched.at)
        });
        self.tell_age(old);
        (path, text)
    }
}
