//! An entry's state in words.

use countersign_contract::{FieldError, Problem, ProblemKind};
use countersign_sync::outbox::{Entry, Reason, State, Trouble};

use crate::api::ApiError;
use crate::i18n::{problems, reasons, talk};
use crate::text;
use crate::ui::Tone;

/// The state in a few words, with its tone.
pub fn state(entry: &Entry) -> (String, Tone) {
    match &entry.state {
        State::Queued { sent: false, .. } => (text!(outbox.state_queued), Tone::Plain),
        State::Queued { sent: true, .. } => (text!(outbox.state_unknown), Tone::Warn),
        State::Sending { .. } => (text!(outbox.state_sending), Tone::Plain),
        State::NeedsAttention { .. } => (text!(outbox.state_attention), Tone::Bad),
        State::Withdrawing { .. } => (text!(outbox.state_withdrawing), Tone::Warn),
    }
}

/// Why it is not an order yet; empty where there is nothing to say.
pub fn why(entry: &Entry) -> String {
    match &entry.state {
        State::Queued { trouble, .. } => match trouble {
            Some(Trouble::Silence) => problems::words(&ApiError::Unreachable),
            Some(Trouble::SignedOut) => text!(problems.unauthenticated),
            Some(Trouble::Busy) => text!(problems.unavailable),
            None => text!(outbox.queued_lead),
        },
        State::Sending { .. } => text!(outbox.sending_lead),
        State::Withdrawing { .. } => text!(outbox.withdrawing_lead),
        State::NeedsAttention { reason } => refusal(reason),
    }
}

fn refusal(reason: &Reason) -> String {
    match reason {
        Reason::Changed { .. } => text!(problems.submission_changed),
        Reason::Rejected { rejection } => reasons::rejection(rejection, None),
        Reason::AlreadyOrdered { .. } => text!(outbox.already),
        Reason::Withdrawn => text!(outbox.withdrawn),
        Reason::Blocked { .. } if reason.is_for_good() => text!(outbox.elsewhere),
        Reason::Blocked { problem } => match &**problem {
            ProblemKind::FileRefused { fault } => {
                text!(outbox.file_refused, why = talk::file_fault(*fault))
            }
            ProblemKind::InvalidInput { errors } if errors.iter().any(is_about_a_file) => {
                text!(outbox.file_missing)
            }
            problem => said(problem),
        },
    }
}

/// Whether something is wrong with a file that goes along.
fn is_about_a_file(error: &FieldError) -> bool {
    error.pointer.split('/').nth(1) == Some("attachments")
}

fn said(problem: &ProblemKind) -> String {
    problems::words(&ApiError::Problem(Box::new(Problem::from(problem.clone()))))
}
