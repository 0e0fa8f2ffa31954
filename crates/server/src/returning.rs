//! A command on a return, or a new one: decided on what is stored, and what follows booked, on the order and in stock.
//!
//! The routes of returns come here, and the receipt of a shipment that was not whole.

use countersign_contract::FieldError;
use countersign_contract::event::LiveEvent;
use countersign_contract::problem::FieldCode;
use countersign_domain::id::{FileId, ReturnId, ShipmentId, VariantId};
use countersign_domain::money::Money;
use countersign_domain::order::{self, Event, Fact, LinePhotos, Order};
use countersign_domain::returns::{
    self, NewReturn, RefundTarget, Return, ReturnCommand, ReturnContext, ReturnEvent, ReturnFact,
    ReturnRejection, goods_returned,
};
use uuid::Uuid;

use crate::db::Tx;
use crate::error::ApiError;
use crate::events::{Audience, Notice};
use crate::giving::give;
use crate::ordering::Deed;
use crate::repo::customers::Customer;
use crate::repo::files::Place;
use crate::repo::payments::{self, Payment};
use crate::repo::{order_goods, orders, products, returns as stored, settings};

/// Submits a return of `order`, which is the one stored. Answers with the return, or with the rule that does not hold; then
/// nothing has happened.
///
/// # Errors
/// An [`ApiError`] when the database refuses.
pub async fn submit(
    tx: &mut Tx,
    order: &Order,
    new: NewReturn,
    customer: &Customer,
    deed: &Deed,
) -> Result<Result<Return, ReturnRejection>, ApiError> {
    let workflow = settings::workflow(tx).await?.value;
    let others = stored::of_order(tx, order.id).await?;
    let context = ReturnContext {
        actor: &deed.actor,
        now: deed.now,
        workflow: &workflow,
        policy: &customer.policy,
    };
    let events = match returns::submit(new, order, &others, &context) {
        Ok(events) => events,
        Err(rejection) => return Ok(Err(rejection)),
    };
    let subject = returns::replay(&events)
        .ok_or_else(|| ApiError::Internal("a submission did not make a return".to_owned()))?;
    stored::insert(tx, &subject, &events, customer).await?;
    Ok(Ok(subject))
}

/// Does `command` to `subject`, which is the one stored and belongs to `order`: history, stock and the order's lines follow
/// in this transaction. Answers with the return after it, or with the rule that does not hold; then nothing has happened.
///
/// # Errors
/// An [`ApiError`] when the database refuses.
pub async fn perform(
    tx: &mut Tx,
    subject: &Return,
    order: &Order,
    command: ReturnCommand,
    customer: &Customer,
    deed: &Deed,
) -> Result<Result<Return, ReturnRejection>, ApiError> {
    let workflow = settings::workflow(tx).await?.value;
    let context = ReturnContext {
        actor: &deed.actor,
        now: deed.now,
        workflow: &workflow,
        policy: &customer.policy,
    };
    let events = match returns::decide(subject, command, &context) {
        Ok(events) => events,
        Err(rejection) => return Ok(Err(rejection)),
    };
    let mut after = subject.clone();
    for event in &events {
        returns::apply(&mut after, event);
    }
    stored::save(tx, &after, &events).await?;
    book(tx, &after, order, &events, customer).await?;
    Ok(Ok(after))
}

/// Records on the order what came back, and puts into stock what of it can be sold again.
async fn book(
    tx: &mut Tx,
    subject: &Return,
    order: &Order,
    events: &[ReturnEvent],
    customer: &Customer,
) -> Result<(), ApiError> {
    for event in events {
        if let ReturnFact::Refunded {
            target: RefundTarget::Receivable,
            amount,
        } = event.fact
        {
            take_off_receivable(tx, subject, order, event, amount).await?;
        }
    }
    let on_order: Vec<Event> = events
        .iter()
        .filter_map(|event| goods_returned(subject.id, event))
        .collect();
    if on_order.is_empty() {
        return Ok(());
    }
    let mut after = order.clone();
    for event in &on_order {
        order::apply(&mut after, event);
    }
    orders::save(tx, &after, &on_order, customer).await?;
    let mut moved: Vec<VariantId> = Vec::new();
    for event in events {
        if let ReturnFact::GoodsArrived { warehouse_id, lines } = &event.fact {
            moved.extend(order_goods::put_back(tx, &after, *warehouse_id, lines).await?);
        }
    }
    if !moved.is_empty() {
        products::touch(tx, &moved).await?;
        tx.announce(Notice::Changed {
            audience: Audience::Everyone,
            event: LiveEvent::CatalogChanged,
        });
    }
    Ok(())
}

/// Takes a refund off what the customer owes for the order (domain.md section 4). A return is refunded once, so its own id names
/// the entry.
async fn take_off_receivable(
    tx: &mut Tx,
    subject: &Return,
    order: &Order,
    event: &ReturnEvent,
    amount: Money,
) -> Result<(), ApiError> {
    let refund = Payment {
        id: Uuid::new_v5(&subject.id.0, b"refund"),
        order_id: order.id,
        customer_id: order.customer_id,
        amount,
        reference: subject.number.clone(),
        confirmed_by: event.by,
        confirmed_at: event.at,
    };
    payments::add(tx, &refund, &order.currency).await?;
    Ok(())
}

/// Lets the photos of a return's lines belong to it from now on; `named` is where the body names the lines. One that can't be
/// used undoes the return: what its sender wanted to show must not go missing.
///
/// # Errors
/// 422 with the photo that can't be used.
pub async fn give_photos(
    tx: &mut Tx,
    id: ReturnId,
    deed: &Deed,
    lines: impl Iterator<Item = &[FileId]>,
    named: &str,
) -> Result<(), ApiError> {
    let (account, place) = (deed.actor.account_id, Place::Return(id));
    let mut first = 0;
    for (index, photos) in lines.enumerate() {
        let pointer = format!("/{named}/{index}/photos");
        give(tx, account, photos, place, first, true, &pointer).await?;
        first += photos.len();
    }
    Ok(())
}

/// Opens the claims that `events` say a receipt opened (domain.md section 3, rule 11). `order` is the order after them.
///
/// # Errors
/// 422 when the claim's id is another return's, an [`ApiError`] when the database refuses.
pub async fn open_claims(
    tx: &mut Tx,
    order: &Order,
    events: &[Event],
    customer: &Customer,
    deed: &Deed,
) -> Result<(), ApiError> {
    for event in events {
        if let Fact::ClaimOpened {
            return_id,
            shipment_id,
            photos,
            ..
        } = &event.fact
        {
            open_claim(tx, order, (*return_id, *shipment_id), photos, customer, deed).await?;
        }
    }
    Ok(())
}

async fn open_claim(
    tx: &mut Tx,
    order: &Order,
    (id, shipment_id): (ReturnId, ShipmentId),
    photos: &[LinePhotos],
    customer: &Customer,
    deed: &Deed,
) -> Result<(), ApiError> {
    if stored::find(tx, id).await?.is_some() {
        return Err(ApiError::invalid(vec![FieldError {
            pointer: "/claim_id".to_owned(),
            code: FieldCode::Duplicate,
        }]));
    }
    let number = stored::next_number(tx, deed.today).await?;
    let claim = NewReturn::claim(id, number, order, shipment_id, photos)
        .ok_or_else(|| ApiError::Internal("a receipt opened a claim for nothing".to_owned()))?;
    submit(tx, order, claim, customer, deed)
        .await?
        .map(drop)
        // Whoever may receive may claim, and what was just received is claimed by nobody else.
        .map_err(|rejection| ApiError::Internal(format!("a claim was refused: {rejection:?}")))?;
    give_photos(
        tx,
        id,
        deed,
        photos.iter().map(|line| line.photos.as_slice()),
        "photos",
    )
    .await
}
