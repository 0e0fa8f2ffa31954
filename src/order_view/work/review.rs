//! The order review with changes: promised date, freight, and per line quantity, price, discount, hold and split, each
//! with its reason (rule 5).

use countersign_contract::order::PassOrderReviewEndpoint;
use countersign_domain::id::LineId;
use countersign_domain::order::{LineReview, Order, OrderLine, PassOrderReview};
use countersign_domain::policy::{Action, can};
use leptos::prelude::*;

use crate::i18n::{format, local, reasons};
use crate::order_view::input::{self, InputError};
use crate::order_view::work::review_input::{LineErrors, LineInput, freight};
use crate::order_view::work::wrong;
use crate::order_view::{ChangeError, OrderDesk};
use crate::text;
use crate::ui::{Button, Checkbox, InputKind, NumberField, TextField, Variant};

/// The fields of a line.
#[derive(Clone, Copy)]
struct Fields {
    line: StoredValue<OrderLine>,
    quantity: RwSignal<String>,
    price: RwSignal<String>,
    discount: RwSignal<String>,
    held: RwSignal<bool>,
    split: RwSignal<String>,
    split_held: RwSignal<bool>,
    new_line: LineId,
    reason: RwSignal<String>,
    errors: RwSignal<LineErrors>,
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
            quantity: RwSignal::new(quantity),
            price: RwSignal::new(price),
            discount: RwSignal::new(discount),
            held: RwSignal::new(held),
            split: RwSignal::new(split),
            split_held: RwSignal::new(split_held),
            new_line,
            reason: RwSignal::new(reason),
            errors: RwSignal::new(LineErrors::default()),
        }
    }

    fn read(&self) -> Result<Option<LineReview>, ()> {
        let typed = LineInput {
            quantity: self.quantity.get_untracked(),
            price: self.price.get_untracked(),
            discount: self.discount.get_untracked(),
            held: self.held.get_untracked(),
            split: self.split.get_untracked(),
            split_held: self.split_held.get_untracked(),
            new_line: self.new_line,
            reason: self.reason.get_untracked(),
        };
        let read = self.line.with_value(|line| typed.read(line));
        self.errors.set(read.as_ref().err().cloned().unwrap_or_default());
        read.map_err(|_| ())
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
    let order = desk
        .detail
        .with_untracked(|detail| detail.as_deref().map(|detail| detail.order.clone()));
    order.map(|order| review_form(desk, order))
}

fn review_form(desk: OrderDesk, order: Order) -> AnyView {
    let pending = desk.change::<PassOrderReviewEndpoint>();
    let promised = RwSignal::new(String::new());
    let promised_error = RwSignal::new(None::<InputError>);
    let freight_typed = RwSignal::new(order.freight.to_string());
    let freight_reason = RwSignal::new(String::new());
    let freight_errors = RwSignal::new((None, None));
    let before = order.freight;
    let rows = StoredValue::new(order.lines.iter().map(Fields::of).collect::<Vec<_>>());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let date = input::date(&promised.get_untracked());
        promised_error.set(date.as_ref().err().cloned());
        let freight = freight(
            &freight_typed.get_untracked(),
            &freight_reason.get_untracked(),
            before,
        );
        freight_errors.set(freight.as_ref().err().cloned().unwrap_or_default());
        // Every row is read, so that every error shows at once.
        let lines: Vec<_> = rows.with_value(|rows| rows.iter().map(Fields::read).collect());
        let lines: Result<Vec<_>, ()> = lines.into_iter().collect();
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
        <form class="deed-form" novalidate on:submit=submit>
            <TextField
                label=move || text!(order.review.promised)
                hint=move || text!(order.review.promised_hint)
                value=promised
                kind=InputKind::Date
                error=wrong(move || promised_error.get())
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
                        value=freight_typed
                        error=wrong(move || freight_errors.get().0)
                    />
                    <TextField
                        label=move || text!(order.review.freight_reason)
                        value=freight_reason
                        error=wrong(move || freight_errors.get().1)
                    />
                </div>
            </Show>
            <ChangeError desk=desk error=pending.error />
            <div class="form-buttons">
                <Button
                    label=move || text!(order.deed.pass_order_review)
                    variant=Variant::Primary
                    submit=true
                    busy=pending.busy
                />
                <Button label=move || text!(order.ask.cancel) on_press=move || desk.panel.set(None) />
            </div>
        </form>
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
        errors,
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
    let unit = Signal::derive(move || line.with_value(|line| local(&line.unit.name)));
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
                            value=quantity
                            unit=unit
                            error=wrong(move || errors.get().quantity)
                        />
                        <Checkbox
                            label=move || text!(order.review.hold)
                            checked=held
                            on_change=move |on: bool| held.set(on)
                        />
                        <NumberField
                            label=move || text!(order.review.split)
                            value=split
                            unit=unit
                            error=wrong(move || errors.get().split)
                        />
                        <Show when=move || !split.with(|split| split.trim().is_empty())>
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
                            value=price
                            error=wrong(move || errors.get().price)
                        />
                        <NumberField
                            label=move || text!(order.review.discount)
                            value=discount
                            unit=Signal::derive(|| "%".to_owned())
                            error=wrong(move || errors.get().discount)
                        />
                    </Show>
                    <Show when=move || may_count() || may_price()>
                        <TextField
                            label=move || text!(order.review.reason)
                            value=reason
                            error=wrong(move || errors.get().reason)
                        />
                    </Show>
                </div>
            </fieldset>
        </li>
    }
}
