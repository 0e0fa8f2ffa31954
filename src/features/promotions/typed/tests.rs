use countersign_contract::problem::FieldCode;
use countersign_domain::id::VariantId;
use countersign_domain::money::{Currency, Money, Rate};
use countersign_domain::promotion::{Goods, LineEffect, OrderEffect, PromotionRule};
use countersign_domain::quantity::Quantity;
use countersign_domain::text::LocalText;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{Effect, StepGift, Typed, TypedRule, TypedStep};
use crate::features::promotions::clock::Clock;

const TEA: VariantId = VariantId(Uuid::from_u128(1));

fn line(effect: Effect, value: &str) -> TypedRule {
    TypedRule::Line {
        goods: Goods {
            variants: vec![TEA],
            ..Goods::default()
        },
        effect,
        value: value.to_owned(),
        stacks: false,
    }
}

fn step(from: &str, gives: StepGift, value: &str) -> TypedStep {
    TypedStep {
        from: from.to_owned(),
        gives,
        value: value.to_owned(),
        gift: None,
    }
}

fn typed(rule: TypedRule) -> Typed {
    Typed {
        name: LocalText::new(" 绿茶九折 ", "Tenth off"),
        is_on: true,
        from: "2026-11-30T08:00".to_owned(),
        until: String::new(),
        is_for_all: true,
        levels: Vec::new(),
        customers: Vec::new(),
        rule,
    }
}

fn faults(typed: &Typed) -> Vec<(String, FieldCode)> {
    let read = typed.read(&Currency::default(), Clock::of(480));
    let faults = read.err().unwrap_or_default();
    faults.into_iter().map(|fault| (fault.at, fault.code)).collect()
}

fn at(pointer: &str, code: FieldCode) -> (String, FieldCode) {
    (pointer.to_owned(), code)
}

#[test]
fn a_share_is_typed_in_percent_and_a_moment_by_the_company_s_clock() {
    let read = typed(line(Effect::Off, "10 %")).read(&Currency::default(), Clock::of(480));
    let body = read.expect("nothing is wrong");
    assert_eq!(body.from.to_rfc3339(), "2026-11-30T00:00:00+00:00");
    assert_eq!(body.name.zh, "绿茶九折");
    let PromotionRule::Line { effect, .. } = body.rule else {
        panic!("a line promotion was typed")
    };
    let tenth = Rate::new(Decimal::new(1, 1)).expect("a share");
    assert_eq!(effect, LineEffect::Off { share: tenth });
}

#[test]
fn every_refusal_of_the_domain_is_at_its_field() {
    let mut wrong = typed(TypedRule::Order(vec![
        step("1000", StepGift::Minus, "0"),
        step("1000", StepGift::Off, "120"),
        step("", StepGift::Gift, "1"),
    ]));
    wrong.name.en = " ".to_owned();
    wrong.until = "2026-11-30T08:00".to_owned();
    wrong.is_for_all = false;
    let found = faults(&wrong);
    for expected in [
        at("audience", FieldCode::Required),
        at("name/en", FieldCode::Required),
        at("until", FieldCode::TooSmall),
        at("rule/steps/0/amount", FieldCode::TooSmall),
        at("rule/steps/1/from", FieldCode::TooSmall),
        at("rule/steps/1/share", FieldCode::TooLarge),
        at("rule/steps/2/from", FieldCode::Required),
        at("rule/steps/2/variant_id", FieldCode::Required),
    ] {
        assert!(found.contains(&expected), "{expected:?} in {found:?}");
    }
    assert_eq!(found.len(), 8, "{found:?}");
}

#[test]
fn what_can_not_be_read_has_one_fault_and_not_two() {
    assert_eq!(
        faults(&typed(line(Effect::Cut, "ten"))),
        [at("rule/effect/amount", FieldCode::Invalid)]
    );
    assert_eq!(
        faults(&typed(line(Effect::Price, ""))),
        [at("rule/effect/price", FieldCode::Required)]
    );
    let mut wrong = typed(line(Effect::Price, "1"));
    wrong.from = "soon".to_owned();
    wrong.until = "1999-01-01T00:00".to_owned();
    assert_eq!(faults(&wrong), [at("from", FieldCode::Invalid)]);
}

#[test]
fn the_most_gifts_count_only_where_a_gift_is_given_again() {
    let rule = |repeats| TypedRule::BuyGet {
        buy: vec![TEA],
        quantity: "10".to_owned(),
        gift: Some(TEA),
        gives: "1".to_owned(),
        repeats,
        most: "none".to_owned(),
    };
    assert_eq!(faults(&typed(rule(true))), [at("rule/most", FieldCode::Invalid)]);
    let read = typed(rule(false)).read(&Currency::default(), Clock::of(0));
    let PromotionRule::BuyGet { most, quantity, .. } = read.expect("nothing is wrong").rule else {
        panic!("a gift was typed")
    };
    assert_eq!((most, quantity), (None, Quantity::whole(10)));
}

#[test]
fn a_ladder_is_read_step_by_step() {
    let rule = TypedRule::Order(vec![
        step("500", StepGift::Minus, "20"),
        step("2000", StepGift::FreeFreight, "left over"),
    ]);
    let body = typed(rule).read(&Currency::default(), Clock::of(0));
    let PromotionRule::Order { steps } = body.expect("nothing is wrong").rule else {
        panic!("a ladder was typed")
    };
    let amount = Money::new(20, 0);
    assert_eq!(
        steps.iter().map(|step| step.effect).collect::<Vec<_>>(),
        [OrderEffect::Minus { amount }, OrderEffect::FreeFreight]
    );
}

#[test]
fn a_bundle_needs_two_goods_some_of_each_and_a_price() {
    let bundle = |parts: &[(VariantId, &str)], price: &str| TypedRule::Bundle {
        parts: parts
            .iter()
            .map(|(variant, typed)| (*variant, (*typed).to_owned()))
            .collect(),
        price: price.to_owned(),
    };
    let cup = VariantId(Uuid::from_u128(2));
    assert_eq!(
        faults(&typed(bundle(&[(TEA, "")], ""))),
        [
            at("rule/components/0/quantity", FieldCode::Required),
            at("rule/price", FieldCode::Required),
            at("rule/components", FieldCode::Required),
        ]
    );
    assert_eq!(
        faults(&typed(bundle(&[(TEA, "1"), (cup, "0")], "9.995"))),
        [
            at("rule/components/1/quantity", FieldCode::TooSmall),
            at("rule/price", FieldCode::Invalid),
        ]
    );
    let body = typed(bundle(&[(TEA, "1"), (cup, " 2 ")], "9.99")).read(&Currency::default(), Clock::of(0));
    let PromotionRule::Bundle { components, price } = body.expect("nothing is wrong").rule else {
        panic!("a bundle was typed")
    };
    assert_eq!(price, Money::new(999, 2));
    let quantities: Vec<Quantity> = components.iter().map(|part| part.quantity).collect();
    assert_eq!(quantities, [Quantity::ONE, Quantity::whole(2)]);
}
