//! Promotions in words, as the supplier reads them.

use countersign_contract::problem::FieldCode;
use countersign_contract::promotion_desk::PromotionLevel;
use countersign_domain::promotion::{Audience, Promotion};
use countersign_domain::text::LocalText;

use crate::features::promotions::clock::Clock;
use crate::features::promotions::form::Kind;
use crate::features::promotions::model::Standing;
use crate::features::promotions::typed::{Effect, Fault, StepGift};
use crate::i18n::{local, problems};
use crate::text;
use crate::ui::Tone;

/// Levels named one by one in a list; more are counted.
const NAMED: usize = 3;

/// How a promotion stands.
pub fn standing(standing: Standing) -> String {
    match standing {
        Standing::Running => text!(promotion_desk.standing.running),
        Standing::Scheduled => text!(promotion_desk.standing.scheduled),
        Standing::Ended => text!(promotion_desk.standing.ended),
        Standing::Off => text!(promotion_desk.standing.off),
    }
}

/// The tone of that.
pub fn tone(standing: Standing) -> Tone {
    match standing {
        Standing::Running => Tone::Accent,
        Standing::Scheduled => Tone::Warn,
        Standing::Ended | Standing::Off => Tone::Plain,
    }
}

/// The kind of a promotion.
pub fn kind(kind: Kind) -> String {
    match kind {
        Kind::Line => text!(promotion_desk.kind.line),
        Kind::BuyGet => text!(promotion_desk.kind.buy_get),
        Kind::Bundle => text!(promotion_desk.kind.bundle),
        Kind::Order => text!(promotion_desk.kind.order),
    }
}

/// What a line promotion does.
pub fn effect(effect: Effect) -> String {
    match effect {
        Effect::Price => text!(promotion_desk.effect.price),
        Effect::Off => text!(promotion_desk.effect.off),
        Effect::Cut => text!(promotion_desk.effect.cut),
    }
}

/// What a step of a ladder gives.
pub fn gives(gives: StepGift) -> String {
    match gives {
        StepGift::Minus => text!(promotion_desk.gives.minus),
        StepGift::Off => text!(promotion_desk.gives.off),
        StepGift::Gift => text!(promotion_desk.gives.gift),
        StepGift::FreeFreight => text!(promotion_desk.gives.free_freight),
    }
}

/// From when until when, by the company's clock.
pub fn period(promotion: &Promotion, clock: Clock) -> String {
    let from = clock.words(promotion.from);
    match promotion.until {
        Some(until) => text!(
            promotion_desk.period.closed,
            from = from,
            until = clock.words(until)
        ),
        None => text!(promotion_desk.period.open, from = from),
    }
}

/// For whom.
pub fn audience(audience: &Audience, levels: &[PromotionLevel]) -> String {
    if audience.levels.is_empty() && audience.customers.is_empty() {
        return text!(promotion_desk.audience.everybody);
    }
    let named = audience.levels.iter().filter_map(|id| {
        let level = levels.iter().find(|level| level.id == *id)?;
        Some(local(&level.name))
    });
    let mut parts: Vec<String> = named.collect();
    if parts.len() > NAMED {
        parts = vec![text!(
            promotion_desk.audience.levels,
            count = audience.levels.len()
        )];
    }
    if !audience.customers.is_empty() {
        parts.push(text!(
            promotion_desk.audience.customers,
            count = audience.customers.len()
        ));
    }
    parts.join(", ")
}

/// A name; something else where there is none: of what was taken out of the catalog, of a customer of another region.
pub fn named(name: &LocalText) -> String {
    let name = local(name);
    if name.is_empty() {
        text!(promotion_desk.unnamed)
    } else {
        name
    }
}

/// What is wrong with a field.
pub fn fault(fault: &Fault) -> String {
    let is_step =
        |name: &str| fault.at.starts_with("rule/steps/") && fault.at.rsplit('/').next() == Some(name);
    match (fault.at.as_str(), fault.code) {
        ("until", FieldCode::TooSmall) => text!(promotion_desk.fault.until),
        ("audience", FieldCode::Required) => text!(promotion_desk.fault.audience),
        ("rule/goods", FieldCode::Required) => text!(promotion_desk.fault.goods),
        ("rule/buy", FieldCode::Required) => text!(promotion_desk.fault.buy),
        ("rule/gift", FieldCode::Required) => text!(promotion_desk.fault.gift),
        ("rule/components", FieldCode::Required) => text!(promotion_desk.fault.components),
        ("rule/steps", FieldCode::Required) => text!(promotion_desk.fault.steps),
        (_, FieldCode::TooSmall) if is_step("from") => text!(promotion_desk.fault.rising),
        (_, FieldCode::Required) if is_step("variant_id") => text!(promotion_desk.fault.gift),
        (_, FieldCode::Unknown) => text!(promotion_desk.fault.unknown),
        (_, code) => problems::field_words(code),
    }
}
