//! Choosing orders of a queue.

use countersign_contract::order::OrderSummary;
use countersign_domain::id::OrderId;
use countersign_domain::order::{OneByOne, pass_as_is};
use countersign_domain::policy::{DenyReason, permission_at};
use countersign_domain::workflow::Stage;
use leptos::prelude::*;

use crate::features::approvals::batch::model::{Plan, Selection};
use crate::features::approvals::batch::sending::Batch;
use crate::i18n::reasons;
use crate::queue_view::{listen_to_choosing, row_in_focus};
use crate::session::SessionContext;
use crate::text;

/// What is chosen of a queue, and the question before it is approved. Owned by the queue's page.
#[derive(Clone, Copy)]
pub struct Picking {
    /// The queue.
    pub stage: Stage,
    /// What is on the list.
    pub orders: Memo<Vec<OrderSummary>>,
    /// The open order.
    pub open: Memo<Option<OrderId>>,
    /// What is chosen.
    pub chosen: RwSignal<Selection>,
    /// What is asked about.
    pub plan: RwSignal<Option<Plan>>,
    /// What is on its way, or has arrived.
    pub batch: Batch,
    /// Why the stage can't be passed for several orders.
    pub refused: Memo<Option<String>>,
}

impl Picking {
    /// Nothing is chosen.
    pub fn new(stage: Stage, orders: Memo<Vec<OrderSummary>>, open: Memo<Option<OrderId>>) -> Self {
        let session = expect_context::<SessionContext>();
        let batch = expect_context::<Batch>();
        let refused = Memo::new(move |_| {
            let who = session.current()?;
            if let Err(reason) = pass_as_is(stage, &who.workflow) {
                return Some(one_by_one(reason));
            }
            let permission = permission_at(stage)?;
            let may = who.actor.holds(permission);
            let busy = batch.is_sending.get().then(|| text!(batch.busy));
            if may {
                busy
            } else {
                Some(reasons::deny(&DenyReason::NeedsPermission { permission }))
            }
        });
        Self {
            stage,
            orders,
            open,
            chosen: RwSignal::new(Selection::default()),
            plan: RwSignal::new(None),
            batch,
            refused,
        }
    }

    /// The keys: see [`listen_to_choosing`].
    pub fn listen(self) {
        let choose = Signal::derive(|| text!(batch.key_choose));
        let approve = Signal::derive(|| text!(batch.key_approve));
        listen_to_choosing(
            (choose, move || self.toggle_here()),
            (approve, move || self.ask()),
            move || self.take_back(),
        );
    }

    /// Chooses an order of the list, or no longer.
    pub fn toggle(self, id: OrderId) {
        let order = self
            .orders
            .with_untracked(|orders| orders.iter().find(|order| order.id == id).cloned());
        if let Some(order) = order {
            self.chosen.update(|chosen| chosen.toggle(&order));
        }
    }

    /// Chooses everything that is shown, or nothing where all of it is.
    pub fn toggle_all(self) {
        let shown = self.orders.get_untracked();
        self.chosen.update(|chosen| {
            if chosen.has_all(&shown) {
                chosen.clear();
            } else {
                chosen.choose(&shown);
            }
        });
    }

    /// Shows what is about to be approved.
    pub fn ask(self) {
        let is_empty = self.chosen.with_untracked(|chosen| chosen.count() == 0);
        if is_empty
            || self.refused.with_untracked(Option::is_some)
            || self.plan.with_untracked(Option::is_some)
        {
            return;
        }
        let plan = self.chosen.with_untracked(|chosen| {
            self.orders
                .with_untracked(|orders| Plan::new(self.stage, chosen, orders))
        });
        self.plan.set(Some(plan));
    }

    /// Approves what was shown.
    pub fn approve(self) {
        let Some(plan) = self.plan.get_untracked() else {
            return;
        };
        self.plan.set(None);
        self.chosen.update(Selection::clear);
        self.batch.start(plan);
    }

    /// Takes the last step back: the question, else the choice.
    pub fn take_back(self) {
        if self.plan.with_untracked(Option::is_some) {
            self.plan.set(None);
        } else {
            self.chosen.update(Selection::clear);
        }
    }

    /// The order in whose row the focus is, else the open one.
    fn toggle_here(self) {
        if let Some(id) = row_in_focus("data-order").or_else(|| self.open.get_untracked()) {
            self.toggle(id);
        }
    }
}

fn one_by_one(reason: OneByOne) -> String {
    match reason {
        OneByOne::CustomersWord => text!(batch.one_by_one.customers_word),
        OneByOne::WhatIsMade => text!(batch.one_by_one.what_is_made),
        OneByOne::WhoCarries => text!(batch.one_by_one.who_carries),
        OneByOne::SecondCheck => text!(batch.one_by_one.second_check),
    }
}
