//! Notices: reading them beside what needs attention, and - for staff who may - writing them.

mod desk;
mod item;
mod model;
mod page;

pub use desk::{ManagedNoticePage, ManagedNoticesPage};
pub use page::NoticesPage;
