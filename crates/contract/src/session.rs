//! Signing in and out, and who is signed in.

use countersign_domain::actor::Actor;
use countersign_domain::text::LocalText;
use countersign_domain::workflow::Workflow;
use serde::{Deserialize, Serialize};

use crate::endpoint::{NoContent, NoQuery, endpoints};

endpoints! {
    /// Signs in with login and password; the session is an HttpOnly cookie
    SignIn = Post "/session" "sign_in" None false 200 ((), NoQuery, Credentials) -> Session;
    /// Who is signed in; `null` when nobody is, which is an answer and no error
    GetSession = Get "/session" "get_session" None false 200 ((), NoQuery, NoContent) -> CurrentSession;
    /// Signs out
    SignOut = Delete "/session" "sign_out" None false 204 ((), NoQuery, NoContent) -> NoContent;
}

/// Login and password.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Credentials {
    /// Login name.
    pub login: String,
    /// Password.
    pub password: String,
}

impl std::fmt::Debug for Credentials {
    /// Leaves the password out, so that it can't end in a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials")
            .field("login", &self.login)
            .finish_non_exhaustive()
    }
}

/// The session that a request belongs to; `null` when nobody is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct CurrentSession(pub Option<Session>);

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// The account as the rules see it.
    pub actor: Actor,
    /// Login name.
    pub login: String,
    /// Name of the person.
    pub name: String,
    /// Name of the customer, or of the roles held.
    pub organisation: LocalText,
    /// The settings that shape every order's way; needed to explain what may be done.
    pub workflow: Workflow,
}
