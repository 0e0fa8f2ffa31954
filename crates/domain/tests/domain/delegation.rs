//! Delegation with dates: who acts in whose place, where, and what stays separated.

use countersign_domain::actor::{Actor, StandIn};
use countersign_domain::delegation::{Delegation, DelegationFault, DelegationState, MAX_DAYS};
use countersign_domain::id::{AccountId, DelegationId, RegionId};
use countersign_domain::order::{Order, OrderStatus as S, StagePass};
use countersign_domain::permission::{BuiltInRole, Permission as P, PermissionSet};
use countersign_domain::policy::{Action as A, DenyReason as D, can, can_submit, capacity};
use countersign_domain::workflow::{Stage, Workflow};

use crate::world::*;

/// The colleague who is away.
const AWAY: u128 = 0x71;
/// Who stands in.
const HERE: u128 = 0x72;
/// Where neither the order nor its customer is.
const ELSEWHERE: RegionId = RegionId(uuid::Uuid::from_u128(0x201));

fn account(number: u128) -> AccountId {
    AccountId(id(number))
}

/// What somebody handed over.
fn of(number: u128, permissions: &[P], regions: &[RegionId]) -> StandIn {
    StandIn {
        account_id: account(number),
        name: "张三".to_owned(),
        permissions: permissions.iter().copied().collect(),
        regions: regions.to_vec(),
    }
}

/// A shipper who stands in for others.
fn standing_in(others: Vec<StandIn>) -> Actor {
    Actor {
        stands_in_for: others,
        ..staff(HERE, &[P::OrderShip])
    }
}

fn at(status: S) -> Order {
    Desk::new().reach(status).order
}

#[test]
fn what_was_handed_over_counts_in_the_colleagues_regions_and_nowhere_else() {
    let order = at(S::PendingFinanceReview);
    let asked = |actor: &Actor| capacity(actor, A::PassFinanceReview, &order, &Workflow::default());
    let denied = Err(D::NeedsPermission {
        permission: P::OrderFinanceReview,
    });
    assert_eq!(asked(&standing_in(Vec::new())), denied);
    let everywhere = standing_in(vec![of(AWAY, &[P::OrderFinanceReview], &[])]);
    assert_eq!(asked(&everywhere), Ok(Some(account(AWAY))));
    let there = standing_in(vec![of(AWAY, &[P::OrderFinanceReview], &[REGION])]);
    assert_eq!(asked(&there), Ok(Some(account(AWAY))));
    let elsewhere = standing_in(vec![of(AWAY, &[P::OrderFinanceReview], &[ELSEWHERE])]);
    assert_eq!(asked(&elsewhere), denied);
}

#[test]
fn an_own_permission_does_not_reach_into_a_colleagues_regions() {
    let order = at(S::PendingShipment);
    let mut actor = regional(HERE, &[P::OrderShip], &[ELSEWHERE]);
    let workflow = Workflow::default();
    assert_eq!(can(&actor, A::View, &order, &workflow), Err(D::Unknown));
    actor.stands_in_for = vec![of(AWAY, &[P::OrderReview], &[REGION])];
    assert_eq!(can(&actor, A::View, &order, &workflow), Ok(()));
    assert!(actor.holds(P::OrderShip) && actor.holds(P::OrderReview));
    assert!(actor.holds_in(P::OrderShip, ELSEWHERE) && !actor.holds_in(P::OrderShip, REGION));
    assert_eq!(
        can(&actor, A::Ship, &order, &workflow),
        Err(D::OutsideYourRegions),
        "it is seen, so that it is not unknown"
    );
    assert_eq!(can_submit(&actor, CUSTOMER, REGION), Err(D::Unknown));
}

#[test]
fn what_somebody_may_by_themselves_they_do_in_nobodys_place() {
    let order = at(S::PendingShipment);
    let actor = standing_in(vec![of(AWAY, &[P::OrderShip], &[])]);
    assert_eq!(capacity(&actor, A::Ship, &order, &Workflow::default()), Ok(None));
}

#[test]
fn duties_stay_separated_for_who_stands_in_and_for_whom() {
    let mut order = Desk::new().order;
    let workflow = Workflow::default();
    let actor = standing_in(vec![of(AWAY, &[P::OrderReview], &[])]);
    let asked = |order: &Order| capacity(&actor, A::PassOrderReview, order, &workflow);
    assert_eq!(asked(&order), Ok(Some(account(AWAY))));
    order.on_behalf = true;
    for creator in [AWAY, HERE] {
        order.submitted_by = account(creator);
        assert_eq!(asked(&order), Err(D::CreatedByYourself), "{creator:x}");
    }
}

#[test]
fn nobody_passes_two_stages_through_a_colleague() {
    let workflow = Workflow {
        one_stage_per_person: true,
        ..Workflow::default()
    };
    for passed_by in [AWAY, HERE] {
        let mut order = at(S::PendingFinanceReview);
        order.passed = vec![StagePass {
            stage: Stage::OrderReview,
            by: account(passed_by),
            at: start(),
        }];
        let actor = standing_in(vec![of(AWAY, &[P::OrderFinanceReview], &[])]);
        assert_eq!(
            can(&actor, A::PassFinanceReview, &order, &workflow),
            Err(D::PassedAnotherStage {
                stage: Stage::OrderReview
            })
        );
    }
}

#[test]
fn the_second_check_is_not_done_for_who_did_the_first() {
    let workflow = Workflow {
        second_check: true,
        ..Workflow::default()
    };
    let mut desk = Desk::with(usual_content(), workflow).reach(S::PendingOutboundReview);
    let away = staff(AWAY, &[P::OrderOutboundReview]);
    desk.must(&away, outbound());
    let for_away = standing_in(vec![of(AWAY, &[P::OrderOutboundReview], &[])]);
    assert_eq!(desk.denied(&for_away, outbound()), D::SecondCheckNeedsAnother);
    let for_both = standing_in(vec![
        of(AWAY, &[P::OrderOutboundReview], &[]),
        of(0x73, &[P::OrderOutboundReview], &[]),
    ]);
    desk.must(&for_both, outbound());
    assert_eq!(desk.status(), S::PendingShipment);
    assert_eq!(
        desk.events.last().and_then(|event| event.stands_in_for),
        Some(account(0x73))
    );
}

#[test]
fn rule_13_the_history_says_who_acted_and_for_whom() {
    let mut desk = Desk::new().reach(S::PendingFinanceReview);
    let before = desk.events.len();
    desk.must(&standing_in(vec![of(AWAY, &[P::OrderFinanceReview], &[])]), pay());
    for event in &desk.events[before..] {
        assert_eq!(
            (event.by, event.stands_in_for),
            (Some(account(HERE)), Some(account(AWAY)))
        );
    }
    desk.must(&warehouse(), outbound());
    assert_eq!(desk.events.last().and_then(|event| event.stands_in_for), None);
}

#[test]
fn queues_are_handed_over_and_settings_are_not() {
    let all = PermissionSet::all().of_queues();
    for kept in [
        P::OrderCreateOnBehalf,
        P::ReturnCreateOnBehalf,
        P::ProductManage,
        P::StockManage,
        P::CustomerManage,
        P::SettingsManage,
        P::ReportView,
    ] {
        assert!(!all.has(kept), "{kept:?}");
    }
    let finance = BuiltInRole::FinanceReviewer.default_permissions().of_queues();
    let handed: Vec<P> = finance.iter().collect();
    assert_eq!(
        handed,
        [
            P::OrderFinanceReview,
            P::OrderSendBack,
            P::ReturnRefund,
            P::PaymentConfirm
        ]
    );
}

fn delegation(first: &str, last: &str) -> Delegation {
    Delegation {
        id: DelegationId(id(1)),
        from: account(AWAY),
        to: account(HERE),
        first_day: date(first),
        last_day: date(last),
    }
}

#[test]
fn a_delegation_runs_from_its_first_day_to_its_last() {
    let delegation = delegation("2026-11-24", "2026-11-26");
    let state = |day: &str| delegation.state(date(day));
    assert_eq!(state("2026-11-23"), DelegationState::Planned);
    assert_eq!(state("2026-11-24"), DelegationState::Running);
    assert_eq!(state("2026-11-26"), DelegationState::Running);
    assert_eq!(state("2026-11-27"), DelegationState::Over);
}

#[test]
fn queues_go_to_somebody_else_for_days_that_are_to_come() {
    let today = date("2026-11-23");
    let check = |first: &str, last: &str| delegation(first, last).check(today);
    assert_eq!(check("2026-11-23", "2026-11-23"), Ok(()));
    assert_eq!(check("2026-11-20", "2026-11-24"), Ok(()), "it may have begun");
    assert_eq!(
        check("2026-11-25", "2026-11-24"),
        Err(DelegationFault::EndsBeforeItBegins)
    );
    assert_eq!(
        check("2026-11-20", "2026-11-22"),
        Err(DelegationFault::AlreadyOver)
    );
    let first = date("2026-11-23");
    let last = first
        .checked_add_days(chrono::Days::new(MAX_DAYS))
        .expect("a day")
        .to_string();
    assert_eq!(check("2026-11-23", &last), Err(DelegationFault::TooLong));
    assert_eq!(check("2026-11-24", &last), Ok(()));
    let to_oneself = Delegation {
        to: account(AWAY),
        ..delegation("2026-11-23", "2026-11-23")
    };
    assert_eq!(to_oneself.check(today), Err(DelegationFault::ToOneself));
}
