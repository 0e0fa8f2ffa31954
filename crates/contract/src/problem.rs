//! Problem details (RFC 9457): one envelope for every error, a stable type and typed parameters.
//!
//! The app turns the type into words; nobody reads a server's prose.

use countersign_domain::id::OrderId;
use countersign_domain::order::Rejection;
use countersign_domain::policy::DenyReason;
use countersign_domain::rating::RatingRejection;
use countersign_domain::returns::{ReturnDenyReason, ReturnRejection};
use serde::{Deserialize, Serialize};

use crate::file::FileFault;
use crate::sheet::UnreadableSheet;
use crate::submission::SubmissionChange;

/// An error as it travels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// What went wrong.
    #[serde(flatten)]
    pub kind: ProblemKind,
    /// The HTTP status.
    pub status: u16,
    /// A line for developers, in English.
    pub title: String,
    /// The request's id, to be found in the server's log.
    #[serde(default)]
    pub instance: String,
}

/// What went wrong: the stable `type` of the problem with its parameters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type")]
pub enum ProblemKind {
    /// 401: nobody is signed in, or the session ended.
    #[serde(rename = "/problems/unauthenticated")]
    Unauthenticated,
    /// 401: no such login and password. Does not say which of them is wrong.
    #[serde(rename = "/problems/wrong-credentials")]
    WrongCredentials,
    /// 429: too many attempts.
    #[serde(rename = "/problems/rate-limited")]
    RateLimited {
        /// Seconds to wait.
        retry_after: u64,
    },
    /// 403: the policy refuses.
    #[serde(rename = "/problems/forbidden")]
    Forbidden {
        /// Why.
        reason: DenyReason,
    },
    /// 403: the policy of returns refuses.
    #[serde(rename = "/problems/return-forbidden")]
    ReturnForbidden {
        /// Why.
        reason: ReturnDenyReason,
    },
    /// 403: a change came from another site, or without the header that proves it did not.
    #[serde(rename = "/problems/wrong-origin")]
    WrongOrigin,
    /// 403: the submission's owner is not the session's.
    #[serde(rename = "/problems/wrong-owner")]
    WrongOwner,
    /// 404: no such thing, or not for this account; the two are not told apart.
    #[serde(rename = "/problems/not-found")]
    NotFound,
    /// 405: the path exists, the method does not.
    #[serde(rename = "/problems/method-not-allowed")]
    MethodNotAllowed,
    /// 409: a rule does not hold.
    #[serde(rename = "/problems/rejected")]
    Rejected {
        /// Which, and how.
        rejection: Rejection,
    },
    /// 409: a rule of returns does not hold.
    #[serde(rename = "/problems/return-rejected")]
    ReturnRejected {
        /// Which, and how.
        rejection: ReturnRejection,
    },
    /// 409: a rule of rating orders does not hold.
    #[serde(rename = "/problems/rating-rejected")]
    RatingRejected {
        /// Which, and how.
        rejection: RatingRejection,
    },
    /// 409: the conversation of this order has as many messages as it may.
    #[serde(rename = "/problems/conversation-full")]
    ConversationFull {
        /// So many.
        most: u32,
    },
    /// 409: prices, stock or limits differ from what the customer saw. Stored under the key.
    #[serde(rename = "/problems/submission-changed")]
    SubmissionChanged {
        /// Line by line.
        changes: Vec<SubmissionChange>,
    },
    /// 409: this draft became an order before, with other content.
    #[serde(rename = "/problems/already-ordered")]
    AlreadyOrdered {
        /// That order.
        order_id: OrderId,
    },
    /// 409: this account keeps as many drafts as it may.
    #[serde(rename = "/problems/too-many-drafts")]
    TooManyDrafts {
        /// So many.
        most: u32,
    },
    /// 409: this customer has as many saved lists as it may.
    #[serde(rename = "/problems/too-many-lists")]
    TooManyLists {
        /// So many.
        most: u32,
    },
    /// 409: this customer has as many favourites as it may.
    #[serde(rename = "/problems/too-many-favourites")]
    TooManyFavourites {
        /// So many.
        most: u32,
    },
    /// 410: this draft was withdrawn.
    #[serde(rename = "/problems/draft-withdrawn")]
    DraftWithdrawn,
    /// 412: somebody was faster; look again.
    #[serde(rename = "/problems/stale")]
    Stale {
        /// The version there is now.
        version: u64,
    },
    /// 428: a change to an existing thing without `If-Match`.
    #[serde(rename = "/problems/version-required")]
    VersionRequired,
    /// 400: a change that needs a usable `Idempotency-Key` came without.
    #[serde(rename = "/problems/key-required")]
    KeyRequired,
    /// 422: the `Idempotency-Key` was used for something else.
    #[serde(rename = "/problems/key-reused")]
    KeyReused,
    /// 422: fields are not as they should be.
    #[serde(rename = "/problems/invalid-input")]
    InvalidInput {
        /// One entry per field.
        errors: Vec<FieldError>,
    },
    /// 422: a file can't be read as a spreadsheet.
    #[serde(rename = "/problems/sheet-unreadable")]
    SheetUnreadable {
        /// Why, and where.
        fault: UnreadableSheet,
    },
    /// 422: a file is not kept.
    #[serde(rename = "/problems/file-refused")]
    FileRefused {
        /// Why.
        fault: FileFault,
    },
    /// 413: the body is too large.
    #[serde(rename = "/problems/too-large")]
    TooLarge,
    /// 415: the body is not JSON.
    #[serde(rename = "/problems/not-json")]
    NotJson,
    /// 500: our fault; the log knows more under the request's id.
    #[serde(rename = "/problems/internal")]
    Internal,
    /// 503: not now; try again.
    #[serde(rename = "/problems/unavailable")]
    Unavailable,
}

/// Every status a problem may come with.
pub const PROBLEM_STATUSES: [u16; 15] = [
    400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 422, 428, 429, 500, 503,
];

impl ProblemKind {
    /// The HTTP status that goes with it.
    pub fn status(&self) -> u16 {
        match self {
            Self::KeyRequired => 400,
            Self::Unauthenticated | Self::WrongCredentials => 401,
            Self::Forbidden { .. } | Self::ReturnForbidden { .. } | Self::WrongOrigin | Self::WrongOwner => {
                403
            }
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::Rejected { .. }
            | Self::ReturnRejected { .. }
            | Self::RatingRejected { .. }
            | Self::ConversationFull { .. }
            | Self::SubmissionChanged { .. }
            | Self::AlreadyOrdered { .. }
            | Self::TooManyDrafts { .. }
            | Self::TooManyLists { .. }
            | Self::TooManyFavourites { .. } => 409,
            Self::DraftWithdrawn => 410,
            Self::Stale { .. } => 412,
            Self::TooLarge => 413,
            Self::NotJson => 415,
            Self::KeyReused
            | Self::InvalidInput { .. }
            | Self::SheetUnreadable { .. }
            | Self::FileRefused { .. } => 422,
            Self::VersionRequired => 428,
            Self::RateLimited { .. } => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }

    /// A line for developers.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Unauthenticated => "Nobody is signed in",
            Self::WrongCredentials => "Wrong login or password",
            Self::RateLimited { .. } => "Too many attempts",
            Self::Forbidden { .. } | Self::ReturnForbidden { .. } => "Not allowed",
            Self::WrongOrigin => "The request comes from another site",
            Self::WrongOwner => "The draft belongs to another account",
            Self::NotFound => "Not found",
            Self::MethodNotAllowed => "Method not allowed",
            Self::Rejected { .. } | Self::ReturnRejected { .. } | Self::RatingRejected { .. } => {
                "A rule does not hold"
            }
            Self::ConversationFull { .. } => "There are too many messages already",
            Self::FileRefused { .. } => "The file is not kept",
            Self::SubmissionChanged { .. } => "Something changed since the order was written",
            Self::AlreadyOrdered { .. } => "This draft is an order already",
            Self::TooManyDrafts { .. } => "There are too many drafts already",
            Self::TooManyLists { .. } => "There are too many saved lists already",
            Self::TooManyFavourites { .. } => "There are too many favourites already",
            Self::DraftWithdrawn => "This draft was withdrawn",
            Self::Stale { .. } => "Somebody changed it meanwhile",
            Self::VersionRequired => "If-Match is required",
            Self::KeyRequired => "Idempotency-Key is required",
            Self::KeyReused => "The Idempotency-Key was used for another request",
            Self::InvalidInput { .. } => "Some fields are not valid",
            Self::SheetUnreadable { .. } => "The file can't be read as a spreadsheet",
            Self::TooLarge => "The body is too large",
            Self::NotJson => "The body is not JSON",
            Self::Internal => "Internal error",
            Self::Unavailable => "Temporarily unavailable",
        }
    }
}

impl From<ProblemKind> for Problem {
    fn from(kind: ProblemKind) -> Self {
        Self {
            status: kind.status(),
            title: kind.title().to_owned(),
            kind,
            instance: String::new(),
        }
    }
}

/// A field that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// JSON pointer to the field, such as `/lines/3/quantity`; `?name` for a query parameter.
    pub pointer: String,
    /// What is wrong with it.
    pub code: FieldCode,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FieldCode {
    /// It is missing or empty.
    Required,
    /// It can't be read as what it should be.
    Invalid,
    /// It is longer than allowed.
    TooLong,
    /// It is less than allowed.
    TooSmall,
    /// It is more than allowed.
    TooLarge,
    /// It names something that does not exist.
    Unknown,
    /// It is there twice.
    Duplicate,
}
