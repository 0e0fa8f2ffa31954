//! One sender at a time among the tabs of a browser (Web Locks). Nothing depends on it: without the lock, two tabs may send
//! the same bytes under the same key, and the server acts once.

use std::future::Future;

use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

/// Runs `work` while this tab alone holds `name`, telling it so; does nothing when another tab holds it. In a browser
/// without locks `work` runs and is told that it may not be alone.
pub async fn with<F>(name: &str, work: impl FnOnce(bool) -> F + 'static)
where
    F: Future<Output = ()> + 'static,
{
    let Some(request) = manager().and_then(|locks| {
        let request = Reflect::get(&locks, &JsValue::from_str("request")).ok()?;
        Some((locks, request.dyn_into::<Function>().ok()?))
    }) else {
        return work(false).await;
    };
    let (locks, request) = request;
    let options = Object::new();
    // A fresh object takes any property.
    let _ = Reflect::set(&options, &JsValue::from_str("ifAvailable"), &JsValue::TRUE);
    let hold = Closure::once(move |lock: JsValue| -> Promise {
        future_to_promise(async move {
            if !lock.is_null() {
                work(true).await;
            }
            Ok(JsValue::UNDEFINED)
        })
    });
    let held = request.call3(&locks, &JsValue::from_str(name), &options, hold.as_ref());
    if let Ok(promise) = held.and_then(JsCast::dyn_into::<Promise>) {
        // The work has told of its own failures.
        let _ = JsFuture::from(promise).await;
    }
}

fn manager() -> Option<JsValue> {
    let locks = Reflect::get(&window().navigator(), &JsValue::from_str("locks")).ok()?;
    (!locks.is_undefined() && !locks.is_null()).then_some(locks)
}
