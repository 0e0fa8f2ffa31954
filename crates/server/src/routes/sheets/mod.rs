//! `/sheets`: spreadsheet files. Nothing of them is kept.

mod read;

pub use read::read;
