//! What a person said the columns of their sheets hold, by what sheets of one kind have in common.

use countersign_domain::sheet::Field;
use leptos::prelude::window;
use serde::{Deserialize, Serialize};

const KEY: &str = "countersign.sheet-columns";

/// Kinds of sheets that are remembered.
const MOST: usize = 30;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Kind {
    signature: String,
    fields: Vec<Option<Field>>,
}

/// What the columns of sheets with this signature hold, where somebody said so on this device.
pub fn recall(signature: &str) -> Option<Vec<Option<Field>>> {
    let found = all().into_iter().find(|kind| kind.signature == signature);
    found.map(|kind| kind.fields)
}

/// Remembers what the columns of sheets with this signature hold. Where the browser refuses, they are said again next time.
pub fn remember(signature: &str, fields: &[Option<Field>]) {
    let mut kinds = all();
    kinds.retain(|kind| kind.signature != signature);
    kinds.insert(
        0,
        Kind {
            signature: signature.to_owned(),
            fields: fields.to_vec(),
        },
    );
    kinds.truncate(MOST);
    if let (Some(storage), Ok(text)) = (
        window().local_storage().ok().flatten(),
        serde_json::to_string(&kinds),
    ) {
        let _ = storage.set_item(KEY, &text);
    }
}

/// The kinds that are remembered, the latest first.
fn all() -> Vec<Kind> {
    let storage = window().local_storage().ok().flatten();
    let text = storage.and_then(|storage| storage.get_item(KEY).ok().flatten());
    text.and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default()
}
