//! The frame around every page: navigation, header, sync state, the title and the focus of a page.
//!
//! Knows ui, i18n, route and session. What it shows of the data - counts, the time of the last answer - comes in as
//! signals; what it does goes out as callbacks.

mod choices;
mod clock;
mod navigation;
mod not_found;
mod shell;
mod sync;
mod title;
mod update;

pub use choices::{LanguageChoice, ThemeChoice};
pub use clock::ClockNotice;
pub use navigation::{NavItem, Navigation};
pub use not_found::NotFoundPage;
pub use shell::Shell;
pub use sync::{SyncState, unsent};
pub use title::{Brand, use_title};
pub use update::UpdateOffer;
