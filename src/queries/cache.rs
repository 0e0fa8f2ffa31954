//! Cached reads.

use std::sync::Arc;
use std::time::Duration;

use countersign_contract::Endpoint;
use leptos::prelude::*;
use leptos_fetch::{QueryClient, QueryOptions, QueryScopeLocal};

use crate::api::{Api, ApiError};

/// The text of a reply with the path it answers, so that one page's data is never shown as another's.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Fetched {
    path: String,
    text: Result<Arc<str>, ApiError>,
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
        if let Some(path) = self.path.get_untracked() {
            self.cache.invalidate(move |cached| cached == path);
        }
    }
}

/// The cache, provided at the root.
#[derive(Clone, Copy, Debug)]
pub struct Cache {
    client: QueryClient,
    api: Api,
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
        }
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
        };
        self.client.set_query_local(self.scope(), path, fetched);
    }

    /// Forgets everything: somebody else signs in.
    pub fn clear(&self) {
        self.client.clear();
    }

    /// The one scope. Its fetcher is one closure type, by which the cache finds it again.
    fn scope(&self) -> QueryScopeLocal<String, Fetched> {
        let cache = *self;
        QueryScopeLocal::new(move |path: String| async move {
            let text = cache.api.get(&path).await.map(Arc::from);
            // Without a connection, what was read before is better than an error.
            if matches!(&text, Err(error) if error.is_unknown())
                && let Some(before) = cache.client.get_cached_query(cache.scope(), &path)
            {
                return before;
            }
            Fetched { path, text }
        })
    }
}

/// Reads `E` whenever `key` gives path and query, again when they change, and when the cache says so.
pub fn read<E>(key: impl Fn() -> Option<(E::Path, E::Query)> + Send + Sync + 'static) -> Read<E::Reply>
where
    E: Endpoint,
    E::Reply: PartialEq + Sync + 'static,
{
    let cache = expect_context::<Cache>();
    let path = Memo::new(move |_| key().map(|(path, query)| Api::read_path::<E>(&path, &query)));
    let resource = cache.client.local_resource(cache.scope(), move || path.get());
    let state = Memo::new(move |_| {
        let wanted = path.get();
        match resource.get().flatten() {
            Some(fetched) if Some(&fetched.path) == wanted.as_ref() => match fetched.text {
                Ok(text) => match Api::decode::<E::Reply>(&text) {
                    Ok(value) => Remote::Ready(Arc::new(value)),
                    Err(error) => Remote::Failed(error),
                },
                Err(error) => Remote::Failed(error),
            },
            _ => Remote::Loading,
        }
    });
    Read { state, path, cache }
}
