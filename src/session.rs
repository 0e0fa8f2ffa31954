//! Who is signed in, on which side, with which permissions.

use std::sync::Arc;

use countersign_contract::NoContent;
use countersign_contract::session::{Credentials, CurrentSession, GetSession, Session, SignIn, SignOut};
use countersign_domain::actor::Side;
use countersign_domain::money::Currency;
use leptos::prelude::*;

use crate::api::{Api, ApiError, Change};

/// Whether somebody is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionState {
    /// Not known yet: the app asks the server.
    Asking,
    /// The server could not be asked.
    Unreachable(ApiError),
    /// Nobody.
    SignedOut,
    /// Somebody.
    SignedIn(Arc<Session>),
    /// Somebody was, and the session ended under their hands: the page stays as it is, nothing typed is lost, and the
    /// same person is asked to sign in again.
    Ended(Arc<Session>),
}

/// The session, provided at the root.
#[derive(Clone, Copy, Debug)]
pub struct SessionContext {
    api: Api,
    /// The state; everything about permissions derives from it.
    pub state: RwSignal<SessionState>,
}

impl SessionContext {
    /// A session that is not known yet. Ends by itself when an answer says that nobody is signed in.
    pub fn new(api: Api) -> Self {
        let state = RwSignal::new(SessionState::Asking);
        // Not derived but an event: the answer that ended the session arrives once.
        Effect::watch(
            move || api.signed_out.get(),
            move |_, _, _| {
                state.update(end);
            },
            false,
        );
        Self { api, state }
    }

    /// The session of who is (or was a moment ago) signed in.
    pub fn current(&self) -> Option<Arc<Session>> {
        match self.state.get() {
            SessionState::SignedIn(session) | SessionState::Ended(session) => Some(session),
            SessionState::Asking | SessionState::Unreachable(_) | SessionState::SignedOut => None,
        }
    }

    /// Whether the distributor's interface is open.
    pub fn is_distributor(&self) -> bool {
        self.current()
            .is_some_and(|session| matches!(session.actor.side, Side::Distributor { .. }))
    }

    /// The currency of the deployment.
    pub fn currency(&self) -> Currency {
        self.current()
            .map(|session| session.workflow.currency.clone())
            .unwrap_or_default()
    }

    /// Asks the server who is signed in.
    pub async fn ask(self) {
        let answer = self.fetch().await;
        self.state.try_set(match answer {
            Ok(Some(session)) => SessionState::SignedIn(Arc::new(session)),
            Ok(None) => SessionState::SignedOut,
            Err(error) => SessionState::Unreachable(error),
        });
    }

    /// Asks again what this account may do and how the company works. Without an answer everything stays as it is.
    pub async fn renew(self) {
        let Ok(answer) = self.fetch().await else {
            return;
        };
        self.state.try_update(|state| {
            let Some(session) = answer else {
                end(state);
                return;
            };
            if let SessionState::SignedIn(before) = state
                && before.actor.account_id == session.actor.account_id
            {
                *state = SessionState::SignedIn(Arc::new(session));
            }
        });
    }

    async fn fetch(self) -> Result<Option<Session>, ApiError> {
        let path = Api::read_path::<GetSession>(&(), &Default::default());
        let text = self.api.get(&path).await?;
        Api::decode::<CurrentSession>(&text).map(|current| current.0)
    }

    /// Signs in. On failure the state stays as it is.
    ///
    /// # Errors
    /// Why not: wrong credentials, too many attempts, no connection.
    pub async fn sign_in(self, credentials: Credentials) -> Result<(), ApiError> {
        let change = Change::new::<SignIn>(&(), &credentials, "", None);
        let session: Session = self.api.send(&change).await.and_then(|text| Api::decode(&text))?;
        self.api
            .sign_ins
            .try_update(|count| *count = count.wrapping_add(1));
        self.state.try_set(SessionState::SignedIn(Arc::new(session)));
        Ok(())
    }

    /// Signs out. Without a connection the session stays on the server until it expires, so that is said.
    ///
    /// # Errors
    /// Why the server could not be told.
    pub async fn sign_out(self) -> Result<(), ApiError> {
        self.api
            .send(&Change::new::<SignOut>(&(), &NoContent {}, "", None))
            .await?;
        self.state.try_set(SessionState::SignedOut);
        Ok(())
    }
}

/// The session is over: the page stays as it is until the same person has signed in again.
fn end(state: &mut SessionState) {
    if let SessionState::SignedIn(session) = state {
        *state = SessionState::Ended(Arc::clone(session));
    }
}
