//! The outbound review: what to reserve of each line and where from, and what happens to what is short (rule 9).

use std::sync::Arc;

use countersign_contract::order::{LineStock, OrderDetail, PassOutboundReviewEndpoint};
use countersign_domain::id::WarehouseId;
use countersign_domain::order::{OrderLine, OutboundLine, PassOutboundReview};
use countersign_domain::quantity::Quantity;
use leptos::prelude::*;

use crate::i18n::{format, local};
use crate::order_view::input;
use crate::order_view::work::outbound_input::{OutboundInput, suggestion};
use crate::order_view::work::rest::Rest;
use crate::order_view::work::substitute::{SubstituteFields, SubstituteForm};
use crate::order_view::{DeedForm, OrderDesk, Typed, Wrong, line_unit, read_all};
use crate::text;
use crate::ui::{Choice, NumberField, SelectField, TextField};

#[derive(Clone, Copy)]
struct Fields {
    line: StoredValue<OrderLine>,
    stock: StoredValue<Vec<LineStock>>,
    warehouse: RwSignal<WarehouseId>,
    quantity: Typed,
    rest: RwSignal<Rest>,
    said: Typed,
    substitute: SubstituteFields,
}

impl Fields {
    fn of(detail: &OrderDetail, line: &OrderLine) -> Option<Self> {
        let (warehouse, quantity) = suggestion(line, &detail.stock)?;
        let own = detail.stock.iter().filter(|stock| stock.line_id == line.id);
        Some(Self {
            line: StoredValue::new(line.clone()),
            stock: StoredValue::new(own.cloned().collect()),
            warehouse: RwSignal::new(warehouse),
            quantity: Typed::new(quantity.to_string()),
            rest: RwSignal::new(Rest::default()),
            said: Typed::new(""),
            substitute: SubstituteFields::new(),
        })
    }

    fn free(&self, warehouse: WarehouseId) -> Quantity {
        self.stock.with_value(|stock| {
            let found = stock.iter().find(|stock| stock.warehouse_id == warehouse);
            found.map_or(Quantity::ZERO, |stock| stock.free)
        })
    }

    fn wanted(&self) -> Quantity {
        self.line.with_value(OrderLine::unreserved)
    }

    /// What is typed leaves of the line, which must be decided on.
    fn short(&self) -> Quantity {
        let typed = self.quantity.value.get();
        input::quantity(&typed, None).map_or(Quantity::ZERO, |quantity| self.wanted().minus(quantity))
    }

    fn read(&self) -> Result<OutboundLine, Wrong> {
        let typed = OutboundInput {
            warehouse: self.warehouse.get_untracked(),
            quantity: self.quantity.text(),
            rest: self.rest.get_untracked(),
            said: self.said.text(),
            substitute: self.substitute.input(),
            keeps_price: self.substitute.keeps_price(),
        };
        let free = self.free(typed.warehouse);
        let read = self.line.with_value(|line| typed.read(line, free));
        let wrong = read.as_ref().err().cloned().unwrap_or_default();
        self.quantity.tell(wrong.quantity);
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
        let free = fields.free(fields.warehouse.get());
        text!(
            order.outbound.free_of,
            wanted = format::quantity(fields.wanted()),
            free = format::quantity(free)
        )
    };
    let warehouses = Signal::derive(move || {
        fields.stock.with_value(|stock| {
            let choice = |stock: &LineStock| {
                let words = text!(
                    order.outbound.warehouse_free,
                    name = local(&stock.warehouse),
                    free = format::quantity(stock.free)
                );
                Choice::new(stock.warehouse_id.to_string(), words)
            };
            stock.iter().map(choice).collect::<Vec<_>>()
        })
    });
    let choose_warehouse = move |id: String| {
        if let Ok(id) = id.parse() {
            fields.warehouse.set(id);
            fields
                .quantity
                .value
                .set(fields.wanted().min(fields.free(id)).to_string());
        }
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
                    <Show when=move || fields.stock.with_value(|stock| stock.len() > 1)>
                        <SelectField
                            label=move || text!(order.outbound.warehouse)
                            options=warehouses
                            selected=Signal::derive(move || fields.warehouse.get().to_string())
                            on_select=choose_warehouse
                        />
                    </Show>
                    <NumberField
                        label=move || text!(order.outbound.reserve)
                        value=fields.quantity.value
                        unit=line_unit(line)
                        error=fields.quantity.wrong()
                    />
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
