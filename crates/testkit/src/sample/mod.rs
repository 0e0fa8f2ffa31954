//! An invented food-and-drink wholesaler in Chinese and English.
//!
//! Everything here is made up for this project: brands, goods, companies, people and places of delivery. Barcodes have
//! the shape and the check digit of real ones, telephone numbers begin with `100`, which no telephone's does.
//!
//! The data is in `data/` beside the sources, read from the program itself, never from disk:
//!
//! | what | where it is read | file |
//! |---|---|---|
//! | products, prices, stock | [`catalog`] | `data/catalog/*.txt` |
//! | distributors | [`customers`] | `data/customers.txt` |
//! | staff accounts | [`staff`] | in the source |
//! | notices | [`notices`] | in the source |
//! | warehouses | [`warehouses`] | in the source |
//! | orders and their way through the stages | [`orders`] | computed from a fixed seed |
//! | pictures of the goods | [`picture`] | drawn in the source |
//! | carts and promotions at random, for tests of prices | [`carts`] | computed from fixed seeds |
//! | a small wholesaler in foreign CSV files | [`import`] | `data/import/` |
//!
//! Nothing here reads a clock or makes random numbers: [`orders::plan`] is given the moment it is to lead up to.

pub mod barcode;
pub mod carts;
pub mod catalog;
pub mod customers;
pub mod import;
pub mod notices;
pub mod orders;
pub mod picture;
mod rng;
pub mod staff;
mod table;
mod text;
pub mod warehouses;

pub use table::DataError;
pub use text::Text;

/// The wholesaler itself.
pub const COMPANY: Text = Text::new("众岭食品饮料批发有限公司", "Zhongling Food & Drink Wholesale");

/// The password of every demo account, on both sides.
pub const DEMO_PASSWORD: &str = "countersign-demo";
