use countersign_contract::ProblemKind;
use countersign_contract::session::SignIn;

use super::describe;
use crate::auth::password::MAX_PASSWORD;
use crate::auth::session;
use crate::digest::sha256_hex;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::http::input::Check;
use crate::repo::accounts;
use crate::state::AppState;

/// Longest login name, in characters.
const MAX_LOGIN: usize = 100;

/// `POST /session`: a login and its password for a new session.
///
/// An unknown login, a wrong password and a disabled account get the same answer after the same time.
pub async fn sign_in(state: AppState, call: Call<SignIn>) -> Reply<SignIn> {
    let mut check = Check::default();
    check.required_text(&call.body.login, MAX_LOGIN, "/login");
    check.that(
        !call.body.password.is_empty(),
        "/password",
        countersign_contract::problem::FieldCode::Required,
    );
    check.done()?;
    let login = call.body.login.trim().to_lowercase();
    let attempt = state
        .sign_ins
        .begin(call.address, &login, state.clock.now())
        .map_err(|retry_after| ProblemKind::RateLimited { retry_after })?;
    let account = {
        let mut connection = state.db.read().await?;
        accounts::by_login(&mut connection, &login).await?
    };
    let stored = account.as_ref().map(|account| account.password_hash.as_str());
    let right = call.body.password.len() <= MAX_PASSWORD
        && state.passwords.verify(&call.body.password, stored).await?;
    let Some(account) = account.filter(|account| right && !account.disabled) else {
        tracing::info!(%login, address = %call.address, "sign-in refused");
        return Err(ProblemKind::WrongCredentials.into());
    };
    state.sign_ins.give_back(attempt);
    let former = call.cookie.as_ref().map(|id| sha256_hex(id.as_bytes()));
    let (id, caller) = session::start(&state, account.id, former).await?;
    let mut connection = state.db.read().await?;
    let session = describe(&mut connection, caller).await?;
    Ok(Answer::new(session).cookie(state.site.cookies().start(&id)))
}
