//! The cart: what is to be ordered, where it goes, what it costs, and submitting it.

mod answer;
mod changes;
mod delivery;
mod lines;
mod model;
mod page;
mod review_page;
mod state;
mod summary;

pub use page::CartPage;
pub use review_page::CartReviewPage;
