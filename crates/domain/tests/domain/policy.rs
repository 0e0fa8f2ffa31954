//! Who may do what when: every action, every built-in role and side, every status, against a table written by hand.

use countersign_domain::actor::Actor;
use countersign_domain::id::{CustomerId, RegionId};
use countersign_domain::order::{Command, Order, OrderStatus as S, Rejection, SendBackOrder, VoidOrder};
use countersign_domain::permission::{BuiltInRole, Permission as P};
use countersign_domain::policy::{Action as A, DenyReason, can};
use countersign_domain::workflow::{Stage, Workflow};

use crate::world::*;

/// Whose action it is.
enum Whose {
    Anyones,
    Customers,
    /// Staff holding one of these.
    Staffs(&'static [P]),
    /// The customer's, and staff's holding one of these.
    Boths(&'static [P]),
}

const OPEN: &[S] = &[
    S::PendingOrderReview,
    S::PendingCustomerConfirmation,
    S::PendingExecutiveApproval,
    S::PendingFinanceReview,
    S::InProduction,
    S::PendingOutboundReview,
    S::PendingShipment,
    S::PendingReceipt,
];

/// The statuses before anything has shipped, in the orders of this test.
const UNSHIPPED: &[S] = &[
    S::PendingOrderReview,
    S::PendingCustomerConfirmation,
    S::PendingExecutiveApproval,
    S::PendingFinanceReview,
    S::InProduction,
    S::PendingOutboundReview,
    S::PendingShipment,
];

const REVIEWED: &[S] = &[
    S::PendingExecutiveApproval,
    S::PendingFinanceReview,
    S::InProduction,
    S::PendingOutboundReview,
    S::PendingShipment,
    S::PendingReceipt,
];

const CLOSABLE: &[S] = &[
    S::InProduction,
    S::PendingOutboundReview,
    S::PendingShipment,
    S::PendingReceipt,
];

fn table() -> Vec<(A, Whose, &'static [S])> {
    use Whose::{Anyones, Boths, Customers, Staffs};
    vec![
        (A::View, Anyones, &S::ALL),
        (A::Resubmit, Customers, &[S::SentBack]),
        (A::Withdraw, Customers, &[S::PendingOrderReview]),
        (
            A::PassOrderReview,
            Staffs(&[P::OrderReview]),
            &[S::PendingOrderReview],
        ),
        (A::Modify, Staffs(&[P::OrderModify]), &[S::PendingOrderReview]),
        (
            A::SetSpecialPrice,
            Staffs(&[P::OrderSpecialPrice]),
            &[S::PendingOrderReview],
        ),
        (A::AnswerChanges, Customers, &[S::PendingCustomerConfirmation]),
        (
            A::PassExecutiveApproval,
            Staffs(&[P::CreditOverride]),
            &[S::PendingExecutiveApproval],
        ),
        (
            A::PassFinanceReview,
            Staffs(&[P::OrderFinanceReview]),
            &[S::PendingFinanceReview],
        ),
        (
            A::OverrideCredit,
            Staffs(&[P::CreditOverride]),
            &[S::PendingFinanceReview],
        ),
        (A::Produce, Staffs(&[P::OrderOutboundReview]), &[S::InProduction]),
        (
            A::PassOutboundReview,
            Staffs(&[P::OrderOutboundReview]),
            &[S::PendingOutboundReview],
        ),
        (A::Ship, Staffs(&[P::OrderShip]), &[S::PendingShipment]),
        (A::Receive, Customers, &[S::PendingReceipt]),
        (A::CloseRemaining, Staffs(&[P::OrderModify]), CLOSABLE),
        (A::ReleaseLine, Staffs(&[P::OrderModify, P::OrderReview]), OPEN),
        (A::SendBack, Staffs(&[P::OrderSendBack]), UNSHIPPED),
        (
            A::RequestChange,
            Boths(&[P::OrderModify, P::OrderReview]),
            REVIEWED,
        ),
        // In these orders no change request waits.
        (
            A::AnswerChangeRequest,
            Boths(&[P::OrderModify, P::OrderReview]),
            &[],
        ),
    ]
}

/// An order in every status, on a way that knows every stage.
fn orders(workflow: &Workflow) -> Vec<Order> {
    let desk = || {
        let mut content = usual_content();
        content.lines[0].made_to_order = true;
        content.wanted_date = Some(date("2026-11-24"));
        Desk::with(content, workflow.clone())
    };
    S::ALL
        .into_iter()
        .map(|status| {
            let reason = "for the test".to_owned();
            let desk = match status {
                S::SentBack => {
                    let mut desk = desk();
                    desk.must(&boss(), Command::SendBack(SendBackOrder { reason }));
                    desk
                }
                S::Voided => {
                    let mut desk = desk();
                    desk.must(&boss(), Command::Void(VoidOrder { reason }));
                    desk
                }
                status => desk().reach(status),
            };
            desk.order
        })
        .collect()
}

fn every_stage() -> Workflow {
    let mut workflow = Workflow::default();
    workflow.stages.executive_approval = true;
    workflow.stages.production = true;
    workflow.executive_threshold = Some(money("1"));
    workflow
}

#[test]
fn every_action_role_and_status_is_as_the_table_says() {
    let workflow = every_stage();
    let staff: Vec<(BuiltInRole, Actor)> = BuiltInRole::ALL
        .into_iter()
        .zip(0x40..)
        .map(|(role, account)| (role, of_role(account, role)))
        .collect();
    for order in orders(&workflow) {
        for (action, whose, statuses) in table() {
            let fits = statuses.contains(&order.status);
            let context = |who: &str| format!("{action:?} of {who} in {:?}", order.status);
            for (role, actor) in &staff {
                let answer = can(actor, action, &order, &workflow);
                let what = context(&format!("{role:?}"));
                match &whose {
                    Whose::Anyones => assert_eq!(answer, Ok(()), "{what}"),
                    Whose::Customers => assert_eq!(answer, Err(DenyReason::OnlyCustomer), "{what}"),
                    Whose::Staffs(permissions) | Whose::Boths(permissions) => {
                        if permissions.iter().any(|permission| actor.holds(*permission)) {
                            assert_eq!(answer.is_ok(), fits, "{what}: {answer:?}");
                            assert!(
                                !matches!(answer, Err(DenyReason::NeedsPermission { .. })),
                                "{what}"
                            );
                        } else {
                            let permission = permissions[0];
                            assert_eq!(answer, Err(DenyReason::NeedsPermission { permission }), "{what}");
                        }
                    }
                }
            }
            let answer = can(&customer(), action, &order, &workflow);
            match &whose {
                Whose::Anyones => assert_eq!(answer, Ok(())),
                Whose::Customers | Whose::Boths(_) => {
                    assert_eq!(answer.is_ok(), fits, "{}: {answer:?}", context("the customer"));
                }
                Whose::Staffs(_) => assert_eq!(
                    answer,
                    Err(DenyReason::OnlySupplier),
                    "{}",
                    context("the customer")
                ),
            }
        }
    }
}

#[test]
fn staff_void_what_has_not_shipped_and_the_customer_what_was_sent_back() {
    let workflow = every_stage();
    for order in orders(&workflow) {
        let unshipped = UNSHIPPED.contains(&order.status);
        let sent_back = order.status == S::SentBack;
        assert_eq!(
            can(&boss(), A::Void, &order, &workflow).is_ok(),
            unshipped || sent_back
        );
        assert_eq!(can(&customer(), A::Void, &order, &workflow).is_ok(), sent_back);
        assert_eq!(
            can(&finance(), A::Void, &order, &workflow),
            Err(DenyReason::NeedsPermission {
                permission: P::OrderVoid
            })
        );
    }
}

#[test]
fn what_is_not_theirs_does_not_exist_for_them() {
    let workflow = every_stage();
    let elsewhere = RegionId(id(0x2ff));
    let strangers = [
        distributor(0x1, CustomerId(id(0x1ff))),
        regional(0x30, &P::ALL, &[elsewhere]),
        staff(0x31, &[P::ProductManage, P::ReportView, P::ReturnReview]),
        staff(0x32, &[]),
    ];
    for order in orders(&workflow) {
        for (action, _, _) in table() {
            for actor in &strangers {
                assert_eq!(can(actor, action, &order, &workflow), Err(DenyReason::Unknown));
            }
        }
    }
    let desk = Desk::new();
    for actor in &strangers {
        for command in [review(), Command::ExpireConfirmation, Command::ConfirmChanges] {
            assert_eq!(desk.denied(actor, command), DenyReason::Unknown);
        }
    }
    let own = regional(0x33, &[P::OrderReview], &[elsewhere, REGION]);
    assert_eq!(can(&own, A::PassOrderReview, &desk.order, &workflow), Ok(()));
}

#[test]
fn only_the_customer_and_those_who_may_order_for_it_submit() {
    let submit = |actor: &Actor| {
        Desk::submitted_by(actor, usual_content(), Workflow::default()).map(|desk| desk.order)
    };
    assert!(submit(&customer()).is_ok_and(|order| !order.on_behalf));
    assert!(submit(&reviewer()).is_ok_and(|order| order.on_behalf));
    let denied = |reason| Err(Rejection::Denied { reason });
    assert_eq!(
        submit(&finance()),
        denied(DenyReason::NeedsPermission {
            permission: P::OrderCreateOnBehalf
        })
    );
    assert_eq!(
        submit(&distributor(0x2, CustomerId(id(0x1ff)))),
        denied(DenyReason::Unknown)
    );
    assert_eq!(submit(&timer()), denied(DenyReason::OnlyCustomer));
}

/// Duties.
#[test]
fn nobody_approves_an_order_they_created_on_behalf_of_a_customer() {
    let by_boss =
        |workflow| Desk::submitted_by(&boss(), usual_content(), workflow).expect("the boss may order");
    let desk = by_boss(Workflow::default());
    assert_eq!(desk.denied(&boss(), review()), DenyReason::CreatedByYourself);
    let desk = desk.reach(S::PendingFinanceReview);
    assert_eq!(desk.denied(&boss(), pay()), DenyReason::CreatedByYourself);

    let workflow = Workflow {
        creator_may_not_approve: false,
        ..Workflow::default()
    };
    by_boss(workflow).must(&boss(), review());
}

/// Duties.
#[test]
fn no_one_person_passes_two_review_stages_where_that_is_on() {
    let workflow = Workflow {
        one_stage_per_person: true,
        ..Workflow::default()
    };
    let mut desk = Desk::with(usual_content(), workflow);
    desk.must(&boss(), review());
    let denied = desk.denied(&boss(), pay());
    assert_eq!(
        denied,
        DenyReason::PassedAnotherStage {
            stage: Stage::OrderReview
        }
    );
    desk.must(&finance(), pay());
    desk.must(&warehouse(), outbound());
    // Shipping is no review: whoever reviewed may ship.
    desk.must(&boss(), ship(desk.next_shipment()));
}
