//! Making room on a full device.

use leptos::prelude::window;
use wasm_bindgen_futures::JsFuture;

/// The service worker's pictures (`public/sw.js`); it fetches them again when they are looked at.
const PICTURES: &str = "countersign-pictures";

/// Deletes the pictures.
pub async fn drop_pictures() {
    if let Ok(caches) = window().caches() {
        // What is not there makes no room.
        let _ = JsFuture::from(caches.delete(PICTURES)).await;
    }
}
