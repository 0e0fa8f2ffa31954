//! What files come to: everything that is new, checked and ready to be stored.

use chrono::NaiveDate;
use countersign_domain::money::{Currency, Money, Rate};
use countersign_domain::quantity::Quantity;

/// Everything new, in the order of the files.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) categories: Vec<NewCategory>,
    pub(super) products: Vec<NewProduct>,
    /// The codes of the products the file calls discontinued, new or not.
    pub(super) discontinued: Vec<String>,
    pub(super) customers: Vec<NewCustomer>,
    pub(super) orders: Vec<NewPlannedOrder>,
}

#[derive(Debug)]
pub(super) struct NewCategory {
    pub(super) code: String,
    pub(super) name: String,
}

#[derive(Debug)]
pub(super) struct NewProduct {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) category: Option<String>,
    pub(super) packing: String,
    pub(super) unit: Option<String>,
    pub(super) price: Money,
    pub(super) stock: Quantity,
    pub(super) reorder_level: Quantity,
    pub(super) discontinued: bool,
    pub(super) brand: String,
    pub(super) tags: Vec<String>,
}

#[derive(Debug)]
pub(super) struct NewCustomer {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) contact: String,
    pub(super) phone: String,
    pub(super) address: String,
    pub(super) region: Option<String>,
    pub(super) level: Option<String>,
}

#[derive(Debug)]
pub(super) struct NewPlannedOrder {
    pub(super) code: String,
    pub(super) customer: String,
    pub(super) ordered_on: Option<NaiveDate>,
    pub(super) freight: Money,
    pub(super) lines: Vec<NewPlannedLine>,
}

#[derive(Debug)]
pub(super) struct NewPlannedLine {
    pub(super) product: String,
    pub(super) price: Money,
    pub(super) quantity: Quantity,
    pub(super) discount: Rate,
}

impl Plan {
    /// What the lines of the new orders come to, each rounded half up.
    pub(super) fn lines_total(&self, currency: &Currency) -> Money {
        let lines = self.orders.iter().flat_map(|order| &order.lines);
        lines
            .filter_map(|line| currency.line_amount(line.price, line.quantity, line.discount))
            .sum()
    }

    /// What the freights of the new orders come to.
    pub(super) fn freight_total(&self) -> Money {
        self.orders.iter().map(|order| order.freight).sum()
    }
}

/// What became of the rows of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Not there before.
    pub new: usize,
    /// There already, and left as it is.
    pub there: usize,
    /// Left out: something is wrong with the row or with what it belongs to.
    pub left_out: usize,
}

/// What became of the rows of every file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Categories.
    pub categories: Count,
    /// Products.
    pub products: Count,
    /// Customers.
    pub customers: Count,
    /// Orders.
    pub orders: Count,
    /// Lines of orders.
    pub order_lines: Count,
}

impl Count {
    /// Counts a row.
    pub(super) fn row(&mut self, whole: bool, there: bool) {
        match (whole, there) {
            (false, _) => self.left_out += 1,
            (true, true) => self.there += 1,
            (true, false) => self.new += 1,
        }
    }
}
