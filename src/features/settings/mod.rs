//! How the company works: the workflow of its orders.

mod changes;
mod form;
mod methods;
mod model;
mod page;
mod preview;
mod sections;
mod stages;
mod way;
mod words;

pub use page::WorkflowPage;
