//! What can go wrong when speaking to the backend.

use countersign_contract::{Problem, ProblemKind};

/// Why a request did not lead to its reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// No answer: no connection, or it took too long. Whether the server acted is unknown.
    Unreachable,
    /// An answer, but not our server's (a captive portal, a proxy). Whether the server acted is unknown.
    NotOurs,
    /// The server's answer, as the contract defines it.
    Problem(Box<Problem>),
}

impl ApiError {
    /// The kind of the server's problem, if there is one.
    pub fn kind(&self) -> Option<&ProblemKind> {
        match self {
            Self::Problem(problem) => Some(&problem.kind),
            Self::Unreachable | Self::NotOurs => None,
        }
    }

    /// Whether the same request may be sent again with the same key and bytes: its outcome is not known.
    pub fn is_unknown(&self) -> bool {
        match self {
            Self::Unreachable | Self::NotOurs => true,
            Self::Problem(problem) => problem.status >= 500 || problem.status == 429,
        }
    }

    /// Whether the session has ended.
    pub fn is_signed_out(&self) -> bool {
        matches!(self.kind(), Some(ProblemKind::Unauthenticated))
    }

    /// The order changed meanwhile (rule 14).
    pub fn is_stale(&self) -> bool {
        matches!(self.kind(), Some(ProblemKind::Stale { .. }))
    }
}
