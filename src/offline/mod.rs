//! The browser's storage: what [`countersign_sync`] asks of a device, done with IndexedDB, localStorage and what tabs of one
//! browser tell each other. Nothing else in the app touches storage.

pub mod columns;
pub mod customers;
pub mod device;
pub mod export;
pub mod idb;
pub mod lock;
pub mod mirror;
pub mod prefs;
pub mod room;
pub mod tabs;
pub mod trust;

pub use countersign_sync::draft;
