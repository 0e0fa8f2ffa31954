//! From a command to the events that follow.
//!
//! Every command is decided on a [`Draft`]: a copy of the order on which each event is made true as soon as it is decided,
//! so that what follows sees what went before. The copy is thrown away; only the events leave.

mod change;
mod closing;
mod confirmation;
mod finance;
mod goods;
mod outbound;
mod production;
mod receiving;
mod review;
mod shipping;
mod stock;
mod submission;

pub use change::proposed_changes;
pub use submission::{NewOrder, submit};

use std::cell::Cell;

use crate::actor::Side;
use crate::id::AccountId;
use crate::order::{Command, Context, Event, Fact, Order, OrderStatus, Rejection, apply, next_stage};
use crate::policy::{self, Action, DenyReason};
use crate::workflow::Stage;

/// What follows from `command` on `order`: at least one event, or the reason why not. Changes nothing by itself.
///
/// # Errors
/// A [`Rejection`] when a rule of domain.md section 3 does not hold.
pub fn decide(order: &Order, command: Command, context: &Context<'_>) -> Result<Vec<Event>, Rejection> {
    let mut draft = Draft {
        order: order.clone(),
        events: Vec::new(),
        context: *context,
        stands_in_for: Cell::new(None),
    };
    match command {
        Command::Resubmit(body) => submission::resubmit(&mut draft, body),
        Command::Withdraw(body) => closing::withdraw(&mut draft, body),
        Command::PassOrderReview(body) => review::pass(&mut draft, &body),
        Command::ConfirmChanges => confirmation::confirm(&mut draft),
        Command::DeclineChanges(body) => confirmation::decline(&mut draft, body),
        Command::ExpireConfirmation => confirmation::expire(&mut draft),
        Command::PassExecutiveApproval(body) => finance::approve(&mut draft, body),
        Command::PassFinanceReview(body) => finance::pass(&mut draft, body),
        Command::ReportProduction(body) => production::report(&mut draft, body),
        Command::PassProduction(body) => production::pass(&mut draft, body),
        Command::PassOutboundReview(body) => outbound::pass(&mut draft, &body),
        Command::Ship(body) => shipping::ship(&mut draft, body),
        Command::Receive(body) => receiving::receive(&mut draft, body),
        Command::DeemReceived(body) => receiving::deem(&mut draft, body),
        Command::CloseRemaining(body) => closing::close_remaining(&mut draft, &body),
        Command::ReleaseLine(body) => closing::release_line(&mut draft, body),
        Command::SendBack(body) => closing::send_back(&mut draft, body),
        Command::Void(body) => closing::void(&mut draft, body),
        Command::RequestChange(body) => change::request(&mut draft, body),
        Command::AnswerChange(body) => change::answer(&mut draft, body),
    }?;
    if draft.events.is_empty() {
        Err(Rejection::NothingToDo)
    } else {
        Ok(draft.events)
    }
}

/// An order while a command is decided on it.
struct Draft<'a> {
    order: Order,
    events: Vec<Event>,
    context: Context<'a>,
    /// In whose place the actor acts, as far as was asked for yet.
    stands_in_for: Cell<Option<AccountId>>,
}

impl Draft<'_> {
    /// Asks the policy, and remembers in whose place the actor may.
    fn allow(&self, action: Action) -> Result<(), Rejection> {
        let Context { actor, workflow, .. } = self.context;
        let place = policy::capacity(actor, action, &self.order, workflow)?;
        self.stands_in_for.set(place.or(self.stands_in_for.get()));
        Ok(())
    }

    /// Records a fact and makes it true.
    fn emit(&mut self, fact: Fact) {
        let by = match self.context.actor.side {
            Side::System => None,
            _ => Some(self.context.actor.account_id),
        };
        let event = Event {
            at: self.context.now,
            by,
            stands_in_for: self.stands_in_for.get(),
            fact,
        };
        apply(&mut self.order, &event);
        self.events.push(event);
    }

    /// Moves the order to `to`, if it is not there.
    fn move_to(&mut self, to: OrderStatus) {
        let from = self.order.status;
        if from != to {
            self.emit(Fact::StatusChanged { from, to });
        }
    }

    /// Passes `stage` and moves the order on.
    fn pass(&mut self, stage: Stage, note: String, needs_confirmation: bool) -> Result<(), Rejection> {
        let waiting_before = self.context.facts.waiting_before;
        let is_in_turn = waiting_before == 0 || !self.order.status.is_review();
        self.emit(Fact::StagePassed { stage, note });
        if !is_in_turn {
            self.emit(Fact::PassedOutOfTurn {
                stage,
                waiting_before,
            });
        }
        self.advance(stage, needs_confirmation)
    }

    /// Moves the order to what comes after `stage` (rule 1). Where nothing is left to review, the goods move; where they
    /// all have left before (a change took the rest out), the order goes to where their receipt is awaited.
    fn advance(&mut self, stage: Stage, needs_confirmation: bool) -> Result<(), Rejection> {
        let next = next_stage(&self.order, stage, needs_confirmation, &self.context);
        if next.is_none_or(|stage| stage >= Stage::Production) && !self.order.has_remaining() {
            goods::settle(self);
            return Ok(());
        }
        match next.and_then(OrderStatus::waiting_at) {
            Some(status) => {
                self.move_to(status);
                Ok(())
            }
            None => goods::leave_by_themselves(self),
        }
    }
}

/// Asks whether the desk's own timer acts.
fn need_system(draft: &Draft<'_>) -> Result<(), Rejection> {
    let Draft { order, context, .. } = draft;
    if !context.actor.sees(order.customer_id, order.region_id) {
        Err(DenyReason::Unknown.into())
    } else if context.actor.side == Side::System {
        Ok(())
    } else {
        Err(DenyReason::OnlySystem.into())
    }
}

/// The reason in it, if there is one.
fn need_reason(reason: &str) -> Result<String, Rejection> {
    let reason = reason.trim();
    if reason.is_empty() {
        Err(Rejection::ReasonMissing)
    } else {
        Ok(reason.to_owned())
    }
}
