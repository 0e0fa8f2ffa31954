//! Where, when and how: address, wanted date, delivery method, priority, note.

use countersign_domain::customer::Address;
use countersign_domain::delivery::DeliveryMethod;
use countersign_domain::order::Priority;
use leptos::prelude::*;

use crate::features::cart::state::{CartState, field_date, today};
use crate::i18n::{labels, local, problems};
use crate::queries::Remote;
use crate::text;
use crate::ui::{Card, Choice, ErrorState, InputKind, RadioGroup, Segmented, Skeleton, TextArea, TextField};

const PRIORITIES: [(Priority, &str); 3] = [
    (Priority::Normal, "normal"),
    (Priority::Special, "special"),
    (Priority::Urgent, "urgent"),
];

/// An address in one line.
pub fn address_line(address: &Address) -> String {
    [
        address.text.as_str(),
        address.contact.as_str(),
        address.phone.as_str(),
    ]
    .join(" · ")
}

/// The fields of the order as a whole.
#[component]
pub fn Delivery(
    /// The cart.
    state: CartState,
) -> impl IntoView {
    let cart = state.cart;
    let first = cart.peek(|kept| (kept.draft.wanted_date, kept.draft.note.clone()));
    let (wanted, note) = first.unwrap_or_default();
    let wanted = RwSignal::new(wanted.map(field_date).unwrap_or_default());
    let note = RwSignal::new(note);
    let choose_address = move |id: String| cart.edit(|draft| draft.address_id = id.parse().ok());
    let addresses = move || {
        let choice = |address: &Address| Choice::new(address.id.to_string(), address_line(address));
        let all = |state: &Remote<_>| {
            state.ready().map(
                |account: &std::sync::Arc<countersign_contract::account::Account>| {
                    account.addresses.iter().map(choice).collect::<Vec<_>>()
                },
            )
        };
        state.account.state.with(all).unwrap_or_default()
    };
    let chosen = move || {
        state
            .address()
            .map(|address| address.id.to_string())
            .unwrap_or_default()
    };
    let account = state.account;
    let face = Memo::new(move |_| match account.state.get() {
        Remote::Loading => Face::Loading,
        Remote::Failed(error) => Face::Failed(error),
        Remote::Ready(account) if account.addresses.is_empty() => Face::None,
        Remote::Ready(_) => Face::Addresses,
    });
    let address = move || match face.get() {
        Face::Loading => view! { <Skeleton label=move || text!(cart.address_loading) lines=2 /> }.into_any(),
        Face::Failed(error) => view! {
            <ErrorState
                message=Signal::derive(move || problems::words(&error))
                retry_label=move || text!(cart.retry)
                on_retry=move |()| account.retry()
            />
        }
        .into_any(),
        Face::None => view! { <p role="alert">{move || text!(cart.address_none)}</p> }.into_any(),
        Face::Addresses => view! {
            <RadioGroup
                label=move || text!(cart.address)
                options=Signal::derive(addresses)
                selected=Signal::derive(chosen)
                on_select=choose_address
            />
        }
        .into_any(),
    };
    let methods = move || {
        let all = state.delivery_methods();
        let choice = |method: &DeliveryMethod| Choice::new(method.id.to_string(), local(&method.name));
        all.iter().map(choice).collect::<Vec<_>>()
    };
    let has_methods = Memo::new(move |_| !state.delivery_methods().is_empty());
    let method = move || {
        let chosen = state.delivery_method();
        chosen.map(|id| id.to_string()).unwrap_or_default()
    };
    let choose_method = move |id: String| cart.edit(|draft| draft.delivery_method = id.parse().ok());
    let priorities = || {
        let choice = |(priority, value): (Priority, &str)| Choice::new(value, labels::priority(priority));
        PRIORITIES.map(choice).to_vec()
    };
    let priority = move || {
        let chosen = cart.with(|kept| kept.draft.priority).unwrap_or_default();
        PRIORITIES
            .iter()
            .find(|(priority, _)| *priority == chosen)
            .map_or("normal", |(_, value)| value)
            .to_owned()
    };
    let choose_priority = move |value: String| {
        if let Some((priority, _)) = PRIORITIES.iter().find(|(_, name)| *name == value) {
            cart.edit(|draft| draft.priority = *priority);
        }
    };
    let is_past = move || {
        cart.with(|kept| kept.draft.wanted_date.is_some_and(|date| date < today()))
            .unwrap_or_default()
    };
    let keep_date = move |event| {
        let date = event_target_value(&event).parse().ok();
        cart.edit(|draft| draft.wanted_date = date);
    };
    let keep_note = move |event| {
        let text = event_target_value(&event);
        cart.edit(|draft| draft.note = text);
    };
    view! {
        <Card title=move || text!(cart.details)>
            <div class="cart-delivery">
                {address}
                <Show when=move || has_methods.get()>
                    <RadioGroup
                        label=move || text!(cart.delivery_method)
                        options=Signal::derive(methods)
                        selected=Signal::derive(method)
                        on_select=choose_method
                    />
                </Show>
                <div on:input=keep_date>
                    <TextField
                        label=move || text!(cart.wanted)
                        value=wanted
                        kind=InputKind::Date
                        error=Signal::derive(move || is_past().then(|| text!(cart.wanted_past)))
                    />
                </div>
                <div class="cart-priority">
                    <p class="field-label">{move || text!(cart.priority)}</p>
                    <Segmented
                        label=move || text!(cart.priority)
                        options=Signal::derive(priorities)
                        selected=Signal::derive(priority)
                        on_select=choose_priority
                    />
                </div>
                <div on:input=keep_note>
                    <TextArea label=move || text!(cart.order_note) value=note rows=3 />
                </div>
            </div>
        </Card>
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Face {
    Loading,
    Failed(crate::api::ApiError),
    None,
    Addresses,
}
