//! Changing a saved list: its name, quantities and notes, taking items out, and removing all of it.

use std::sync::Arc;

use countersign_contract::NoContent;
use countersign_contract::buying::ForCustomer;
use countersign_contract::list::{
    GetList, Goods, ItemBody, ListBody, MAX_NAME, PutList, RemoveList, SavedItem, SavedList,
};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{Api, ApiError, Change};
use crate::goods_view::offline_reason;
use crate::i18n::{goods, local, problems};
use crate::offline::draft::read_quantity;
use crate::queries::live::is_of_lists;
use crate::queries::{self, Cache};
use crate::text;
use crate::ui::{Button, IconButton, IconName, NumberField, TextField, Toasts, Variant};

/// What is typed about an item.
#[derive(Clone)]
struct Fields {
    goods: StoredValue<Goods>,
    quantity: RwSignal<String>,
    note: RwSignal<String>,
    /// What is wrong with the quantity, since the last attempt to save.
    wrong: RwSignal<Option<String>>,
}

impl Fields {
    fn of(item: &SavedItem) -> Self {
        Self {
            goods: StoredValue::new(item.goods.clone()),
            quantity: RwSignal::new(item.quantity.to_string()),
            note: RwSignal::new(item.note.clone()),
            wrong: RwSignal::new(None),
        }
    }

    /// What is typed, if it can be saved; otherwise the field says why not.
    fn read(&self) -> Option<ItemBody> {
        let quantity = match read_quantity(&self.quantity.get_untracked()) {
            Ok(quantity) if !quantity.is_zero() => Ok(quantity),
            Ok(_) => Err(untrack(|| text!(goods.breach.zero))),
            Err(error) => Err(untrack(|| goods::unreadable(error))),
        };
        self.wrong.set(quantity.as_ref().err().cloned());
        Some(ItemBody {
            variant_id: self.goods.with_value(|goods| goods.variant_id),
            quantity: quantity.ok()?,
            note: self.note.get_untracked(),
        })
    }
}

/// The form. What is typed stays until it is saved or given up, whatever the connection does.
#[component]
pub fn EditList(
    /// The list; its version is what is changed.
    list: Memo<Option<Arc<SavedList>>>,
    /// The editing is over.
    done: Callback<()>,
    /// The list was removed. The page's: what is edited goes off it as soon as anybody hears that the list is gone.
    removed: Callback<()>,
) -> impl IntoView {
    list.get_untracked()
        .map(|first| form(list, &first, done, removed))
}

fn form(
    list: Memo<Option<Arc<SavedList>>>,
    first: &SavedList,
    done: Callback<()>,
    removed: Callback<()>,
) -> AnyView {
    let cache = expect_context::<Cache>();
    let toasts = expect_context::<Toasts>();
    let id = first.id;
    let name = RwSignal::new(first.name.clone());
    let is_wrong = RwSignal::new(false);
    let rows = RwSignal::new(first.items.iter().map(Fields::of).collect::<Vec<_>>());
    let pending = queries::change::<PutList>();
    // Whoever was faster is seen before anything is saved over it: their version is read, what is typed here stays.
    Effect::watch(
        move || {
            pending
                .error
                .with(|error| error.as_ref().is_some_and(ApiError::is_stale))
        },
        move |stale, _, _| {
            if *stale {
                cache.invalidate(is_of_lists);
            }
        },
        false,
    );
    let save = move || {
        let typed = name.get_untracked().trim().to_owned();
        let is_fine = (1..=MAX_NAME).contains(&typed.chars().count());
        is_wrong.set(!is_fine);
        let read = rows.with_untracked(|rows| rows.iter().map(Fields::read).collect::<Vec<_>>());
        let items: Option<Vec<ItemBody>> = read.into_iter().collect();
        let (true, Some(items), Some(now)) = (is_fine, items, list.get_untracked()) else {
            return;
        };
        let body = ListBody { name: typed, items };
        pending.send(id, body, Some(now.version), move |list, text| {
            cache.put::<GetList>(&id, &ForCustomer::default(), text);
            cache.invalidate(is_of_lists);
            toasts.say(untrack(|| text!(lists.saved, name = list.name.clone())));
            // The page may be gone by now.
            done.try_run(());
        });
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        save();
    };
    let row = move |fields: Fields| item_row(rows, fields);
    let error = move || pending.error.get().map(|error| problems::words(&error));
    view! {
        <form class="list-form" novalidate on:submit=submit>
            <TextField
                label=move || text!(lists.name)
                value=name
                required=true
                error=Signal::derive(move || is_wrong.get().then(|| text!(lists.name_wrong, most = MAX_NAME)))
            />
            <ul class="list-items" aria-label=move || text!(lists.list)>
                <For
                    each=move || rows.get()
                    key=|fields| fields.goods.with_value(|goods| goods.variant_id)
                    children=row
                />
            </ul>
            <p class="form-error" role="alert">{error}</p>
            <div class="form-buttons">
                <Button
                    label=move || text!(lists.save)
                    variant=Variant::Primary
                    submit=true
                    busy=pending.busy
                    refused=offline_reason()
                />
                <Button label=move || text!(lists.cancel) on_press=done />
                <Remove list=list removed=removed />
            </div>
        </form>
    }
    .into_any()
}

fn item_row(rows: RwSignal<Vec<Fields>>, fields: Fields) -> AnyView {
    let Fields {
        goods,
        quantity,
        note,
        wrong,
    } = fields;
    let id = goods.with_value(|goods| goods.variant_id);
    let name = Signal::derive(move || goods.with_value(|goods| local(&goods.name)));
    let code = goods.with_value(|goods| goods.sku.clone());
    let unit = Signal::derive(move || goods.with_value(|goods| local(&goods.unit.name)));
    let remove = move |()| {
        rows.update(|rows| rows.retain(|row| row.goods.with_value(|goods| goods.variant_id) != id));
    };
    view! {
        <li>
            <fieldset>
                <legend>{move || name.get()} " " <small class="code">{code}</small></legend>
                <NumberField
                    label=move || text!(lists.usual_quantity)
                    value=quantity
                    unit=unit
                    error=Signal::derive(move || wrong.get())
                />
                <TextField label=move || text!(lists.note) value=note />
                <IconButton
                    icon=IconName::Close
                    label=Signal::derive(move || text!(lists.take_out, name = name.get()))
                    on_press=remove
                />
            </fieldset>
        </li>
    }
    .into_any()
}

/// Removes the list, and offers to bring it back as it was.
#[component]
fn Remove(list: Memo<Option<Arc<SavedList>>>, removed: Callback<()>) -> impl IntoView {
    let (api, cache) = (expect_context::<Api>(), expect_context::<Cache>());
    let toasts = expect_context::<Toasts>();
    let pending = queries::change::<RemoveList>();
    let remove = move |()| {
        let Some(list) = list.get_untracked() else { return };
        let (id, version) = (list.id, list.version);
        pending.send(id, NoContent {}, Some(version), move |_, _| {
            // Who has left the page meanwhile stays where they went.
            removed.try_run(());
            cache.invalidate(is_of_lists);
            let name = list.name.clone();
            toasts.say_with_undo(
                untrack(|| text!(lists.removed, name = name)),
                untrack(|| text!(lists.undo)),
                move || restore(api, cache, toasts, &list),
            );
        });
    };
    let error = move || pending.error.get().map(|error| problems::words(&error));
    view! {
        <Button
            label=move || text!(lists.remove)
            variant=Variant::Danger
            busy=pending.busy
            refused=offline_reason()
            on_press=remove
        />
        <span class="form-error" role="alert">{error}</span>
    }
}

fn restore(api: Api, cache: Cache, toasts: Toasts, list: &SavedList) {
    let body = ListBody {
        name: list.name.clone(),
        items: list
            .items
            .iter()
            .map(|item| ItemBody {
                variant_id: item.goods.variant_id,
                quantity: item.quantity,
                note: item.note.clone(),
            })
            .collect(),
    };
    let change = Change::new::<PutList>(&list.id, &body, "", Some(0));
    spawn_local(async move {
        match api.send(&change).await {
            Ok(_) => cache.invalidate(is_of_lists),
            Err(error) => toasts.warn(untrack(|| problems::words(&error))),
        }
    });
}
