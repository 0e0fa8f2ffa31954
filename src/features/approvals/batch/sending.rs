//! Sending the approvals of a batch, a few orders at a time, one after the other: who came first goes first.

use std::collections::VecDeque;

use countersign_contract::approval::{Approval, Approvals, ApproveOrders, OrderVersion};
use countersign_contract::order::OrderSummary;
use countersign_domain::id::OrderId;
use countersign_domain::workflow::Stage;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use crate::api::{Api, ApiError, Change};
use crate::features::approvals::batch::model::{Fate, Plan, Run};
use crate::queries::live::invalidate_order_lists;
use crate::queries::{Cache, deliver};
use crate::text;
use crate::ui::Toasts;

/// Orders in one request: what is known of a batch grows in steps of this.
const STEP: usize = 10;

/// A request, frozen, and the orders in it.
#[derive(Clone, Debug)]
struct Letter {
    ids: Vec<OrderId>,
    change: Change,
}

/// The batch of this person, provided to the supplier's pages: it goes on while they look at another page, and its outcome
/// stays until they have read it.
#[derive(Clone, Copy)]
pub struct Batch {
    api: Api,
    cache: Cache,
    toasts: Toasts,
    /// The orders, while there is a batch.
    pub run: RwSignal<Option<Run>>,
    /// Whether it is being sent.
    pub is_sending: RwSignal<bool>,
    /// What is still to be sent, and what may have arrived without an answer.
    letters: StoredValue<VecDeque<Letter>>,
    /// How many places show it now.
    watchers: StoredValue<u32>,
}

impl Default for Batch {
    fn default() -> Self {
        Self::new()
    }
}

impl Batch {
    /// No batch. Closing the browser while one is being sent asks first.
    pub fn new() -> Self {
        let batch = Self {
            api: expect_context::<Api>(),
            cache: expect_context::<Cache>(),
            toasts: expect_context::<Toasts>(),
            run: RwSignal::new(None),
            is_sending: RwSignal::new(false),
            letters: StoredValue::new(VecDeque::new()),
            watchers: StoredValue::new(0),
        };
        let leaving = window_event_listener(leptos::ev::beforeunload, move |event| {
            if batch.is_sending.try_get_untracked() == Some(true) {
                event.prevent_default();
            }
        });
        on_cleanup(move || leaving.remove());
        batch
    }

    /// Shows it as long as the current owner lives; where nothing does, its end is told by a message.
    pub fn watch(self) {
        self.watchers
            .update_value(|count| *count = count.saturating_add(1));
        on_cleanup(move || {
            self.watchers
                .try_update_value(|count| *count = count.saturating_sub(1));
        });
    }

    /// Begins a batch. Does nothing while another is being sent.
    pub fn start(self, plan: Plan) {
        if self.is_sending.get_untracked() {
            return;
        }
        let letters = plan.orders.chunks(STEP);
        let letters = letters.map(|orders| letter(plan.stage, orders)).collect();
        self.letters.set_value(letters);
        self.run.set(Some(Run::new(plan)));
        self.send();
    }

    /// Sends what is left, what may have arrived already under its first key.
    pub fn go_on(self) {
        if !self.is_sending.get_untracked() {
            self.send();
        }
    }

    /// Approves one of the orders again that was refused.
    pub fn try_again(self, id: OrderId) {
        if self.is_sending.get_untracked() {
            return;
        }
        let letter = self.run.with_untracked(|run| {
            let run = run.as_ref()?;
            let (order, _) = run.rows.iter().find(|(order, _)| order.id == id)?;
            Some(letter(run.stage, std::slice::from_ref(order)))
        });
        if let Some(letter) = letter {
            self.letters.update_value(|letters| letters.push_back(letter));
            self.send();
        }
    }

    /// Its outcome was read.
    pub fn dismiss(self) {
        if !self.is_sending.get_untracked() {
            self.letters.set_value(VecDeque::new());
            self.run.set(None);
        }
    }

    /// Whether an order left its queue, as it stood there, by this batch: it passed, or it is not known yet that it did.
    pub fn takes(self, order: &OrderSummary) -> bool {
        self.run
            .with(|run| run.as_ref().is_some_and(|run| run.takes(order)))
    }

    /// Sends the letters one after the other until one does not come through.
    fn send(self) {
        self.is_sending.set(true);
        spawn_local(async move {
            while let Some(Some(letter)) = self.letters.try_with_value(|letters| letters.front().cloned()) {
                self.tell(|run| run.set(&letter.ids, &Fate::Sent));
                let answer = deliver(self.api, &letter.change).await;
                let answer = answer.and_then(|text| Api::decode::<Vec<Approval>>(&text));
                match answer {
                    Ok(approvals) => {
                        self.letters.try_update_value(VecDeque::pop_front);
                        self.tell(|run| run.learn(&approvals));
                        invalidate_order_lists(self.cache);
                    }
                    Err(error) => {
                        self.tell(|run| run.set(&letter.ids, &Fate::Unknown(error)));
                        break;
                    }
                }
            }
            self.is_sending.try_set(false);
            self.say_end();
        });
    }

    fn tell(self, change: impl FnOnce(&mut Run)) {
        self.run.try_update(|run| {
            if let Some(run) = run {
                change(run);
            }
        });
    }

    /// Where its outcome is not on the screen, a message says it.
    fn say_end(self) {
        if self.watchers.try_get_value() != Some(0) {
            return;
        }
        let counts = self
            .run
            .try_with_untracked(|run| run.as_ref().map(|run| (run.passed(), run.count())));
        if let Some(Some((passed, count))) = counts {
            let words = untrack(|| text!(batch.ended, passed = passed, count = count));
            self.toasts.say(words);
        }
    }
}

fn letter(stage: Stage, orders: &[OrderSummary]) -> Letter {
    let version = |order: &OrderSummary| OrderVersion {
        order_id: order.id,
        version: order.version,
    };
    let body = Approvals {
        stage,
        orders: orders.iter().map(version).collect(),
    };
    Letter {
        ids: orders.iter().map(|order| order.id).collect(),
        change: Change::new::<ApproveOrders>(&(), &body, &Uuid::new_v4().to_string(), None),
    }
}

/// The error of a batch that stopped, for who shows it.
pub fn hindrance(run: &RwSignal<Option<Run>>) -> Option<ApiError> {
    run.with(|run| run.as_ref().and_then(Run::hindrance).cloned())
}
