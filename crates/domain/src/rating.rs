//! How content a customer is with an order (domain.md section 7): said once, when it is completed.
//!
//! It stands beside the order and not in its life cycle, which has ended by then.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::actor::{Actor, Side};
use crate::id::AccountId;
use crate::order::{Order, OrderStatus};
use crate::policy::DenyReason;

/// The most stars there are; one is the least.
pub const MOST_STARS: u8 = 5;

/// Longest comment, in characters.
pub const MAX_COMMENT: usize = 1_000;

/// What a customer says of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewRating {
    /// From 1 to 5.
    pub stars: u8,
    /// In the customer's words; may be empty.
    #[serde(default)]
    pub comment: String,
}

/// What a customer said of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rating {
    /// From 1 to 5.
    pub stars: u8,
    /// In the customer's words; may be empty.
    pub comment: String,
    /// The account that said it.
    pub by: AccountId,
    /// When.
    pub at: DateTime<Utc>,
}

/// Why an order can't be rated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum RatingRejection {
    /// The policy refuses: who.
    Denied {
        /// Why.
        reason: DenyReason,
    },
    /// The order is not completed.
    NotCompleted {
        /// Where it stands.
        status: OrderStatus,
    },
    /// It was rated before: that is done once.
    AlreadyRated,
    /// There are not that many stars.
    StarsInvalid {
        /// The most there are.
        most: u8,
    },
}

impl From<DenyReason> for RatingRejection {
    fn from(reason: DenyReason) -> Self {
        Self::Denied { reason }
    }
}

/// Whether `actor` may rate `order`, of which `before` was said already.
///
/// # Errors
/// The [`RatingRejection`] to be shown where not.
pub fn can_rate(actor: &Actor, order: &Order, before: Option<&Rating>) -> Result<(), RatingRejection> {
    if !actor.sees(order.customer_id, order.region_id) {
        return Err(DenyReason::Unknown.into());
    }
    if !matches!(actor.side, Side::Distributor { .. }) {
        return Err(DenyReason::OnlyCustomer.into());
    }
    if order.status != OrderStatus::Completed {
        return Err(RatingRejection::NotCompleted { status: order.status });
    }
    match before {
        Some(_) => Err(RatingRejection::AlreadyRated),
        None => Ok(()),
    }
}

/// The rating that `new` makes of `order`.
///
/// # Errors
/// A [`RatingRejection`]: only the customer of a completed order rates it, and only once.
pub fn rate(
    new: NewRating,
    order: &Order,
    before: Option<&Rating>,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<Rating, RatingRejection> {
    can_rate(actor, order, before)?;
    if !(1..=MOST_STARS).contains(&new.stars) {
        return Err(RatingRejection::StarsInvalid { most: MOST_STARS });
    }
    Ok(Rating {
        stars: new.stars,
        comment: new.comment.trim().to_owned(),
        by: actor.account_id,
        at: now,
    })
}
