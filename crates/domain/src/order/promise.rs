//! The delivery date that is promised when nobody says otherwise (rule 5).

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::workflow::Workflow;

/// A promised date and what it is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UsualPromise {
    /// The date.
    pub date: NaiveDate,
    /// The longest lead time of what is ordered, in days.
    pub lead_days: u32,
    /// Days of slack added to it.
    pub slack_days: u32,
}

impl UsualPromise {
    /// `today`, where the company is, and the lead time and the slack of the settings; `None` beyond the end of the calendar.
    pub fn of(today: NaiveDate, lead_days: u32, workflow: &Workflow) -> Option<Self> {
        let slack_days = workflow.slack_days;
        let days = u64::from(lead_days).saturating_add(u64::from(slack_days));
        Some(Self {
            date: today.checked_add_days(Days::new(days))?,
            lead_days,
            slack_days,
        })
    }
}
