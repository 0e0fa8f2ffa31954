//! Saving what is on the screen as a list, or adding it to one.

use countersign_contract::buying::ForCustomer;
use countersign_contract::list::{
    GetList, ItemBody, ListBody, ListLists, ListSummary, MAX_NAME, PutList, SavedItem, SavedList,
};
use countersign_domain::id::{ListId, VariantId};
use countersign_domain::quantity::Quantity;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use crate::api::{Api, ApiError};
use crate::i18n::problems;
use crate::queries::live::is_of_lists;
use crate::queries::{self, Cache};
use crate::session::SessionContext;
use crate::text;
use crate::ui::{Button, Choice, Dialog, SelectField, TextField, Toasts, Variant};

/// Why nothing can be changed without a connection; nothing where there is one.
pub fn offline_reason() -> Signal<Option<String>> {
    let api = expect_context::<Api>();
    Signal::derive(move || (!api.reachable.get()).then(|| text!(lists.needs_connection)))
}

/// A button that asks for a name, or for a list there is, and saves there what `items` gives at that moment; none for staff.
#[component]
pub fn SaveAsList(
    /// What is saved; tracks nothing.
    #[prop(into)]
    items: Callback<(), Vec<ItemBody>>,
    /// The name that is offered for a new list.
    #[prop(into)]
    name: Signal<String>,
) -> impl IntoView {
    // Staff who order on behalf of a customer change nothing of what the customer keeps.
    if untrack(|| !expect_context::<SessionContext>().is_distributor()) {
        return ().into_any();
    }
    let open = RwSignal::new(false);
    let done = Callback::new(move |()| open.set(false));
    view! {
        <Button
            label=move || text!(lists.save_as)
            refused=offline_reason()
            on_press=move |()| open.set(true)
        />
        <Dialog
            open=open
            on_close=done
            title=move || text!(lists.save_as)
            close_label=Signal::derive(move || text!(lists.close))
        >
            <SaveForm items=items name=name done=done />
        </Dialog>
    }
    .into_any()
}

#[component]
fn SaveForm(items: Callback<(), Vec<ItemBody>>, name: Signal<String>, done: Callback<()>) -> impl IntoView {
    let (api, cache) = (expect_context::<Api>(), expect_context::<Cache>());
    let toasts = expect_context::<Toasts>();
    let typed = RwSignal::new(name.get_untracked());
    let is_wrong = RwSignal::new(false);
    let target = RwSignal::new(String::new());
    let failed = RwSignal::new(None::<ApiError>);
    let adding = RwSignal::new(false);
    let pending = queries::change::<PutList>();
    // A repeat after a lost reply is the same list, not a second one.
    let new_id = StoredValue::new(ListId(Uuid::new_v4()));
    let known = queries::read::<ListLists>(|| Some(((), ForCustomer::default())));
    let lists = Memo::new(move |_| {
        let all = known.state.with(|state| state.ready().map(|all| all.to_vec()));
        all.unwrap_or_default()
    });
    let options = move || {
        let new = Choice::new("", text!(lists.new_list));
        let existing = |list: &ListSummary| Choice::new(list.id.to_string(), list.name.clone());
        let mut options = vec![new];
        options.extend(lists.with(|lists| lists.iter().map(existing).collect::<Vec<_>>()));
        options
    };
    let put = move |id: ListId, body: ListBody, version: u64| {
        pending.send(id, body, Some(version), move |list, text| {
            cache.put::<GetList>(&id, &ForCustomer::default(), text);
            cache.invalidate(is_of_lists);
            toasts.say(untrack(|| text!(lists.saved, name = list.name.clone())));
            // The dialog may be gone by now.
            done.try_run(());
        });
    };
    let save = move || {
        failed.set(None);
        let chosen = target.get_untracked().parse::<ListId>().ok();
        let items = items.run(());
        let Some(chosen) = chosen else {
            let name = typed.get_untracked().trim().to_owned();
            let is_fine = (1..=MAX_NAME).contains(&name.chars().count());
            is_wrong.set(!is_fine);
            if is_fine {
                put(new_id.get_value(), ListBody { name, items }, 0);
            }
            return;
        };
        if adding.get_untracked() {
            return;
        }
        adding.set(true);
        spawn_local(async move {
            let text = api
                .get(&Api::read_path::<GetList>(&chosen, &ForCustomer::default()))
                .await;
            let list = text.and_then(|text| Api::decode::<SavedList>(&text));
            adding.try_set(false);
            match list {
                Ok(list) => {
                    let version = list.version;
                    put(chosen, extended(list, items), version);
                }
                Err(error) => {
                    failed.try_set(Some(error));
                }
            }
        });
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        save();
    };
    let error = move || {
        let error = failed.get().or_else(|| pending.error.get());
        error.map(|error| problems::words(&error))
    };
    let has_lists = move || lists.with(|lists| !lists.is_empty());
    view! {
        <form class="save-list" novalidate on:submit=submit>
            <Show when=has_lists>
                <SelectField
                    label=move || text!(lists.target)
                    options=Signal::derive(options)
                    selected=target
                    on_select=move |chosen: String| target.set(chosen)
                />
            </Show>
            <Show when=move || target.with(String::is_empty)>
                <TextField
                    label=move || text!(lists.name)
                    value=typed
                    required=true
                    error=Signal::derive(move || is_wrong.get().then(|| text!(lists.name_wrong, most = MAX_NAME)))
                />
            </Show>
            <p class="form-error" role="alert">{error}</p>
            <div class="form-buttons">
                <Button
                    label=move || text!(lists.save)
                    variant=Variant::Primary
                    submit=true
                    busy=Signal::derive(move || pending.busy.get() || adding.get())
                    refused=offline_reason()
                />
                <Button label=move || text!(lists.cancel) on_press=done />
            </div>
        </form>
    }
}

/// Items of these variants, each once with all that there is of it.
pub fn list_items(lines: impl IntoIterator<Item = (VariantId, Quantity)>) -> Vec<ItemBody> {
    let mut all: Vec<ItemBody> = Vec::new();
    for (variant_id, quantity) in lines.into_iter().filter(|(_, quantity)| !quantity.is_zero()) {
        if let Some(known) = all.iter_mut().find(|one| one.variant_id == variant_id) {
            known.quantity += quantity;
        } else {
            all.push(ItemBody {
                variant_id,
                quantity,
                note: String::new(),
            });
        }
    }
    all
}

/// `list` with `items` behind what it has; what it has already stays as it is.
fn extended(list: SavedList, items: Vec<ItemBody>) -> ListBody {
    let body = |item: SavedItem| ItemBody {
        variant_id: item.goods.variant_id,
        quantity: item.quantity,
        note: item.note,
    };
    let mut all: Vec<ItemBody> = list.items.into_iter().map(body).collect();
    for item in items {
        let is_there = all.iter().any(|one| one.variant_id == item.variant_id);
        // Too many is for the server to say, which changes nothing then.
        if !is_there {
            all.push(item);
        }
    }
    ListBody {
        name: list.name,
        items: all,
    }
}
