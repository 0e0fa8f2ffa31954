//! What is kept on the device. The only place that touches the browser's storage.

pub mod draft;
pub mod drafts;
pub mod prefs;
