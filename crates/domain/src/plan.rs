//! The plan of production: what is to be made, by when, and what is late (domain.md section 3, Production and Alerts).

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::order::{Order, OrderLine, OrderStatus};

/// Into what a plan is divided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Span {
    /// Days.
    Day,
    /// Weeks, from Monday on.
    #[default]
    Week,
    /// Quarters of the year.
    Quarter,
}

impl Span {
    /// All of them, the shortest first.
    pub const ALL: [Self; 3] = [Self::Day, Self::Week, Self::Quarter];

    /// The first day of the part of the plan that `day` is in.
    pub fn beginning(self, day: NaiveDate) -> NaiveDate {
        let found = match self {
            Self::Day => Some(day),
            Self::Week => day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday()))),
            Self::Quarter => NaiveDate::from_ymd_opt(day.year(), day.month0() / 3 * 3 + 1, 1),
        };
        // Only the first week of the calendar has no Monday.
        found.unwrap_or(day)
    }
}

/// How it stands with something that is to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// All of it is finished.
    Done,
    /// There is time.
    OnTime,
    /// Promised for tomorrow or today, and not started.
    AtRisk,
    /// The promised day is over.
    Late,
}

/// How it stands with a line that is promised for `promised`. What is promised for no day is never late.
pub fn standing(line: &OrderLine, promised: Option<NaiveDate>, today: NaiveDate) -> Standing {
    if line.produced >= line.deliverable() {
        return Standing::Done;
    }
    let Some(promised) = promised else {
        return Standing::OnTime;
    };
    let tomorrow = today.succ_opt().unwrap_or(today);
    if promised < today {
        Standing::Late
    } else if promised <= tomorrow && line.produced.is_zero() {
        Standing::AtRisk
    } else {
        Standing::OnTime
    }
}

/// The lines of an order in production that are to be made: those made to order. An order that has none is there for
/// lack of stock: then every line that is still to be delivered. Nothing of a held line, and nothing elsewhere.
///
/// Where a line made to order was closed meanwhile, nothing takes its place: the rest of the order did not wait for it.
pub fn planned(order: &Order) -> Vec<&OrderLine> {
    if order.status != OrderStatus::InProduction {
        return Vec::new();
    }
    let moving = || order.lines.iter().filter(|line| !line.held);
    let is_made_to_order = moving().any(|line| line.made_to_order);
    moving()
        .filter(|line| line.made_to_order || !is_made_to_order)
        .filter(|line| !line.remaining().is_zero())
        .collect()
}

/// What of it is not finished. The order passes production once this is nothing: what is shown as unmade in a plan cannot be
/// passed on as made.
pub fn unfinished(order: &Order) -> Vec<&OrderLine> {
    let is_unfinished = |line: &&OrderLine| line.produced < line.deliverable();
    planned(order).into_iter().filter(is_unfinished).collect()
}
