//! The ways of either side, with what waits at them.

use countersign_contract::endpoint::NoQuery;
use countersign_contract::home::{ListQueues, QueueCount};
use countersign_contract::returns::ListReturnQueues;
use countersign_domain::order::OrderStatus;
use countersign_domain::permission::Permission;
use countersign_domain::returns::{ReturnStage, ReturnStatus};
use countersign_domain::workflow::Stage;
use leptos::prelude::*;

use crate::i18n::{labels, returns as return_words};
use crate::layout::{NavItem, unsent};
use crate::queries;
use crate::queries::draft::{Cart, Pending};
use crate::queries::on_behalf::OnBehalf;
use crate::route::{
    CatalogFilter, ListsPart, OpenFilter, OrdersFilter, PromotionsFilter, ReturnsFilter, Route, Supply,
    use_route,
};
use crate::session::SessionContext;
use crate::text;
use crate::ui::IconName;

/// The stages at which staff act.
const STAFF_STAGES: [Stage; 6] = [
    Stage::OrderReview,
    Stage::ExecutiveApproval,
    Stage::FinanceReview,
    Stage::Production,
    Stage::OutboundReview,
    Stage::Ship,
];

/// A distributor's ways.
pub fn of_distributor(_: SessionContext) -> Signal<Vec<NavItem>> {
    of_ordering(true)
}

/// The ways of staff who order on behalf of a customer: those to ordering.
pub fn of_customer(_: SessionContext) -> Signal<Vec<NavItem>> {
    of_ordering(false)
}

fn of_ordering(is_own: bool) -> Signal<Vec<NavItem>> {
    let cart = expect_context::<Cart>();
    let lines = Memo::new(move |_| u32::try_from(cart.line_count()).unwrap_or(u32::MAX));
    let mut to_cart = NavItem::new(Route::Cart, IconName::Cart, Signal::derive(|| text!(shell.cart)));
    to_cart.count = lines.into();
    to_cart.count_label = Signal::derive(move || text!(shell.in_cart, count = lines.get()));
    let pending = Memo::new(move |_| cart.pending());
    let mut to_outbox = NavItem::new(
        Route::Outbox,
        IconName::Queue,
        Signal::derive(|| text!(outbox.title)),
    );
    to_outbox.count = Signal::derive(move || u32::try_from(pending.get().all()).unwrap_or(u32::MAX));
    to_outbox.count_label = Signal::derive(move || {
        let Pending { waiting, attention } = pending.get();
        unsent(waiting, attention)
    });
    to_outbox.urgent = Signal::derive(move || pending.get().attention > 0);
    let catalog = NavItem::new(
        Route::Catalog(CatalogFilter::default()),
        IconName::Catalog,
        Signal::derive(|| text!(shell.catalog)),
    );
    let quick_order = NavItem::new(
        Route::QuickOrder,
        IconName::Sheet,
        Signal::derive(|| text!(quick_order.title)),
    );
    let lists = NavItem::new(
        Route::Lists(ListsPart::default()),
        IconName::Star,
        Signal::derive(|| text!(lists.title)),
    );
    let items = if is_own {
        let home = NavItem::new(Route::Home, IconName::Home, Signal::derive(|| text!(shell.home)));
        vec![home, catalog, quick_order, to_cart, orders(), lists, returns()]
    } else {
        vec![quick_order, catalog, to_cart, lists]
    };
    // The outbox is there while something is in it, or while somebody looks into it.
    let here = use_route();
    let shows_outbox = Memo::new(move |_| {
        pending.get().all() > 0 || matches!(here.get(), Route::Outbox | Route::OutboxEntry(_))
    });
    Signal::derive(move || {
        let mut items = items.clone();
        items.extend(shows_outbox.get().then(|| to_outbox.clone()));
        items
    })
}

/// Staff's ways: one queue per stage that is on or where something still waits.
pub fn of_supplier(session: SessionContext) -> Signal<Vec<NavItem>> {
    let queues = queries::read::<ListQueues>(|| Some(((), NoQuery {})));
    let counts = Memo::new(move |_| {
        queues
            .state
            .get()
            .ready()
            .map(|all| all.to_vec())
            .unwrap_or_default()
    });
    let home = NavItem::new(Route::Home, IconName::Home, Signal::derive(|| text!(shell.home)));
    let list = orders();
    let settings = NavItem::new(
        Route::Workflow,
        IconName::Settings,
        Signal::derive(|| text!(shell.settings)),
    );
    let stages: Vec<(Stage, NavItem)> = STAFF_STAGES
        .into_iter()
        .map(|stage| (stage, queue(stage, counts)))
        .collect();
    let open = Memo::new(move |_| {
        let session = session.current();
        let is_on = |stage| {
            session
                .as_ref()
                .is_some_and(|session| session.workflow.stages.is_on(stage))
        };
        STAFF_STAGES
            .into_iter()
            .filter(|stage| is_on(*stage) || counts.with(|counts| waiting(counts, *stage).count > 0))
            .collect::<Vec<_>>()
    });
    let return_stages = return_queues(session);
    let list_of_returns = returns();
    let board = NavItem::new(
        Route::Supply(Supply::OpenQuantities(OpenFilter::default())),
        IconName::Sheet,
        Signal::derive(|| text!(open_board.title)),
    );
    let plan = NavItem::new(
        Route::Supply(Supply::ProductionPlan(Default::default())),
        IconName::Catalog,
        Signal::derive(|| text!(plan.title)),
    );
    let delegations = NavItem::new(
        Route::Supply(Supply::Delegations),
        IconName::Account,
        Signal::derive(|| text!(delegations.title)),
    );
    let may = move |permission| {
        Memo::new(move |_| {
            session
                .current()
                .is_some_and(|session| session.actor.holds(permission))
        })
    };
    let behalf = expect_context::<OnBehalf>();
    let unsent_for = Memo::new(move |_| behalf.pending());
    let order_for = NavItem {
        count: Signal::derive(move || u32::try_from(unsent_for.get().all()).unwrap_or(u32::MAX)),
        count_label: Signal::derive(move || {
            let Pending { waiting, attention } = unsent_for.get();
            unsent(waiting, attention)
        }),
        urgent: Signal::derive(move || unsent_for.get().attention > 0),
        ..NavItem::new(
            Route::Supply(Supply::OrderFor { q: String::new() }),
            IconName::Cart,
            Signal::derive(|| text!(on_behalf.title)),
        )
    };
    let may_order = may(Permission::OrderCreateOnBehalf);
    let may_set = may(Permission::SettingsManage);
    let may_write = may(Permission::NoticeManage);
    let may_promise = may(Permission::PromotionManage);
    let notices = NavItem::new(
        Route::ManagedNotices,
        IconName::Bell,
        Signal::derive(|| text!(notice_desk.title)),
    );
    let promotions = NavItem::new(
        Route::Promotions(PromotionsFilter::default()),
        IconName::Tag,
        Signal::derive(|| text!(promotion_desk.title)),
    );
    Signal::derive(move || {
        let mut items = vec![home.clone()];
        let open = open.get();
        items.extend(
            stages
                .iter()
                .filter(|(stage, _)| open.contains(stage))
                .map(|(_, item)| item.clone()),
        );
        items.push(list.clone());
        items.extend(may_order.get().then(|| order_for.clone()));
        items.push(board.clone());
        items.extend(open.contains(&Stage::Production).then(|| plan.clone()));
        items.extend(return_stages.get());
        items.push(list_of_returns.clone());
        items.push(delegations.clone());
        items.extend(may_write.get().then(|| notices.clone()));
        items.extend(may_promise.get().then(|| promotions.clone()));
        items.extend(may_set.get().then(|| settings.clone()));
        items
    })
}

/// The queues of returns: one per stage that is on or where something still waits.
fn return_queues(session: SessionContext) -> Signal<Vec<NavItem>> {
    const STAGES: [ReturnStage; 3] = [
        ReturnStage::Review,
        ReturnStage::GoodsReceipt,
        ReturnStage::Refund,
    ];
    let read = queries::read::<ListReturnQueues>(|| Some(((), NoQuery {})));
    let count = move |stage: ReturnStage| {
        read.state.with(|state| {
            let all = state.ready()?;
            let waits = |status: ReturnStatus| status.stage() == Some(stage);
            all.iter()
                .find(|queue| waits(queue.status))
                .map(|queue| queue.count)
        })
    };
    let item = move |stage| {
        let waiting = Memo::new(move |_| count(stage).unwrap_or_default());
        NavItem {
            count: waiting.into(),
            count_label: Signal::derive(move || text!(shell.waiting, count = waiting.get())),
            ..NavItem::new(
                Route::return_queue(stage),
                IconName::Queue,
                Signal::derive(move || return_words::stage(stage)),
            )
        }
    };
    let items = STAGES.map(|stage| (stage, item(stage)));
    let is_on = move |stage| {
        session.current().is_some_and(|session| match stage {
            ReturnStage::Review => true,
            ReturnStage::GoodsReceipt => session.workflow.return_goods_receipt,
            ReturnStage::Refund => session.workflow.return_refund,
        })
    };
    let shown = Memo::new(move |_| {
        let is_shown = |stage: &ReturnStage| is_on(*stage) || count(*stage).unwrap_or_default() > 0;
        STAGES.into_iter().filter(is_shown).collect::<Vec<_>>()
    });
    Signal::derive(move || {
        let shown = shown.get();
        let items = items.iter().filter(|(stage, _)| shown.contains(stage));
        items.map(|(_, item)| item.clone()).collect()
    })
}

fn returns() -> NavItem {
    let route = Route::Returns(ReturnsFilter::default());
    NavItem::new(route, IconName::Return, Signal::derive(|| text!(returns.title)))
}

fn orders() -> NavItem {
    let route = Route::Orders(OrdersFilter::default());
    NavItem::new(route, IconName::Orders, Signal::derive(|| text!(shell.orders)))
}

fn queue(stage: Stage, counts: Memo<Vec<QueueCount>>) -> NavItem {
    let here = Memo::new(move |_| counts.with(|counts| waiting(counts, stage)));
    let words = move || match here.get() {
        Waiting { count, late: 0 } => text!(shell.waiting, count = count),
        Waiting { count, late } => text!(shell.waiting_late, count = count, late = late),
    };
    let icon = if stage == Stage::Ship {
        IconName::Truck
    } else {
        IconName::Queue
    };
    let label = Signal::derive(move || labels::stage(stage));
    NavItem {
        count: Signal::derive(move || here.get().count),
        urgent: Signal::derive(move || here.get().late > 0),
        count_label: Signal::derive(words),
        ..NavItem::new(
            Route::Queue {
                stage,
                open: None,
                filter: Default::default(),
            },
            icon,
            label,
        )
    }
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Waiting {
    count: u32,
    late: u32,
}

fn waiting(counts: &[QueueCount], stage: Stage) -> Waiting {
    let status = OrderStatus::waiting_at(stage);
    let queue = counts.iter().find(|queue| Some(queue.status) == status);
    queue
        .map(|queue| Waiting {
            count: queue.count,
            late: queue.late,
        })
        .unwrap_or_default()
}
