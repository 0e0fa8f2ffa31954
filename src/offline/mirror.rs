//! The open draft's last moment in localStorage: written at once, where a transaction would come too late.

use countersign_sync::drafts::mirror::Mirror;
use countersign_sync::record;
use leptos::prelude::window;
use web_sys::Storage;

/// Where the mirror of one account's open draft is.
#[derive(Clone, Debug)]
pub struct MirrorPlace {
    key: String,
}

impl MirrorPlace {
    /// The place beside the storage called `name` in the deployment with this API base.
    pub fn new(deployment: &str, name: &str) -> Self {
        Self {
            key: format!("countersign.mirror.{name}@{deployment}"),
        }
    }

    /// What is there, if it can be read.
    pub fn read(&self) -> Option<Mirror> {
        let text = storage()?.get_item(&self.key).ok().flatten()?;
        record::read::<Mirror>(&text).read()
    }

    /// Writes the mirror. Where the browser refuses there is none, and IndexedDB has what was kept last.
    pub fn write(&self, mirror: &Mirror) {
        if let Some(storage) = storage() {
            let _ = storage.set_item(&self.key, &record::write(mirror));
        }
    }

    /// Removes the mirror.
    pub fn clear(&self) {
        if let Some(storage) = storage() {
            let _ = storage.remove_item(&self.key);
        }
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
