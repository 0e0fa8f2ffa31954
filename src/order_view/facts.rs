//! What stands beside the lines: totals, delivery, notes, payments, and for staff the customer.

use chrono::NaiveDate;
use countersign_contract::account::{CustomerCard, Standing};
use countersign_contract::order::{OrderDetail, OrderSummary};
use countersign_domain::customer::PaymentPolicy;
use countersign_domain::money::{Currency, Money};
use countersign_domain::order::{Funding, Order, to_pay};
use leptos::prelude::*;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::files_view::{FileStrip, ShownFile};
use crate::goods_view::order_reasons;
use crate::i18n::{format, labels, local};
use crate::order_view::OrderDesk;
use crate::order_view::funding::{funding, others};
use crate::route::Route;
use crate::text;
use crate::ui::{Card, Figure, KeyValue, KeyValues, ProgressBar, Tone};

/// Everything beside the lines of the open order.
#[component]
pub fn OrderFacts(
    /// The order.
    desk: OrderDesk,
) -> impl IntoView {
    move || {
        desk.detail.get().map(|detail| {
            let card = desk
                .card
                .with(|card| card.as_deref().map(|card| customer(card, &detail)));
            view! { {card} {totals(&detail)} {delivery(&detail)} }.into_any()
        })
    }
}

/// A name and its amount.
fn amount(label: String, amount: String, strong: bool) -> AnyView {
    view! { <KeyValue label=label><Figure text=amount strong=strong /></KeyValue> }.into_any()
}

/// A name and its words.
fn words(label: String, words: String) -> AnyView {
    view! { <KeyValue label=label>{words}</KeyValue> }.into_any()
}

fn totals(detail: &OrderDetail) -> AnyView {
    let order = &detail.order;
    let money = |amount| format::money(amount, &order.currency);
    let open = to_pay(order, detail.paid);
    let pairs = vec![
        amount(text!(order.money.goods), money(order.goods()), false),
        amount(text!(order.money.freight), money(order.freight), false),
        amount(text!(order.total), money(order.total), true),
        amount(text!(order.money.paid), money(detail.paid), false),
        amount(text!(order.money.open), money(open), false),
    ];
    let over_limit = order
        .over_limit
        .then(|| view! { <p class="order-warning">{text!(order.money.over_limit)}</p> });
    let promotions = (!order.promotions.is_empty()).then(|| {
        let named = |variant| {
            let line = order.lines.iter().find(|line| line.variant_id == variant)?;
            Some((line.name.clone(), line.unit.clone()))
        };
        order_reasons(&order.promotions, &order.currency, named)
    });
    view! { <Card title=text!(order.money.title)><KeyValues>{pairs}</KeyValues> {promotions} {over_limit}</Card> }
        .into_any()
}

fn delivery(detail: &OrderDetail) -> AnyView {
    let order = &detail.order;
    let address = order.address.clone();
    let date = |date: Option<NaiveDate>| date.map_or_else(|| text!(order.change.none), format::date);
    let mut pairs = vec![
        words(text!(order.delivery.wanted), date(order.wanted_date)),
        words(text!(order.delivery.promised), date(order.promised_date)),
    ];
    if let Some(method) = &order.delivery_method {
        pairs.push(words(text!(order.delivery.method), local(&method.name)));
    }
    if !order.note.is_empty() {
        pairs.push(words(text!(order.delivery.note), order.note.clone()));
    }
    let files: Vec<ShownFile> = detail.attachments.iter().cloned().map(ShownFile::from).collect();
    let files = (!files.is_empty()).then(|| {
        view! {
            <h3 class="order-files">{text!(order.delivery.files)}</h3>
            <FileStrip files=files />
        }
    });
    view! {
        <Card title=text!(order.delivery.title)>
            <address>{address.contact} " " {address.phone} <br /> {address.text}</address>
            <KeyValues>{pairs}</KeyValues>
            {files}
        </Card>
    }
    .into_any()
}

/// How much of a limit is used, from 0 to 100; everything where there is no limit to use.
pub fn used_percent(exposure: Money, limit: Money) -> u32 {
    if limit <= Money::ZERO {
        return 100;
    }
    let share = exposure.0.max(Decimal::ZERO).saturating_mul(Decimal::ONE_HUNDRED);
    share
        .checked_div(limit.0)
        .and_then(|percent| percent.min(Decimal::ONE_HUNDRED).trunc().to_u32())
        .unwrap_or(100)
}

fn customer(card: &CustomerCard, detail: &OrderDetail) -> AnyView {
    let order = &detail.order;
    let currency = &order.currency;
    let money = |amount| format::money(amount, currency);
    let standing = &card.standing;
    let mut pairs = vec![words(
        text!(order.credit.policy),
        labels::policy(&standing.policy),
    )];
    let last = card
        .last_order_at
        .map_or_else(|| text!(order.credit.no_order), format::moment);
    let level = format!("{} · {}", local(&card.level), local(&card.region));
    let past = vec![
        words(text!(order.credit.level), level),
        words(text!(order.credit.orders), card.orders_90_days.to_string()),
        amount(text!(order.credit.amount), money(card.amount_90_days), false),
        words(text!(order.credit.sent_back), card.sent_back_90_days.to_string()),
        words(text!(order.credit.last), last),
    ];
    let below = match funding(detail, card) {
        Some(funding) => {
            pairs.push(amount(
                text!(order.credit.others),
                money(others(detail, card)),
                false,
            ));
            before(&funding, &mut pairs, currency)
        }
        None => {
            pairs.push(amount(
                text!(order.credit.exposure),
                money(standing.exposure),
                true,
            ));
            limit(standing, currency)
        }
    };
    let overdue = card.overdue.as_ref().map(|overdue| {
        let words = text!(
            order.credit.overdue,
            amount = money(overdue.amount),
            number = overdue.number.clone(),
            since = format::moment(overdue.due_at)
        );
        view! { <p class="order-warning">{words}</p> }
    });
    let last = last_orders(card, order);
    view! {
        <Card title=text!(order.credit.title)><KeyValues>{pairs}</KeyValues> {below} {overdue}</Card>
        <Card title=text!(order.credit.history)><KeyValues>{past}</KeyValues> {last}</Card>
    }
    .into_any()
}

/// The last orders of the customer but this one.
fn last_orders(card: &CustomerCard, order: &Order) -> Option<AnyView> {
    let others = card.last_orders.iter().filter(|other| other.id != order.id);
    let row = |other: &OrderSummary| {
        let about = [
            format::money(other.total, &order.currency),
            labels::status(other.status),
            format::moment(other.submitted_at),
        ];
        view! {
            <li>
                <a href=Route::Order(other.id).to_path()>{other.number.clone()}</a>
                <small>{about.join(" · ")}</small>
            </li>
        }
    };
    let rows: Vec<_> = others.map(row).collect();
    (!rows.is_empty()).then(|| {
        view! { <ul class="order-last" aria-label=text!(order.credit.last_orders)>{rows}</ul> }.into_any()
    })
}

/// What the finance review goes by, while it is still to come: to what is owed the order adds `pairs`, and below them stands what
/// is missing, or how much of the limit is used.
fn before(funding: &Funding, pairs: &mut Vec<AnyView>, currency: &Currency) -> Option<AnyView> {
    let money = |amount| format::money(amount, currency);
    let warning = |words: String| view! { <p class="order-warning">{words}</p> }.into_any();
    match *funding {
        Funding::Ahead { due, paid } => {
            pairs.push(amount(text!(order.credit.due), money(due), true));
            pairs.push(amount(text!(order.money.paid), money(paid), false));
            (paid < due).then(|| warning(text!(order.credit.missing, amount = money(due - paid))))
        }
        Funding::OnAccount(credit) => {
            pairs.push(amount(text!(order.credit.this_order), money(credit.order), false));
            pairs.push(amount(text!(order.credit.after), money(credit.after()), true));
            pairs.push(amount(text!(order.credit.limit), money(credit.limit), false));
            let left = credit.left();
            let outcome = if left.is_negative() {
                warning(text!(order.credit.over_by, amount = money(-left)))
            } else {
                let left = vec![amount(text!(order.credit.left), money(left), false)];
                view! { <KeyValues>{left}</KeyValues> }.into_any()
            };
            Some(view! { {used(credit.after(), credit.limit)} {outcome} }.into_any())
        }
        Funding::NoCredit => Some(warning(text!(reasons.rejection.credit_not_allowed))),
    }
}

/// How much of a limit is used, as a bar.
fn used(exposure: Money, limit: Money) -> AnyView {
    let percent = used_percent(exposure, limit);
    let tone = match percent {
        100.. => Tone::Bad,
        75..100 => Tone::Warn,
        _ => Tone::Accent,
    };
    view! { <ProgressBar label=text!(order.credit.used) percent=percent tone=tone /> }.into_any()
}

/// How much of the credit limit is used; that there is none, where payment is on account; nothing otherwise.
fn limit(standing: &Standing, currency: &Currency) -> Option<AnyView> {
    let money = |amount| format::money(amount, currency);
    match &standing.policy {
        PaymentPolicy::Credit {
            limit: Some(limit), ..
        } => {
            let left = standing.credit_left.map(money).unwrap_or_default();
            let pairs = vec![
                amount(text!(order.credit.limit), money(*limit), false),
                amount(text!(order.credit.left), left, false),
            ];
            let bar = view! {
                {used(standing.exposure, *limit)}
                <KeyValues>{pairs}</KeyValues>
            };
            Some(bar.into_any())
        }
        PaymentPolicy::Credit { limit: None, .. } => {
            let none = view! { <p class="order-warning">{text!(reasons.rejection.credit_not_allowed)}</p> };
            Some(none.into_any())
        }
        PaymentPolicy::Prepaid | PaymentPolicy::Deposit { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_of_a_credit_limit_is_full_at_the_limit_and_without_one() {
        let yuan = |amount| Money::new(amount, 0);
        assert_eq!(used_percent(yuan(46_520), yuan(50_000)), 93);
        assert_eq!(used_percent(yuan(60_000), yuan(50_000)), 100);
        assert_eq!(used_percent(yuan(-10), yuan(50_000)), 0);
        assert_eq!(used_percent(yuan(0), Money::ZERO), 100);
    }
}
