//! The outbox: orders on their way to the server, and what became of them.

mod entry_page;
mod news;
mod page;
mod words;

pub use entry_page::OutboxEntryPage;
pub use news::OutboxNews;
pub use page::OutboxPage;
