//! Every error of the API, and how it becomes problem details.
//!
//! A handler answers with an [`ApiError`]; that turns into a response that carries the [`Problem`] beside it, and the
//! outermost layer ([`crate::http::request`]) writes it out with the request's id. So there is one place that writes errors.

use axum::response::{IntoResponse, Response};
use countersign_contract::{FieldError, Problem, ProblemKind};
use countersign_domain::order::Rejection;
use countersign_domain::policy::DenyReason;
use countersign_domain::returns::ReturnDenyReason;
use http::header::LOCATION;
use http::{HeaderValue, StatusCode};

use crate::auth::password::PasswordError;
use crate::db::DbError;
use crate::routes::orders::location;

/// Why a request was not answered with what it asked for.
#[derive(Clone, Debug)]
pub enum ApiError {
    /// The caller is told exactly this.
    Problem(ProblemKind),
    /// The caller was told exactly this before, under the same `Idempotency-Key`.
    Replayed(ProblemKind),
    /// The database did not do it.
    Db(DbError),
    /// Something else of ours broke; the text is for the log only.
    Internal(String),
}

/// Marks a response as the repeat of an earlier answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct IsReplay;

impl ApiError {
    /// An error of ours that the caller can't do anything about.
    pub fn internal(error: &dyn std::fmt::Display) -> Self {
        Self::Internal(error.to_string())
    }

    /// 422 for these fields.
    pub fn invalid(errors: Vec<FieldError>) -> Self {
        Self::Problem(ProblemKind::InvalidInput { errors })
    }
}

impl From<ProblemKind> for ApiError {
    fn from(kind: ProblemKind) -> Self {
        Self::Problem(kind)
    }
}

impl From<DbError> for ApiError {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

impl From<sqlx::Error> for ApiError {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<PasswordError> for ApiError {
    fn from(error: PasswordError) -> Self {
        Self::internal(&error)
    }
}

impl From<DenyReason> for ApiError {
    fn from(reason: DenyReason) -> Self {
        Self::Problem(match reason {
            // A foreign thing looks like an unknown one (protocol.md, Conventions).
            DenyReason::Unknown => ProblemKind::NotFound,
            reason => ProblemKind::Forbidden { reason },
        })
    }
}

impl From<ReturnDenyReason> for ApiError {
    fn from(reason: ReturnDenyReason) -> Self {
        Self::Problem(match reason {
            ReturnDenyReason::Unknown => ProblemKind::NotFound,
            reason => ProblemKind::ReturnForbidden { reason },
        })
    }
}

impl From<Rejection> for ApiError {
    fn from(rejection: Rejection) -> Self {
        match rejection {
            Rejection::Denied { reason } => reason.into(),
            rejection => Self::Problem(ProblemKind::Rejected { rejection }),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (kind, replayed) = match self {
            Self::Problem(kind) => (kind, false),
            Self::Replayed(kind) => (kind, true),
            Self::Db(DbError::Closed) => (ProblemKind::Unavailable, false),
            Self::Db(error) => {
                tracing::error!(%error, "the database failed");
                (ProblemKind::Internal, false)
            }
            Self::Internal(error) => {
                tracing::error!(%error, "internal error");
                (ProblemKind::Internal, false)
            }
        };
        let location = match &kind {
            ProblemKind::AlreadyOrdered { order_id } => Some(location(*order_id)),
            _ => None,
        };
        let problem = Problem::from(kind);
        let mut response = StatusCode::from_u16(problem.status)
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            .into_response();
        response.extensions_mut().insert(problem);
        if let Some(location) = location.and_then(|path| HeaderValue::from_str(&path).ok()) {
            response.headers_mut().insert(LOCATION, location);
        }
        if replayed {
            response.extensions_mut().insert(IsReplay);
        }
        response
    }
}
