//! The outbound review: what to reserve of each line and where from, and what happens to what is short (rule 9).

use std::sync::Arc;

use countersign_contract::order::{LineStock, OrderDetail, PassOutboundReviewEndpoint};
use countersign_domain::id::WarehouseId;
use countersign_domain::order::{OrderLine, OutboundLine, PassOutboundReview, ShortageChoice};
use countersign_domain::quantity::Quantity;
use leptos::prelude::*;

use crate::i18n::{format, local};
use crate::order_view::input::{self, InputError};
use crate::order_view::{DeedForm, OrderDesk, Typed, Wrong, line_unit, read_all};
use crate::text;
use crate::ui::{Choice, NumberField, SelectField, TextField};

/// What becomes of the rest of a line that is short, as it is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rest {
    /// It stays open and ships when there is stock.
    #[default]
    Wait,
    /// What there is goes; the customer agreed.
    ShipShort,
    /// It is not delivered any more.
    Close,
}

impl Rest {
    const ALL: [Self; 3] = [Self::Wait, Self::ShipShort, Self::Close];

    fn name(self) -> &'static str {
        match self {
            Self::Wait => "wait",
            Self::ShipShort => "ship_short",
            Self::Close => "close",
        }
    }

    fn words(self) -> String {
        match self {
            Self::Wait => text!(order.outbound.wait),
            Self::ShipShort => text!(order.outbound.ship_short),
            Self::Close => text!(order.outbound.close),
        }
    }
}

/// What was typed for a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboundInput {
    /// Where from.
    pub warehouse: WarehouseId,
    /// What to reserve.
    pub quantity: String,
    /// What becomes of the rest.
    pub rest: Rest,
    /// How the customer agreed, or why the rest is closed.
    pub said: String,
}

/// What is wrong with a line's fields: the quantity, and what was said of the rest.
pub type OutboundErrors = (Option<InputError>, Option<InputError>);

impl OutboundInput {
    /// The command for `line`, of which `free` lies in the warehouse chosen.
    ///
    /// # Errors
    /// Field by field.
    pub fn read(&self, line: &OrderLine, free: Quantity) -> Result<OutboundLine, OutboundErrors> {
        let wanted = line.unreserved();
        let quantity =
            input::quantity(&self.quantity, Some(wanted.min(free))).map_err(|error| (Some(error), None))?;
        let said = || input::words(&self.said).map_err(|error| (None, Some(error)));
        let shortage = match self.rest {
            _ if quantity == wanted => None,
            Rest::Wait => Some(ShortageChoice::Wait),
            Rest::ShipShort => Some(ShortageChoice::ShipShort { consent: said()? }),
            Rest::Close => Some(ShortageChoice::Close { reason: said()? }),
        };
        Ok(OutboundLine {
            line_id: line.id,
            warehouse_id: self.warehouse,
            quantity,
            shortage,
            substitute: None,
        })
    }
}

/// The warehouse that has most of a line, and what is to be reserved there: what remains, or what there is.
pub fn suggestion(line: &OrderLine, stock: &[LineStock]) -> Option<(WarehouseId, Quantity)> {
    let wanted = line.unreserved();
    let own = || stock.iter().filter(|stock| stock.line_id == line.id);
    // The first that has enough, as the server lists them; else the one that has most.
    let best = own()
        .find(|stock| stock.free >= wanted)
        .or_else(|| own().max_by_key(|stock| stock.free))?;
    Some((best.warehouse_id, wanted.min(best.free)))
}

#[derive(Clone, Copy)]
struct Fields {
    line: StoredValue<OrderLine>,
    stock: StoredValue<Vec<LineStock>>,
    warehouse: RwSignal<WarehouseId>,
    quantity: Typed,
    rest: RwSignal<Rest>,
    said: Typed,
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

    /// Whether what is typed leaves a rest that must be decided on.
    fn is_short(&self) -> bool {
        let typed = self.quantity.value.get();
        input::quantity(&typed, None).is_ok_and(|quantity| quantity < self.wanted())
    }

    fn read(&self) -> Result<OutboundLine, Wrong> {
        let typed = OutboundInput {
            warehouse: self.warehouse.get_untracked(),
            quantity: self.quantity.text(),
            rest: self.rest.get_untracked(),
            said: self.said.text(),
        };
        let free = self.free(typed.warehouse);
        let read = self.line.with_value(|line| typed.read(line, free));
        let (of_quantity, of_rest) = read.as_ref().err().cloned().unwrap_or_default();
        self.quantity.tell(of_quantity);
        self.said.tell(of_rest);
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
    view! {
        <DeedForm
            desk=desk
            button=move || text!(order.deed.pass_outbound_review)
            busy=pending.busy
            error=pending.error
            on_submit=submit
        >
            <p>{move || text!(order.outbound.lead)}</p>
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
    let says = Signal::derive(move || match fields.rest.get() {
        Rest::ShipShort => text!(order.outbound.consent),
        Rest::Wait | Rest::Close => text!(order.ask.reason),
    });
    let is_short = Memo::new(move |_| fields.is_short());
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
                    <Show when=move || is_short.get()>
                        <SelectField
                            label=move || text!(order.outbound.rest)
                            options=rests
                            selected=Signal::derive(move || fields.rest.get().name().to_owned())
                            on_select=choose_rest
                        />
                        <Show when=move || fields.rest.get() != Rest::Wait>
                            <TextField label=says value=fields.said.value error=fields.said.wrong() />
                        </Show>
                    </Show>
                </div>
            </fieldset>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use countersign_domain::money::Money;
    use countersign_domain::text::LocalText;
    use uuid::Uuid;

    use super::*;
    use crate::order_view::sample;

    fn stock(line: &OrderLine, warehouse: u128, free: u32) -> LineStock {
        LineStock {
            line_id: line.id,
            warehouse_id: WarehouseId(Uuid::from_u128(warehouse)),
            warehouse: LocalText::default(),
            free: Quantity::whole(free),
        }
    }

    fn typed(quantity: &str, rest: Rest, said: &str) -> OutboundInput {
        OutboundInput {
            warehouse: WarehouseId(Uuid::from_u128(1)),
            quantity: quantity.to_owned(),
            rest,
            said: said.to_owned(),
        }
    }

    #[test]
    fn the_warehouse_that_has_enough_is_suggested_and_else_the_one_that_has_most() {
        let line = sample::line(1, 60, Money::new(1, 0));
        let id = |id| WarehouseId(Uuid::from_u128(id));
        let enough = [stock(&line, 1, 10), stock(&line, 2, 60), stock(&line, 3, 90)];
        assert_eq!(suggestion(&line, &enough), Some((id(2), Quantity::whole(60))));
        let short = [stock(&line, 1, 10), stock(&line, 2, 45)];
        assert_eq!(suggestion(&line, &short), Some((id(2), Quantity::whole(45))));
        assert_eq!(suggestion(&line, &[]), None);
    }

    #[test]
    fn a_line_that_is_reserved_whole_needs_no_decision() {
        let line = sample::line(1, 60, Money::new(1, 0));
        let read = typed("60", Rest::Close, "").read(&line, Quantity::whole(100));
        assert_eq!(read.map(|line| line.shortage), Ok(None));
    }

    #[test]
    fn a_rest_that_is_closed_or_left_out_says_why() {
        let line = sample::line(1, 60, Money::new(1, 0));
        let free = Quantity::whole(45);
        let missing = Err((None, Some(InputError::Missing)));
        assert_eq!(typed("45", Rest::Close, " ").read(&line, free), missing);
        let closed = typed("45", Rest::Close, "no more").read(&line, free);
        let reason = "no more".to_owned();
        assert_eq!(
            closed.map(|line| line.shortage),
            Ok(Some(ShortageChoice::Close { reason }))
        );
        let waits = typed("45", Rest::Wait, "").read(&line, free);
        assert_eq!(waits.map(|line| line.shortage), Ok(Some(ShortageChoice::Wait)));
    }

    #[test]
    fn no_more_is_reserved_than_there_is() {
        let line = sample::line(1, 60, Money::new(1, 0));
        let free = Quantity::whole(45);
        assert_eq!(
            typed("50", Rest::Wait, "").read(&line, free),
            Err((Some(InputError::TooMuch(free)), None))
        );
    }
}
