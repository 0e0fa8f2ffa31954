//! Saving something as a file.

use js_sys::{Array, Uint8Array};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Offers `text` as a JSON file. `false` when the browser refuses.
pub fn save(name: &str, text: &str) -> bool {
    save_as(name, "application/json", text)
}

/// Offers `text` as a CSV file that spreadsheets take for UTF-8. `false` when the browser refuses.
pub fn save_csv(name: &str, text: &str) -> bool {
    save_as(name, "text/csv;charset=utf-8", &format!("\u{feff}{text}"))
}

fn save_as(name: &str, media_type: &str, text: &str) -> bool {
    let kind = BlobPropertyBag::new();
    kind.set_type(media_type);
    let parts = Array::of1(&JsValue::from_str(text));
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &kind) else {
        return false;
    };
    save_blob(name, &blob)
}

/// Offers bytes of this kind as a file. `false` when the browser refuses.
pub fn save_bytes(name: &str, media_type: &str, bytes: &[u8]) -> bool {
    blob(bytes, media_type).is_some_and(|blob| save_blob(name, &blob))
}

/// Bytes as the browser hands them on; `None` when it refuses.
pub fn blob(bytes: &[u8], media_type: &str) -> Option<Blob> {
    let kind = BlobPropertyBag::new();
    kind.set_type(media_type);
    let parts = Array::of1(&Uint8Array::from(bytes));
    Blob::new_with_u8_array_sequence_and_options(&parts, &kind).ok()
}

fn save_blob(name: &str, blob: &Blob) -> bool {
    let Ok(url) = Url::create_object_url_with_blob(blob) else {
        return false;
    };
    let clicked = save_from(name, &url);
    // The browser has taken the content by now.
    let _ = Url::revoke_object_url(&url);
    clicked
}

/// Offers what is at `url` as a file. `false` when the browser refuses.
pub fn save_from(name: &str, url: &str) -> bool {
    let link = document()
        .create_element("a")
        .ok()
        .and_then(|element| element.dyn_into::<HtmlAnchorElement>().ok());
    let clicked = link.map(|link| {
        link.set_href(url);
        link.set_download(name);
        link.set_rel("external");
        link.click();
    });
    clicked.is_some()
}
