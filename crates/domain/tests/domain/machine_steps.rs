//! Random steps for the machine: half of them what the order waits for, half of them anything.

use countersign_domain::actor::Actor;
use countersign_domain::customer::PaymentPolicy;
use countersign_domain::id::{ChangeRequestId, LineId, ReturnId, ShipmentId};
use countersign_domain::order::{
    AnswerChange, ChangeRequest, CloseRemaining, Command, DeclineChanges, DeemReceived, FreightReview,
    LineReview, LineSplit, Order, OutboundLine, PassFinanceReview, PassOrderReview, PassOutboundReview,
    PassStage, ProducedLine, Proposal, ProposedQuantity, ReceiptLine, ReceiveShipment, ReleaseLine,
    ReportProduction, RequestChange, Reservation, ResubmitOrder, SendBackOrder, ShipGoods, ShipmentLine,
    ShortageChoice, VoidOrder, WithdrawOrder,
};
use countersign_domain::permission::Permission;
use countersign_domain::quantity::Quantity;
use countersign_domain::workflow::Stage;
use proptest::prelude::*;

use crate::world::*;

/// One step of a random sequence.
#[derive(Clone, Debug)]
pub struct Step {
    /// Do what the order waits for, as somebody who may.
    natural: bool,
    pub who: usize,
    kind: u8,
    line: usize,
    count: u32,
    choice: u8,
    flag: bool,
    world: u8,
    number: u128,
}

pub fn step() -> impl Strategy<Value = Step> {
    (
        (any::<bool>(), 0usize..10, 0u8..20, 0usize..4),
        (0u32..14, 0u8..8, any::<bool>(), 0u8..40, 0u128..4000),
    )
        .prop_map(
            |((natural, who, kind, line), (count, choice, flag, world, number))| Step {
                natural,
                who,
                kind,
                line,
                count,
                choice,
                flag,
                world,
                number,
            },
        )
}

impl Step {
    /// Time passes, money and goods come and go.
    pub fn turn_the_world(&self, desk: &mut Desk) {
        if self.is_silent() {
            desk.wait_hours(400);
        }
        match self.world {
            0 => desk.facts.policy = PaymentPolicy::Prepaid,
            1 => {
                desk.facts.policy = PaymentPolicy::Deposit {
                    share: rate("0.3"),
                    days: 7,
                }
            }
            2 => {
                desk.facts.policy = PaymentPolicy::Credit {
                    limit: Some(money("120")),
                    days: 7,
                }
            }
            3 | 4 => desk.facts = easy_facts(),
            5 | 6 => desk.facts.paid = money("2000"),
            7 => desk.stock(LINE_A, "7"),
            8 => desk.stock(LINE_B, "2"),
            9 | 10 => desk.wait_hours(60),
            11 => desk.wait_hours(400),
            _ => {}
        }
    }

    /// Whoever may do what the order waits for; `None` leaves it to chance.
    pub fn natural_actor(&self, order: &Order) -> Option<Actor> {
        if !self.natural {
            return None;
        }
        if let Some(request) = self.waiting_request(order) {
            return Some(if request.from_customer {
                reviewer()
            } else {
                customer()
            });
        }
        Some(match order.status.stage() {
            Some(Stage::Ship | Stage::Receive) if self.wants_change(order) => customer(),
            Some(Stage::CustomerConfirmation | Stage::Receive) if self.is_silent() => timer(),
            Some(Stage::CustomerConfirmation | Stage::Receive) | None => customer(),
            Some(Stage::OrderReview) => reviewer(),
            Some(Stage::FinanceReview) => finance(),
            Some(Stage::OutboundReview) if self.flag => staff(0x77, &[Permission::OrderOutboundReview]),
            Some(Stage::OutboundReview | Stage::Production) => warehouse(),
            Some(Stage::Ship) => shipper(),
            Some(Stage::Submit | Stage::ExecutiveApproval) => boss(),
        })
    }

    /// Whether the customer lets the time run out, so that the desk's timer acts.
    fn is_silent(&self) -> bool {
        self.natural && self.choice == 6
    }

    /// Whether the customer proposes a change now that goods move: the hardest time for one.
    fn wants_change(&self, order: &Order) -> bool {
        self.choice == 7 && order.change_request.is_none()
    }

    /// The change request that is answered now, if one waits.
    fn waiting_request<'a>(&self, order: &'a Order) -> Option<&'a ChangeRequest> {
        let open = order.status.stage().is_some();
        order.change_request.as_ref().filter(|_| self.flag && open)
    }

    fn line_id(&self, order: &Order) -> LineId {
        order.lines.get(self.line).map_or(LINE_C, |line| line.id)
    }

    fn quantity(&self) -> Quantity {
        Quantity::whole(self.count)
    }

    fn reason(&self) -> String {
        if self.choice == 7 {
            String::new()
        } else {
            "because".to_owned()
        }
    }

    fn shipment_id(&self, order: &Order) -> ShipmentId {
        let known = order
            .shipments
            .get(self.line)
            .or_else(|| order.unreceived().next());
        known.map_or(ShipmentId(id(self.number)), |shipment| shipment.id)
    }
}

/// The command of a step, fitted to the order so that it has a chance.
pub fn command_of(step: &Step, order: &Order) -> Command {
    let kind = if step.natural {
        natural_kind(step, order)
    } else {
        step.kind
    };
    match kind {
        0 => Command::Resubmit(ResubmitOrder {
            content: content(vec![
                new_line(LINE_A, &(step.count + 1).to_string(), "3.50"),
                new_line(LINE_B, "3", "19.995"),
            ]),
        }),
        1 => Command::Withdraw(WithdrawOrder::default()),
        2 => order_review(step, order),
        3 => Command::ConfirmChanges,
        4 => Command::DeclineChanges(DeclineChanges {
            reason: step.reason(),
        }),
        5 => Command::ExpireConfirmation,
        6 => approve(),
        7 => Command::PassFinanceReview(PassFinanceReview {
            note: String::new(),
            override_reason: step.flag.then(|| step.reason()),
        }),
        8 => Command::ReportProduction(ReportProduction {
            lines: vec![ProducedLine {
                line_id: step.line_id(order),
                produced: order
                    .line(step.line_id(order))
                    .map_or(Quantity::ONE, |line| line.deliverable()),
            }],
        }),
        9 => Command::PassProduction(PassStage::default()),
        10 => outbound_review(step, order),
        11 => Command::Ship(ShipGoods {
            shipment_id: ShipmentId(id(step.number)),
            lines: if step.flag {
                Vec::new()
            } else {
                vec![ShipmentLine {
                    line_id: step.line_id(order),
                    quantity: step.quantity(),
                }]
            },
            carrier: step.reason(),
            parcels: Vec::new(),
        }),
        12 => receipt(step, order),
        13 => Command::DeemReceived(DeemReceived {
            shipment_id: step.shipment_id(order),
        }),
        14 => Command::CloseRemaining(CloseRemaining {
            line_ids: if step.flag {
                Vec::new()
            } else {
                vec![step.line_id(order)]
            },
            reason: step.reason(),
        }),
        15 => Command::ReleaseLine(ReleaseLine {
            line_id: step.line_id(order),
            reason: step.reason(),
        }),
        16 => Command::SendBack(SendBackOrder {
            reason: step.reason(),
        }),
        17 => Command::Void(VoidOrder {
            reason: step.reason(),
        }),
        18 => Command::RequestChange(RequestChange {
            id: ChangeRequestId(id(step.number)),
            proposal: proposal(step, order),
            reason: "because".to_owned(),
        }),
        _ => Command::AnswerChange(AnswerChange {
            id: order
                .change_request
                .as_ref()
                .map_or(ChangeRequestId(id(step.number)), |request| request.id),
            accept: step.choice != 0,
            promised_date: step.flag.then(|| date("2030-01-01")),
            reason: step.reason(),
        }),
    }
}

fn natural_kind(step: &Step, order: &Order) -> u8 {
    if step.waiting_request(order).is_some() {
        return 19;
    }
    match order.status.stage() {
        Some(Stage::Ship | Stage::Receive) if step.wants_change(order) => 18,
        None => 0,
        Some(Stage::OrderReview | Stage::Submit) => 2,
        Some(Stage::CustomerConfirmation) if step.is_silent() => 5,
        Some(Stage::CustomerConfirmation) if step.choice == 5 => 4,
        Some(Stage::CustomerConfirmation) => 3,
        Some(Stage::ExecutiveApproval) => 6,
        Some(Stage::FinanceReview) => 7,
        Some(Stage::Production) if step.flag => 8,
        Some(Stage::Production) => 9,
        Some(Stage::OutboundReview) => 10,
        Some(Stage::Ship) => 11,
        Some(Stage::Receive) if step.is_silent() => 13,
        Some(Stage::Receive) => 12,
    }
}

fn order_review(step: &Step, order: &Order) -> Command {
    let line = line_review(step.line_id(order));
    let new_line_id = LineId(id(0xf000 + step.number));
    let changed = match step.choice {
        0 => Some(LineReview {
            quantity: Some(step.quantity()),
            ..line
        }),
        1 => Some(LineReview {
            price: Some(money("3.335")),
            discount: step.flag.then(|| rate("0.15")),
            ..line
        }),
        2 => Some(LineReview {
            held: Some(step.flag),
            ..line
        }),
        3 => {
            let split = LineSplit {
                new_line_id,
                quantity: step.quantity(),
                held: step.flag,
            };
            let quantity = (step.who == 0).then(|| Quantity::whole(step.count + 3));
            Some(LineReview {
                split: Some(split),
                quantity,
                ..line
            })
        }
        _ => None,
    };
    Command::PassOrderReview(PassOrderReview {
        promised_date: None,
        lines: changed.into_iter().collect(),
        freight: (step.choice == 4).then(|| FreightReview {
            freight: money(&step.count.to_string()),
            reason: "another carrier".to_owned(),
        }),
    })
}

fn outbound_review(step: &Step, order: &Order) -> Command {
    let line_id = step.line_id(order);
    let substitute_id = LineId(id(0xe000 + step.number));
    let shortage = match step.choice {
        0 | 1 => Some(ShortageChoice::Wait),
        2 => Some(ShortageChoice::ShipShort {
            consent: "by phone".to_owned(),
        }),
        3 => Some(ShortageChoice::Close {
            reason: "out of season".to_owned(),
        }),
        4 => Some(ShortageChoice::Substitute {
            line_id: substitute_id,
            reason: "the same in blue".to_owned(),
        }),
        _ => None,
    };
    let substitute = (step.choice == 4).then(|| {
        let mut line = new_line(LINE_C, "1", "2.00");
        line.id = substitute_id;
        line
    });
    let other = Reservation {
        warehouse_id: OTHER_WAREHOUSE,
        quantity: step.quantity(),
    };
    let lines = if step.choice > 4 && step.flag {
        Vec::new()
    } else {
        vec![OutboundLine {
            line_id,
            warehouse_id: if step.flag { WAREHOUSE } else { OTHER_WAREHOUSE },
            quantity: step.quantity(),
            elsewhere: if step.choice % 2 == 1 {
                vec![other]
            } else {
                Vec::new()
            },
            shortage,
            substitute,
            keeps_price: false,
        }]
    };
    Command::PassOutboundReview(PassOutboundReview {
        lines,
        note: String::new(),
    })
}

fn receipt(step: &Step, order: &Order) -> Command {
    let shipment_id = step.shipment_id(order);
    let part = order
        .shipments
        .iter()
        .find(|shipment| shipment.id == shipment_id)
        .and_then(|shipment| shipment.lines.first());
    let bad = part.filter(|_| step.choice < 2).map(|part| {
        let short = step.quantity();
        ReceiptLine {
            line_id: part.line_id,
            received: part.quantity.minus(short),
            short,
            damaged: Quantity::ZERO,
        }
    });
    Command::Receive(ReceiveShipment {
        shipment_id,
        lines: bad.into_iter().collect(),
        note: String::new(),
        claim_id: Some(ReturnId(id(step.number))),
        photos: Vec::new(),
    })
}

fn proposal(step: &Step, order: &Order) -> Proposal {
    let of = |quantities| Proposal {
        quantities,
        ..Proposal::default()
    };
    match step.number % 5 {
        0 => of(vec![ProposedQuantity {
            line_id: step.line_id(order),
            quantity: step.quantity(),
        }]),
        // Nothing more than has left, or a little.
        1 | 2 => {
            let more = Quantity::whole(step.count % 2);
            let lines = order.lines.iter();
            of(lines
                .map(|line| ProposedQuantity {
                    line_id: line.id,
                    quantity: line.shipped + more,
                })
                .collect())
        }
        3 => Proposal {
            wanted_date: Some(date("2029-12-31")),
            ..Proposal::default()
        },
        _ => Proposal {
            note: Some(format!("note {}", step.number)),
            ..Proposal::default()
        },
    }
}

/// What a command is called, to know which were accepted.
pub fn name_of(command: &Command) -> &'static str {
    match command {
        Command::Resubmit(_) => "resubmit",
        Command::Withdraw(_) => "withdraw",
        Command::PassOrderReview(_) => "pass order review",
        Command::ConfirmChanges => "confirm changes",
        Command::DeclineChanges(_) => "decline changes",
        Command::ExpireConfirmation => "expire confirmation",
        Command::PassExecutiveApproval(_) => "pass executive approval",
        Command::PassFinanceReview(_) => "pass finance review",
        Command::ReportProduction(_) => "report production",
        Command::PassProduction(_) => "pass production",
        Command::PassOutboundReview(_) => "pass outbound review",
        Command::Ship(_) => "ship",
        Command::Receive(_) => "receive",
        Command::DeemReceived(_) => "deem received",
        Command::CloseRemaining(_) => "close remaining",
        Command::ReleaseLine(_) => "release line",
        Command::SendBack(_) => "send back",
        Command::Void(_) => "void",
        Command::RequestChange(_) => "request change",
        Command::AnswerChange(_) => "answer change",
    }
}
