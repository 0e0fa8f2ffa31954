//! Files on the screen, wherever they are: choosing them and seeing them on their way, and showing those that were sent.
//! Knows ui, i18n, contract, domain, queries and api; no feature.

mod picker;
mod shown;

pub use picker::{ChooseFiles, FILES, FilePicker, SendAgain, standing_words};
pub use shown::{FileStrip, ShownFile};
