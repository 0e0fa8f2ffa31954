//! The cart: what is to be ordered, where it goes, what it costs, and submitting it.

mod changes;
mod delivery;
mod drafts;
mod files;
mod keeping;
mod lines;
mod merge;
mod model;
mod next;
mod page;
mod pricing;
mod promotions;
mod review_page;
mod settling;
mod state;
mod steps;
mod summary;

pub use page::CartPage;
pub use review_page::CartReviewPage;
