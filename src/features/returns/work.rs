//! The forms of what is done with a return.

use countersign_contract::Endpoint;
use countersign_contract::endpoint::NoQuery;
use countersign_contract::returns::{
    ConfirmRefundEndpoint, PassReturnReviewEndpoint, ReceiveReturnEndpoint, RefuseReturnEndpoint,
    ReturnDetail, VoidReturnEndpoint,
};
use countersign_contract::stock::ListWarehouses;
use countersign_domain::id::{ReturnId, WarehouseId};
use countersign_domain::returns::{
    ConfirmRefund, PassReturnReview, ReceiveReturnedGoods, RefundTarget, RefuseReturn, ReturnLine,
    ReturnLineReview, ReturnedGoods, VoidReturn,
};
use leptos::prelude::*;

use crate::features::returns::actions::Deed;
use crate::features::returns::desk::ReturnDesk;
use crate::features::returns::form::ReturnForm;
use crate::i18n::{format, local, returns};
use crate::order_view::input;
use crate::order_view::{Typed, Wrong, read_all};
use crate::queries;
use crate::text;
use crate::ui::{Choice, NumberField, RadioGroup, SelectField, TextArea, TextField};

/// The form of a deed that asks for something; nothing for one that does not.
pub fn form(desk: ReturnDesk, deed: Deed) -> AnyView {
    match deed {
        Deed::Pass => ().into_any(),
        Deed::PassLess => view! { <ReviewForm desk=desk /> }.into_any(),
        Deed::ReceiveGoods => view! { <ReceiveForm desk=desk /> }.into_any(),
        Deed::Refund => view! { <RefundForm desk=desk /> }.into_any(),
        Deed::Refuse => {
            let lead = || text!(returns.ask.refuse);
            reason::<RefuseReturnEndpoint>(desk, deed, lead, |reason| RefuseReturn { reason })
        }
        Deed::Void => {
            let lead = || text!(returns.ask.void);
            reason::<VoidReturnEndpoint>(desk, deed, lead, |reason| VoidReturn { reason })
        }
    }
}

/// A form that asks for a reason.
fn reason<E>(desk: ReturnDesk, deed: Deed, lead: fn() -> String, body: fn(String) -> E::Body) -> AnyView
where
    E: Endpoint<Path = ReturnId, Reply = ReturnDetail> + 'static,
{
    let pending = desk.change::<E>();
    let reason = Typed::new("");
    let submit = move || {
        if let Ok(reason) = reason.read(input::words) {
            desk.send(pending, body(reason));
        }
    };
    view! {
        <ReturnForm
            desk=desk
            button=move || deed.words()
            busy=pending.busy
            error=pending.error
            on_submit=submit
        >
            <p>{lead}</p>
            <TextArea label=move || text!(returns.ask.reason) value=reason.value error=reason.wrong() />
        </ReturnForm>
    }
    .into_any()
}

/// Two fields of a line: a quantity, and what goes with it.
#[derive(Clone, Copy)]
struct Fields {
    line: StoredValue<ReturnLine>,
    quantity: Typed,
    other: Typed,
}

impl Fields {
    /// The lines of the open return; `other` is what the second field holds at first.
    fn all(desk: ReturnDesk, other: fn(&ReturnLine) -> String) -> StoredValue<Vec<Self>> {
        let fields = desk.detail.with_untracked(|detail| {
            let lines = detail.as_deref().map(|detail| detail.subject.lines.iter());
            let field = |line: &ReturnLine| Self {
                line: StoredValue::new(line.clone()),
                quantity: Typed::new(line.approved.to_string()),
                other: Typed::new(other(line)),
            };
            lines.map(|lines| lines.map(field).collect::<Vec<_>>())
        });
        StoredValue::new(fields.unwrap_or_default())
    }

    fn name(self) -> String {
        self.line.with_value(|line| local(&line.name))
    }

    fn unit(self) -> Signal<String> {
        Signal::derive(move || self.line.with_value(|line| local(&line.unit.name)))
    }

    /// What the review says of the line; nothing where it is agreed to as it is.
    fn review(&self) -> Result<Option<ReturnLineReview>, Wrong> {
        let (line_id, requested) = self.line.with_value(|line| (line.line_id, line.requested));
        let quantity = self
            .quantity
            .read(|typed| input::quantity(typed, Some(requested)))?;
        if quantity == requested {
            self.other.tell(None);
            return Ok(None);
        }
        let reason = self.other.read(input::words)?;
        Ok(Some(ReturnLineReview {
            line_id,
            quantity,
            reason,
        }))
    }

    /// What arrived of the line, and how much of that can be sold again.
    fn goods(&self) -> Result<ReturnedGoods, Wrong> {
        let (line_id, approved) = self.line.with_value(|line| (line.line_id, line.approved));
        let arrived = self
            .quantity
            .read(|typed| input::quantity(typed, Some(approved)))?;
        let sellable = self.other.read(|typed| input::quantity(typed, Some(arrived)))?;
        Ok(ReturnedGoods {
            line_id,
            arrived,
            sellable,
        })
    }
}

#[component]
fn ReviewForm(desk: ReturnDesk) -> impl IntoView {
    let pending = desk.change::<PassReturnReviewEndpoint>();
    let rows = Fields::all(desk, |_| String::new());
    let note = RwSignal::new(String::new());
    let submit = move || {
        if let Ok(lines) = read_all(rows, Fields::review) {
            let body = PassReturnReview {
                lines: lines.into_iter().flatten().collect(),
                note: note.get_untracked().trim().to_owned(),
            };
            desk.send(pending, body);
        }
    };
    let row = |fields: Fields| {
        let asked = move || {
            let asked = fields.line.with_value(|line| format::quantity(line.requested));
            text!(returns.ask.requested, quantity = asked)
        };
        view! {
            <li>
                <fieldset>
                    <legend>{move || fields.name()} " " <small>{asked}</small></legend>
                    <div class="deed-line-fields">
                        <NumberField
                            label=move || text!(returns.ask.approved)
                            value=fields.quantity.value
                            unit=fields.unit()
                            error=fields.quantity.wrong()
                        />
                        <TextField
                            label=move || text!(returns.ask.less_reason)
                            value=fields.other.value
                            error=fields.other.wrong()
                        />
                    </div>
                </fieldset>
            </li>
        }
        .into_any()
    };
    view! {
        <ReturnForm
            desk=desk
            button=move || text!(returns.deed.pass)
            busy=pending.busy
            error=pending.error
            on_submit=submit
        >
            <p>{move || text!(returns.ask.review)}</p>
            <ul class="deed-lines">
                <For each=move || rows.get_value() key=|fields| fields.line.with_value(|line| line.line_id) children=row />
            </ul>
            <TextArea label=move || text!(returns.ask.note) value=note rows=2 />
        </ReturnForm>
    }
}

#[component]
fn ReceiveForm(desk: ReturnDesk) -> impl IntoView {
    let pending = desk.change::<ReceiveReturnEndpoint>();
    let rows = Fields::all(desk, |line| line.approved.to_string());
    let note = RwSignal::new(String::new());
    let nothing = RwSignal::new(false);
    let warehouses = queries::read::<ListWarehouses>(|| Some(((), NoQuery {})));
    let chosen: RwSignal<Option<WarehouseId>> = RwSignal::new(None);
    let options = move || {
        let all = warehouses.state.with(|state| state.ready().cloned());
        let all = all.as_deref().map(Vec::as_slice).unwrap_or_default();
        all.iter()
            .map(|warehouse| Choice::new(warehouse.id.to_string(), local(&warehouse.name)))
            .collect::<Vec<_>>()
    };
    let selected = move || {
        let usual = warehouses.state.with(|state| {
            let all = state.ready()?;
            all.iter()
                .find(|warehouse| warehouse.is_default)
                .map(|warehouse| warehouse.id)
        });
        chosen
            .get()
            .or(usual)
            .map(|id| id.to_string())
            .unwrap_or_default()
    };
    let submit = move || {
        let Ok(lines) = read_all(rows, Fields::goods) else {
            return;
        };
        nothing.set(lines.iter().all(|line| line.arrived.is_zero()));
        if !nothing.get_untracked() {
            let body = ReceiveReturnedGoods {
                warehouse_id: chosen.get_untracked(),
                lines,
                note: note.get_untracked().trim().to_owned(),
            };
            desk.send(pending, body);
        }
    };
    let row = |fields: Fields| {
        view! {
            <li>
                <fieldset>
                    <legend>{move || fields.name()}</legend>
                    <div class="deed-line-fields">
                        <NumberField
                            label=move || text!(returns.ask.arrived)
                            value=fields.quantity.value
                            unit=fields.unit()
                            error=fields.quantity.wrong()
                        />
                        <NumberField
                            label=move || text!(returns.ask.sellable)
                            value=fields.other.value
                            unit=fields.unit()
                            error=fields.other.wrong()
                        />
                    </div>
                </fieldset>
            </li>
        }
        .into_any()
    };
    view! {
        <ReturnForm
            desk=desk
            button=move || text!(returns.deed.receive_goods)
            busy=pending.busy
            error=pending.error
            on_submit=submit
        >
            <p>{move || text!(returns.ask.receive)}</p>
            <ul class="deed-lines">
                <For each=move || rows.get_value() key=|fields| fields.line.with_value(|line| line.line_id) children=row />
            </ul>
            <p class="form-error" role="alert">
                {move || nothing.get().then(|| text!(returns.rejection.nothing_arrived))}
            </p>
            <SelectField
                label=move || text!(returns.ask.warehouse)
                options=Signal::derive(options)
                selected=Signal::derive(selected)
                on_select=move |id: String| chosen.set(id.parse().ok())
            />
            <TextArea label=move || text!(returns.ask.note) value=note rows=2 />
        </ReturnForm>
    }
}

const TARGETS: [(RefundTarget, &str); 2] = [
    (RefundTarget::PrepayAccount, "prepay_account"),
    (RefundTarget::Receivable, "receivable"),
];

#[component]
fn RefundForm(desk: ReturnDesk) -> impl IntoView {
    let pending = desk.change::<ConfirmRefundEndpoint>();
    let note = RwSignal::new(String::new());
    let usual = desk
        .detail
        .with_untracked(|detail| detail.as_deref().map(|detail| detail.usual_target));
    let chosen = RwSignal::new(usual.unwrap_or(RefundTarget::PrepayAccount));
    let options = || {
        let choice = |(target, name)| Choice::new(name, returns::target(target));
        TARGETS.map(choice).to_vec()
    };
    let selected = move || {
        let found = TARGETS.iter().find(|(target, _)| *target == chosen.get());
        found.map(|(_, name)| (*name).to_owned()).unwrap_or_default()
    };
    let choose = move |name: String| {
        if let Some((target, _)) = TARGETS.iter().find(|(_, known)| *known == name) {
            chosen.set(*target);
        }
    };
    let amount = move || {
        desk.detail.with(|detail| {
            let subject = &detail.as_deref()?.subject;
            Some(text!(
                returns.ask.refund,
                amount = format::money(subject.total, &subject.currency)
            ))
        })
    };
    let submit = move || {
        let body = ConfirmRefund {
            target: Some(chosen.get_untracked()),
            note: note.get_untracked().trim().to_owned(),
        };
        desk.send(pending, body);
    };
    view! {
        <ReturnForm
            desk=desk
            button=move || text!(returns.deed.refund)
            busy=pending.busy
            error=pending.error
            on_submit=submit
        >
            <p>{amount}</p>
            <RadioGroup
                label=move || text!(returns.ask.target)
                options=Signal::derive(options)
                selected=Signal::derive(selected)
                on_select=choose
            />
            <TextArea label=move || text!(returns.ask.note) value=note rows=2 />
        </ReturnForm>
    }
}
