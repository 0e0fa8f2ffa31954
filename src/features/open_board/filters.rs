//! Narrowing the board. Everything chosen stands in the address.

use countersign_contract::buying::ForCustomer;
use countersign_contract::catalog::ListCategories;
use countersign_contract::endpoint::NoQuery;
use countersign_contract::stock::ListWarehouses;
use leptos::prelude::*;

use crate::features::open_board::model::branches;
use crate::i18n::local;
use crate::queries;
use crate::route::{Navigator, OpenFilter, Route, Supply};
use crate::text;
use crate::ui::{Choice, SearchBox, SelectField};

/// Search, category and warehouse.
#[component]
pub fn OpenFilters(
    /// What is shown now.
    filter: Memo<OpenFilter>,
    /// Where a choice leads.
    navigator: Navigator,
) -> impl IntoView {
    let change = move |edit: Box<dyn FnOnce(&mut OpenFilter)>| {
        let mut next = filter.get_untracked();
        edit(&mut next);
        if next != filter.get_untracked() {
            navigator.replace(&Route::Supply(Supply::OpenQuantities(next)));
        }
    };
    let tree = queries::read::<ListCategories>(|| Some(((), ForCustomer::default())));
    let categories = move || {
        let mut choices = vec![Choice::new("", text!(open_board.any_category))];
        tree.state.with(|state| {
            let all = state.ready().map(|all| branches(all)).unwrap_or_default();
            choices.extend(all.into_iter().map(|(depth, category)| {
                let indent = "\u{2003}".repeat(depth.min(3));
                Choice::new(category.id.to_string(), indent + &local(&category.name))
            }));
        });
        choices
    };
    let read = queries::read::<ListWarehouses>(|| Some(((), NoQuery {})));
    let warehouses = move || {
        let mut choices = vec![Choice::new("", text!(open_board.any_warehouse))];
        read.state.with(|state| {
            let all = state.ready().map(|all| all.to_vec()).unwrap_or_default();
            let choice = |one: countersign_contract::stock::Warehouse| {
                Choice::new(one.id.to_string(), local(&one.name))
            };
            choices.extend(all.into_iter().map(choice));
        });
        choices
    };
    view! {
        <div class="open-filters">
            <SearchBox
                label=move || text!(open_board.search)
                value=Signal::derive(move || filter.with(|filter| filter.q.clone()))
                on_search=move |q: String| change(Box::new(move |filter| filter.q = q))
            />
            <SelectField
                label=move || text!(open_board.category)
                options=Signal::derive(categories)
                selected=Signal::derive(move || filter.with(|filter| filter.category.clone()))
                on_select=move |id: String| change(Box::new(move |filter| filter.category = id))
            />
            <SelectField
                label=move || text!(open_board.warehouse)
                options=Signal::derive(warehouses)
                selected=Signal::derive(move || filter.with(|filter| filter.warehouse.clone()))
                on_select=move |id: String| change(Box::new(move |filter| filter.warehouse = id))
            />
        </div>
    }
}
