//! The desk's own timers: what happens to an order because nobody did anything (domain.md section 3, rules 5 and 11), and
//! telling of notices whose time has come.

use std::time::Duration;

use countersign_contract::ProblemKind;
use countersign_domain::actor::{Actor, Side};
use countersign_domain::id::{AccountId, OrderId};
use countersign_domain::order::{Command, DeemReceived, Order, OrderStatus};
use uuid::Uuid;

use crate::db::Tx;
use crate::error::ApiError;
use crate::notices;
use crate::ordering::{Deed, perform};
use crate::repo::{order_timers, orders};
use crate::state::AppState;

/// How often the desk looks.
const EVERY: Duration = Duration::from_secs(60);

/// Looks at once and then every minute, for ever.
pub(crate) async fn run(state: AppState) {
    let mut timer = tokio::time::interval(EVERY);
    timer.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut told = state.clock.now();
    loop {
        timer.tick().await;
        if let Err(error) = act(&state).await {
            tracing::warn!(?error, "what is due could not be looked up");
        }
        match notices::tell_of_time(&state, told).await {
            Ok(until) => told = until,
            Err(error) => tracing::warn!(?error, "the notices' times could not be looked up"),
        }
    }
}

/// Does what is due, and tells to how many orders. Looking again does nothing again.
///
/// # Errors
/// An [`ApiError`] when what is due can't be looked up. An order the desk can't act on does not stop the others.
pub async fn act(state: &AppState) -> Result<usize, ApiError> {
    let due = {
        let mut connection = state.db.read().await?;
        order_timers::due(&mut connection, state.clock.now()).await?
    };
    let mut acted = 0;
    for id in due {
        let deed = Deed::now(state, desk());
        let done = state
            .db
            .write(move |tx| Box::pin(async move { act_on(tx, id, &deed).await }));
        match done.await {
            Ok(true) => acted += 1,
            Ok(false) => {}
            Err(error) => tracing::warn!(%id, ?error, "the desk could not act on an order"),
        }
    }
    Ok(acted)
}

/// The desk itself. Its events name no account.
fn desk() -> Actor {
    Actor {
        account_id: AccountId(Uuid::nil()),
        side: Side::System,
        stands_in_for: Vec::new(),
    }
}

/// Does to one order what is due, if it still is.
async fn act_on(tx: &mut Tx, id: OrderId, deed: &Deed) -> Result<bool, ApiError> {
    let mut order = orders::find(tx, id).await?.ok_or(ProblemKind::NotFound)?;
    let mut acted = false;
    for command in due(&order, deed) {
        match perform(tx, &order, command, deed).await? {
            Ok(after) => {
                order = after;
                acted = true;
            }
            Err(rejection) => tracing::debug!(%id, ?rejection, "nothing is due after all"),
        }
    }
    Ok(acted)
}

/// What time does to an order. Whether it may is for the rules to say.
fn due(order: &Order, deed: &Deed) -> Vec<Command> {
    if order.status == OrderStatus::PendingCustomerConfirmation
        && order.due_at().is_some_and(|until| until <= deed.now)
    {
        return vec![Command::ExpireConfirmation];
    }
    order
        .unreceived()
        .filter(|shipment| shipment.deemed_received_at <= deed.now)
        .map(|shipment| {
            Command::DeemReceived(DeemReceived {
                shipment_id: shipment.id,
            })
        })
        .collect()
}
