//! The first administrator of a deployment that isn't a demo.

use countersign_domain::id::AccountId;
use countersign_domain::permission::BuiltInRole;

use super::{SeedError, roles};
use crate::auth::password::MAX_PASSWORD;
use crate::repo::accounts::{self, NewAccount, NewSide};
use crate::state::AppState;

/// Fewest characters of an administrator's password.
const LEAST_PASSWORD: usize = 10;
/// How long a login may be.
const LOGIN: std::ops::RangeInclusive<usize> = 2..=64;

/// Who is to become administrator.
#[derive(Clone)]
pub struct NewAdministrator {
    /// What is typed to sign in.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The password.
    pub password: String,
}

/// Adds the built-in roles where they are missing, and an account that holds the first of them.
///
/// # Errors
/// A [`SeedError`] saying what is wrong with login or password, or that the login is taken; nothing was changed then.
pub async fn create_administrator(state: &AppState, new: NewAdministrator) -> Result<(), SeedError> {
    let sign = |letter: char| letter.is_alphanumeric() || ".-_@".contains(letter);
    if !LOGIN.contains(&new.login.chars().count()) || !new.login.chars().all(sign) {
        return Err(SeedError::BadLogin(new.login));
    }
    if new.password.chars().count() < LEAST_PASSWORD || new.password.len() > MAX_PASSWORD {
        return Err(SeedError::BadPassword);
    }
    let account = NewAccount {
        id: AccountId(state.new_id()),
        login: new.login,
        name: new.name,
        password_hash: state.passwords.hash(&new.password).await?,
        side: NewSide::Staff {
            roles: vec![roles::role_id(BuiltInRole::SystemAdministrator)?],
            regions: Vec::new(),
        },
    };
    let now = state.clock.now();
    state
        .db
        .write(move |tx| {
            Box::pin(async move {
                roles::add_built_in(tx).await?;
                if accounts::by_login(tx, &account.login).await?.is_some() {
                    return Err(SeedError::LoginTaken(account.login));
                }
                accounts::insert(tx, &account, now).await?;
                Ok(())
            })
        })
        .await
}
