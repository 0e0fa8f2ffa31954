//! Changes: sent once however often they are clicked, repeated with the same key when a reply is lost.

use countersign_contract::Endpoint;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use crate::api::{Api, ApiError, Change};
use crate::queries::Read;

/// A change a page may make. The state is that of the last attempt.
#[derive(Debug)]
pub struct Pending<E> {
    /// Whether an attempt is under way; a second click meanwhile does nothing.
    pub busy: RwSignal<bool>,
    /// Why the last attempt did not succeed.
    pub error: RwSignal<Option<ApiError>>,
    api: Api,
    /// The change whose outcome is not known, with its key: the same change asked for again is the same request.
    unknown: StoredValue<Option<(String, Change)>>,
    endpoint: std::marker::PhantomData<fn() -> E>,
}

impl<E> Clone for Pending<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for Pending<E> {}

/// A change of `E`, owned by the current component.
pub fn change<E: Endpoint>() -> Pending<E> {
    Pending {
        busy: RwSignal::new(false),
        error: RwSignal::new(None),
        api: expect_context::<Api>(),
        unknown: StoredValue::new(None),
        endpoint: std::marker::PhantomData,
    }
}

/// A change of what `read` shows, owned by the current component. When somebody else was faster, that is read again.
pub fn change_of<E, T>(read: Read<T>) -> Pending<E>
where
    E: Endpoint + 'static,
    T: Send + Sync + 'static,
{
    let pending = change::<E>();
    when_stale(pending.error, Box::new(move || read.retry()));
    pending
}

/// Calls `again` whenever `error` becomes one that says somebody else was faster: not derived, but an answer that
/// arrives once.
fn when_stale(error: RwSignal<Option<ApiError>>, again: Box<dyn Fn()>) {
    Effect::watch(
        move || error.with(|error| error.as_ref().is_some_and(ApiError::is_stale)),
        move |stale, _, _| {
            if *stale {
                again();
            }
        },
        false,
    );
}

impl<E: Endpoint + 'static> Pending<E> {
    /// Sends the change with a key of its own, and hands the reply (and its text, for the cache) to `then`.
    pub fn send(
        self,
        path: E::Path,
        body: E::Body,
        version: Option<u64>,
        then: impl FnOnce(E::Reply, &str) + 'static,
    ) {
        self.send_keyed(&Uuid::new_v4().to_string(), path, body, version, then);
    }

    /// Sends the change with `key`, as an order's submission needs it.
    ///
    /// Where an earlier attempt at the same change has an unknown outcome, that attempt is repeated with its key and
    /// bytes, so that the server acts once.
    pub fn send_keyed(
        self,
        key: &str,
        path: E::Path,
        body: E::Body,
        version: Option<u64>,
        then: impl FnOnce(E::Reply, &str) + 'static,
    ) {
        // Neither twice, nor for a page that is gone by now.
        if self.busy.try_get_untracked() != Some(false) {
            return;
        }
        let wanted = Change::new::<E>(&path, &body, "", version);
        let identity = format!("{wanted:?}");
        let change = self
            .unknown
            .get_value()
            .and_then(|(before, change)| (before == identity).then_some(change))
            .unwrap_or_else(|| Change::new::<E>(&path, &body, key, version));
        self.busy.set(true);
        self.error.set(None);
        let settle = move |outcome: Result<String, ApiError>, change: Change| {
            let outcome = outcome.and_then(|text| Api::decode::<E::Reply>(&text).map(|reply| (reply, text)));
            let unknown = matches!(&outcome, Err(error) if error.is_unknown());
            // The page may be gone by now; then there is nobody to tell.
            self.unknown.try_set_value(unknown.then_some((identity, change)));
            self.busy.try_set(false);
            match outcome {
                Ok((reply, text)) => then(reply, &text),
                Err(error) => {
                    self.error.try_set(Some(error));
                }
            }
        };
        spawn_local(sent(self.api, change, Box::new(settle)));
    }
}

/// Sends `change` and hands what became of it to `settle`. No type of a single endpoint reaches in here: the machinery of
/// a request would be in the app once for every one of them.
async fn sent(api: Api, change: Change, settle: Box<dyn FnOnce(Result<String, ApiError>, Change)>) {
    let outcome = api.send(&change).await;
    settle(outcome, change);
}
