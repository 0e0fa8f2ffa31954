use chrono::{DateTime, NaiveDate, Utc};
use countersign_contract::problem::FieldCode;
use countersign_contract::submission::{Accepted, Submission, SubmitOrder};
use countersign_contract::{FieldError, ProblemKind};
use countersign_domain::actor::Actor;
use countersign_domain::id::{CustomerId, OrderId};
use countersign_domain::order::{self, Context, Facts, NewOrder, Order, OrderContent, Rejection};
use http::StatusCode;

use super::location;
use crate::buying::{buyer, may_order_for_others};
use crate::db::Tx;
use crate::error::ApiError;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::http::once::{Key, Settled, settle};
use crate::repo::customers::Customer;
use crate::repo::drafts::Owner;
use crate::repo::{drafts, order_files, orders, settings};
use crate::state::AppState;
use crate::submission::{self, Resolved};

/// `POST /orders`: a draft becomes an order, exactly once (protocol.md, Submitting an order exactly once).
pub async fn submit(state: AppState, call: Call<SubmitOrder>) -> Reply<SubmitOrder> {
    let actor = call.caller()?.actor.clone();
    if let Err(wrong) = submission::check(&call.body) {
        // Such a body was never accepted, so that nobody waits for its answer: who may not order hears that and no more.
        if actor.customer_id().is_none() {
            may_order_for_others(&actor)?;
        }
        return Err(wrong);
    }
    if call.body.owner != actor.account_id {
        return Err(ProblemKind::WrongOwner.into());
    }
    let key = call.key()?;
    if key.key != format!("{}.{}", call.body.draft_id, call.body.rev) {
        return Err(ProblemKind::KeyRequired.into());
    }
    let now = state.clock.now();
    let attempt = Attempt {
        actor,
        now,
        today: state.local_date(now),
        order_id: OrderId(state.new_id()),
        fingerprint: call.fingerprint,
        submission: call.body,
    };
    state
        .db
        .write(move |tx| Box::pin(attempt.run(tx, key, now)))
        .await
        .and_then(Settled::into_reply)
}

/// One request to submit, as the transaction works on it.
struct Attempt {
    actor: Actor,
    now: DateTime<Utc>,
    today: NaiveDate,
    order_id: OrderId,
    fingerprint: String,
    submission: Submission,
}

impl Attempt {
    /// The steps in their order: withdrawn, key known, and then the submission itself.
    async fn run(self, tx: &mut Tx, key: Key, now: DateTime<Utc>) -> Result<Settled<Accepted>, ApiError> {
        if orders::is_withdrawn(tx, self.submission.draft_id).await? {
            return Err(ProblemKind::DraftWithdrawn.into());
        }
        settle(tx, &key, now, move |tx| Box::pin(self.submit(tx))).await
    }

    async fn submit(self, tx: &mut Tx) -> Result<Settled<Accepted>, ApiError> {
        if let Some(found) = orders::from_draft(tx, self.submission.draft_id).await? {
            return self.already_ordered(&found);
        }
        // Asked before prices are told to somebody who may not order, and after the key: what was accepted once is answered
        // as it was, whatever its author may do by now.
        let customer = self.customer(tx).await?;
        self.check_files(tx).await?;
        let content = match submission::resolve(tx, &customer, &self.submission, self.now).await? {
            Resolved::Content(content) => *content,
            Resolved::Changed(changes) => {
                return Ok(Settled::Refused(ProblemKind::SubmissionChanged { changes }));
            }
            Resolved::Rejected(rejection) => {
                return Ok(Settled::Refused(ProblemKind::Rejected { rejection }));
            }
        };
        match self.place(tx, &customer, content).await? {
            Ok(order) => {
                self.remove_copy(tx, customer.id).await?;
                let answer = Answer::versioned(self.accepted(&order), order.version).at(location(order.id));
                Ok(answer.into())
            }
            Err(Rejection::Denied { reason }) => Err(reason.into()),
            Err(rejection) => Ok(Settled::Refused(ProblemKind::Rejected { rejection })),
        }
    }

    /// Whether every file that goes along is there. One that is not has to be sent first: this is not remembered as an answer.
    async fn check_files(&self, tx: &mut Tx) -> Result<(), ApiError> {
        let mut wrong = Vec::new();
        for (index, id) in self.submission.attachments.iter().enumerate() {
            if order_files::of_draft(tx, self.actor.account_id, *id)
                .await?
                .is_none()
            {
                wrong.push(FieldError {
                    pointer: format!("/attachments/{index}"),
                    code: FieldCode::Unknown,
                });
            }
        }
        if wrong.is_empty() {
            Ok(())
        } else {
            Err(ApiError::invalid(wrong))
        }
    }

    /// For whom it is: staff say so in its bytes, a customer's own account orders for nobody else.
    async fn customer(&self, tx: &mut Tx) -> Result<Customer, ApiError> {
        let asked = self.submission.customer_id;
        if asked.is_none() && self.actor.customer_id().is_none() {
            may_order_for_others(&self.actor)?;
            return Err(ApiError::invalid(vec![FieldError {
                pointer: "/customer_id".to_owned(),
                code: FieldCode::Required,
            }]));
        }
        buyer(tx, &self.actor, asked).await
    }

    /// The copies other devices have of the draft are of no use any more - but for one that was changed after this
    /// submission was written: what was typed there is in no order.
    async fn remove_copy(&self, tx: &mut Tx, customer: CustomerId) -> Result<(), ApiError> {
        let (owner, id) = (Owner::of(&self.actor, customer), self.submission.draft_id);
        if let Some(seen) = self.submission.copy_version {
            let stored = drafts::stored(tx, owner, id).await?;
            if stored.is_some_and(|stored| stored.version.version > seen) {
                return Ok(());
            }
        }
        drafts::remove(tx, owner, id).await?;
        Ok(())
    }

    /// This draft is an order: the same answer in other words when it was this submission, else a conflict.
    fn already_ordered(&self, found: &orders::FromDraft) -> Result<Settled<Accepted>, ApiError> {
        let order = &found.order;
        if !self.actor.sees(order.customer_id, order.region_id) {
            return Err(ProblemKind::WrongOwner.into());
        }
        if found.fingerprint != self.fingerprint {
            return Err(ProblemKind::AlreadyOrdered { order_id: order.id }.into());
        }
        let answer = Answer::versioned(self.accepted(order), order.version)
            .status(StatusCode::OK)
            .at(location(order.id))
            .replayed();
        Ok(answer.into())
    }

    /// Makes the order: number, order, lines, history.
    async fn place(
        &self,
        tx: &mut Tx,
        customer: &Customer,
        content: OrderContent,
    ) -> Result<Result<Order, Rejection>, ApiError> {
        let workflow = settings::workflow(tx).await?.value;
        let facts = Facts {
            policy: customer.policy.clone(),
            ..Facts::default()
        };
        let context = Context {
            actor: &self.actor,
            now: self.now,
            today: self.today,
            workflow: &workflow,
            facts: &facts,
        };
        let new = NewOrder {
            id: self.order_id,
            draft_id: self.submission.draft_id,
            number: orders::next_number(tx, self.today).await?,
            customer_id: customer.id,
            region_id: customer.region_id,
            content,
        };
        let events = match order::submit(new, &context) {
            Ok(events) => events,
            Err(rejection) => return Ok(Err(rejection)),
        };
        let order = order::replay(&events)
            .ok_or_else(|| ApiError::Internal("a submission did not make an order".to_owned()))?;
        orders::insert(tx, &order, &events, customer, &self.fingerprint).await?;
        order_files::attach(tx, order.id, &self.submission.attachments).await?;
        Ok(Ok(order))
    }

    fn accepted(&self, order: &Order) -> Accepted {
        Accepted {
            draft_id: self.submission.draft_id,
            rev: self.submission.rev,
            fingerprint: self.fingerprint.clone(),
            order_id: order.id,
            number: order.number.clone(),
        }
    }
}
