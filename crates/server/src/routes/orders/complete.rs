//! What a command names by id and the server knows better than whoever sent it: goods, prices, addresses.

use countersign_contract::FieldError;
use countersign_contract::problem::FieldCode;
use countersign_domain::id::AddressId;
use countersign_domain::money::{Currency, Rate};
use countersign_domain::order::{
    Command, NewLine, Order, OrderLine, OutboundLine, RequestChange, ShortageChoice,
};
use countersign_domain::price::{DiscountShare, PriceReason, resolve};
use countersign_domain::quantity::Unit;

use crate::db::Tx;
use crate::error::ApiError;
use crate::ordering::customer_of;
use crate::repo::{customers, products};
use crate::submission::full_name;

/// The command with everything it names as it is stored.
///
/// # Errors
/// 422 when it names something that does not exist.
pub(super) async fn complete(tx: &mut Tx, order: &Order, command: Command) -> Result<Command, ApiError> {
    match command {
        Command::PassOutboundReview(mut body) => {
            for (index, line) in body.lines.iter_mut().enumerate() {
                if let Some(named) = line.substitute.take() {
                    let pointer = format!("/lines/{index}/substitute/variant_id");
                    let mut found = substitute(tx, order, named, pointer).await?;
                    if line.keeps_price {
                        keep_price(order, line, &mut found);
                    }
                    line.substitute = Some(found);
                }
            }
            Ok(Command::PassOutboundReview(body))
        }
        Command::RequestChange(mut body) => {
            if let Some(id) = body.proposal.address.as_ref().map(|address| address.id) {
                address(tx, order, &mut body, id).await?;
            }
            Ok(Command::RequestChange(body))
        }
        other => Ok(other),
    }
}

/// What goes in the place of something else, at this customer's price.
async fn substitute(
    tx: &mut Tx,
    order: &Order,
    named: NewLine,
    pointer: String,
) -> Result<NewLine, ApiError> {
    let customer = customer_of(tx, order).await?;
    let known = products::by_variant(tx, &[named.variant_id]).await?;
    let found = known.get(&named.variant_id).and_then(|product| {
        let variant = product.variants.iter().find(|one| one.id == named.variant_id)?;
        Some((product, variant))
    });
    let (product, variant) = found.ok_or_else(|| unknown(pointer))?;
    let agreed = products::agreed_prices_of(tx, customer.id, &[variant.id]).await?;
    let terms = variant
        .prices
        .for_customer(customer.level_id, agreed.get(&variant.id).copied());
    let price = resolve(&terms, named.quantity);
    Ok(NewLine {
        id: named.id,
        product_id: product.id,
        variant_id: variant.id,
        sku: variant.sku.clone(),
        name: full_name(&product.name, &variant.name),
        unit: variant.ordering_unit().clone(),
        quantity: named.quantity,
        price: price.unit,
        reasons: price.reasons,
        share: None,
        note: named.note,
        made_to_order: variant.made_to_order,
    })
}

/// Gives what goes in the place of a line the price that was agreed for that line. A line the order does not have is for
/// the rules to refuse.
fn keep_price(order: &Order, outbound: &OutboundLine, substitute: &mut NewLine) {
    let replaced = order.line(outbound.line_id);
    let Some(price) = replaced.and_then(|line| line.price_in(&substitute.unit)) else {
        return;
    };
    let reason = match &outbound.shortage {
        Some(ShortageChoice::Substitute { reason, .. }) => reason.trim().to_owned(),
        _ => String::new(),
    };
    if let Some(line) = replaced {
        substitute.share = share_of_rest(line, outbound, &substitute.unit, &order.currency);
    }
    substitute.price = price;
    substitute.reasons.push(PriceReason::Special {
        price,
        discount: Rate::ZERO,
        reason,
    });
}

/// The part of a discount on the order that what is short of a line would have had: it goes with what comes in its place.
fn share_of_rest(
    line: &OrderLine,
    outbound: &OutboundLine,
    unit: &Unit,
    currency: &Currency,
) -> Option<DiscountShare> {
    let share = line.share?;
    let (all, rest) = (line.deliverable(), line.unreserved().minus(outbound.quantity));
    Some(DiscountShare {
        amount: share.of(all, currency) - share.of(all.minus(rest), currency),
        quantity: line.unit.convert(rest, unit),
    })
}

/// Only an address of the customer's own book.
async fn address(
    tx: &mut Tx,
    order: &Order,
    body: &mut RequestChange,
    id: AddressId,
) -> Result<(), ApiError> {
    let found = customers::address(tx, order.customer_id, id).await?;
    let found = found.ok_or_else(|| unknown("/proposal/address/id".to_owned()))?;
    body.proposal.address = Some(found);
    Ok(())
}

fn unknown(pointer: String) -> ApiError {
    ApiError::invalid(vec![FieldError {
        pointer,
        code: FieldCode::Unknown,
    }])
}
