//! Deadlines in words: how long is left, or how late it is.

use chrono::{DateTime, TimeDelta, Utc};
use countersign_contract::order::OrderSummary;
use countersign_domain::order::{Urgency, urgency};
use leptos::prelude::*;

use crate::i18n::format;
use crate::text;
use crate::ui::{Badge, Tone};

/// A stretch of time in its largest whole unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// Minutes, below two hours.
    Minutes(i64),
    /// Hours, below two days.
    Hours(i64),
    /// Days.
    Days(i64),
}

impl Span {
    /// `length`, without its sign, in its largest unit that leaves at least two of it.
    pub fn of(length: TimeDelta) -> Self {
        match length.num_minutes().abs() {
            minutes @ 0..120 => Self::Minutes(minutes),
            minutes @ 120..2_880 => Self::Hours(minutes / 60),
            minutes => Self::Days(minutes / 1_440),
        }
    }
}

/// How near the deadline of an order in a list is, where a clock runs.
pub fn summary_urgency(order: &OrderSummary, now: DateTime<Utc>) -> Option<(DateTime<Utc>, Urgency)> {
    let due = order.due_at?;
    let start = if order.status.is_review() {
        order.submitted_at
    } else {
        order.entered_at
    };
    Some((due, urgency(start, due, now)))
}

/// How long is left until `due`, or how late it is: `25 min left`.
pub fn words(due: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let late = now > due;
    match (Span::of(due - now), late) {
        (Span::Minutes(count), false) => text!(order.clock.minutes_left, count = count),
        (Span::Minutes(count), true) => text!(order.clock.minutes_late, count = count),
        (Span::Hours(count), false) => text!(order.clock.hours_left, count = count),
        (Span::Hours(count), true) => text!(order.clock.hours_late, count = count),
        (Span::Days(count), false) => text!(order.clock.days_left, count = count),
        (Span::Days(count), true) => text!(order.clock.days_late, count = count),
    }
}

/// The tone of an urgency.
pub fn tone(urgency: Urgency) -> Tone {
    match urgency {
        Urgency::Calm => Tone::Plain,
        Urgency::Soon => Tone::Warn,
        Urgency::Late => Tone::Bad,
    }
}

/// A deadline as a chip that changes its tone as time goes by; nothing where no clock runs.
#[component]
pub fn DeadlineChip(
    /// The deadline and how near it is.
    #[prop(into)]
    deadline: Signal<Option<(DateTime<Utc>, Urgency)>>,
    /// Now, as it passes.
    now: ReadSignal<DateTime<Utc>>,
) -> impl IntoView {
    move || {
        deadline.get().map(|(due, urgency)| {
            view! {
                <time class="deadline" datetime=due.to_rfc3339() title=format::moment(due)>
                    <Badge text=words(due, now.get()) tone=tone(urgency) />
                </time>
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use countersign_domain::order::OrderStatus;

    use super::*;
    use crate::order_view::sample;

    #[test]
    fn a_span_is_told_in_a_unit_that_leaves_at_least_two() {
        assert_eq!(Span::of(TimeDelta::minutes(-38)), Span::Minutes(38));
        assert_eq!(Span::of(TimeDelta::minutes(119)), Span::Minutes(119));
        assert_eq!(Span::of(TimeDelta::minutes(121)), Span::Hours(2));
        assert_eq!(Span::of(TimeDelta::hours(47)), Span::Hours(47));
        assert_eq!(Span::of(TimeDelta::hours(-49)), Span::Days(2));
    }

    #[test]
    fn a_review_is_measured_from_its_submission_and_a_receipt_from_the_day_it_came() {
        let at = sample::morning();
        let mut order = sample::summary(OrderStatus::PendingFinanceReview);
        order.entered_at = at + TimeDelta::hours(20);
        order.due_at = Some(at + TimeDelta::hours(24));
        let now = at + TimeDelta::hours(21);
        assert_eq!(
            summary_urgency(&order, now).map(|(_, urgency)| urgency),
            Some(Urgency::Soon)
        );
        order.status = OrderStatus::PendingReceipt;
        assert_eq!(
            summary_urgency(&order, now).map(|(_, urgency)| urgency),
            Some(Urgency::Calm)
        );
        order.due_at = None;
        assert_eq!(summary_urgency(&order, now), None);
    }
}
