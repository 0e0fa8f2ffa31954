//! The pages that order an order or a list again.

use std::sync::Arc;

use countersign_contract::ProblemKind;
use countersign_contract::buying::ForCustomer;
use countersign_contract::reorder::{GetListReorder, GetOrderReorder, Reorder, ReorderLine};
use countersign_domain::id::{ListId, OrderId};
use leptos::prelude::*;

use crate::api::ApiError;
use crate::features::lists::again::line::again_line;
use crate::features::lists::again::model::{Chosen, counts, taken};
use crate::features::lists::model::Together;
use crate::features::lists::page::waiting;
use crate::features::lists::rows::put;
use crate::layout::use_title;
use crate::queries::draft::Cart;
use crate::queries::{self, Read, Remote};
use crate::route::{ListsPart, OrdersFilter, Route, use_navigator};
use crate::text;
use crate::ui::{ActionBar, Button, Crumb, EmptyState, IconName, PageHeader, Toasts, Variant};

/// An order, to be ordered again.
#[component]
pub fn OrderAgainPage(
    /// Which.
    id: OrderId,
) -> impl IntoView {
    let read = queries::read::<GetOrderReorder>(move || Some((id, ForCustomer::default())));
    again(read, Route::Orders(OrdersFilter::default()), Route::Order(id))
}

/// A list, to be ordered.
#[component]
pub fn ListAgainPage(
    /// Which.
    id: ListId,
) -> impl IntoView {
    let read = queries::read::<GetListReorder>(move || Some((id, ForCustomer::default())));
    again(read, Route::Lists(ListsPart::default()), Route::List(id))
}

#[derive(Clone, PartialEq)]
enum Face {
    Skeleton,
    Gone,
    Error(ApiError),
    Empty,
    Lines,
}

/// `of` is what is ordered again, `above` the list it is in.
fn again(read: Read<Reorder>, above: Route, of: Route) -> AnyView {
    let found = Memo::new(move |before: Option<&Option<Arc<Reorder>>>| {
        let now = read.state.with(|state| state.ready().cloned());
        now.or_else(|| before.cloned().flatten())
    });
    let face = Memo::new(move |_| {
        read.state.with(|state| match state {
            Remote::Loading => Face::Skeleton,
            Remote::Failed(error) if matches!(error.kind(), Some(ProblemKind::NotFound)) => Face::Gone,
            Remote::Failed(error) => Face::Error(error.clone()),
            Remote::Ready(reorder) if reorder.lines.is_empty() => Face::Empty,
            Remote::Ready(_) => Face::Lines,
        })
    });
    let name = Memo::new(move |_| {
        found.with(|found| {
            found
                .as_ref()
                .map(|found| found.title.clone())
                .unwrap_or_default()
        })
    });
    let title = move || match name.get() {
        name if name.is_empty() => text!(lists.again.title),
        name => text!(lists.again.title_of, name = name),
    };
    use_title(title);
    let is_order = matches!(of, Route::Order(_));
    let (above, of) = (above.to_path(), of.to_path());
    let crumbs = move || {
        let label = if is_order {
            text!(shell.orders)
        } else {
            text!(lists.title)
        };
        let above = Crumb {
            label,
            href: above.clone(),
        };
        let of = Crumb {
            label: name.get(),
            href: of.clone(),
        };
        let mut way = vec![above];
        way.extend((!of.label.is_empty()).then_some(of));
        way
    };
    let body = move || match face.get() {
        Face::Skeleton => waiting(read, None),
        Face::Error(error) => waiting(read, Some(error)),
        Face::Gone => view! {
            <EmptyState title=move || text!(lists.again.not_found) icon=IconName::Orders />
        }
        .into_any(),
        Face::Empty => view! {
            <EmptyState title=move || text!(lists.again.empty) icon=IconName::Orders />
        }
        .into_any(),
        Face::Lines => view! { <Lines found=found /> }.into_any(),
    };
    view! {
        <PageHeader
            title=title
            lead=move || text!(lists.again.lead)
            crumbs=Signal::derive(crumbs)
            crumbs_label=move || text!(lists.back)
        />
        {body}
    }
    .into_any()
}

#[component]
fn Lines(found: Memo<Option<Arc<Reorder>>>) -> impl IntoView {
    let cart = expect_context::<Cart>();
    let toasts = expect_context::<Toasts>();
    let navigator = use_navigator();
    let chosen = RwSignal::new(Chosen::new());
    let with_lines = move |found: &Option<Arc<Reorder>>| -> Vec<ReorderLine> {
        found
            .as_ref()
            .map(|found| found.lines.clone())
            .unwrap_or_default()
    };
    let lines = Memo::new(move |_| found.with(with_lines));
    let taken_now = Memo::new(move |_| lines.with(|lines| chosen.with(|chosen| taken(lines, chosen))));
    let about = move || {
        let counts = lines.with(|lines| counts(lines));
        let parts = [
            (counts.same, text!(lists.again.count_same, count = counts.same)),
            (counts.price, text!(lists.again.count_price, count = counts.price)),
            (
                counts.breach,
                text!(lists.again.count_breach, count = counts.breach),
            ),
            (counts.gone, text!(lists.again.count_gone, count = counts.gone)),
        ];
        let parts = parts.into_iter().filter(|(count, _)| *count > 0);
        parts.map(|(_, words)| words).collect::<Vec<_>>().join(" · ")
    };
    let add = move |()| {
        let items = taken_now.get_untracked();
        put(cart, toasts, Together { items, left_out: 0 });
        navigator.go(&Route::Cart);
    };
    let nothing = move || taken_now.with(Vec::is_empty).then(|| text!(lists.again.nothing));
    // A line about which the catalog says something else now is another line.
    let key = |line: &ReorderLine| {
        let replacements: Vec<_> = line.replacements.iter().map(|offer| offer.variant.id).collect();
        (
            line.goods.variant_id,
            format!("{:?} {replacements:?}", line.verdict),
        )
    };
    view! {
        <p class="again-about" role="status">{about}</p>
        <ul class="again-lines" aria-label=move || text!(lists.again.title)>
            <For each=move || lines.get() key=key children=move |line| again_line(line, chosen) />
        </ul>
        <ActionBar label=move || text!(lists.again.title)>
            <Button
                label=move || text!(lists.again.put, count = taken_now.with(Vec::len))
                icon=IconName::Cart
                variant=Variant::Primary
                refused=Signal::derive(nothing)
                on_press=add
            />
        </ActionBar>
    }
}
