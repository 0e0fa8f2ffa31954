use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use countersign_contract::account::Standing;
use countersign_contract::catalog::CatalogVariant;
use countersign_contract::file::StoredFile;
use countersign_contract::submission::SubmissionChange;
use countersign_domain::customer::PaymentPolicy;
use countersign_domain::file::FileKind;
use countersign_domain::id::{
    AccountId, AddressId, CategoryId, DraftId, FileId, LineId, ProductId, VariantId,
};
use countersign_domain::money::{Currency, Money, Rate};
use countersign_domain::price::{BreakEffect, CustomerTerms, QuantityBreak};
use countersign_domain::product::StockShown;
use countersign_domain::promotion::CustomerPromotion;
use countersign_domain::quantity::{Quantity, QuantityRule, Unit};
use countersign_domain::text::LocalText;
use countersign_domain::workflow::{Stage, Workflow};
use uuid::Uuid;

use super::{Line, LineState, NotReady, Payment, payment, submission, totals, way};
use crate::features::cart::pricing::{Evaluated, price, read};
use crate::offline::draft::{Draft, Item};
use crate::queries::offers::Offer;

fn unit(code: &str, factor: u32) -> Unit {
    Unit {
        code: code.to_owned(),
        name: LocalText::new("箱", code),
        factor: Quantity::whole(factor),
    }
}

fn offer() -> Arc<Offer> {
    let variant_id = VariantId(Uuid::from_u128(2));
    let item = Item {
        product_id: ProductId(Uuid::from_u128(1)),
        variant_id,
        sku: "DR-001".to_owned(),
        name: LocalText::new("矿泉水", "Spring water"),
        unit: unit("case", 12),
    };
    let variant = CatalogVariant {
        id: variant_id,
        sku: item.sku.clone(),
        barcode: None,
        name: LocalText::default(),
        unit: item.unit.clone(),
        base_unit: unit("bottle", 1),
        terms: CustomerTerms {
            list: Money::new(3_333, 3),
            level: None,
            agreed: None,
            breaks: vec![QuantityBreak {
                from: Quantity::whole(10),
                effect: BreakEffect::Price {
                    price: Money::new(300, 2),
                },
            }],
        },
        rule: QuantityRule {
            minimum: Some(Quantity::whole(2)),
            multiple: None,
            maximum: None,
        },
        stock: StockShown::Number {
            quantity: Quantity::whole(60),
        },
        lead_days: 3,
        made_to_order: false,
    };
    Arc::new(Offer {
        item,
        picture: None,
        category_id: CategoryId(Uuid::from_u128(3)),
        variant,
    })
}

fn state(typed: &str) -> LineState {
    read(typed, |_| Quantity::ZERO, offer(), &Currency::default())
}

fn priced(lines: Vec<Line>, promotions: &[CustomerPromotion]) -> Evaluated {
    price(
        lines,
        Some(promotions),
        &Currency::default(),
        DateTime::<Utc>::UNIX_EPOCH,
    )
}

#[test]
fn lines_of_one_variant_are_held_to_its_maximum_together() {
    let mut ruled = offer().as_ref().clone();
    ruled.variant.rule.maximum = Some(Quantity::whole(10));
    let ruled = Arc::new(ruled);
    let of = |typed: &str, others: u32| {
        let others = move |_| Quantity::whole(others);
        read(typed, others, Arc::clone(&ruled), &Currency::default())
    };
    let LineState::Breach(breach, _) = of("8", 4) else {
        panic!("they are twelve");
    };
    assert_eq!(
        (breach.below, breach.others),
        (Some(Quantity::whole(6)), Some(Quantity::whole(4)))
    );
    assert!(of("6", 4).priced().is_some());
}

fn cart(typed: &str) -> (Draft, Evaluated) {
    let mut draft = Draft::begin(DraftId(Uuid::from_u128(99)));
    draft
        .add(offer().item.clone(), Quantity::ONE, LineId(Uuid::from_u128(98)))
        .expect("there is room");
    let lines = vec![Line {
        id: draft.lines[0].id,
        state: state(typed),
    }];
    (draft, priced(lines, &[]))
}

fn file() -> StoredFile {
    StoredFile {
        id: FileId(Uuid::from_u128(5)),
        name: "a.pdf".to_owned(),
        kind: FileKind::Pdf,
        size: 7,
    }
}

fn submit(draft: &Draft, lines: &Evaluated, address: Option<AddressId>) -> Result<(), NotReady> {
    let today = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day");
    submission(draft, lines, AccountId(Uuid::from_u128(7)), address, today).map(|_| ())
}

#[test]
fn a_line_is_priced_rounded_and_watched_for_stock() {
    let five = state("5");
    let five = five.priced().expect("five can be ordered");
    assert_eq!(five.amount, Money::new(1_667, 2));
    assert_eq!(five.short_of(), None);
    let ten = state("10");
    let ten = ten.priced().expect("ten can be ordered");
    assert_eq!(ten.price.unit, Money::new(300, 2));
    assert_eq!(ten.short_of(), Some(Quantity::whole(60)));
}

#[test]
fn what_was_typed_is_never_changed_but_complained_about() {
    assert!(matches!(state("1"), LineState::Breach(..)));
    assert!(matches!(state(""), LineState::Unreadable(..)));
    let lines = [Line {
        id: cart("5").0.lines[0].id,
        state: state("1"),
    }];
    let totals = totals(&priced(lines.to_vec(), &[]));
    assert_eq!((totals.attention, totals.total), (1, Money::ZERO));
}

#[test]
fn finance_is_foreseen_by_policy() {
    let standing = |policy, left: Option<i64>| Standing {
        policy,
        exposure: Money::ZERO,
        credit_left: left.map(|left| Money::new(left, 2)),
    };
    let credit = |limit| PaymentPolicy::Credit { limit, days: 30 };
    let say = |standing| payment(&standing, Money::new(10_001, 2), &Currency::default());
    assert_eq!(
        say(standing(credit(Some(Money::new(1, 0))), Some(9_000))),
        Payment::Over(Money::new(1_001, 2))
    );
    assert_eq!(
        say(standing(credit(Some(Money::new(1, 0))), Some(10_001))),
        Payment::Within(Money::new(0, 2))
    );
    assert_eq!(say(standing(credit(None), None)), Payment::NoCredit);
    let half = Rate::new("0.5".parse().expect("a decimal")).expect("a share");
    let deposit = PaymentPolicy::Deposit {
        share: half,
        days: 30,
    };
    assert_eq!(
        say(standing(deposit, None)),
        Payment::Deposit(Money::new(5_001, 2))
    );
}

#[test]
fn the_way_has_only_the_stages_to_come() {
    let way = way(&Workflow::default(), &totals(&cart("5").1));
    assert_eq!(
        way,
        [
            Stage::OrderReview,
            Stage::FinanceReview,
            Stage::OutboundReview,
            Stage::Ship,
            Stage::Receive
        ]
    );
}

#[test]
fn only_a_cart_in_order_is_submitted() {
    let address = Some(AddressId(Uuid::from_u128(8)));
    let (mut draft, lines) = cart("5");
    assert_eq!(submit(&draft, &lines, address), Ok(()));
    assert_eq!(submit(&draft, &lines, None), Err(NotReady::NoAddress));
    assert_eq!(submit(&draft, &cart("1").1, address), Err(NotReady::Attention));
    assert_eq!(
        submit(&draft, &Evaluated::default(), address),
        Err(NotReady::Asking)
    );
    assert_eq!(
        submit(
            &Draft::begin(DraftId(Uuid::from_u128(99))),
            &Evaluated::default(),
            address
        ),
        Err(NotReady::Empty)
    );
    draft.wanted_date = NaiveDate::from_ymd_opt(2026, 11, 21);
    assert_eq!(submit(&draft, &lines, address), Err(NotReady::DateInPast));
    draft.wanted_date = None;
    draft.attachments = vec![file(); 6];
    assert_eq!(submit(&draft, &lines, address), Err(NotReady::TooManyFiles));
    draft.attachments.truncate(5);
    assert_eq!(submit(&draft, &lines, address), Ok(()));
    draft.refused = Some(vec![SubmissionChange::Unavailable {
        line_id: draft.lines[0].id,
    }]);
    assert_eq!(submit(&draft, &lines, address), Err(NotReady::Unsettled));
}
