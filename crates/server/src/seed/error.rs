use crate::auth::password::PasswordError;
use crate::db::DbError;

/// Why a deployment could not be given what it starts with, in one sentence.
#[derive(Clone, Debug)]
pub enum SeedError {
    /// The database did not do it; nothing was kept.
    Db(DbError),
    /// A password could not be hashed.
    Password(PasswordError),
    /// The sample data does not fit the rules, which tests rule out.
    Sample(String),
    /// There is an account of that login already.
    LoginTaken(String),
    /// A login that can't be one.
    BadLogin(String),
    /// A password that can't be one.
    BadPassword,
}

impl std::fmt::Display for SeedError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Db(error) => error.fmt(f),
            Self::Password(error) => error.fmt(f),
            Self::Sample(what) => write!(f, "the sample data can't be used: {what}"),
            Self::LoginTaken(login) => write!(f, "there is an account {login:?} already"),
            Self::BadLogin(login) => {
                write!(
                    f,
                    "a login has 2 to 64 letters, digits, dots, dashes or underscores, unlike {login:?}"
                )
            }
            Self::BadPassword => f.write_str("a password has at least 10 characters and at most 256 bytes"),
        }
    }
}

impl std::error::Error for SeedError {}

impl From<DbError> for SeedError {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

impl From<PasswordError> for SeedError {
    fn from(error: PasswordError) -> Self {
        Self::Password(error)
    }
}
