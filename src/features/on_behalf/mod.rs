//! Ordering on behalf of a customer: choosing for whom. What is ordered then is on a distributor's own pages.

mod page;

pub use page::OrderForPage;
