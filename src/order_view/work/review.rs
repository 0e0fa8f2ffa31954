//! The order review with changes: promised date, freight, and per line quantity, price, discount, hold and split, each
//! with its reason (rule 5).

use countersign_contract::order::PassOrderReviewEndpoint;
use countersign_domain::id::LineId;
use countersign_domain::order::{LineReview, Order, OrderLine, PassOrderReview, UsualPromise};
use countersign_domain::policy::{Action, can};
use countersign_domain::text::LocalText;
use leptos::prelude::*;

use crate::i18n::{format, local, reasons};
use crate::order_view::input;
use crate::order_view::work::review_input::{LineInput, freight};
use crate::order_view::{DeedForm, OrderDesk, Typed, Wrong, line_unit, read_all};
use crate::text;
use crate::ui::{Checkbox, InputKind, NumberField, TextField};

/// The fields of a line.
#[derive(Clone, Copy)]
struct Fields {
    line: StoredValue<OrderLine>,
    quantity: Typed,
    price: Typed,
    discount: Typed,
    held: RwSignal<bool>,
    split: Typed,
    split_held: RwSignal<bool>,
    new_line: LineId,
    reason: Typed,
}

impl Fields {
    fn of(line: &OrderLine) -> Self {
        let LineInput {
            quantity,
            price,
            discount,
            held,
            split,
            split_held,
            new_line,
            reason,
        } = LineInput::of(line);
        Self {
            line: StoredValue::new(line.clone()),
            quantity: Typed::new(quantity),
            price: Typed::new(price),
            discount: Typed::new(discount),
            held: RwSignal::new(held),
            split: Typed::new(split),
            split_held: RwSignal::new(split_held),
            new_line,
            reason: Typed::new(reason),
        }
    }

    fn read(&self) -> Result<Option<LineReview>, Wrong> {
        let typed = LineInput {
            quantity: self.quantity.text(),
            price: self.price.text(),
            discount: self.discount.text(),
            held: self.held.get_untracked(),
            split: self.split.text(),
            split_held: self.split_held.get_untracked(),
            new_line: self.new_line,
            reason: self.reason.text(),
        };
        let read = self.line.with_value(|line| typed.read(line));
        let errors = read.as_ref().err().cloned().unwrap_or_default();
        self.quantity.tell(errors.quantity);
        self.price.tell(errors.price);
        self.discount.tell(errors.discount);
        self.split.tell(errors.split);
        self.reason.tell(errors.reason);
        read.map_err(|_| Wrong)
    }
}

/// What this reviewer may change, or why not.
#[derive(Clone, Debug, Default, PartialEq)]
struct Rights {
    quantity: Option<String>,
    price: Option<String>,
}

#[component]
pub(super) fn ReviewForm(desk: OrderDesk) -> impl IntoView {
    let read = desk.detail.with_untracked(|detail| {
        let detail = detail.as_deref()?;
        Some((detail.order.clone(), detail.usual_promise))
    });
    read.map(|(order, usual)| review_form(desk, order, usual))
}

/// Where the date comes from that is filled in (rule 5).
fn promise_hint(usual: Option<UsualPromise>) -> String {
    let words = |usual: UsualPromise| {
        text!(
            order.review.promised_usual,
            date = format::date(usual.date),
            lead = usual.lead_days,
            slack = usual.slack_days
        )
    };
    usual.map(words).unwrap_or_default()
}

fn review_form(desk: OrderDesk, order: Order, usual: Option<UsualPromise>) -> AnyView {
    let pending = desk.change::<PassOrderReviewEndpoint>();
    let promised = Typed::new(usual.map(|usual| usual.date.to_string()).unwrap_or_default());
    let freight_typed = Typed::new(order.freight_cost().to_string());
    let freight_reason = Typed::new("");
    let before = order.freight_cost();
    let waived_by = StoredValue::new(order.free_freight().map(|(name, _)| name.clone()));
    let waived = move || {
        let hint = |name: &LocalText| text!(promotions.freight_waived, name = local(name));
        waived_by
            .with_value(|name| name.as_ref().map(hint))
            .unwrap_or_default()
    };
    let rows = StoredValue::new(order.lines.iter().map(Fields::of).collect::<Vec<_>>());
    let submit = move || {
        let date = promised.read(input::date);
        let freight = freight(&freight_typed.text(), &freight_reason.text(), before);
        let (of_freight, of_reason) = freight.as_ref().err().cloned().unwrap_or_default();
        freight_typed.tell(of_freight);
        freight_reason.tell(of_reason);
        let lines = read_all(rows, Fields::read);
        if let (Ok(promised_date), Ok(freight), Ok(lines)) = (date, freight, lines) {
            let body = PassOrderReview {
                promised_date,
                lines: lines.into_iter().flatten().collect(),
                freight,
            };
            desk.send(pending, body);
        }
    };
    let rights = Memo::new(move |_| rights(desk));
    let row = move |fields: Fields| view! { <ReviewRow fields=fields rights=rights /> }.into_any();
    view! {
        <DeedForm
            desk=desk
            button=move || text!(order.deed.pass_order_review)
            busy=pending.busy
            error=pending.error
            on_submit=submit
        >
            <TextField
                label=move || text!(order.review.promised)
                hint=move || promise_hint(usual)
                value=promised.value
                kind=InputKind::Date
                error=promised.wrong()
            />
            <Refusals rights=rights />
            <ul class="deed-lines">
                <For
                    each=move || rows.get_value()
                    key=|fields| fields.line.with_value(|line| line.id)
                    children=row
                />
            </ul>
            <Show when=move || rights.with(|rights| rights.quantity.is_none())>
                <div class="deed-line-fields">
                    <NumberField
                        label=move || text!(order.money.freight)
                        hint=Signal::derive(waived)
                        value=freight_typed.value
                        error=freight_typed.wrong()
                    />
                    <TextField
                        label=move || text!(order.review.freight_reason)
                        value=freight_reason.value
                        error=freight_reason.wrong()
                    />
                </div>
            </Show>
        </DeedForm>
    }
    .into_any()
}

fn rights(desk: OrderDesk) -> Rights {
    let (Some(who), Some(detail)) = (desk.who.get(), desk.detail.get()) else {
        return Rights::default();
    };
    let refused = |action| {
        can(&who.actor, action, &detail.order, &who.workflow)
            .err()
            .map(|reason| reasons::deny(&reason))
    };
    Rights {
        quantity: refused(Action::Modify),
        price: refused(Action::SetSpecialPrice),
    }
}

/// Why quantities or prices can't be changed, once, above the lines.
#[component]
fn Refusals(rights: Memo<Rights>) -> impl IntoView {
    let quantity = move || {
        rights
            .get()
            .quantity
            .map(|why| text!(order.review.no_quantity, why = why))
    };
    let price = move || {
        rights
            .get()
            .price
            .map(|why| text!(order.review.no_price, why = why))
    };
    view! {
        <p class="field-hint">{quantity}</p>
        <p class="field-hint">{price}</p>
    }
}

#[component]
fn ReviewRow(fields: Fields, rights: Memo<Rights>) -> impl IntoView {
    let Fields {
        line,
        quantity,
        price,
        discount,
        held,
        split,
        split_held,
        reason,
        ..
    } = fields;
    let name = move || line.with_value(|line| local(&line.name));
    let lead = move || {
        line.with_value(|line| {
            text!(
                order.line.ordered_of,
                quantity = format::quantity_of(line.ordered, &line.unit)
            )
        })
    };
    let unit = line_unit(line);
    let may_count = move || rights.with(|rights| rights.quantity.is_none());
    let may_price = move || rights.with(|rights| rights.price.is_none());
    view! {
        <li>
            <fieldset>
                <legend>{name} <small>{lead}</small></legend>
                <div class="deed-line-fields">
                    <Show when=may_count>
                        <NumberField
                            label=move || text!(order.review.quantity)
                            value=quantity.value
                            unit=unit
                            error=quantity.wrong()
                        />
                        <Checkbox
                            label=move || text!(order.review.hold)
                            checked=held
                            on_change=move |on: bool| held.set(on)
                        />
                        <NumberField
                            label=move || text!(order.review.split)
                            value=split.value
                            unit=unit
                            error=split.wrong()
                        />
                        <Show when=move || !split.value.with(|split| split.trim().is_empty())>
                            <Checkbox
                                label=move || text!(order.review.split_hold)
                                checked=split_held
                                on_change=move |on: bool| split_held.set(on)
                            />
                        </Show>
                    </Show>
                    <Show when=may_price>
                        <NumberField
                            label=move || text!(order.review.price)
                            value=price.value
                            error=price.wrong()
                        />
                        <NumberField
                            label=move || text!(order.review.discount)
                            value=discount.value
                            unit=Signal::derive(|| "%".to_owned())
                            error=discount.wrong()
                        />
                    </Show>
                    <Show when=move || may_count() || may_price()>
                        <TextField
                            label=move || text!(order.review.reason)
                            value=reason.value
                            error=reason.wrong()
                        />
                    </Show>
                </div>
            </fieldset>
        </li>
    }
}
