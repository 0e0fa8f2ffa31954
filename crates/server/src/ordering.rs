//! A command on an order: decided on the stored order with the facts around it, and what follows booked.
//!
//! People come here through the routes of an order, the desk's own timers by themselves.

use chrono::{DateTime, NaiveDate, Utc};
use countersign_contract::ProblemKind;
use countersign_contract::event::LiveEvent;
use countersign_domain::actor::Actor;
use countersign_domain::id::VariantId;
use countersign_domain::order::{self, Command, Context, Order, Rejection};
use uuid::Uuid;

use crate::db::Tx;
use crate::error::ApiError;
use crate::events::{Audience, Notice};
use crate::repo::customers::{self, Customer};
use crate::repo::{order_goods, order_turn, orders, products, settings};
use crate::returning;
use crate::state::AppState;

/// Who acts, and when.
#[derive(Clone, Debug)]
pub struct Deed {
    /// Who.
    pub actor: Actor,
    /// When.
    pub now: DateTime<Utc>,
    /// The day of that where the company is.
    pub today: NaiveDate,
    /// Id of what is booked, if anything is.
    pub new_id: Uuid,
}

impl Deed {
    /// A deed of `actor`, now.
    pub fn now(state: &AppState, actor: Actor) -> Self {
        let now = state.clock.now();
        Self {
            actor,
            now,
            today: state.local_date(now),
            new_id: state.new_id(),
        }
    }
}

/// Does `command` to `order`, which is the one stored: history, stock and money follow in this transaction. Answers with
/// the order after it, or with the rule that does not hold; then nothing has happened.
///
/// # Errors
/// An [`ApiError`] when the database refuses.
pub async fn perform(
    tx: &mut Tx,
    order: &Order,
    command: Command,
    deed: &Deed,
) -> Result<Result<Order, Rejection>, ApiError> {
    let customer = customer_of(tx, order).await?;
    let workflow = settings::workflow(tx).await?.value;
    let mut facts = order_goods::facts(tx, order, &customer, &brought_in(&command)).await?;
    facts.waiting_before = order_turn::waiting_before(tx, order, &deed.actor).await?;
    let context = Context {
        actor: &deed.actor,
        now: deed.now,
        today: deed.today,
        workflow: &workflow,
        facts: &facts,
    };
    let events = match order::decide(order, command, &context) {
        Ok(events) => events,
        Err(rejection) => return Ok(Err(rejection)),
    };
    let mut after = order.clone();
    let mut moved: Vec<VariantId> = Vec::new();
    for event in &events {
        order::apply(&mut after, event);
        moved.extend(order_goods::book(tx, &after, event, deed.new_id).await?);
    }
    orders::save(tx, &after, &events, &customer).await?;
    returning::open_claims(tx, &after, &events, &customer, deed).await?;
    if !moved.is_empty() {
        products::touch(tx, &moved).await?;
        tx.announce(Notice::Changed {
            audience: Audience::Everyone,
            event: LiveEvent::CatalogChanged,
        });
    }
    Ok(Ok(after))
}

/// Whose order it is.
///
/// # Errors
/// An [`ApiError`] when the database refuses.
pub async fn customer_of(tx: &mut Tx, order: &Order) -> Result<Customer, ApiError> {
    customers::find(tx, order.customer_id)
        .await?
        .ok_or(ProblemKind::NotFound.into())
}

/// The variants that come in the place of others: their stock matters, too.
fn brought_in(command: &Command) -> Vec<VariantId> {
    match command {
        Command::PassOutboundReview(body) => body
            .lines
            .iter()
            .filter_map(|line| Some(line.substitute.as_ref()?.variant_id))
            .collect(),
        _ => Vec::new(),
    }
}
