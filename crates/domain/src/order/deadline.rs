//! Deadlines: how long the reviews may take and how near the end is (domain.md section 3, Priority and deadlines).

use chrono::{DateTime, TimeDelta, Utc};

use crate::order::{Order, Priority, Urgency};
use crate::workflow::{Stage, Workflow};

/// Longest time any setting may ask for, so that no date overflows: ten years in hours.
const MAX_HOURS: u32 = 87_600;

/// `at` and `hours` more.
pub(super) fn hours_after(at: DateTime<Utc>, hours: u32) -> DateTime<Utc> {
    at.checked_add_signed(TimeDelta::hours(i64::from(hours.min(MAX_HOURS))))
        .unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// When the reviews of an order submitted at `submitted_at` must be done.
pub fn review_due(submitted_at: DateTime<Utc>, priority: Priority, workflow: &Workflow) -> DateTime<Utc> {
    let hours = match priority {
        Priority::Normal => workflow.review_hours.normal,
        Priority::Special => workflow.review_hours.special,
        Priority::Urgent => workflow.review_hours.urgent,
    };
    hours_after(submitted_at, hours)
}

impl Order {
    /// When something must have happened at the stage the order waits at, if a clock runs there.
    pub fn due_at(&self) -> Option<DateTime<Utc>> {
        if self.status.is_review() {
            return Some(self.review_due_at);
        }
        match self.status.stage()? {
            Stage::CustomerConfirmation => self.confirmation.as_ref().map(|confirmation| confirmation.until),
            Stage::Receive => self
                .unreceived()
                .map(|shipment| shipment.deemed_received_at)
                .min(),
            _ => None,
        }
    }

    /// Since when the clock of [`Order::due_at`] runs.
    pub fn clock_started_at(&self) -> DateTime<Utc> {
        if self.status.is_review() {
            self.submitted_at
        } else {
            self.entered_at
        }
    }

    /// How near the deadline is at `now`. An order on which no clock runs is calm.
    pub fn urgency(&self, now: DateTime<Utc>) -> Urgency {
        self.due_at()
            .map_or(Urgency::Calm, |due| urgency(self.clock_started_at(), due, now))
    }

    /// Whether the reviews are late, so that the order shows on the Business lead's home page.
    pub fn is_escalated(&self, now: DateTime<Utc>) -> bool {
        self.status.is_review() && self.urgency(now) == Urgency::Late
    }
}

/// How near `due` is at `now`, for a clock that runs since `start`: amber from three quarters on, red when past.
pub fn urgency(start: DateTime<Utc>, due: DateTime<Utc>, now: DateTime<Utc>) -> Urgency {
    if now > due {
        return Urgency::Late;
    }
    let whole = (due - start).num_seconds();
    let gone = (now - start).num_seconds();
    if whole > 0 && gone.saturating_mul(4) >= whole.saturating_mul(3) {
        Urgency::Soon
    } else {
        Urgency::Calm
    }
}
