//! The outbound review: what to reserve of each line and where from, and what happens to what is short (rule 9).

use std::sync::Arc;

use countersign_contract::order::{LineStock, OrderDetail, PassOutboundReviewEndpoint};
use countersign_domain::order::{OrderLine, OutboundLine, PassOutboundReview};
use countersign_domain::quantity::Quantity;
use leptos::prelude::*;

use crate::i18n::{format, local};
use crate::order_view::input;
use crate::order_view::work::outbound_input::{OutboundInput, Place, suggestion};
use crate::order_view::work::rest::Rest;
use crate::order_view::work::substitute::{SubstituteFields, SubstituteForm};
use crate::order_view::{DeedForm, OrderDesk, Typed, Wrong, line_unit, read_all};
use crate::text;
use crate::ui::{Choice, NumberField, SelectField, TextField};

/// What is reserved in a warehouse.
#[derive(Clone, Copy)]
struct Shelf {
    stock: StoredValue<LineStock>,
    quantity: Typed,
}

#[derive(Clone, Copy)]
struct Fields {
    line: StoredValue<OrderLine>,
    shelves: StoredValue<Vec<Shelf>>,
    rest: RwSignal<Rest>,
    said: Typed,
    substitute: SubstituteFields,
}

impl Fields {
    fn of(detail: &OrderDetail, line: &OrderLine) -> Option<Self> {
        let shelf = |(stock, quantity): (LineStock, Quantity)| Shelf {
            stock: StoredValue::new(stock),
            quantity: Typed::new(if quantity.is_zero() {
                String::new()
            } else {
                quantity.to_string()
            }),
        };
        let shelves: Vec<_> = suggestion(line, &detail.stock).into_iter().map(shelf).collect();
        // One alone says what it reserves, be it nothing.
        if let [only] = shelves.as_slice()
            && only.quantity.text().is_empty()
        {
            only.quantity.value.set(Quantity::ZERO.to_string());
        }
        (!shelves.is_empty()).then(|| Self {
            line: StoredValue::new(line.clone()),
            shelves: StoredValue::new(shelves),
            rest: RwSignal::new(Rest::default()),
            said: Typed::new(""),
            substitute: SubstituteFields::new(),
        })
    }

    /// What is typed, shelf by shelf. Tracks it.
    fn places(&self) -> Vec<Place> {
        let place = |shelf: &Shelf| {
            let (warehouse, free) = shelf.stock.with_value(|stock| (stock.warehouse_id, stock.free));
            Place {
                warehouse,
                free,
                typed: shelf.quantity.value.get(),
            }
        };
        self.shelves
            .with_value(|shelves| shelves.iter().map(place).collect())
    }

    fn free(&self) -> Quantity {
        let free = |shelf: &Shelf| shelf.stock.with_value(|stock| stock.free);
        self.shelves.with_value(|shelves| shelves.iter().map(free).sum())
    }

    fn wanted(&self) -> Quantity {
        self.line.with_value(OrderLine::unreserved)
    }

    /// What is typed leaves of the line, which must be decided on; nothing while it can't be read.
    fn short(&self) -> Quantity {
        let places = self.places();
        let read = |place: &Place| match place.typed.trim() {
            "" => Some(Quantity::ZERO),
            typed => input::quantity(typed, None).ok(),
        };
        let typed: Option<Quantity> = places.iter().map(read).sum();
        typed.map_or(Quantity::ZERO, |typed| self.wanted().minus(typed))
    }

    fn read(&self) -> Result<OutboundLine, Wrong> {
        let typed = OutboundInput {
            places: untrack(|| self.places()),
            rest: self.rest.get_untracked(),
            said: self.said.text(),
            substitute: self.substitute.input(),
            keeps_price: self.substitute.keeps_price(),
        };
        let read = self.line.with_value(|line| typed.read(line));
        let wrong = read.as_ref().err().cloned().unwrap_or_default();
        self.shelves.with_value(|shelves| {
            let mut places = wrong.places.into_iter();
            for shelf in shelves {
                shelf.quantity.tell(places.next().flatten());
            }
        });
        self.said.tell(wrong.said);
        self.substitute.tell(wrong.substitute);
        read.map_err(|_| Wrong)
    }
}

#[component]
pub(super) fn OutboundForm(desk: OrderDesk) -> impl IntoView {
    let pending = desk.change::<PassOutboundReviewEndpoint>();
    let fields = desk.detail.with_untracked(|detail: &Option<Arc<OrderDetail>>| {
        let detail = detail.as_deref()?;
        let open = detail
            .order
            .lines
            .iter()
            .filter(|line| !line.unreserved().is_zero());
        Some(
            open.filter_map(|line| Fields::of(detail, line))
                .collect::<Vec<_>>(),
        )
    });
    let rows = StoredValue::new(fields.unwrap_or_default());
    let submit = move || {
        if let Ok(lines) = read_all(rows, Fields::read) {
            let body = PassOutboundReview {
                lines,
                note: String::new(),
            };
            desk.send(pending, body);
        }
    };
    let row = |fields: Fields| view! { <OutboundRow fields=fields /> }.into_any();
    let lead = move || {
        if checked_once(desk) {
            text!(outbound.second_lead)
        } else {
            text!(order.outbound.lead)
        }
    };
    view! {
        <DeedForm
            desk=desk
            button=move || text!(order.deed.pass_outbound_review)
            busy=pending.busy
            error=pending.error
            on_submit=submit
        >
            <p>{lead}</p>
            <ul class="deed-lines">
                <For
                    each=move || rows.get_value()
                    key=|fields| fields.line.with_value(|line| line.id)
                    children=row
                />
            </ul>
        </DeedForm>
    }
}

/// Whether the first of two checks is done.
fn checked_once(desk: OrderDesk) -> bool {
    desk.detail.with(|detail| {
        detail
            .as_deref()
            .is_some_and(|detail| detail.order.first_check.is_some())
    })
}

#[component]
fn OutboundRow(fields: Fields) -> impl IntoView {
    let line = fields.line;
    let lead = move || {
        text!(
            order.outbound.free_of,
            wanted = format::quantity(fields.wanted()),
            free = format::quantity(fields.free())
        )
    };
    let is_only = fields.shelves.with_value(|shelves| shelves.len() == 1);
    let shelf = move |shelf: Shelf| {
        let label = move || {
            if is_only {
                return text!(order.outbound.reserve);
            }
            shelf.stock.with_value(|stock| {
                text!(
                    order.outbound.reserve_at,
                    name = local(&stock.warehouse),
                    free = format::quantity(stock.free)
                )
            })
        };
        view! {
            <NumberField
                label=label
                value=shelf.quantity.value
                unit=line_unit(line)
                error=shelf.quantity.wrong()
            />
        }
        .into_any()
    };
    let rests = Signal::derive(|| {
        let choice = |rest: Rest| Choice::new(rest.name(), rest.words());
        Rest::ALL.map(choice).to_vec()
    });
    let choose_rest = move |name: String| {
        if let Some(rest) = Rest::ALL.into_iter().find(|rest| rest.name() == name) {
            fields.rest.set(rest);
        }
    };
    let says = Signal::derive(move || fields.rest.get().asks());
    let short = Memo::new(move |_| fields.short());
    view! {
        <li>
            <fieldset>
                <legend>{move || line.with_value(|line| local(&line.name))} <small>{lead}</small></legend>
                <div class="deed-line-fields">
                    {fields.shelves.get_value().into_iter().map(shelf).collect_view()}
                    <Show when=move || !short.get().is_zero()>
                        <SelectField
                            label=move || text!(order.outbound.rest)
                            options=rests
                            selected=Signal::derive(move || fields.rest.get().name().to_owned())
                            on_select=choose_rest
                        />
                        <Show when=move || fields.rest.get() == Rest::Substitute>
                            <SubstituteForm fields=fields.substitute line=line rest=short />
                        </Show>
                        <Show when=move || fields.rest.get() != Rest::Wait>
                            <TextField label=says value=fields.said.value error=fields.said.wrong() />
                        </Show>
                    </Show>
                </div>
            </fieldset>
        </li>
    }
}
