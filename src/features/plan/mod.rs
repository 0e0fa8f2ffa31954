//! The plan of production: what is to be made by day, week or quarter, how far it is, and what is late.

mod card;
mod model;
mod page;

pub use page::PlanPage;
