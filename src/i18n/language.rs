//! Which language is on.

use countersign_domain::text::{Language, LocalText};
use leptos::prelude::*;

use crate::i18n::Locale;

thread_local! {
    // Not owned by any component: strings are asked for in event handlers and after `.await` as well.
    static LANGUAGE: ArcRwSignal<Language> = ArcRwSignal::new(Language::En);
}

/// The language that is on. Tracks it.
pub fn language() -> Language {
    LANGUAGE.with(ArcRwSignal::get)
}

/// The same for the generated strings.
pub fn locale() -> Locale {
    match language() {
        Language::ZhCn => Locale::zh_CN,
        Language::En => Locale::en,
    }
}

/// A name kept in both languages, in the one that is on. Tracks it.
pub fn local(text: &LocalText) -> String {
    text.get(language()).to_owned()
}

/// Switches at once; every string on screen follows.
pub fn set_language(language: Language) {
    LANGUAGE.with(|signal| signal.set(language));
    if let Some(root) = document().document_element() {
        // Screen readers and the browser's hyphenation and fonts follow the document's language.
        let _ = root.set_attribute("lang", tag(language));
    }
}

/// The BCP 47 tag of a language.
pub fn tag(language: Language) -> &'static str {
    match language {
        Language::ZhCn => "zh-CN",
        Language::En => "en",
    }
}
