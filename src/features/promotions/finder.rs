//! Finding goods and customers by a word or a code, to choose one.

use std::time::Duration;

use countersign_contract::account::{CustomerQuery, ListCustomers};
use countersign_contract::catalog::{CatalogProduct, ListProducts, ProductQuery};
use countersign_contract::list::Goods;
use countersign_domain::id::CustomerId;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::features::promotions::picks::{GoodsId, Pick};
use crate::i18n::{local, problems};
use crate::queries::offers::full_name;
use crate::queries::{self, Remote};
use crate::text;

/// How long a pause in typing counts as the end of it.
const PAUSE: Duration = Duration::from_millis(200);
/// Products and customers asked for at once: as many as are read at a glance.
const SHOWN: u32 = 8;

/// Something found: what it is called, and its code.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Found {
    name: String,
    code: String,
}

/// What the search came to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Search {
    /// Nothing is searched for.
    Resting,
    Asking,
    Failed(String),
    Done(Vec<Found>),
}

/// Goods that were found, as they can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundGoods {
    /// What is chosen.
    pub pick: Pick<GoodsId>,
    /// The variant; `None` for all of a product.
    pub goods: Option<Goods>,
}

/// Finds goods.
#[component]
pub fn GoodsFinder(
    /// What they are for.
    #[prop(into)]
    label: Signal<String>,
    /// Whether all variants of a product can be chosen at once.
    #[prop(optional)]
    products: bool,
    /// What is wrong with what is chosen.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Called with what was chosen.
    #[prop(into)]
    on_pick: Callback<FoundGoods>,
) -> impl IntoView {
    let words = RwSignal::new(String::new());
    let read = queries::read::<ListProducts>(move || {
        let q = words.get();
        (!q.is_empty()).then(|| {
            let query = ProductQuery {
                q: Some(q),
                limit: Some(SHOWN),
                ..ProductQuery::default()
            };
            ((), query)
        })
    });
    let found = Memo::new(move |_| {
        read.state.with(|state| {
            let page = state.ready()?;
            Some(
                page.items
                    .iter()
                    .flat_map(|product| of_product(product, products))
                    .collect::<Vec<_>>(),
            )
        })
    });
    let search = move || match read.state.get() {
        _ if words.with(String::is_empty) => Search::Resting,
        Remote::Loading => Search::Asking,
        Remote::Failed(error) => Search::Failed(problems::words(&error)),
        Remote::Ready(_) => {
            let row = |found: &FoundGoods| Found {
                name: match found.goods {
                    Some(_) => local(&found.pick.name),
                    None => text!(promotion_desk.finder.all_of, name = local(&found.pick.name)),
                },
                code: found.pick.code.clone(),
            };
            found.with(|found| Search::Done(found.iter().flatten().map(row).collect()))
        }
    };
    let pick = move |place: usize| {
        let found = found.with_untracked(|found| found.as_ref()?.get(place).cloned());
        if let Some(found) = found {
            on_pick.run(found);
        }
    };
    view! { <Finder label=label words=words search=Signal::derive(search) error=error on_pick=pick /> }
}

fn of_product(product: &CatalogProduct, products: bool) -> Vec<FoundGoods> {
    let whole = (products && product.variants.len() > 1).then(|| FoundGoods {
        pick: Pick {
            id: GoodsId::Product(product.id),
            name: product.name.clone(),
            code: String::new(),
        },
        goods: None,
    });
    let variants = product.variants.iter().map(|variant| {
        let name = full_name(&product.name, &variant.name);
        FoundGoods {
            pick: Pick {
                id: GoodsId::Variant(variant.id),
                name: name.clone(),
                code: variant.sku.clone(),
            },
            goods: Some(Goods {
                product_id: product.id,
                variant_id: variant.id,
                sku: variant.sku.clone(),
                name,
                unit: variant.unit.clone(),
            }),
        }
    });
    whole.into_iter().chain(variants).collect()
}

/// Finds customers.
#[component]
pub fn CustomerFinder(
    /// What they are for.
    #[prop(into)]
    label: Signal<String>,
    /// What is wrong with what is chosen.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Called with who was chosen.
    #[prop(into)]
    on_pick: Callback<Pick<CustomerId>>,
) -> impl IntoView {
    let words = RwSignal::new(String::new());
    let read = queries::read::<ListCustomers>(move || {
        let q = words.get();
        (!q.is_empty()).then(|| {
            let query = CustomerQuery {
                q: Some(q),
                limit: Some(SHOWN),
                ..CustomerQuery::default()
            };
            ((), query)
        })
    });
    let search = move || match read.state.get() {
        _ if words.with(String::is_empty) => Search::Resting,
        Remote::Loading => Search::Asking,
        Remote::Failed(error) => Search::Failed(problems::words(&error)),
        Remote::Ready(page) => {
            let found = page.items.iter().map(|customer| Found {
                name: local(&customer.name),
                code: customer.code.clone(),
            });
            Search::Done(found.collect())
        }
    };
    let pick = move |place: usize| {
        let found = read.state.with_untracked(|state| {
            let customer = state.ready()?.items.get(place)?.clone();
            Some(Pick {
                id: customer.id,
                name: customer.name,
                code: customer.code,
            })
        });
        if let Some(found) = found {
            on_pick.run(found);
        }
    };
    view! { <Finder label=label words=words search=Signal::derive(search) error=error on_pick=pick /> }
}

/// The field with what was found below it. Enter chooses the first.
#[component]
fn Finder(
    label: Signal<String>,
    words: RwSignal<String>,
    search: Signal<Search>,
    error: Signal<Option<String>>,
    #[prop(into)] on_pick: Callback<usize>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let stop_waiting = move || {
        if let Some(Some(handle)) = waiting.try_update_value(Option::take) {
            handle.clear();
        }
    };
    on_cleanup(stop_waiting);
    let settle = move || {
        words.try_set(typed.get_untracked().trim().to_owned());
    };
    let write = move |event| {
        typed.set(event_target_value(&event));
        stop_waiting();
        waiting.set_value(set_timeout_with_handle(settle, PAUSE).ok());
    };
    let pick = move |place: usize| {
        stop_waiting();
        on_pick.run(place);
        typed.set(String::new());
        words.set(String::new());
    };
    let is_settled =
        move || words.with_untracked(|words| typed.with_untracked(|typed| typed.trim() == words));
    let key = move |event: KeyboardEvent| {
        // Enter that ends a word of a Chinese keyboard is no Enter, and none of them is to save the page.
        if event.key() != "Enter" || event.is_composing() {
            return;
        }
        event.prevent_default();
        if !is_settled() {
            stop_waiting();
            settle();
        } else if search.with_untracked(|search| matches!(search, Search::Done(found) if !found.is_empty())) {
            pick(0);
        }
    };
    let row = move |(place, found): (usize, Found)| {
        view! {
            <li>
                <button type="button" class="finder-row" on:click=move |_| pick(place)>
                    <span>{found.name}</span>
                    " "
                    <small class="code">{found.code}</small>
                </button>
            </li>
        }
    };
    let rows = move || match search.get() {
        Search::Resting => ().into_any(),
        Search::Asking => view! { <p role="status">{text!(promotion_desk.finder.asking)}</p> }.into_any(),
        Search::Failed(words) => view! { <p class="field-error" role="alert">{words}</p> }.into_any(),
        Search::Done(found) if found.is_empty() => {
            view! { <p role="status">{text!(promotion_desk.finder.nothing)}</p> }.into_any()
        }
        Search::Done(found) => {
            let count = found.len();
            let rows = found.into_iter().enumerate().map(row).collect_view();
            view! {
                <p class="visually-hidden" role="status">{text!(promotion_desk.finder.found, count = count)}</p>
                <ul class="finder-rows">{rows}</ul>
            }
            .into_any()
        }
    };
    view! {
        <div class="finder field">
            <label>
                <span class="field-label">{move || label.get()}</span>
                <input
                    class="input"
                    type="search"
                    autocomplete="off"
                    spellcheck="false"
                    placeholder=move || text!(promotion_desk.finder.hint)
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    prop:value=move || typed.get()
                    on:input=write
                    on:keydown=key
                />
            </label>
            <p class="field-error">{move || error.get()}</p>
            {rows}
        </div>
    }
}
