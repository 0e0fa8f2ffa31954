//! The supplier's promotions: the list of them, one of them with its form, and what it does to a sample cart.

mod bundle;
mod chosen;
mod clock;
mod edit_page;
mod editor;
mod fields;
mod finder;
mod form;
mod model;
mod page;
mod picks;
mod preview;
mod preview_result;
mod rule_fields;
mod sample;
mod steps;
mod typed;
mod words;

pub use edit_page::{NewPromotionPage, PromotionPage};
pub use page::PromotionsPage;
