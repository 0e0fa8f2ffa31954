//! What the papers have in common: a way back, the button that prints, the head, the place to sign.

use std::sync::Arc;

use countersign_contract::endpoint::NoQuery;
use countersign_contract::order::{GetOrder, OrderDetail};
use countersign_contract::stock::Warehouse;
use countersign_domain::id::{OrderId, WarehouseId};
use countersign_domain::order::{Order, OrderLine};
use countersign_domain::quantity::Quantity;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::i18n::{format, local, problems};
use crate::layout::use_title;
use crate::queries::{self, Remote};
use crate::route::Route;
use crate::text;
use crate::ui::{Align, Button, Cell, ErrorState, Icon, IconName, Row, Skeleton, Variant};

#[derive(Clone, PartialEq)]
enum Face {
    Loading,
    Failed(ApiError),
    Paper(Arc<OrderDetail>),
}

/// A paper about an order. Its order is read once it is open, and again when somebody changes it.
#[component]
pub fn Paper(
    /// The order.
    id: OrderId,
    /// What the paper is called.
    title: fn() -> String,
    /// What stands on it.
    content: Callback<Arc<OrderDetail>, AnyView>,
) -> impl IntoView {
    let read = queries::read::<GetOrder>(move || Some((id, NoQuery {})));
    let face = Memo::new(move |_| match read.state.get() {
        Remote::Loading => Face::Loading,
        Remote::Failed(error) => Face::Failed(error),
        Remote::Ready(detail) => Face::Paper(detail),
    });
    use_title(move || {
        let number = read
            .state
            .with(|state| state.ready().map(|detail| detail.order.number.clone()));
        [Some(title()), number]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
    });
    let body = move || match face.get() {
        Face::Loading => view! { <Skeleton label=move || text!(outbound.loading) lines=9 /> }.into_any(),
        Face::Failed(error) => view! {
            <ErrorState
                message=Signal::derive(move || problems::words(&error))
                retry_label=move || text!(outbound.retry)
                on_retry=move || read.retry()
            />
        }
        .into_any(),
        Face::Paper(detail) => content.run(detail),
    };
    view! {
        <Frame
            back=Route::Order(id).to_path()
            back_label=|| text!(outbound.back)
            title=title
            body=body.into_any()
        />
    }
}

/// A paper with the way back and the button that prints it.
#[component]
pub fn Frame(
    /// Where the way back leads.
    back: String,
    /// What is there.
    back_label: fn() -> String,
    /// What the paper is called.
    title: fn() -> String,
    /// What stands on it.
    body: AnyView,
) -> impl IntoView {
    let print = || {
        // A browser without a printer says so itself.
        let _ = window().print();
    };
    view! {
        <nav class="paper-tools" aria-label=move || text!(outbound.papers)>
            <a href=back><Icon name=IconName::Back /> {back_label}</a>
            <Button label=move || text!(outbound.print) variant=Variant::Primary on_press=print />
        </nav>
        <article class="paper">
            <h1>{title}</h1>
            {body}
        </article>
    }
}

/// The head of a paper: pairs of a name and what it says; empty ones are left out.
pub fn head(pairs: Vec<(Signal<String>, Signal<String>)>) -> AnyView {
    let pair = |(name, said): (Signal<String>, Signal<String>)| {
        view! {
            <Show when=move || said.with(|said| !said.is_empty())>
                <div>
                    <dt>{move || name.get()}</dt>
                    <dd>{move || said.get()}</dd>
                </div>
            </Show>
        }
    };
    view! { <dl class="paper-head">{pairs.into_iter().map(pair).collect_view()}</dl> }.into_any()
}

/// What the part of a paper is called that is about a warehouse.
pub fn warehouse_title(id: WarehouseId, warehouses: Memo<Vec<Warehouse>>) -> Signal<String> {
    Signal::derive(move || {
        let name = warehouses.with(|all| all.iter().find(|one| one.id == id).map(|one| local(&one.name)));
        text!(outbound.warehouse_of, name = name.unwrap_or_default())
    })
}

/// How the goods come to the customer, as a head says it.
pub fn delivery(order: &Order) -> (Signal<String>, Signal<String>) {
    let method = StoredValue::new(order.delivery_method.clone());
    let name = move || method.with_value(|method| method.as_ref().map(|method| local(&method.name)));
    (
        Signal::derive(|| text!(outbound.delivery_method)),
        Signal::derive(move || name().unwrap_or_default()),
    )
}

/// A line with how much of it; `tick` leaves a box to tick by hand.
pub fn line_row((line, quantity): (OrderLine, Quantity), tick: bool) -> AnyView {
    let line = StoredValue::new(line);
    let name = move || line.with_value(|line| local(&line.name));
    let note = line.with_value(|line| line.note.clone());
    view! {
        <Row>
            <Cell>{name} <small>{note}</small></Cell>
            <Cell label=move || text!(outbound.code)>{line.with_value(|line| line.sku.clone())}</Cell>
            <Cell label=move || text!(outbound.quantity) align=Align::End>
                <b>{move || format::quantity(quantity)}</b>
            </Cell>
            <Cell label=move || text!(outbound.unit)>{move || line.with_value(|line| local(&line.unit.name))}</Cell>
            {tick.then(|| view! { <Cell label=move || text!(outbound.picked)><span class="paper-box"></span></Cell> })}
        </Row>
    }
    .into_any()
}

/// Where people sign.
pub fn signatures(names: Vec<Signal<String>>) -> AnyView {
    let place = |name: Signal<String>| {
        view! {
            <div>
                <span>{move || name.get()}</span>
                <span>{move || text!(outbound.signed_on)}</span>
            </div>
        }
    };
    view! { <footer class="paper-signatures">{names.into_iter().map(place).collect_view()}</footer> }
        .into_any()
}
