//! The form of a deed: what is typed is read field by field and sent once; a refusal stands where the form is sent from,
//! and what was typed stays until the deed is done.

use countersign_domain::order::OrderLine;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::i18n::local;
use crate::order_view::input::{InputError, error_words};
use crate::order_view::{ChangeError, OrderDesk};
use crate::text;
use crate::ui::{Button, Variant};

/// Something typed is wrong; its field says what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wrong;

/// A field: what is typed into it, and what is wrong with that.
#[derive(Clone, Copy, Debug)]
pub struct Typed {
    /// What is typed.
    pub value: RwSignal<String>,
    error: RwSignal<Option<InputError>>,
}

impl Typed {
    /// A field with this in it.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            value: RwSignal::new(text.into()),
            error: RwSignal::new(None),
        }
    }

    /// What is typed, as it is.
    pub fn text(self) -> String {
        self.value.get_untracked()
    }

    /// What is typed, read; the field says what is wrong with it.
    ///
    /// # Errors
    /// When something is.
    pub fn read<T>(self, read: impl FnOnce(&str) -> Result<T, InputError>) -> Result<T, Wrong> {
        match self.value.with_untracked(|typed| read(typed)) {
            Ok(value) => {
                self.tell(None);
                Ok(value)
            }
            Err(error) => {
                self.tell(Some(error));
                Err(Wrong)
            }
        }
    }

    /// Says what is wrong, where that shows only with what other fields hold.
    pub fn tell(self, error: Option<InputError>) {
        self.error.set(error);
    }

    /// What is wrong, in words, as the fields of the design system take it.
    pub fn wrong(self) -> Signal<Option<String>> {
        Signal::derive(move || self.error.with(|error| error.as_ref().map(error_words)))
    }
}

/// Reads every row, so that everything wrong shows at once.
///
/// # Errors
/// When something is wrong in any of them.
pub fn read_all<F, T>(
    rows: StoredValue<Vec<F>>,
    read: impl Fn(&F) -> Result<T, Wrong>,
) -> Result<Vec<T>, Wrong>
where
    F: Send + Sync + 'static,
{
    let read: Vec<_> = rows.with_value(|rows| rows.iter().map(read).collect());
    read.into_iter().collect()
}

/// The name of a line, as it is called in the language of the moment.
pub fn line_name(line: StoredValue<OrderLine>) -> Signal<String> {
    Signal::derive(move || line.with_value(|line| local(&line.name)))
}

/// The unit of a line.
pub fn line_unit(line: StoredValue<OrderLine>) -> Signal<String> {
    Signal::derive(move || line.with_value(|line| local(&line.unit.name)))
}

/// The form around the fields of a deed. It closes when the deed is done, which is the panel's business.
#[component]
pub fn DeedForm(
    /// The order.
    desk: OrderDesk,
    /// What the button says that sends it.
    #[prop(into)]
    button: Signal<String>,
    /// Whether it is on its way.
    #[prop(into)]
    busy: Signal<bool>,
    /// Why it was refused the last time.
    #[prop(into)]
    error: Signal<Option<ApiError>>,
    /// Reads what was typed, and sends it where nothing is wrong.
    #[prop(into)]
    on_submit: Callback<()>,
    /// Another way to send it, between the button and the way out.
    #[prop(optional)]
    other: Option<AnyView>,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !busy.get_untracked() {
            on_submit.run(());
        }
    };
    view! {
        <form class="deed-form" novalidate on:submit=submit>
            {children()}
            <ChangeError desk=desk error=error />
            <div class="form-buttons">
                <Button label=button variant=Variant::Primary submit=true busy=busy />
                {other}
                <Button label=move || text!(order.ask.cancel) on_press=move || desk.panel.close() />
            </div>
        </form>
    }
}
