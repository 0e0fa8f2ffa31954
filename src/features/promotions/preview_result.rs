//! What a sample cart comes to, with the promotion and without it, and why each line costs what it costs.

use countersign_contract::list::Goods;
use countersign_contract::promotion::GiftGoods;
use countersign_domain::money::{Currency, Money};
use countersign_domain::promotion::{Gift, PricedLine};
use leptos::prelude::*;

use crate::features::promotions::preview::Answered;
use crate::goods_view::order_reasons;
use crate::i18n::{format, labels, local};
use crate::text;
use crate::ui::{Align, Cell, Column, DataTable, Figure, KeyValue, KeyValues, Notice, Row, Tone};

/// The answer.
#[component]
pub fn Outcome(
    /// The answer.
    answered: Answered,
    /// The currency of the amounts.
    currency: StoredValue<Currency>,
) -> impl IntoView {
    let Answered { goods, preview, .. } = answered;
    let money = move |amount: Money| currency.with_value(|currency| format::money(amount, currency));
    let (with, without) = (preview.with, preview.without);
    let (total, before) = (with.total, without.total);
    let verdict = if !preview.holds {
        text_of(|| text!(promotion_desk.preview.not_for_them))
    } else if with == without {
        text_of(|| text!(promotion_desk.preview.no_difference))
    } else {
        ().into_any()
    };
    let columns = || {
        vec![
            Column::words(text!(promotion_desk.preview.goods)),
            Column::figures(text!(promotion_desk.preview.without)),
            Column::figures(text!(promotion_desk.preview.with)),
        ]
    };
    let rows: Vec<AnyView> = goods
        .into_iter()
        .zip(with.lines)
        .zip(without.lines)
        .map(|((goods, with), without)| line_row(goods, with, &without, currency))
        .collect();
    let gifts = StoredValue::new(preview.gifts);
    let given = with.gifts;
    let has_gifts = !given.is_empty();
    let gift_rows = move || {
        let words = |gift: &Gift| gifts.with_value(|names| gift_words(gift, names));
        let rows = given.iter().map(words).map(|words| view! { <li>{words}</li> });
        rows.collect_view()
    };
    let reasons = StoredValue::new(with.reasons);
    let named = move |variant| {
        gifts.with_value(|names| {
            let found = names.iter().find(|goods| goods.variant_id == variant)?;
            Some((found.name.clone(), found.unit.clone()))
        })
    };
    let why = move || {
        reasons.with_value(|reasons| currency.with_value(|currency| order_reasons(reasons, currency, named)))
    };
    view! {
        <div class="promo-result" role="status">
            {verdict}
            <DataTable caption=move || text!(promotion_desk.preview.lines) columns=Signal::derive(columns)>
                {rows}
            </DataTable>
            {why}
            {has_gifts.then(|| view! {
                <h3>{move || text!(promotions.gifts)}</h3>
                <ul class="reasons">{gift_rows}</ul>
            })}
            <KeyValues>
                <KeyValue label=move || text!(promotion_desk.preview.freight)>
                    <Figure text=Signal::derive(move || money(with.freight)) />
                </KeyValue>
                <KeyValue label=move || text!(promotion_desk.preview.total_without)>
                    <Figure text=Signal::derive(move || money(before)) />
                </KeyValue>
                <KeyValue label=move || text!(promotion_desk.preview.total_with)>
                    <Figure text=Signal::derive(move || money(total)) strong=true />
                </KeyValue>
                <KeyValue label=move || text!(promotion_desk.preview.saved)>
                    <Figure text=Signal::derive(move || money(before - total)) />
                </KeyValue>
            </KeyValues>
        </div>
    }
}

fn text_of(words: fn() -> String) -> AnyView {
    view! { <Notice tone=Tone::Warn>{words}</Notice> }.into_any()
}

fn line_row(
    goods: Goods,
    with: PricedLine,
    without: &PricedLine,
    currency: StoredValue<Currency>,
) -> AnyView {
    let money = move |amount: Money| currency.with_value(|currency| format::money(amount, currency));
    let (before, after) = (without.amount, with.amount);
    let (unit_before, unit_after) = (without.unit, with.unit);
    let unit = StoredValue::new(goods.unit);
    let per_unit = move |price: Money| {
        let unit = unit.with_value(|unit| local(&unit.name));
        text!(promotion_desk.preview.per_unit, price = money(price), unit = unit)
    };
    let reasons = StoredValue::new(with.reasons);
    let why = move || {
        let words = reasons.with_value(|reasons| {
            let of = |reason| currency.with_value(|currency| labels::price_reason(reason, currency));
            reasons.iter().map(of).collect::<Vec<_>>()
        });
        words
            .into_iter()
            .map(|words| view! { <li>{words}</li> })
            .collect_view()
    };
    let name = goods.name;
    view! {
        <Row>
            <Cell>
                <b>{move || local(&name)}</b>
                " "
                <small class="code">{goods.sku}</small>
                <ul class="reasons">{why}</ul>
            </Cell>
            <Cell label=move || text!(promotion_desk.preview.without) align=Align::End>
                <Figure text=Signal::derive(move || money(before)) />
                <small>{move || per_unit(unit_before)}</small>
            </Cell>
            <Cell label=move || text!(promotion_desk.preview.with) align=Align::End>
                <Figure text=Signal::derive(move || money(after)) strong=true />
                <small>{move || per_unit(unit_after)}</small>
            </Cell>
        </Row>
    }
    .into_any()
}

fn gift_words(gift: &Gift, names: &[GiftGoods]) -> String {
    let found = names.iter().find(|goods| goods.variant_id == gift.variant_id);
    found.map_or_else(String::new, |goods| {
        text!(
            promotions.gift,
            name = local(&goods.name),
            quantity = format::quantity_of(gift.quantity, &goods.unit)
        )
    })
}
