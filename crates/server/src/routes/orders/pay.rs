use countersign_contract::account::{ConfirmPayment, NewPayment};
use countersign_contract::order::OrderDetail;
use countersign_contract::problem::FieldCode;
use countersign_contract::{FieldError, ProblemKind};
use countersign_domain::money::Money;
use countersign_domain::order::{Order, OrderStatus, Rejection};
use countersign_domain::permission::Permission;
use countersign_domain::policy::DenyReason;

use super::act::stored;
use super::detail;
use crate::auth::require;
use crate::db::Tx;
use crate::error::ApiError;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::http::input::Check;
use crate::http::once::{Settled, once};
use crate::ordering::Deed;
use crate::repo::orders;
use crate::repo::payments::{self, Payment};
use crate::state::AppState;

/// Longest reference, in characters.
const MAX_REFERENCE: usize = 200;
/// More than any payment, in whole units of the currency: far below what the columns can hold.
const MAX_AMOUNT: i64 = 1_000_000_000_000;

/// `POST /orders/{order_id}/payments`: enters a payment that finance has confirmed. It is no event of the order, so the
/// order's version stays; what it pays for is decided when a stage is passed.
pub(super) async fn pay(state: AppState, call: Call<ConfirmPayment>) -> Reply<ConfirmPayment> {
    let caller = call.caller()?.clone();
    let deed = Deed::now(&state, caller.actor.clone());
    let key = call.key()?;
    let (id, expected) = (call.path, call.expected()?);
    let body = call.body;
    check(&body)?;
    once(&state, key, move |tx| {
        Box::pin(async move {
            let order = stored(tx, id, &deed.actor, expected).await?;
            require(&caller, Permission::PaymentConfirm)?;
            if !deed.actor.holds_in(Permission::PaymentConfirm, order.region_id) {
                // Held, but not where this order is seen.
                return Err(DenyReason::OutsideYourRegions.into());
            }
            enter(tx, order, body, &deed).await
        })
    })
    .await
}

fn check(body: &NewPayment) -> Result<(), ApiError> {
    let mut check = Check::default();
    check.that(body.amount > Money::ZERO, "/amount", FieldCode::TooSmall);
    check.that(
        body.amount < Money::new(MAX_AMOUNT, 0),
        "/amount",
        FieldCode::TooLarge,
    );
    check.required_text(&body.reference, MAX_REFERENCE, "/reference");
    check.done()
}

async fn enter(
    tx: &mut Tx,
    order: Order,
    body: NewPayment,
    deed: &Deed,
) -> Result<Settled<OrderDetail>, ApiError> {
    if order.currency.round(body.amount.0) != body.amount {
        return Err(wrong("/amount", FieldCode::Invalid));
    }
    if order.status == OrderStatus::Voided {
        let rejection = Rejection::WrongStatus { status: order.status };
        return Ok(Settled::Refused(ProblemKind::Rejected { rejection }));
    }
    let reference = body.reference.trim();
    let same = |known: &Payment| known.amount == body.amount && known.reference == reference;
    // Two people with the same bank statement before them: nothing is counted twice (rule 14).
    if payments::of_order(tx, order.id).await?.iter().any(same) {
        return Err(wrong("/reference", FieldCode::Duplicate));
    }
    let payment = Payment {
        id: deed.new_id,
        order_id: order.id,
        customer_id: order.customer_id,
        amount: body.amount,
        reference: reference.to_owned(),
        confirmed_by: deed.actor.account_id,
        confirmed_at: deed.now,
    };
    payments::add(tx, &payment, &order.currency).await?;
    orders::announce(tx, &order);
    let version = order.version;
    let shown = detail::of(tx, order, &deed.actor, (deed.now, deed.today)).await?;
    Ok(Answer::versioned(shown, version).into())
}

fn wrong(pointer: &str, code: FieldCode) -> ApiError {
    ApiError::invalid(vec![FieldError {
        pointer: pointer.to_owned(),
        code,
    }])
}
