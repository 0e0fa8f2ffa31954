//! A little company: one customer, its order, staff of every role, a warehouse.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use countersign_domain::actor::{Actor, Side};
use countersign_domain::customer::{Address, PaymentPolicy};
use countersign_domain::id::{
    AccountId, AddressId, CustomerId, DraftId, LineId, OrderId, ProductId, RegionId, ShipmentId, VariantId,
    WarehouseId,
};
use countersign_domain::money::{Currency, Money, Rate};
use countersign_domain::order::{
    Command, Context, Event, Fact, Facts, FreeStock, LineReview, NewLine, NewOrder, Order, OrderContent,
    OrderStatus, PassFinanceReview, PassOrderReview, PassOutboundReview, PassStage, Priority, ProducedLine,
    ReceiveShipment, Rejection, ReportProduction, ShipGoods, ShipmentLine, apply, decide, replay, submit,
};
use countersign_domain::permission::{BuiltInRole, Permission, PermissionSet};
use countersign_domain::plan;
use countersign_domain::policy::DenyReason;
use countersign_domain::price::PriceReason;
use countersign_domain::quantity::{Quantity, Unit};
use countersign_domain::text::LocalText;
use countersign_domain::workflow::{Stage, Workflow};
use rust_decimal::Decimal;
use uuid::Uuid;

mod commands;
mod promotions;

pub use commands::*;
pub use promotions::*;

pub fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

pub const LINE_A: LineId = LineId(Uuid::from_u128(0xa));
pub const LINE_B: LineId = LineId(Uuid::from_u128(0xb));
pub const LINE_C: LineId = LineId(Uuid::from_u128(0xc));
pub const CUSTOMER: CustomerId = CustomerId(Uuid::from_u128(0x100));
pub const REGION: RegionId = RegionId(Uuid::from_u128(0x200));
pub const WAREHOUSE: WarehouseId = WarehouseId(Uuid::from_u128(0x300));
pub const OTHER_WAREHOUSE: WarehouseId = WarehouseId(Uuid::from_u128(0x301));

pub fn quantity(text: &str) -> Quantity {
    text.parse().expect("a quantity")
}

pub fn money(text: &str) -> Money {
    text.parse().expect("an amount")
}

pub fn rate(text: &str) -> Rate {
    Rate::new(text.parse::<Decimal>().expect("a decimal")).expect("a share")
}

pub fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

pub fn customer() -> Actor {
    distributor(0x1, CUSTOMER)
}

pub fn distributor(account: u128, customer_id: CustomerId) -> Actor {
    Actor {
        account_id: AccountId(id(account)),
        side: Side::Distributor { customer_id },
        stands_in_for: Vec::new(),
    }
}

/// Staff with exactly these permissions, everywhere.
pub fn staff(account: u128, permissions: &[Permission]) -> Actor {
    regional(account, permissions, &[])
}

pub fn regional(account: u128, permissions: &[Permission], regions: &[RegionId]) -> Actor {
    Actor {
        account_id: AccountId(id(account)),
        side: Side::Supplier {
            permissions: permissions.iter().copied().collect(),
            regions: regions.to_vec(),
        },
        stands_in_for: Vec::new(),
    }
}

/// Somebody with a built-in role; `account` tells people of one role apart.
pub fn of_role(account: u128, role: BuiltInRole) -> Actor {
    Actor {
        account_id: AccountId(id(account)),
        side: Side::Supplier {
            permissions: role.default_permissions(),
            regions: Vec::new(),
        },
        stands_in_for: Vec::new(),
    }
}

/// Somebody who may do everything.
pub fn boss() -> Actor {
    Actor {
        account_id: AccountId(id(0x10)),
        side: Side::Supplier {
            permissions: PermissionSet::all(),
            regions: Vec::new(),
        },
        stands_in_for: Vec::new(),
    }
}

pub fn reviewer() -> Actor {
    of_role(0x11, BuiltInRole::BusinessLead)
}

pub fn finance() -> Actor {
    of_role(0x12, BuiltInRole::FinanceReviewer)
}

pub fn warehouse() -> Actor {
    of_role(0x13, BuiltInRole::WarehouseReviewer)
}

pub fn shipper() -> Actor {
    of_role(0x14, BuiltInRole::Shipper)
}

pub fn timer() -> Actor {
    Actor {
        account_id: AccountId(Uuid::nil()),
        side: Side::System,
        stands_in_for: Vec::new(),
    }
}

pub fn variant(line: LineId) -> VariantId {
    VariantId(line.0)
}

pub fn new_line(line: LineId, count: &str, price: &str) -> NewLine {
    NewLine {
        id: line,
        product_id: ProductId(line.0),
        variant_id: variant(line),
        sku: format!("SKU-{:x}", line.0.as_u128()),
        name: LocalText::new("酱油", "Soy sauce"),
        unit: Unit {
            code: "bottle".to_owned(),
            name: LocalText::new("瓶", "bottle"),
            factor: Quantity::ONE,
        },
        quantity: quantity(count),
        price: money(price),
        reasons: vec![PriceReason::List { price: money(price) }],
        share: None,
        note: String::new(),
        made_to_order: false,
    }
}

pub fn address() -> Address {
    Address {
        id: AddressId(id(0x400)),
        contact: "李四".to_owned(),
        phone: "13800000000".to_owned(),
        text: "浙江省杭州市西湖区文三路 1 号".to_owned(),
    }
}

pub fn content(lines: Vec<NewLine>) -> OrderContent {
    OrderContent {
        lines,
        address: address(),
        wanted_date: None,
        delivery_method: None,
        priority: Priority::Normal,
        note: String::new(),
        freight: money("10.00"),
        promotions: Vec::new(),
    }
}

/// Two lines, 10 at 3.50 and 5 at 20, and 10 of freight: 145.00.
pub fn usual_content() -> OrderContent {
    content(vec![
        new_line(LINE_A, "10", "3.50"),
        new_line(LINE_B, "5", "20.00"),
    ])
}

pub fn free(line: LineId, warehouse_id: WarehouseId, count: &str) -> FreeStock {
    FreeStock {
        variant_id: variant(line),
        warehouse_id,
        free: quantity(count),
    }
}

/// One order and the world around it.
pub struct Desk {
    pub workflow: Workflow,
    pub facts: Facts,
    pub now: DateTime<Utc>,
    pub order: Order,
    pub events: Vec<Event>,
}

/// A world in which nothing is in the way: credit and stock enough, two days to deliver.
pub fn easy_facts() -> Facts {
    Facts {
        policy: PaymentPolicy::Credit {
            limit: Some(money("10000")),
            days: 30,
        },
        paid: Money::ZERO,
        exposure: Money::ZERO,
        stock: [LINE_A, LINE_B, LINE_C]
            .into_iter()
            .flat_map(|line| [free(line, WAREHOUSE, "1000"), free(line, OTHER_WAREHOUSE, "1000")])
            .collect(),
        default_warehouse: Some(WAREHOUSE),
        lead_days: 2,
        waiting_before: 0,
    }
}

pub fn start() -> DateTime<Utc> {
    "2026-11-23T02:00:00Z".parse().expect("a time")
}

impl Desk {
    /// The usual order, just submitted.
    pub fn new() -> Self {
        Self::with(usual_content(), Workflow::default())
    }

    pub fn with(content: OrderContent, workflow: Workflow) -> Self {
        Self::submitted_by(&customer(), content, workflow).expect("the customer may order")
    }

    pub fn submitted_by(actor: &Actor, content: OrderContent, workflow: Workflow) -> Result<Self, Rejection> {
        let new = NewOrder {
            id: OrderId(id(0x500)),
            draft_id: DraftId(id(0x501)),
            number: "DH-O-20261123-0001".to_owned(),
            customer_id: CUSTOMER,
            region_id: REGION,
            content,
        };
        let facts = easy_facts();
        let context = Context {
            actor,
            now: start(),
            today: start().date_naive(),
            workflow: &workflow,
            facts: &facts,
        };
        let events = submit(new, &context)?;
        let order = replay(&events).expect("a submission is the birth of an order");
        Ok(Self {
            workflow,
            facts,
            now: start(),
            order,
            events,
        })
    }

    /// What would follow, without anything happening.
    pub fn ask(&self, actor: &Actor, command: Command) -> Result<Vec<Event>, Rejection> {
        let context = Context {
            actor,
            now: self.now,
            today: self.now.date_naive(),
            workflow: &self.workflow,
            facts: &self.facts,
        };
        decide(&self.order, command, &context)
    }

    /// Acts; on success the events have happened.
    pub fn act(&mut self, actor: &Actor, command: Command) -> Result<Vec<Event>, Rejection> {
        let events = self.ask(actor, command)?;
        for event in &events {
            apply(&mut self.order, event);
        }
        self.events.extend(events.iter().cloned());
        Ok(events)
    }

    /// Acts where that must succeed, and says what happened.
    pub fn must(&mut self, actor: &Actor, command: Command) -> Vec<Fact> {
        let shown = format!("{command:?}");
        match self.act(actor, command) {
            Ok(events) => events.into_iter().map(|event| event.fact).collect(),
            Err(rejection) => panic!("{shown} in {:?}: {rejection:?}", self.order.status),
        }
    }

    /// Acts where that must be rejected, and says why.
    pub fn refused(&self, actor: &Actor, command: Command) -> Rejection {
        let shown = format!("{command:?}");
        match self.ask(actor, command) {
            Ok(events) => panic!("{shown} in {:?} led to {events:?}", self.order.status),
            Err(rejection) => rejection,
        }
    }

    /// Acts where the policy must refuse, and says why.
    pub fn denied(&self, actor: &Actor, command: Command) -> DenyReason {
        match self.refused(actor, command) {
            Rejection::Denied { reason } => reason,
            other => panic!("not the policy's refusal: {other:?}"),
        }
    }

    pub fn status(&self) -> OrderStatus {
        self.order.status
    }

    pub fn line(&self, line: LineId) -> &countersign_domain::order::OrderLine {
        self.order.line(line).expect("the order has the line")
    }

    pub fn wait_hours(&mut self, hours: i64) {
        self.now += TimeDelta::hours(hours);
    }

    /// Changes the free stock of a line's variant in the default warehouse.
    pub fn stock(&mut self, line: LineId, count: &str) {
        let stock = self.facts.stock.iter_mut();
        for stock in
            stock.filter(|stock| stock.variant_id == variant(line) && stock.warehouse_id == WAREHOUSE)
        {
            stock.free = quantity(count);
        }
    }

    /// Does what the order waits for, in the plainest way, until it is in `status`.
    pub fn reach(mut self, status: OrderStatus) -> Self {
        for _ in 0..20 {
            if self.order.status == status {
                return self;
            }
            self.step();
        }
        panic!(
            "{status:?} is not on the way; the order stands at {:?}",
            self.order.status
        )
    }

    /// Does what the order waits for, in the plainest way.
    pub fn step(&mut self) {
        let (actor, command) = match self.order.status.stage() {
            Some(Stage::OrderReview) => (reviewer(), review()),
            Some(Stage::CustomerConfirmation) => (customer(), Command::ConfirmChanges),
            Some(Stage::ExecutiveApproval) => (boss(), approve()),
            Some(Stage::FinanceReview) => (finance(), pay()),
            Some(Stage::Production) => {
                let lines: Vec<_> = plan::unfinished(&self.order)
                    .into_iter()
                    .map(|line| ProducedLine {
                        line_id: line.id,
                        produced: line.deliverable(),
                    })
                    .collect();
                if lines.is_empty() {
                    (warehouse(), Command::PassProduction(PassStage::default()))
                } else {
                    (warehouse(), Command::ReportProduction(ReportProduction { lines }))
                }
            }
            Some(Stage::OutboundReview) => (warehouse(), outbound()),
            Some(Stage::Ship) => (shipper(), ship(self.next_shipment())),
            Some(Stage::Receive) => {
                let shipment = self
                    .order
                    .unreceived()
                    .next()
                    .expect("something waits for its receipt");
                (customer(), receive(shipment.id))
            }
            Some(Stage::Submit) | None => panic!("nothing is waited for in {:?}", self.order.status),
        };
        self.must(&actor, command);
    }

    pub fn next_shipment(&self) -> ShipmentId {
        ShipmentId(id(0x600 + self.order.shipments.len() as u128))
    }
}
