//! A very small wholesaler in the CSV form of a well-known sample database, to test the import with: twelve products,
//! six customers, fifteen orders. Prices differ from the product list by order, discounts are fractions, names have
//! commas, quotes and letters beyond ASCII, `NULL` means nothing.

use rust_decimal::Decimal;

/// One set of files.
#[derive(Debug, Clone, Copy)]
pub struct ImportFiles {
    /// `categories.csv`.
    pub categories: &'static str,
    /// `products.csv`.
    pub products: &'static str,
    /// `customers.csv`.
    pub customers: &'static str,
    /// `orders.csv`.
    pub orders: &'static str,
    /// `order-details.csv`: the lines of the orders.
    pub order_details: &'static str,
}

macro_rules! files {
    ($folder:literal) => {
        ImportFiles {
            categories: include_str!(concat!("../../data/import/", $folder, "categories.csv")),
            products: include_str!(concat!("../../data/import/", $folder, "products.csv")),
            customers: include_str!(concat!("../../data/import/", $folder, "customers.csv")),
            orders: include_str!(concat!("../../data/import/", $folder, "orders.csv")),
            order_details: include_str!(concat!("../../data/import/", $folder, "order-details.csv")),
        }
    };
}

/// Files without a mistake.
pub const GOOD: ImportFiles = files!("");

/// The same files with the mistakes of [`MISTAKES`] and no others.
pub const BAD: ImportFiles = files!("bad/");

/// A mistake in [`BAD`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mistake {
    /// The file, named as in [`ImportFiles`].
    pub file: &'static str,
    /// The line, the header being line 1.
    pub line: usize,
    /// The column's name.
    pub column: &'static str,
    /// What is wrong.
    pub kind: MistakeKind,
}

/// What can be wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MistakeKind {
    /// Not a number, or not one this field may have.
    Number,
    /// Not a date.
    Date,
    /// Empty, though it must not be.
    Missing,
    /// An id that came before.
    Duplicate,
    /// An id of nothing there is.
    Unknown,
}

const fn mistake(file: &'static str, line: usize, column: &'static str, kind: MistakeKind) -> Mistake {
    Mistake {
        file,
        line,
        column,
        kind,
    }
}

/// Every mistake in [`BAD`]. Rows that only refer to a bad row are bad in consequence and not listed.
pub const MISTAKES: [Mistake; 18] = [
    mistake("products", 4, "unitPrice", MistakeKind::Number),
    mistake("products", 7, "productID", MistakeKind::Duplicate),
    mistake("products", 9, "categoryID", MistakeKind::Unknown),
    mistake("products", 11, "productName", MistakeKind::Missing),
    mistake("customers", 5, "customerID", MistakeKind::Duplicate),
    mistake("customers", 6, "companyName", MistakeKind::Missing),
    mistake("orders", 3, "customerID", MistakeKind::Unknown),
    mistake("orders", 6, "orderDate", MistakeKind::Date),
    mistake("orders", 8, "orderID", MistakeKind::Duplicate),
    mistake("orders", 10, "freight", MistakeKind::Number),
    mistake("orders", 11, "customerID", MistakeKind::Missing),
    mistake("order_details", 2, "discount", MistakeKind::Number),
    mistake("order_details", 5, "productID", MistakeKind::Unknown),
    mistake("order_details", 8, "quantity", MistakeKind::Number),
    mistake("order_details", 12, "orderID", MistakeKind::Unknown),
    mistake("order_details", 14, "quantity", MistakeKind::Number),
    mistake("order_details", 17, "unitPrice", MistakeKind::Number),
    mistake("order_details", 20, "quantity", MistakeKind::Missing),
];

/// The sum of the line amounts of [`GOOD`], each `price x quantity x (1 - discount)` rounded half up to cents.
pub const LINES_TOTAL: Decimal = Decimal::from_parts(LINES_CENTS, 0, 0, false, 2);
const LINES_CENTS: u32 = 1_862_389;

/// The sum of the freights of [`GOOD`].
pub const FREIGHT_TOTAL: Decimal = Decimal::from_parts(FREIGHT_CENTS, 0, 0, false, 2);
const FREIGHT_CENTS: u32 = 72_015;

#[cfg(test)]
mod tests {
    use rust_decimal::RoundingStrategy;

    use super::*;

    fn rows(file: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
        file.lines().skip(1).map(|line| line.split(',').collect())
    }

    fn number(text: &str) -> Decimal {
        text.parse().expect("a number")
    }

    #[test]
    fn the_stated_totals_are_those_of_the_files() {
        let amount = |row: Vec<&str>| {
            let exact = number(row[2]) * number(row[3]) * (Decimal::ONE - number(row[4]));
            exact.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
        };
        assert_eq!(rows(GOOD.order_details).map(amount).sum::<Decimal>(), LINES_TOTAL);
        // No column before the freight has commas within.
        let freight = |row: Vec<&str>| number(row[7]);
        assert_eq!(rows(GOOD.orders).map(freight).sum::<Decimal>(), FREIGHT_TOTAL);
    }

    #[test]
    fn every_mistake_is_on_a_line_that_differs_from_the_good_one() {
        let pairs = [
            ("categories", GOOD.categories, BAD.categories),
            ("products", GOOD.products, BAD.products),
            ("customers", GOOD.customers, BAD.customers),
            ("orders", GOOD.orders, BAD.orders),
            ("order_details", GOOD.order_details, BAD.order_details),
        ];
        for (file, good, bad) in pairs {
            let differing: Vec<_> = good
                .lines()
                .zip(bad.lines())
                .enumerate()
                .filter(|(_, (good, bad))| good != bad)
                .map(|(index, _)| index + 1)
                .collect();
            let listed: Vec<_> = MISTAKES
                .iter()
                .filter(|mistake| mistake.file == file)
                .map(|mistake| mistake.line)
                .collect();
            assert_eq!(differing, listed, "{file}");
        }
    }
}
