//! Whether the server's amounts are those of the files.

use std::fmt;

use countersign_domain::money::{Currency, Money};
use countersign_domain::order::Order;

use super::plan::{Plan, PlannedOrder};

/// Most orders that are named in a report.
const NAMED: usize = 20;

/// What orders come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Their lines.
    pub lines: Money,
    /// Their freights.
    pub freight: Money,
}

impl Sums {
    fn add(&mut self, other: Self) {
        self.lines += other.lines;
        self.freight += other.freight;
    }
}

/// What a replay came to.
#[derive(Clone, Debug)]
pub struct Report {
    /// How many orders it was to complete.
    pub wanted: usize,
    /// How many are complete.
    pub completed: usize,
    /// How many can't be passed on.
    pub failed: usize,
    /// What the files say the orders come to.
    pub files: Sums,
    /// What they come to on the server.
    pub server: Sums,
    /// The orders where the two differ.
    pub differing: Vec<String>,
    currency: Currency,
}

impl Report {
    pub(super) fn new(plan: &Plan, currency: &Currency, limit: Option<usize>) -> Self {
        let wanted = plan.orders.len().min(limit.unwrap_or(usize::MAX));
        let mut files = Sums::default();
        for order in plan.orders.iter().take(wanted) {
            files.add(order.sums(currency));
        }
        Self {
            wanted,
            completed: 0,
            failed: 0,
            files,
            server: Sums::default(),
            differing: Vec::new(),
            currency: currency.clone(),
        }
    }

    pub(super) fn completed(&mut self, planned: &PlannedOrder, order: &Order) {
        let sums = Sums {
            lines: order.goods(),
            freight: order.freight,
        };
        if sums != planned.sums(&self.currency) {
            self.differing.push(planned.code.clone());
        }
        self.completed += 1;
        self.server.add(sums);
    }

    /// Whether every order is complete and comes to what its file says.
    pub fn is_good(&self) -> bool {
        self.completed == self.wanted && self.server == self.files && self.differing.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            wanted,
            completed,
            files,
            server,
            ..
        } = self;
        writeln!(
            f,
            "{completed} of {wanted} orders completed, {} failed",
            self.failed
        )?;
        writeln!(
            f,
            "lines:   {} on the server, {} in the files",
            server.lines, files.lines
        )?;
        writeln!(
            f,
            "freight: {} on the server, {} in the files",
            server.freight, files.freight
        )?;
        for code in self.differing.iter().take(NAMED) {
            writeln!(f, "order {code} comes to something else than its file says")?;
        }
        Ok(())
    }
}
