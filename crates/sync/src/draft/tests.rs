use countersign_contract::submission::{Submission, SubmissionChange};
use countersign_domain::id::{AccountId, AddressId, DeliveryMethodId, DraftId, LineId, ProductId, VariantId};
use countersign_domain::order::Priority;
use countersign_domain::quantity::{Quantity, QuantityError, QuantityRule, Unit};
use countersign_domain::text::LocalText;
use uuid::Uuid;

use super::{Draft, DraftLine, Item, line_of, read_quantity};

fn item(variant: u128) -> Item {
    Item {
        product_id: ProductId(Uuid::from_u128(1)),
        variant_id: VariantId(Uuid::from_u128(variant)),
        sku: "DR-001".to_owned(),
        name: LocalText::new("矿泉水", "Spring water"),
        unit: Unit {
            code: "case".to_owned(),
            name: LocalText::new("箱", "case"),
            factor: Quantity::whole(12),
        },
    }
}

fn draft() -> Draft {
    Draft::begin(DraftId(Uuid::from_u128(100)))
}

fn line(number: u128) -> LineId {
    LineId(Uuid::from_u128(number))
}

fn submission(draft: &Draft) -> Submission {
    Submission {
        draft_id: draft.id,
        rev: 0,
        owner: AccountId(Uuid::from_u128(7)),
        lines: Vec::new(),
        address_id: AddressId(Uuid::from_u128(8)),
        wanted_date: None,
        delivery_method: None,
        priority: Priority::Normal,
        note: String::new(),
        seen: None,
        copy_version: None,
        attachments: Vec::new(),
        customer_id: None,
    }
}

#[test]
fn the_same_thing_added_twice_is_one_line() {
    let mut draft = draft();
    draft
        .add(item(1), Quantity::whole(2), line(1))
        .expect("there is room");
    let undo = draft
        .add(item(1), Quantity::whole(3), line(2))
        .expect("there is room");
    assert_eq!(draft.lines.len(), 1);
    assert_eq!(draft.quantity_of(item(1).variant_id), Quantity::whole(5));
    draft.undo(undo);
    assert_eq!(draft.quantity_of(item(1).variant_id), Quantity::whole(2));
}

#[test]
fn a_removed_line_comes_back_to_its_place() {
    let mut draft = draft();
    for variant in 1..=3 {
        draft
            .add(item(variant), Quantity::ONE, line(variant))
            .expect("there is room");
    }
    let before = draft.clone();
    let undo = draft.remove(draft.lines[1].id).expect("it is there");
    assert_eq!(draft.lines.len(), 2);
    draft.undo(undo);
    assert_eq!(draft, before);
}

#[test]
fn the_revision_grows_only_after_a_refusal() {
    let mut draft = draft();
    draft.add(item(1), Quantity::ONE, line(1)).expect("there is room");
    let frozen = draft.freeze(submission(&draft));
    assert_eq!(frozen.key(draft.id), format!("{}.1", draft.id));
    assert_eq!(draft.freeze(submission(&draft)), frozen);
    draft.refused = Some(vec![SubmissionChange::Unavailable { line_id: line(1) }]);
    draft.remove(line(1));
    assert_eq!(draft.refused, Some(Vec::new()));
    let frozen = draft.freeze(submission(&draft));
    assert_eq!(frozen.key(draft.id), format!("{}.2", draft.id));
    assert!(frozen.body.contains("\"rev\":2"));
}

/// What an older version of the app has stored or queued stays what it was, byte for byte: its fingerprint is known to
/// the server.
#[test]
fn a_draft_from_before_there_were_delivery_methods_stays_as_it_is() {
    let old = draft();
    let stored = serde_json::to_value(&old).expect("plain data");
    assert!(stored.get("delivery_method").is_none(), "{stored}");
    assert_eq!(serde_json::from_value::<Draft>(stored).ok(), Some(old.clone()));
    assert!(!old.freeze(submission(&old)).body.contains("delivery_method"));

    let method = DeliveryMethodId(Uuid::from_u128(9));
    let chosen = Submission {
        delivery_method: Some(method),
        ..submission(&old)
    };
    let body = old.freeze(chosen).body;
    let read: Submission = serde_json::from_str(&body).expect("it was written so");
    assert_eq!(read.delivery_method, Some(method));
}

#[test]
fn what_was_too_many_together_is_settled_by_either_line() {
    let rule = QuantityRule {
        maximum: Some(Quantity::whole(5)),
        ..QuantityRule::default()
    };
    let (mine, others) = (Quantity::whole(3), Quantity::whole(4));
    let breach = rule.check_beside(mine, others).expect_err("they are seven");
    let refused = || {
        let mut draft = draft();
        for (number, variant) in [(1, 1), (2, 1), (3, 2)] {
            draft.lines.push(DraftLine {
                id: line(number),
                item: item(variant),
                typed: "3".to_owned(),
                note: String::new(),
            });
        }
        let change = |number| SubmissionChange::Quantity {
            line_id: line(number),
            breach,
        };
        draft.refused = Some([1, 2, 3].map(change).to_vec());
        draft
    };
    let left = |draft: &Draft| -> Vec<_> {
        let changes = draft.refused.iter().flatten();
        changes.filter_map(line_of).collect()
    };
    let mut typed = refused();
    typed.settle_quantity(line(1));
    assert_eq!(left(&typed), [line(3)]);
    let mut removed = refused();
    removed.remove(line(2));
    assert_eq!(left(&removed), [line(3)]);
}

#[test]
fn quantities_are_read_as_people_type_them() {
    assert_eq!(read_quantity(" １２ "), Ok(Quantity::whole(12)));
    assert_eq!(read_quantity("0.5"), "0.5".parse());
    assert_eq!(read_quantity("1,200"), Err(QuantityError::NotANumber));
    assert_eq!(read_quantity(""), Err(QuantityError::NotANumber));
}
