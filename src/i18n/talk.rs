//! Why a file was not taken or an order can't be rated, in words; and sizes.

use countersign_contract::file::{FileFault, StoredFile};
use countersign_domain::rating::RatingRejection;

use crate::i18n::reasons;
use crate::text;

/// Why a file was not taken. Tracks the language.
pub fn file_fault(fault: FileFault) -> String {
    match fault {
        FileFault::Empty => text!(talk.files.fault.empty),
        FileFault::WrongType => text!(talk.files.fault.wrong_type),
        FileFault::TooMany => text!(talk.files.fault.waiting),
    }
}

/// Why an order can't be rated. Tracks the language.
pub fn rating_rejection(rejection: &RatingRejection) -> String {
    match rejection {
        RatingRejection::Denied { reason } => reasons::deny(reason),
        RatingRejection::NotCompleted { .. } => text!(talk.rating.not_completed),
        RatingRejection::AlreadyRated => text!(talk.rating.already_rated),
        RatingRejection::StarsInvalid { most } => text!(talk.rating.stars_invalid, most = *most),
    }
}

/// What files are called, one after the other.
pub fn file_names(files: &[StoredFile]) -> String {
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    names.join(", ")
}

/// How large a file is, as people say it. Tracks the language.
pub fn size(bytes: u64) -> String {
    match megabytes(bytes) {
        Some(size) => text!(talk.files.megabytes, size = size),
        None => text!(talk.files.kilobytes, size = bytes.div_ceil(1024)),
    }
}

/// From one megabyte on, with a tenth where there is one.
fn megabytes(bytes: u64) -> Option<String> {
    let tenths = bytes.saturating_mul(10).div_ceil(1024 * 1024);
    match (tenths / 10, tenths % 10) {
        (0, _) => None,
        (whole, 0) => Some(whole.to_string()),
        (whole, tenth) => Some(format!("{whole}.{tenth}")),
    }
}

#[cfg(test)]
mod tests {
    use super::megabytes;

    #[test]
    fn a_size_is_said_in_megabytes_from_one_on() {
        assert_eq!(megabytes(900 * 1024), None);
        assert_eq!(megabytes(1024 * 1024).as_deref(), Some("1"));
        assert_eq!(megabytes(10 * 1024 * 1024).as_deref(), Some("10"));
        assert_eq!(megabytes(2_450_000).as_deref(), Some("2.4"));
    }
}
