//! What the list can be narrowed by, with counts: beside it on a desk, behind a button on a phone.

use std::sync::Arc;

use countersign_domain::money::Money;
use countersign_domain::search::{Facets, LabelCount, PriceStep};
use leptos::prelude::*;

use crate::features::catalog::model::chosen;
use crate::i18n::{format, local};
use crate::route::{CatalogFilter, Route, use_navigator};
use crate::session::SessionContext;
use crate::text;
use crate::ui::{Checkbox, Choice, RadioGroup};

/// Brands or tags shown before somebody asks for all of them.
const MOST: usize = 8;

/// Chooses brands, tags, prices, what is in stock, and what the customer has to do with already.
#[component]
pub fn FacetPanel(
    /// What the catalog shows.
    filter: Memo<CatalogFilter>,
    /// What there is to choose; what was there stays until the next is.
    facets: Memo<Option<Arc<Facets>>>,
) -> impl IntoView {
    let navigator = use_navigator();
    let is_open = RwSignal::new(false);
    let change = move |change: &dyn Fn(&mut CatalogFilter)| {
        let mut next = filter.get_untracked();
        change(&mut next);
        navigator.replace(&Route::Catalog(next));
    };
    let count = move || filter.with(CatalogFilter::choices);
    let button = move || match count() {
        0 => text!(catalog_facets.open),
        count => text!(catalog_facets.open_chosen, count = count),
    };
    let brands = Memo::new(move |_| labels(facets, |facets| &facets.brands));
    let tags = Memo::new(move |_| labels(facets, |facets| &facets.tags));
    let choose_brand = move |(key, is_chosen): (String, bool)| {
        change(&|filter| filter.brands = chosen(&filter.brands, &key, is_chosen));
    };
    let choose_tag = move |(key, is_chosen): (String, bool)| {
        change(&|filter| filter.tags = chosen(&filter.tags, &key, is_chosen));
    };
    let clear = move || {
        (count() > 0).then(|| {
            let path = filter.with(|filter| Route::Catalog(filter.without_choices()).to_path());
            view! { <a class="facets-clear" href=path>{move || text!(catalog_facets.clear)}</a> }
        })
    };
    view! {
        <section class="facets" aria-label=move || text!(catalog_facets.title)>
            <button
                class="button facets-open"
                data-variant="secondary"
                type="button"
                aria-expanded=move || is_open.get().to_string()
                aria-controls="catalog-facets"
                on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
            >
                {button}
            </button>
            <div class="facets-body" id="catalog-facets" data-open=move || is_open.get().to_string()>
                {clear}
                <Flag
                    name=Signal::derive(move || text!(catalog.in_stock))
                    count=count_of(facets, |facets| facets.in_stock)
                    checked=Signal::derive(move || filter.with(|filter| filter.in_stock))
                    on_change=move |is_chosen: bool| change(&|filter| filter.in_stock = is_chosen)
                />
                <Flag
                    name=Signal::derive(move || text!(catalog_facets.favourites))
                    count=count_of(facets, |facets| facets.favourites)
                    checked=Signal::derive(move || filter.with(|filter| filter.favourite))
                    on_change=move |is_chosen: bool| change(&|filter| filter.favourite = is_chosen)
                />
                <Flag
                    name=Signal::derive(move || text!(catalog_facets.bought))
                    count=count_of(facets, |facets| facets.bought)
                    checked=Signal::derive(move || filter.with(|filter| filter.bought))
                    on_change=move |is_chosen: bool| change(&|filter| filter.bought = is_chosen)
                />
                <Flag
                    name=Signal::derive(move || text!(catalog_facets.promoted))
                    count=count_of(facets, |facets| facets.promoted)
                    checked=Signal::derive(move || filter.with(|filter| filter.promoted))
                    on_change=move |is_chosen: bool| change(&|filter| filter.promoted = is_chosen)
                />
                <Prices filter=filter facets=facets />
                <LabelChoice
                    title=Signal::derive(move || text!(catalog_facets.brand))
                    labels=brands
                    chosen=Signal::derive(move || filter.with(|filter| filter.brands.clone()))
                    on_choose=choose_brand
                />
                <LabelChoice
                    title=Signal::derive(move || text!(catalog_facets.tag))
                    labels=tags
                    chosen=Signal::derive(move || filter.with(|filter| filter.tags.clone()))
                    on_choose=choose_tag
                />
            </div>
        </section>
    }
}

fn labels(facets: Memo<Option<Arc<Facets>>>, of: fn(&Facets) -> &Vec<LabelCount>) -> Vec<LabelCount> {
    facets.with(|facets| {
        facets
            .as_ref()
            .map(|facets| of(facets).clone())
            .unwrap_or_default()
    })
}

fn count_of(facets: Memo<Option<Arc<Facets>>>, of: fn(&Facets) -> Option<u32>) -> Memo<Option<u32>> {
    Memo::new(move |_| facets.with(|facets| facets.as_ref().and_then(|facets| of(facets))))
}

/// Something to tick with its count; not there where that is not known, unless it is chosen: what narrows the list can be
/// taken back.
#[component]
fn Flag(
    /// What it is.
    name: Signal<String>,
    /// How many products it would leave.
    count: Memo<Option<u32>>,
    /// Whether it is chosen.
    checked: Signal<bool>,
    /// Called with whether it is chosen now.
    #[prop(into)]
    on_change: Callback<bool>,
) -> impl IntoView {
    let label = move || match count.get() {
        Some(count) => text!(catalog_facets.counted, name = name.get(), count = count),
        None => name.get(),
    };
    view! {
        <Show when=move || count.with(Option::is_some) || checked.get()>
            <Checkbox label=Signal::derive(label) checked=checked on_change=on_change />
        </Show>
    }
}

/// Brands or tags to tick, each with its count.
#[component]
fn LabelChoice(
    /// What they are.
    title: Signal<String>,
    /// Those there are.
    labels: Memo<Vec<LabelCount>>,
    /// The keys of those that are chosen.
    chosen: Signal<Vec<String>>,
    /// Called with a key and whether it is chosen now.
    #[prop(into)]
    on_choose: Callback<(String, bool)>,
) -> impl IntoView {
    let shows_all = RwSignal::new(false);
    let all =
        Memo::new(move |_| labels.with(|all| all.iter().map(|one| one.key.clone()).collect::<Vec<_>>()));
    // The most frequent ones, and whatever is chosen.
    let keys = move || {
        let most = if shows_all.get() { usize::MAX } else { MOST };
        let is_shown =
            |(place, key): &(usize, String)| *place < most || chosen.with(|chosen| chosen.contains(key));
        all.get()
            .into_iter()
            .enumerate()
            .filter(is_shown)
            .map(|(_, key)| key)
            .collect::<Vec<_>>()
    };
    let more = move || {
        let count = all.with(Vec::len);
        (count > MOST).then(|| {
            let label = move || match shows_all.get() {
                true => text!(catalog_facets.show_fewer),
                false => text!(catalog_facets.show_all, count = count),
            };
            view! {
                <button
                    class="facet-more"
                    type="button"
                    aria-expanded=move || shows_all.get().to_string()
                    on:click=move |_| shows_all.update(|shows_all| *shows_all = !*shows_all)
                >
                    {label}
                </button>
            }
        })
    };
    let entry = move |key: String| {
        let key = StoredValue::new(key);
        let label = move || {
            let found =
                labels.with(|all| key.with_value(|key| all.iter().find(|one| one.key == *key).cloned()));
            found
                .map(|one| {
                    text!(
                        catalog_facets.counted,
                        name = local(&one.name),
                        count = one.products
                    )
                })
                .unwrap_or_default()
        };
        let checked = move || chosen.with(|chosen| key.with_value(|key| chosen.contains(key)));
        view! {
            <Checkbox
                label=Signal::derive(label)
                checked=Signal::derive(checked)
                on_change=move |is_chosen: bool| on_choose.run((key.get_value(), is_chosen))
            />
        }
        .into_any()
    };
    view! {
        <Show when=move || labels.with(|all| !all.is_empty())>
            <fieldset class="facet">
                <legend class="field-label">{move || title.get()}</legend>
                <div class="facet-list">
                    <For each=keys key=String::clone children=entry />
                </div>
                {more}
            </fieldset>
        </Show>
    }
}

/// Ranges of prices, one of which may be chosen.
#[component]
fn Prices(filter: Memo<CatalogFilter>, facets: Memo<Option<Arc<Facets>>>) -> impl IntoView {
    let session = expect_context::<SessionContext>();
    let navigator = use_navigator();
    let steps = Memo::new(move |_| {
        facets.with(|facets| {
            facets
                .as_ref()
                .map(|facets| facets.prices.clone())
                .unwrap_or_default()
        })
    });
    let label = move |step: &PriceStep| {
        let money = |price: Money| format::money(price, &session.currency());
        let range = match (step.from, step.to) {
            (Some(from), Some(to)) => text!(catalog_facets.price_between, from = money(from), to = money(to)),
            (Some(from), None) => text!(catalog_facets.price_from, from = money(from)),
            (None, Some(to)) => text!(catalog_facets.price_below, to = money(to)),
            (None, None) => text!(catalog_facets.price_any),
        };
        text!(catalog_facets.counted, name = range, count = step.products)
    };
    let options = Memo::new(move |_| {
        let any = Choice::new(value("", ""), text!(catalog_facets.price_any));
        let step = |step: &PriceStep| {
            let text = |price: Option<Money>| price.map(|price| price.to_string()).unwrap_or_default();
            Choice::new(value(&text(step.from), &text(step.to)), label(step))
        };
        let steps = steps.with(|steps| steps.iter().map(step).collect::<Vec<_>>());
        std::iter::once(any).chain(steps).collect::<Vec<_>>()
    });
    let selected = move || filter.with(|filter| value(&filter.price_from, &filter.price_to));
    let choose = move |range: String| {
        let (from, to) = range.split_once(' ').unwrap_or_default();
        navigator.replace(&Route::Catalog(CatalogFilter {
            price_from: from.to_owned(),
            price_to: to.to_owned(),
            ..filter.get_untracked()
        }));
    };
    let is_shown = move || steps.with(|steps| !steps.is_empty()) || selected() != value("", "");
    view! {
        <Show when=is_shown>
            <div class="facet">
                <RadioGroup
                    label=move || text!(catalog_facets.price)
                    options=options
                    selected=Signal::derive(selected)
                    on_select=choose
                />
            </div>
        </Show>
    }
}

/// A range as a choice's value.
fn value(from: &str, to: &str) -> String {
    format!("{from} {to}")
}
