//! Who has passed a stage of an order, and who has checked it before.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::id::AccountId;
use crate::workflow::Stage;

/// Who passed a stage, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StagePass {
    /// The stage.
    pub stage: Stage,
    /// Who passed it.
    pub by: AccountId,
    /// When.
    pub at: DateTime<Utc>,
}

/// The first of two outbound checks (rule 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FirstCheck {
    /// Who checked; another person must check again.
    pub by: AccountId,
    /// When.
    pub at: DateTime<Utc>,
}
