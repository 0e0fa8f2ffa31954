//! What the promotion would do to a sample cart: priced by the server with the very code that prices orders.

use countersign_contract::ProblemKind;
use countersign_contract::list::Goods;
use countersign_contract::promotion_desk::{PreviewPromotion, PromotionPreview};
use countersign_domain::id::{CustomerId, PromotionId};
use countersign_domain::money::Currency;
use leptos::prelude::*;

use crate::api::{ApiError, now};
use crate::features::promotions::clock::Clock;
use crate::features::promotions::editor::of_server;
use crate::features::promotions::finder::{CustomerFinder, FoundGoods, GoodsFinder};
use crate::features::promotions::form::Form;
use crate::features::promotions::picks::Pick;
use crate::features::promotions::preview_result::Outcome;
use crate::features::promotions::sample::{Sample, SampleFields, SampleTyped};
use crate::features::promotions::typed::{Fault, Typed};
use crate::i18n::{local, problems};
use crate::queries;
use crate::text;
use crate::ui::{Button, Card, IconButton, IconName, Notice, NumberField, Tone};

/// An answer with the question it answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// What was typed then.
    pub typed: (Typed, SampleTyped),
    /// What was in the cart, in its order.
    pub goods: Vec<Goods>,
    /// What it comes to.
    pub preview: PromotionPreview,
}

/// The sample cart and what it comes to.
#[component]
pub fn Preview(
    /// The promotion as it is typed.
    form: Form,
    /// Its id.
    id: PromotionId,
    /// The company's clock.
    clock: Clock,
    /// The currency of the amounts.
    currency: StoredValue<Currency>,
) -> impl IntoView {
    let sample = Sample::new();
    let answered = RwSignal::new(None::<Answered>);
    let pending = queries::change::<PreviewPromotion>();
    // Not derived but an answer that arrives once: what the server says of the promotion is shown at its fields.
    Effect::watch(
        move || pending.error.get(),
        move |error, _, _| {
            if let Some(ProblemKind::InvalidInput { errors }) = error.as_ref().and_then(ApiError::kind) {
                let of_promotion = errors.iter().map(of_server).filter_map(|fault| {
                    let at = fault.at.strip_prefix("promotion/")?.to_owned();
                    Some(Fault { at, ..fault })
                });
                form.faults.set(of_promotion.collect());
            }
        },
        false,
    );
    let missing = move || {
        let has_customer = sample.customer.with(Option::is_some);
        let has_lines = sample.lines.with(|lines| !lines.is_empty());
        match (has_customer, has_lines) {
            (false, _) => Some(text!(promotion_desk.preview.no_customer)),
            (true, false) => Some(text!(promotion_desk.preview.no_lines)),
            (true, true) => None,
        }
    };
    let ask = move |()| {
        let Some(body) = currency.with_value(|currency| form.read(currency, clock)) else {
            return;
        };
        let Some(asked) = sample.question(id, body, now()) else {
            return;
        };
        let goods = |lines: &Vec<SampleFields>| lines.iter().map(|line| line.goods.get_value()).collect();
        let goods: Vec<Goods> = sample.lines.with_untracked(goods);
        let typed = untrack(|| (form.typed(), sample.typed()));
        pending.send((), asked, None, move |preview, _| {
            // The page may be gone by now.
            answered.try_set(Some(Answered {
                typed,
                goods,
                preview,
            }));
        });
    };
    let failed = move || {
        pending.error.get().map(|error| match error.kind() {
            Some(ProblemKind::InvalidInput { .. }) => text!(promotion_desk.look_at_fields),
            _ => problems::words(&error),
        })
    };
    let unreadable = move || {
        let is_wrong = form.faults.with(|faults| !faults.is_empty());
        is_wrong.then(|| text!(promotion_desk.preview.not_ready))
    };
    let customer = move || {
        sample
            .customer
            .with(|customer| customer.as_ref().map(|customer| local(&customer.name)))
    };
    let choose = move |pick: Pick<CustomerId>| sample.customer.set(Some(pick));
    let add = move |found: FoundGoods| {
        if let Some(goods) = found.goods {
            sample.add(goods);
        }
    };
    let row = move |line: SampleFields| sample_row(sample, line);
    let money = move || currency.with_value(|currency| currency.code.clone());
    let result = move || {
        answered
            .get()
            .map(|answered| view! { <Outcome answered=answered currency=currency /> })
    };
    // What is typed may go on while an answer is on the screen.
    let is_old = Memo::new(move |_| {
        answered.with(|answered| {
            answered
                .as_ref()
                .is_some_and(|answered| answered.typed != (form.typed(), sample.typed()))
        })
    });
    view! {
        <Card title=move || text!(promotion_desk.preview.title)>
            <p class="field-hint">{move || text!(promotion_desk.preview.lead)}</p>
            <CustomerFinder
                label=move || text!(promotion_desk.preview.customer)
                on_pick=choose
            />
            <p class="promo-customer">{customer}</p>
            <GoodsFinder label=move || text!(promotion_desk.preview.add) on_pick=add />
            <ul class="promo-sample" aria-label=move || text!(promotion_desk.preview.lines)>
                <For each=move || sample.lines.get() key=SampleFields::variant children=row />
            </ul>
            <NumberField
                label=move || text!(promotion_desk.preview.freight)
                hint=move || text!(promotion_desk.preview.freight_hint)
                value=sample.freight
                unit=Signal::derive(money)
                error=Signal::derive(move || {
                    sample.freight_is_wrong.get().then(|| text!(problems.field.invalid))
                })
            />
            <Button
                label=move || text!(promotion_desk.preview.ask)
                busy=pending.busy
                refused=Signal::derive(missing)
                on_press=ask
            />
            <p class="form-error" role="alert">{move || failed().or_else(unreadable)}</p>
            <Show when=move || is_old.get()>
                <Notice tone=Tone::Warn>{move || text!(promotion_desk.preview.old)}</Notice>
            </Show>
            {result}
        </Card>
    }
}

fn sample_row(sample: Sample, line: SampleFields) -> AnyView {
    let SampleFields {
        goods,
        quantity,
        is_wrong,
    } = line.clone();
    let name = Signal::derive(move || goods.with_value(|goods| local(&goods.name)));
    let unit = Signal::derive(move || goods.with_value(|goods| local(&goods.unit.name)));
    let variant = line.variant();
    view! {
        <li>
            <NumberField
                label=name
                value=quantity
                unit=unit
                error=Signal::derive(move || is_wrong.get().then(|| text!(problems.field.invalid)))
            />
            <IconButton
                icon=IconName::Close
                label=Signal::derive(move || text!(promotion_desk.take_out, name = name.get()))
                on_press=move |()| sample.remove(variant)
            />
        </li>
    }
    .into_any()
}
