//! Language and theme, as they were chosen on this device.
//!
//! `public/boot.js` reads the same keys before the first paint. Storage may be forbidden or full: then the choice holds
//! until the page is closed, which is all that can be done.

use countersign_domain::text::Language;
use leptos::prelude::{document, window};

const LANGUAGE: &str = "countersign.locale";
const THEME: &str = "countersign.theme";

/// How the app looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the device is set.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// All three, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The name it is kept under.
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// The language `public/boot.js` settled on: the saved one, else the browser's.
pub fn language() -> Language {
    let tag = document()
        .document_element()
        .and_then(|root| root.get_attribute("lang"));
    if tag.as_deref() == Some("zh-CN") {
        Language::ZhCn
    } else {
        Language::En
    }
}

/// Remembers the language.
pub fn save_language(tag: &str) {
    save(LANGUAGE, tag);
}

/// The theme of this device.
pub fn theme() -> Theme {
    let saved = window()
        .local_storage()
        .ok()
        .flatten()
        .and_then(|storage| storage.get_item(THEME).ok().flatten());
    Theme::ALL
        .into_iter()
        .find(|theme| saved.as_deref() == Some(theme.name()))
        .unwrap_or_default()
}

/// Remembers the theme and shows it.
pub fn save_theme(theme: Theme) {
    save(THEME, theme.name());
    if let Some(root) = document().document_element() {
        // Neither can fail for a fixed, valid name.
        let _ = match theme {
            Theme::System => root.remove_attribute("data-theme"),
            Theme::Light | Theme::Dark => root.set_attribute("data-theme", theme.name()),
        };
    }
}

fn save(key: &str, value: &str) {
    if let Some(storage) = window().local_storage().ok().flatten() {
        let _ = storage.set_item(key, value);
    }
}
