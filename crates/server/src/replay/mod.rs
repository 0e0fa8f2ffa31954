//! Replaying imported orders: each is submitted by its customer and passed on by staff, over HTTP and exactly as the
//! contract says, until its goods are received.
//!
//! Nothing is remembered between two runs. The draft of an imported order has always the same id, so submitting it again
//! is answered with the order it became, and from its status the rest follows. Every change carries a key made of draft,
//! step and version, so a repeat after a lost reply does nothing twice.

mod client;
mod error;
mod plan;
mod staff;
mod submit;
mod sums;
mod walk;

use std::collections::BTreeMap;
use std::time::Duration;

pub use error::ReplayError;
pub use plan::{Plan, PlannedLine, PlannedOrder};
pub use sums::{Report, Sums};

use client::Person;
use staff::Staff;
use walk::Walk;

/// How to replay.
#[derive(Clone)]
pub struct Options {
    /// The server's address, such as `http://127.0.0.1:8320`.
    pub server: String,
    /// The password of the customers' accounts.
    pub customer_password: String,
    /// The password of the staff.
    pub staff_password: String,
    /// Who passes what.
    pub staff: StaffLogins,
    /// Stop after so many orders.
    pub limit: Option<usize>,
    /// How long to wait between orders.
    pub pause: Duration,
}

/// The staff accounts that pass orders on.
#[derive(Clone, Debug)]
pub struct StaffLogins {
    /// Order review, with special prices; executive approval and production, where those are on.
    pub review: String,
    /// Finance review and payments.
    pub finance: String,
    /// Outbound review.
    pub outbound: String,
    /// Shipping.
    pub ship: String,
}

/// How far a replay is.
#[derive(Debug)]
pub enum Event<'a> {
    /// An order is complete.
    Done {
        /// How many are.
        done: usize,
        /// How many there are.
        of: usize,
        /// Its number.
        number: &'a str,
    },
    /// An order can't be passed on.
    Failed {
        /// What its file calls it.
        code: &'a str,
        /// Why.
        error: &'a ReplayError,
    },
}

/// Replays `plan`.
///
/// # Errors
/// A [`ReplayError`] when the server can't be reached or staff can't sign in. An order that can't be passed on is told and
/// counted; the others go on.
pub async fn run(
    plan: &Plan,
    options: &Options,
    mut tell: impl FnMut(Event<'_>),
) -> Result<Report, ReplayError> {
    let staff = Staff::sign_in(options).await?;
    let mut customers: BTreeMap<&str, Person> = BTreeMap::new();
    let mut report = Report::new(plan, staff.currency(), options.limit);
    let wanted = report.wanted;
    for order in plan.orders.iter().take(wanted) {
        if !customers.contains_key(order.login.as_str()) {
            let person = Person::sign_in(&options.server, &order.login, &options.customer_password).await?;
            customers.insert(&order.login, person);
        }
        let Some(customer) = customers.get(order.login.as_str()) else {
            continue;
        };
        let walk = Walk {
            order,
            customer,
            staff: &staff,
        };
        match walk.to_the_end().await {
            Ok(detail) => {
                report.completed(order, &detail.order);
                tell(Event::Done {
                    done: report.completed,
                    of: wanted,
                    number: &detail.order.number,
                });
            }
            Err(error @ ReplayError::Unreachable(_)) => return Err(error),
            Err(error) => {
                tell(Event::Failed {
                    code: &order.code,
                    error: &error,
                });
                report.failed += 1;
            }
        }
        if !options.pause.is_zero() {
            tokio::time::sleep(options.pause).await;
        }
    }
    Ok(report)
}
