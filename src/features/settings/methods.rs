//! The delivery methods customers may choose from, as they are edited.

use countersign_contract::problem::FieldCode;
use countersign_domain::delivery::DeliveryMethod;
use countersign_domain::id::DeliveryMethodId;
use countersign_domain::text::LocalText;
use leptos::prelude::*;
use uuid::Uuid;

use crate::features::settings::form::Form;
use crate::i18n::problems;
use crate::text;
use crate::ui::{Button, Card, IconButton, IconName, TextField};

/// A method as it is typed.
#[derive(Clone, Copy, Debug)]
struct MethodFields {
    id: DeliveryMethodId,
    zh: RwSignal<String>,
    en: RwSignal<String>,
}

impl MethodFields {
    fn of(method: &DeliveryMethod) -> Self {
        Self {
            id: method.id,
            zh: RwSignal::new(method.name.zh.clone()),
            en: RwSignal::new(method.name.en.clone()),
        }
    }

    /// The method, without the spaces around its names.
    fn read(self) -> DeliveryMethod {
        let typed = |text: RwSignal<String>| text.with(|text| text.trim().to_owned());
        DeliveryMethod {
            id: self.id,
            name: LocalText::new(typed(self.zh), typed(self.en)),
        }
    }
}

/// The methods as they are typed. Cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Methods {
    rows: RwSignal<Vec<MethodFields>>,
    /// Whether somebody has tried to save them: what is missing is only said from then on.
    tried: RwSignal<bool>,
    /// Whose the fields are, also those of a method that is added later.
    owner: StoredValue<Owner>,
}

impl Methods {
    /// The methods that are stored.
    pub fn new(stored: &[DeliveryMethod]) -> Self {
        Self {
            rows: RwSignal::new(stored.iter().map(MethodFields::of).collect()),
            tried: RwSignal::new(false),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        }
    }

    /// Starts again from these.
    pub fn put(self, methods: &[DeliveryMethod]) {
        let rows = self.with_owner(|| methods.iter().map(MethodFields::of).collect());
        self.rows.set(rows);
    }

    /// The methods as they stand; where nothing at all is typed there is none. Tracks them.
    pub fn all(self) -> Vec<DeliveryMethod> {
        let read = |rows: &Vec<MethodFields>| rows.iter().map(|row| row.read()).collect::<Vec<_>>();
        let mut all = self.rows.with(read);
        all.retain(|method| method.name != LocalText::default());
        all
    }

    /// Whether each has a name in both languages. Tracks them.
    pub fn are_named(self) -> bool {
        let is_named = |method: &DeliveryMethod| !method.name.zh.is_empty() && !method.name.en.is_empty();
        self.all().iter().all(is_named)
    }

    /// Says what is missing from now on, or no more.
    pub fn mark(self, tried: bool) {
        // The page may be gone by now.
        self.tried.try_set(tried);
    }

    fn add(self, id: DeliveryMethodId) {
        let row = self.with_owner(|| {
            MethodFields::of(&DeliveryMethod {
                id,
                name: LocalText::default(),
            })
        });
        self.rows.update(|rows| rows.push(row));
    }

    fn remove(self, id: DeliveryMethodId) {
        self.rows.update(|rows| rows.retain(|row| row.id != id));
    }

    fn with_owner<T>(self, make: impl FnOnce() -> T) -> T {
        self.owner.with_value(|owner| owner.with(make))
    }

    /// What is wrong with one of the names of a method, in words.
    fn wrong(self, row: MethodFields, name: RwSignal<String>) -> Signal<Option<String>> {
        Signal::derive(move || {
            let is_missing = name.with(|name| name.trim().is_empty());
            let is_meant = row.read().name != LocalText::default();
            (self.tried.get() && is_missing && is_meant).then(|| problems::field_words(FieldCode::Required))
        })
    }
}

/// The names of methods in a row, in both languages: how a difference between two lists of them is said.
pub fn names(methods: &[DeliveryMethod]) -> String {
    let name = |method: &DeliveryMethod| [method.name.zh.as_str(), method.name.en.as_str()].join(" · ");
    methods.iter().map(name).collect::<Vec<_>>().join("; ")
}

/// The methods, each with its names.
#[component]
pub fn DeliveryMethods(
    /// The form.
    form: Form,
) -> impl IntoView {
    let methods = form.methods;
    let row = move |row: MethodFields| view! { <MethodRow methods=methods row=row /> }.into_any();
    view! {
        <Card title=move || text!(settings.delivery.title)>
            <p class="settings-lead">{move || text!(settings.delivery.lead)}</p>
            <ol class="settings-methods" aria-label=move || text!(settings.delivery.title)>
                <For each=move || methods.rows.get() key=|row| (row.id, row.zh) children=row />
            </ol>
            <Button
                label=move || text!(settings.delivery.add)
                icon=IconName::Plus
                on_press=move |()| methods.add(DeliveryMethodId(Uuid::new_v4()))
            />
        </Card>
    }
}

#[component]
fn MethodRow(methods: Methods, row: MethodFields) -> impl IntoView {
    let number = move || {
        let place = methods
            .rows
            .with(|rows| rows.iter().position(|one| one.id == row.id));
        // One that is taken out goes off the page in the same moment.
        place.unwrap_or_default().saturating_add(1)
    };
    view! {
        <li>
            <fieldset>
                <legend>{move || text!(settings.delivery.method, number = number())}</legend>
                <TextField
                    label=move || text!(settings.delivery.zh)
                    value=row.zh
                    error=methods.wrong(row, row.zh)
                />
                <TextField
                    label=move || text!(settings.delivery.en)
                    value=row.en
                    error=methods.wrong(row, row.en)
                />
                <IconButton
                    icon=IconName::Close
                    label=Signal::derive(move || text!(settings.delivery.remove, number = number()))
                    on_press=move |()| methods.remove(row.id)
                />
            </fieldset>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_without_any_name_is_none_and_one_with_half_a_name_is_asked_for() {
        let owner = Owner::new();
        owner.set();
        let stored = [DeliveryMethod {
            id: DeliveryMethodId(Uuid::from_u128(1)),
            name: LocalText::new("自提", "Pick-up"),
        }];
        let methods = Methods::new(&stored);
        methods.add(DeliveryMethodId(Uuid::from_u128(2)));
        assert_eq!(untrack(|| methods.all()), stored);
        assert!(untrack(|| methods.are_named()));
        let added = methods.rows.with_untracked(|rows| rows.last().copied());
        let added = added.expect("it was added");
        added.zh.set(" 货运 ".to_owned());
        assert!(!untrack(|| methods.are_named()));
        assert_eq!(methods.wrong(added, added.en).get_untracked(), None);
        methods.mark(true);
        assert!(methods.wrong(added, added.en).get_untracked().is_some());
        added.en.set("Freight".to_owned());
        let all = untrack(|| methods.all());
        assert_eq!(names(&all), "自提 · Pick-up; 货运 · Freight");
        methods.remove(added.id);
        assert_eq!(untrack(|| methods.all()), stored);
    }
}
