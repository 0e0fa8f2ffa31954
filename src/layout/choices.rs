//! Choosing the language and the look.

use countersign_domain::text::Language;
use leptos::prelude::*;

use crate::i18n::{language, set_language, tag};
use crate::text;
use crate::ui::{Choice, Segmented};

/// Names of the looks, as `public/boot.js` knows them.
const THEMES: [&str; 3] = ["system", "light", "dark"];

/// Switches the language at once.
#[component]
pub fn LanguageChoice(
    /// Remembers the choice, by its BCP 47 tag.
    #[prop(into)]
    on_choose: Callback<&'static str>,
) -> impl IntoView {
    // Each language is named in itself, so that whoever can't read the page finds the way out.
    let options = vec![
        Choice::new(tag(Language::ZhCn), "中文"),
        Choice::new(tag(Language::En), "English"),
    ];
    let choose = move |chosen: String| {
        let language = if chosen == tag(Language::ZhCn) {
            Language::ZhCn
        } else {
            Language::En
        };
        set_language(language);
        on_choose.run(tag(language));
    };
    view! {
        <Segmented label=move || text!(shell.language) options=options selected=move || tag(language()).to_owned() on_select=choose />
    }
}

/// Switches between light, dark and as the device is set.
#[component]
pub fn ThemeChoice(
    /// The look that is on, by its name.
    #[prop(into)]
    selected: Signal<String>,
    /// Puts on another.
    #[prop(into)]
    on_choose: Callback<String>,
) -> impl IntoView {
    let options = move || {
        let labels = [
            text!(shell.theme_system),
            text!(shell.theme_light),
            text!(shell.theme_dark),
        ];
        THEMES
            .into_iter()
            .zip(labels)
            .map(|(name, label)| Choice::new(name, label))
            .collect::<Vec<_>>()
    };
    view! { <Segmented label=move || text!(shell.theme) options=options selected=selected on_select=on_choose /> }
}
