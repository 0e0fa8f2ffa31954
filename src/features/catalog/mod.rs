//! The catalog as a customer sees it: finding products, and putting them into the cart.

mod add;
mod categories;
mod model;
mod page;
mod product_page;
mod results;
mod row;

pub use page::CatalogPage;
pub use product_page::ProductPage;
