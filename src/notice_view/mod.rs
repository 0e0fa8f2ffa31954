//! Notices and alerts on the screen, wherever they are: the bell of the shell, the cards of the home pages, and the alerts on the
//! page of notices. Knows ui, i18n, contract, domain, queries, route and session; no feature.

mod alerts;
mod bell;
mod home;
mod newest;

pub use alerts::AlertList;
pub use bell::Bell;
pub use home::{AlertsCard, NewestCard, News};
