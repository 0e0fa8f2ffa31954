//! Quantities that were typed and not added yet: a row that leaves the page takes nothing with it.

use std::collections::HashMap;

use countersign_domain::id::VariantId;
use leptos::prelude::*;

/// What is typed, by variant. Provided by the list of results; cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Typed(StoredValue<HashMap<VariantId, String>>);

impl Default for Typed {
    fn default() -> Self {
        Self(StoredValue::new(HashMap::new()))
    }
}

impl Typed {
    /// What was typed for a variant when its row was last in the page.
    pub fn recall(self, id: VariantId) -> Option<String> {
        self.0.with_value(|typed| typed.get(&id).cloned())
    }

    /// Remembers what is typed for a variant when the current owner goes away, where it is `worth` that by then.
    pub fn remember(
        self,
        id: VariantId,
        typed: RwSignal<String>,
        worth: impl Fn(&str) -> bool + Send + Sync + 'static,
    ) {
        on_cleanup(move || {
            let Some(last) = typed.try_get_untracked() else {
                return;
            };
            let is_worth = worth(&last);
            self.0.try_update_value(|all| match is_worth {
                true => all.insert(id, last),
                false => all.remove(&id),
            });
        });
    }
}
