//! `/drafts`: what the server knows of drafts, which is only that some were taken back.

mod withdraw;

pub use withdraw::withdraw;
