//! A line that is to be ordered again: how it stands with it, and what can be taken of it.

use countersign_contract::reorder::ReorderLine;
use countersign_domain::money::Money;
use countersign_domain::quantity::Unit;
use countersign_domain::reorder::Verdict;
use leptos::prelude::*;

use crate::features::lists::again::model::{Chosen, Pick, chosen_of, picks};
use crate::features::lists::row::small_picture;
use crate::i18n::{format, goods, local};
use crate::route::Route;
use crate::session::SessionContext;
use crate::text;
use crate::ui::{Badge, Checkbox, Choice, RadioGroup, Tone};

/// The line with its choice.
pub fn again_line(line: ReorderLine, chosen: RwSignal<Chosen>) -> AnyView {
    let session = expect_context::<SessionContext>();
    let id = line.goods.variant_id;
    let line = StoredValue::new(line);
    let picture = line.with_value(|line| line.offer.as_ref().and_then(|offer| offer.picture.clone()));
    let is_gone = line.with_value(|line| line.verdict == Verdict::Gone);
    let product = line.with_value(|line| Route::Product(line.goods.product_id).to_path());
    let sku = line.with_value(|line| line.goods.sku.clone());
    let name = Signal::derive(move || line.with_value(|line| local(&line.goods.name)));
    let was = move || {
        line.with_value(|line| {
            text!(
                lists.again.was,
                quantity = format::quantity_of(line.was, &line.goods.unit)
            )
        })
    };
    let named = move || {
        if is_gone {
            view! { <b>{move || name.get()}</b> }.into_any()
        } else {
            view! { <a href=product.clone()>{move || name.get()}</a> }.into_any()
        }
    };
    let badge = Signal::derive(move || line.with_value(|line| verdict_words(&line.verdict)));
    let tone = line.with_value(|line| tone_of(&line.verdict));
    let details = move || {
        let words =
            line.with_value(|line| details_of(line, &|amount| format::money(amount, &session.currency())));
        words
            .into_iter()
            .map(|words| view! { <p>{words}</p> })
            .collect_view()
    };
    let choose = move |number: Option<usize>| {
        chosen.update(|chosen| {
            chosen.insert(id, number);
        });
    };
    view! {
        <li class="again-line" data-tone=if is_gone { "bad" } else { "plain" }>
            {small_picture(Signal::stored(picture))}
            <div class="goods-name">
                {named()}
                <small class="code">{sku}</small>
                <small>{was}</small>
            </div>
            <div class="again-verdict">
                <Badge text=badge tone=tone />
                {details}
            </div>
            <div class="again-choice">{choice(line, name, chosen, choose)}</div>
        </li>
    }
    .into_any()
}

/// A box for what can be had as it was; otherwise one of what there is instead, or nothing.
fn choice(
    line: StoredValue<ReorderLine>,
    name: Signal<String>,
    chosen: RwSignal<Chosen>,
    choose: impl Fn(Option<usize>) + Copy + Send + Sync + 'static,
) -> AnyView {
    let session = expect_context::<SessionContext>();
    let now = Memo::new(move |_| line.with_value(|line| chosen.with(|chosen| chosen_of(line, chosen))));
    let all = StoredValue::new(line.with_value(picks));
    let is_as_before =
        line.with_value(|line| matches!(line.verdict, Verdict::Same { .. } | Verdict::PriceChanged { .. }));
    if is_as_before {
        return view! {
            <Checkbox
                label=move || text!(lists.again.take, name = name.get())
                checked=Signal::derive(move || now.get().is_some())
                on_change=move |is_taken: bool| choose(is_taken.then_some(0))
            />
        }
        .into_any();
    }
    if all.with_value(Vec::is_empty) {
        return view! { <p>{move || text!(lists.again.no_replacement)}</p> }.into_any();
    }
    let is_gone = line.with_value(|line| line.verdict == Verdict::Gone);
    let label = move || {
        if is_gone {
            text!(lists.again.instead, name = name.get())
        } else {
            text!(lists.again.quantity_of, name = name.get())
        }
    };
    let options = move || {
        let words = |(number, pick): (usize, &Pick)| {
            Choice::new(number.to_string(), pick_words(pick, is_gone, &session))
        };
        let mut options = all.with_value(|all| all.iter().enumerate().map(words).collect::<Vec<_>>());
        options.push(Choice::new("", text!(lists.again.leave_out)));
        options
    };
    view! {
        <RadioGroup
            label=label
            options=Signal::derive(options)
            selected=Signal::derive(move || now.get().map(|number| number.to_string()).unwrap_or_default())
            on_select=move |value: String| choose(value.parse().ok())
        />
    }
    .into_any()
}

fn pick_words(pick: &Pick, is_named: bool, session: &SessionContext) -> String {
    let quantity = format::quantity_of(pick.quantity, &pick.item.unit);
    let price = format::money(pick.price, &session.currency());
    if is_named {
        text!(
            lists.again.replacement,
            name = local(&pick.item.name),
            quantity = quantity,
            price = price
        )
    } else {
        text!(lists.again.other_quantity, quantity = quantity, price = price)
    }
}

fn verdict_words(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Same { .. } => text!(lists.again.same),
        Verdict::PriceChanged { .. } => text!(lists.again.price_changed),
        Verdict::Breach { .. } => text!(lists.again.breach),
        Verdict::Gone => text!(lists.again.gone),
    }
}

fn tone_of(verdict: &Verdict) -> Tone {
    match verdict {
        Verdict::Same { .. } => Tone::Plain,
        Verdict::PriceChanged { .. } | Verdict::Breach { .. } => Tone::Warn,
        Verdict::Gone => Tone::Bad,
    }
}

/// What has changed, in words.
fn details_of(line: &ReorderLine, money: &dyn Fn(Money) -> String) -> Vec<String> {
    let unit: &Unit = line.offer.as_ref().map_or(&line.goods.unit, |offer| offer.unit());
    let changed = |before: Money, price: Money| {
        text!(
            lists.again.price_words,
            before = money(before),
            price = money(price),
            unit = local(&unit.name)
        )
    };
    let price_now = |price: Money| {
        text!(
            lists.again.price_now,
            price = money(price),
            unit = local(&unit.name)
        )
    };
    // Where the unit is another one today, the quantity is said in it as well.
    let in_unit = |quantity| {
        let words = text!(lists.again.now, quantity = format::quantity_of(quantity, unit));
        (unit.factor != line.goods.unit.factor).then_some(words)
    };
    match &line.verdict {
        Verdict::Same { quantity, price } => in_unit(*quantity)
            .into_iter()
            .chain([price_now(*price)])
            .collect(),
        Verdict::PriceChanged {
            quantity,
            before,
            price,
        } => in_unit(*quantity)
            .into_iter()
            .chain([changed(*before, *price)])
            .collect(),
        Verdict::Breach {
            quantity,
            breach,
            before,
            price,
        } => {
            let price = before.map_or_else(|| price_now(*price), |before| changed(before, *price));
            in_unit(*quantity)
                .into_iter()
                .chain([goods::breach(breach, unit), price])
                .collect()
        }
        Verdict::Gone => Vec::new(),
    }
}
