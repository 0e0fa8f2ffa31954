//! The title of the browser's window.

use leptos::prelude::*;

/// What the deployment calls itself, provided at the root.
#[derive(Clone, Copy, Debug)]
pub struct Brand(StoredValue<String>);

impl Brand {
    /// Of this name.
    pub fn new(name: String) -> Self {
        Self(StoredValue::new(name))
    }

    /// The name.
    pub fn name(&self) -> String {
        self.0.get_value()
    }
}

/// Titles the window for as long as the current owner is there: `Orders · Countersign`.
pub fn use_title(title: impl Fn() -> String + 'static) {
    let brand = expect_context::<Brand>();
    Effect::new(move |_| {
        let title = title();
        let whole = if title.is_empty() {
            brand.name()
        } else {
            format!("{title} · {}", brand.name())
        };
        document().set_title(&whole);
    });
}
