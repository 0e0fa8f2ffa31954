//! The catalog as a customer sees it: finding products, and putting them into the cart.

mod categories;
mod facets;
mod marks;
mod matrix;
mod matrix_model;
mod model;
mod page;
mod product_page;
mod results;
mod row;
mod sheet;
mod typed;
mod zoom;

pub use page::CatalogPage;
pub use product_page::ProductPage;
