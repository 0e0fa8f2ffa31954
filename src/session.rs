//! Who is signed in, on which side, with which permissions.

use std::sync::Arc;
use std::time::Duration;

use countersign_contract::NoContent;
use countersign_contract::session::{Credentials, CurrentSession, GetSession, Session, SignIn, SignOut};
use countersign_domain::actor::Side;
use countersign_domain::id::AccountId;
use countersign_domain::money::Currency;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{Api, ApiError, Change};
use crate::offline::tabs::Tabs;
use crate::offline::trust::{KeptSession, SessionPlace};
use crate::queries::pause::pause;

/// Between the tabs of a browser: somebody has signed out.
const OUT: &str = "out";
/// Between the tabs of a browser: whoever is signed in trusts the device now, or does not any more.
const TRUST: &str = "trust";

/// Whether somebody is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionState {
    /// Not known yet: the app asks the server.
    Asking,
    /// The server could not be asked, and this device knows of nobody.
    Unreachable(ApiError),
    /// Nobody.
    SignedOut,
    /// Somebody.
    SignedIn(Arc<Session>),
    /// Somebody was, and the session ended under their hands: the page stays as it is, out of sight, nothing typed is lost,
    /// and the same person is asked to sign in again.
    Ended(Arc<Session>),
}

/// The session, provided at the root.
#[derive(Clone, Copy, Debug)]
pub struct SessionContext {
    api: Api,
    /// The state; everything about permissions derives from it.
    pub state: RwSignal<SessionState>,
    /// Whether its person trusts this device: catalog, prices and orders may stay on it.
    pub is_trusted: RwSignal<bool>,
    /// Counts how often that was changed while a desk is open, here or in another tab.
    pub trust_changes: RwSignal<u32>,
    /// Whether the server has said who is signed in since the app was opened; until then the device says it.
    is_confirmed: RwSignal<bool>,
    /// Whether a desk is being closed. It goes first, and what it shows changes after it: a view that is told of a change on
    /// its way out would ask for what is not there any more.
    pub is_closing: RwSignal<bool>,
    /// Counts how often somebody has signed out.
    pub sign_outs: RwSignal<u32>,
    place: StoredValue<SessionPlace>,
    tabs: StoredValue<Option<Tabs>, LocalStorage>,
}

impl SessionContext {
    /// A session that is not known yet. Ends by itself when an answer says that nobody is signed in, and when another tab
    /// signs out.
    pub fn new(api: Api) -> Self {
        let state = RwSignal::new(SessionState::Asking);
        let session = Self {
            api,
            state,
            is_trusted: RwSignal::new(false),
            trust_changes: RwSignal::new(0),
            is_confirmed: RwSignal::new(false),
            is_closing: RwSignal::new(false),
            sign_outs: RwSignal::new(0),
            place: StoredValue::new(SessionPlace::new(&api.url(""))),
            tabs: StoredValue::new_local(None),
        };
        let tabs = Tabs::open("countersign.session", move |word| session.hear(&word));
        session.tabs.set_value(Some(tabs));
        // Not derived but events: the answer that ended the session arrives once, and so does the one that shows that the
        // server is there again.
        Effect::watch(
            move || api.signed_out.get(),
            move |_, _, _| {
                state.update(end);
            },
            false,
        );
        Effect::watch(
            move || api.reachable.get(),
            move |reachable, _, _| {
                if *reachable && !session.is_confirmed.get_untracked() {
                    spawn_local(session.renew());
                }
            },
            false,
        );
        session
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

    /// Asks the server who is signed in. Without a connection it is whoever this device knows to be, until the server can be
    /// asked.
    pub async fn ask(self) {
        if self.is_leaving() && self.tell_server_of_leaving().await.is_err() {
            // Who signed out without a connection does not come back by losing it again.
            self.state.try_set(SessionState::SignedOut);
            return;
        }
        match self.fetch().await {
            Ok((text, Some(session))) => self.take(text, session),
            Ok((_, None)) => {
                self.forget();
                self.state.try_set(SessionState::SignedOut);
            }
            Err(error) => {
                let kept = self.kept().filter(|_| error.is_unknown());
                self.state.try_set(match kept {
                    Some((session, is_trusted)) => {
                        self.is_trusted.try_set(is_trusted);
                        SessionState::SignedIn(Arc::new(session))
                    }
                    None => SessionState::Unreachable(error),
                });
            }
        }
    }

    /// Asks again what this account may do and how the company works. Without an answer everything stays as it is.
    pub async fn renew(self) {
        let Ok((text, answer)) = self.fetch().await else {
            return;
        };
        let Some(SessionState::SignedIn(before)) = self.state.try_get_untracked() else {
            return;
        };
        match answer {
            Some(session) if session.actor.account_id == before.actor.account_id => self.take(text, session),
            // Nobody, or somebody else in another tab: what is on this screen is not theirs.
            _ => {
                self.state.try_update(end);
            }
        }
    }

    /// The server has said who is signed in.
    fn take(self, text: String, session: Session) {
        let kept = self.kept();
        let is_trusted = kept.is_some_and(|(kept, is_trusted)| {
            is_trusted && kept.actor.account_id == session.actor.account_id
        });
        self.open(text, session, is_trusted);
    }

    fn open(self, text: String, session: Session, is_trusted: bool) {
        let kept = KeptSession { text, is_trusted };
        self.place.try_with_value(|place| place.write(&kept));
        self.is_trusted.try_set(is_trusted);
        self.is_confirmed.try_set(true);
        self.state.try_set(SessionState::SignedIn(Arc::new(session)));
    }

    /// The session this device knows of, and whether the device is trusted.
    fn kept(self) -> Option<(Session, bool)> {
        let KeptSession { text, is_trusted } = self.place.try_with_value(SessionPlace::read)??;
        let CurrentSession(session) = Api::decode(&text).ok()?;
        Some((session?, is_trusted))
    }

    async fn fetch(self) -> Result<(String, Option<Session>), ApiError> {
        let path = Api::read_path::<GetSession>(&(), &Default::default());
        let text = self.api.get(&path).await?;
        let CurrentSession(session) = Api::decode(&text)?;
        Ok((text, session))
    }

    /// Signs in. On failure the state stays as it is.
    ///
    /// # Errors
    /// Why not: wrong credentials, too many attempts, no connection.
    pub async fn sign_in(self, credentials: Credentials, is_trusted: bool) -> Result<(), ApiError> {
        let change = Change::new::<SignIn>(&(), &credentials, "", None);
        let text = self.api.send(&change).await?;
        // The answer to signing in is the answer to who is signed in, where there is somebody.
        let session = Api::decode::<CurrentSession>(&text)?.0.ok_or(ApiError::NotOurs)?;
        self.api
            .sign_ins
            .try_update(|count| *count = count.wrapping_add(1));
        self.place.try_with_value(|place| place.leave(false));
        let account = session.actor.account_id.to_string();
        let before = self.is_trusted.try_get_untracked();
        self.open(text, session, is_trusted);
        if before.is_some_and(|before| before != is_trusted) {
            self.trust_changes
                .try_update(|count| *count = count.wrapping_add(1));
        }
        self.tell(&account);
        Ok(())
    }

    /// Changes whether the device of whoever is signed in is trusted, in every tab.
    pub fn trust(self, is_trusted: bool) {
        let kept = self.place.try_with_value(SessionPlace::read).flatten();
        let Some(kept) = kept else { return };
        self.place
            .try_with_value(|place| place.write(&KeptSession { is_trusted, ..kept }));
        self.change_trust(is_trusted);
        self.tell(TRUST);
    }

    fn change_trust(self, is_trusted: bool) {
        if self.is_trusted.try_get_untracked() == Some(!is_trusted) {
            self.is_trusted.try_set(is_trusted);
            self.trust_changes
                .try_update(|count| *count = count.wrapping_add(1));
        }
    }

    /// Signs out, here and in every tab, at once. A server that can't be reached is told as soon as it can.
    ///
    /// # Errors
    /// Why the server refused; then nobody is signed out.
    pub async fn sign_out(self) -> Result<(), ApiError> {
        self.place.try_with_value(|place| place.leave(true));
        if let Err(error) = self.tell_server_of_leaving().await
            && !error.is_unknown()
        {
            self.place.try_with_value(|place| place.leave(false));
            return Err(error);
        }
        self.tell(OUT);
        self.close().await;
        Ok(())
    }

    /// Closes the desk, and is signed out after that.
    async fn close(self) {
        self.close_into(SessionState::SignedOut).await;
        self.sign_outs.try_update(|count| *count = count.wrapping_add(1));
    }

    async fn close_into(self, state: SessionState) {
        self.is_closing.try_set(true);
        pause(Duration::ZERO).await;
        self.forget();
        self.state.try_set(state);
        self.is_closing.try_set(false);
    }

    /// Whoever's session has ended does not go on.
    pub async fn leave(self) {
        self.close_into(SessionState::Asking).await;
        self.ask().await;
    }

    fn is_leaving(self) -> bool {
        self.place
            .try_with_value(SessionPlace::is_leaving)
            .unwrap_or_default()
    }

    async fn tell_server_of_leaving(self) -> Result<(), ApiError> {
        let outcome = self
            .api
            .send(&Change::new::<SignOut>(&(), &NoContent {}, "", None))
            .await;
        if outcome.is_ok() {
            self.place.try_with_value(|place| place.leave(false));
        }
        outcome.map(|_| ())
    }

    fn forget(self) {
        self.place.try_with_value(SessionPlace::clear);
        self.is_trusted.try_set(false);
    }

    fn tell(self, word: &str) {
        self.tabs.try_with_value(|tabs| {
            if let Some(tabs) = tabs {
                tabs.tell(word);
            }
        });
    }

    /// Another tab has signed out, or has signed in the account of which this is the id.
    fn hear(self, word: &str) {
        let Some(state) = self.state.try_get_untracked() else {
            return;
        };
        let here = match &state {
            SessionState::SignedIn(session) | SessionState::Ended(session) => {
                Some(session.actor.account_id.to_string())
            }
            SessionState::Asking | SessionState::Unreachable(_) | SessionState::SignedOut => None,
        };
        if word == OUT {
            // Where the device is trusted, what was typed here may wait for its person behind a closed door.
            if self.is_trusted.try_get_untracked() == Some(true) {
                self.state.try_update(end);
            } else if here.is_some() {
                spawn_local(self.close());
            }
        } else if word == TRUST {
            let is_theirs = |kept: &Session| here == Some(kept.actor.account_id.to_string());
            let kept = self.kept();
            self.change_trust(kept.is_some_and(|(kept, is_trusted)| is_trusted && is_theirs(&kept)));
        } else if word.parse::<AccountId>().is_err() {
            // Another version of the app says something this one does not know.
        } else if here.as_deref().is_none_or(|here| here == word) {
            if !matches!(state, SessionState::SignedIn(_)) {
                spawn_local(self.ask());
            }
        } else {
            self.state.try_update(end);
        }
    }
}

/// The session is over: the page stays as it is until the same person has signed in again.
fn end(state: &mut SessionState) {
    if let SessionState::SignedIn(session) = state {
        *state = SessionState::Ended(Arc::clone(session));
    }
}
