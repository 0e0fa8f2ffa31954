//! An order to test page models with.

use chrono::{DateTime, TimeDelta, Utc};
use countersign_contract::account::CustomerRef;
use countersign_contract::order::OrderSummary;
use countersign_domain::customer::Address;
use countersign_domain::id::{
    AccountId, AddressId, ChangeRequestId, CustomerId, DraftId, LineId, OrderId, ProductId, RegionId,
    ShipmentId, VariantId,
};
use countersign_domain::money::{Currency, Money, Rate};
use countersign_domain::order::{
    Change, ChangeRequest, Impact, Order, OrderLine, OrderStatus, Parcel, Priority, Proposal, Shipment,
    ShipmentLine,
};
use countersign_domain::price::PriceReason;
use countersign_domain::quantity::{Quantity, Unit};
use countersign_domain::text::LocalText;
use uuid::Uuid;

/// A moment: 2026-11-22 09:12 UTC.
pub fn morning() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_338_720, 0).expect("a date of this century")
}

/// An order of two lines, 60 and 35 cases, that is in `status`.
pub fn order(status: OrderStatus) -> Order {
    let lines = vec![line(1, 60, Money::new(3120, 2)), line(2, 35, Money::new(5890, 2))];
    Order {
        id: OrderId(Uuid::from_u128(1)),
        draft_id: DraftId(Uuid::from_u128(2)),
        number: "DH-O-20261122-0034".to_owned(),
        customer_id: CustomerId(Uuid::from_u128(3)),
        region_id: RegionId(Uuid::from_u128(4)),
        status,
        version: 7,
        priority: Priority::Normal,
        submitted_at: morning(),
        submitted_by: AccountId(Uuid::from_u128(5)),
        on_behalf: false,
        promotions: Vec::new(),
        entered_at: morning(),
        review_due_at: morning() + TimeDelta::hours(24),
        wanted_date: None,
        promised_date: None,
        address: Address {
            id: AddressId(Uuid::from_u128(6)),
            contact: "王敏".to_owned(),
            phone: "13800000000".to_owned(),
            text: "杭州".to_owned(),
        },
        delivery_method: None,
        note: String::new(),
        total: lines.iter().map(|line| line.amount).sum(),
        lines,
        currency: Currency::default(),
        freight: Money::ZERO,
        passed: Vec::new(),
        confirmation: None,
        first_check: None,
        shipments: Vec::new(),
        change_request: None,
        reason: None,
        over_limit: false,
    }
}

/// A line of `cases` cases at `price`.
pub fn line(id: u128, cases: u32, price: Money) -> OrderLine {
    let quantity = Quantity::whole(cases);
    OrderLine {
        id: LineId(Uuid::from_u128(id)),
        product_id: ProductId(Uuid::from_u128(id)),
        variant_id: VariantId(Uuid::from_u128(id)),
        sku: format!("1000{id}"),
        name: LocalText::new(format!("商品{id}"), format!("Product {id}")),
        unit: Unit {
            code: "case".to_owned(),
            name: LocalText::new("箱", "cases"),
            factor: Quantity::whole(24),
        },
        ordered: quantity,
        approved: quantity,
        reserved: Vec::new(),
        shipped: Quantity::ZERO,
        received: Quantity::ZERO,
        short: Quantity::ZERO,
        damaged: Quantity::ZERO,
        returned: Quantity::ZERO,
        closed: Quantity::ZERO,
        price,
        discount: Rate::ZERO,
        reasons: vec![PriceReason::List { price }],
        share: None,
        amount: Currency::default()
            .line_amount(price, quantity, Rate::ZERO)
            .expect("a small amount"),
        note: String::new(),
        held: false,
        made_to_order: false,
        produced: Quantity::ZERO,
        shortage: None,
    }
}

/// What the customer of `order` proposes: another note.
pub fn change_request(order: &Order) -> ChangeRequest {
    ChangeRequest {
        id: ChangeRequestId(Uuid::from_u128(12)),
        by: order.submitted_by,
        from_customer: true,
        at: morning(),
        reason: "换人收货".to_owned(),
        proposal: Proposal {
            note: Some("李强收".to_owned()),
            ..Proposal::default()
        },
        changes: vec![Change::Note {
            from: order.note.clone(),
            to: "李强收".to_owned(),
        }],
        impact: Impact::Minor,
    }
}

/// A shipment of both lines of [`order`], whole.
pub fn shipment(order: &Order) -> Shipment {
    Shipment {
        id: ShipmentId(Uuid::from_u128(11)),
        position: 1,
        shipped_at: morning(),
        deemed_received_at: morning() + TimeDelta::days(15),
        carrier: "顺丰".to_owned(),
        parcels: vec![Parcel {
            tracking: "SF1".to_owned(),
        }],
        lines: order
            .lines
            .iter()
            .map(|line| ShipmentLine {
                line_id: line.id,
                quantity: line.approved,
            })
            .collect(),
        receipt: None,
    }
}

/// An order in a list that is in `status`.
pub fn summary(status: OrderStatus) -> OrderSummary {
    let order = order(status);
    OrderSummary {
        id: order.id,
        number: order.number,
        customer: CustomerRef {
            id: order.customer_id,
            code: "C001".to_owned(),
            name: LocalText::new("晨光超市", "Morning Markets"),
        },
        status,
        version: order.version,
        priority: order.priority,
        total: order.total,
        line_count: 2,
        submitted_at: order.submitted_at,
        entered_at: order.entered_at,
        due_at: Some(order.review_due_at),
        promised_date: None,
        to_receive: false,
        to_answer: false,
    }
}
