//! Language and theme, as they were chosen on this device, and which side was signed in here.
//!
//! `public/boot.js` reads the same keys before the first paint. Storage may be forbidden or full: then the choice holds
//! until the page is closed, which is all that can be done.

use countersign_domain::text::Language;
use leptos::prelude::{document, window};

const LANGUAGE: &str = "countersign.locale";
const THEME: &str = "countersign.theme";
const SIDE: &str = "countersign.side";

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

/// The side of the app that somebody is signed in to on this device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptSide {
    /// The distributor's.
    Distributor,
    /// The supplier's.
    Supplier,
}

impl KeptSide {
    const ALL: [Self; 2] = [Self::Distributor, Self::Supplier];

    /// The name it is kept under.
    fn name(self) -> &'static str {
        match self {
            Self::Distributor => "distributor",
            Self::Supplier => "supplier",
        }
    }
}

/// The side that was signed in here when the app was last open. With one, `public/boot.js` shows the frame of the app
/// first, without one the sign-in form.
pub fn side() -> Option<KeptSide> {
    let saved = saved(SIDE)?;
    KeptSide::ALL.into_iter().find(|side| side.name() == saved)
}

/// Remembers the side; `None` when nobody is signed in any more.
pub fn save_side(side: Option<KeptSide>) {
    match side {
        Some(side) => save(SIDE, side.name()),
        None => forget(SIDE),
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
    let saved = saved(THEME);
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

fn saved(key: &str) -> Option<String> {
    let storage = window().local_storage().ok().flatten()?;
    storage.get_item(key).ok().flatten()
}

fn forget(key: &str) {
    if let Some(storage) = window().local_storage().ok().flatten() {
        let _ = storage.remove_item(key);
    }
}

fn save(key: &str, value: &str) {
    if let Some(storage) = window().local_storage().ok().flatten() {
        let _ = storage.set_item(key, value);
    }
}
