use std::fmt;

use countersign_contract::Problem;
use countersign_domain::order::OrderStatus;

use crate::db::DbError;

/// Why a replay, or an order of it, does not go on, in one sentence.
#[derive(Clone, Debug)]
pub enum ReplayError {
    /// The server does not answer, however often it is asked.
    Unreachable(String),
    /// Something answers that is not the server.
    NotOurs(String),
    /// The server refuses; the first text says what.
    Refused(&'static str, Box<Problem>),
    /// Nobody can sign in as this.
    SignIn(String, Box<Problem>),
    /// The server acknowledged something else than what was sent.
    NotAcknowledged,
    /// The customer has no address.
    NoAddress,
    /// The order ended in a status nothing leads on from.
    Ended(OrderStatus),
    /// The order stays where it is.
    Stuck(OrderStatus),
    /// The database with the imported orders can't be read.
    Plan(String),
}

impl fmt::Display for ReplayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable(why) => write!(f, "the server does not answer: {why}"),
            Self::NotOurs(what) => write!(f, "this is not the API of the server: {what}"),
            Self::Refused(what, problem) => write!(f, "{what} was refused: {}", Told(problem)),
            Self::SignIn(login, problem) => write!(f, "{login} can't sign in: {}", problem.title),
            Self::NotAcknowledged => {
                f.write_str("the server acknowledged another submission than the one sent")
            }
            Self::NoAddress => f.write_str("the customer has no address"),
            Self::Ended(status) => write!(f, "it is {status:?}: somebody decided otherwise"),
            Self::Stuck(status) => write!(f, "it stays at {status:?}"),
            Self::Plan(why) => write!(f, "the imported orders can't be read: {why}"),
        }
    }
}

impl std::error::Error for ReplayError {}

impl From<DbError> for ReplayError {
    fn from(error: DbError) -> Self {
        Self::Plan(error.to_string())
    }
}

impl From<sqlx::Error> for ReplayError {
    fn from(error: sqlx::Error) -> Self {
        Self::Plan(error.to_string())
    }
}

/// A problem with its parameters, for whoever runs the replay.
struct Told<'a>(&'a Problem);

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = serde_json::to_string(&self.0.kind).unwrap_or_default();
        write!(f, "{} {kind}", self.0.title)
    }
}
