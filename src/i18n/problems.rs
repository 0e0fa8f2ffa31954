//! What went wrong, in words: the one translator of errors.

use countersign_contract::ProblemKind;
use countersign_contract::problem::FieldCode;

use crate::api::ApiError;
use crate::text;

/// An error as a person reads it. Tracks the language.
pub fn words(error: &ApiError) -> String {
    let problem = match error {
        ApiError::Unreachable => return text!(problems.unreachable),
        ApiError::NotOurs => return text!(problems.not_ours),
        ApiError::Problem(problem) => problem,
    };
    match &problem.kind {
        ProblemKind::Unauthenticated => text!(problems.unauthenticated),
        ProblemKind::WrongCredentials => text!(problems.wrong_credentials),
        ProblemKind::RateLimited { retry_after } => text!(problems.rate_limited, seconds = *retry_after),
        ProblemKind::Forbidden { .. } => text!(problems.forbidden),
        ProblemKind::ReturnForbidden { .. } => text!(problems.return_forbidden),
        ProblemKind::WrongOrigin => text!(problems.wrong_origin),
        ProblemKind::WrongOwner => text!(problems.wrong_owner),
        ProblemKind::NotFound => text!(problems.not_found),
        ProblemKind::MethodNotAllowed => text!(problems.method_not_allowed),
        ProblemKind::Rejected { .. } => text!(problems.rejected),
        ProblemKind::ReturnRejected { .. } => text!(problems.return_rejected),
        ProblemKind::RatingRejected { .. } => text!(problems.rating_rejected),
        ProblemKind::ConversationFull { most } => text!(problems.conversation_full, most = *most),
        ProblemKind::FileRefused { .. } => text!(problems.file_refused),
        ProblemKind::SubmissionChanged { .. } => text!(problems.submission_changed),
        ProblemKind::AlreadyOrdered { .. } => text!(problems.already_ordered),
        ProblemKind::TooManyDrafts { most } => text!(problems.too_many_drafts, most = *most),
        ProblemKind::TooManyLists { most } => text!(problems.too_many_lists, most = *most),
        ProblemKind::TooManyFavourites { most } => text!(problems.too_many_favourites, most = *most),
        ProblemKind::DraftWithdrawn => text!(problems.draft_withdrawn),
        ProblemKind::Stale { .. } => text!(problems.stale),
        ProblemKind::VersionRequired => text!(problems.version_required),
        ProblemKind::KeyRequired => text!(problems.key_required),
        ProblemKind::KeyReused => text!(problems.key_reused),
        ProblemKind::InvalidInput { errors } => {
            let fields: Vec<String> = errors
                .iter()
                .map(|error| format!("{} {}", error.pointer, field_words(error.code)))
                .collect();
            text!(problems.invalid_input, fields = fields.join(", "))
        }
        ProblemKind::SheetUnreadable { .. } => text!(problems.sheet_unreadable),
        ProblemKind::TooLarge => text!(problems.too_large),
        ProblemKind::NotJson => text!(problems.not_json),
        ProblemKind::Internal => text!(problems.internal, instance = problem.instance.clone()),
        ProblemKind::Unavailable => text!(problems.unavailable),
    }
}

/// What is wrong with a field.
pub fn field_words(code: FieldCode) -> String {
    match code {
        FieldCode::Required => text!(problems.field.required),
        FieldCode::Invalid => text!(problems.field.invalid),
        FieldCode::TooLong => text!(problems.field.too_long),
        FieldCode::TooSmall => text!(problems.field.too_small),
        FieldCode::TooLarge => text!(problems.field.too_large),
        FieldCode::Unknown => text!(problems.field.unknown),
        FieldCode::Duplicate => text!(problems.field.duplicate),
    }
}
