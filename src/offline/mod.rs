//! The browser's storage: what [`countersign_sync`] asks of a device, done with IndexedDB, localStorage and what tabs of one
//! browser tell each other. Nothing else in the app touches storage.

pub mod device;
pub mod export;
mod idb;
pub mod lock;
pub mod mirror;
pub mod prefs;
pub mod tabs;

pub use countersign_sync::draft;
