//! The staff a deployment needs before anybody can pass an order on.

use chrono::{DateTime, Utc};
use countersign_domain::id::AccountId;
use countersign_domain::permission::BuiltInRole;

use super::Options;
use super::ids::id;
use crate::db::{DbError, Tx};
use crate::repo::accounts::{self, NewAccount, NewSide};
use crate::repo::imported::Known;
use crate::seed::roles;

/// The accounts an import can add, by role. Regional managers come with regions, which only the company knows.
pub const LOGINS: [(&str, BuiltInRole); 6] = [
    ("admin", BuiltInRole::SystemAdministrator),
    ("lead", BuiltInRole::BusinessLead),
    ("review", BuiltInRole::OrderReviewer),
    ("finance", BuiltInRole::FinanceReviewer),
    ("warehouse", BuiltInRole::WarehouseReviewer),
    ("ship", BuiltInRole::Shipper),
];

/// Those of them that nobody has yet, where they are asked for.
pub(super) fn missing(known: &Known, options: &Options) -> Vec<(&'static str, BuiltInRole)> {
    LOGINS
        .into_iter()
        .filter(|(login, _)| options.with_staff && !known.logins.contains(*login))
        .collect()
}

/// Adds an account with the hash of its initial password.
pub(super) async fn add(
    tx: &mut Tx,
    (login, role): (&str, BuiltInRole),
    password_hash: String,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let account = NewAccount {
        id: AccountId(id("staff", login)),
        login: login.to_owned(),
        name: roles::name(role).en,
        password_hash,
        side: NewSide::Staff {
            roles: vec![roles::role_id(role)?],
            regions: Vec::new(),
        },
    };
    accounts::insert(tx, &account, now).await
}
