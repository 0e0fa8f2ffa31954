//! Letting time pass.

use std::time::Duration;

use js_sys::Promise;
use leptos::prelude::set_timeout;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Lets others go on for so long.
pub async fn pause(time: Duration) {
    let promise = Promise::new(&mut |resolve, _| {
        set_timeout(
            move || {
                // Nobody hears what a resolved promise returns.
                let _ = resolve.call0(&JsValue::UNDEFINED);
            },
            time,
        );
    });
    // It is only ever resolved.
    let _ = JsFuture::from(promise).await;
}
