//! A submission against catalog, prices and customer: what it orders, or what differs from what the user saw.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use countersign_contract::FieldError;
use countersign_contract::problem::FieldCode;
use countersign_contract::submission::{SeenOrder, Submission, SubmissionChange, SubmissionLine};
use countersign_domain::file::MAX_ATTACHMENTS;
use countersign_domain::id::VariantId;
use countersign_domain::money::Money;
use countersign_domain::order::{NewLine, OrderContent, Rejection};
use countersign_domain::product::{Product, Variant};
use countersign_domain::promotion::{CartLine, PricedCart, PricedLine, price_cart};
use countersign_domain::text::LocalText;
use countersign_domain::variant_sums::VariantSums;
use sqlx::SqliteConnection;

use crate::assortment;
use crate::error::ApiError;
use crate::http::input::Check;
use crate::promotions;
use crate::repo::customers::{self, Customer};
use crate::repo::{products, settings};

/// Most lines of an order.
const MAX_LINES: usize = 5_000;
/// Longest note on an order, in characters.
const MAX_NOTE: usize = 2_000;
/// Longest note on a line, in characters.
const MAX_LINE_NOTE: usize = 500;

/// What became of a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// What is ordered, priced by the server.
    Content(Box<OrderContent>),
    /// What differs from what the user saw; the user has to look at it first.
    Changed(Vec<SubmissionChange>),
    /// It can't be ordered at all.
    Rejected(Rejection),
}

/// Checks what can be checked without the database.
///
/// # Errors
/// 422 with every field that is wrong.
pub fn check(submission: &Submission) -> Result<(), ApiError> {
    let mut check = Check::default();
    check.that(submission.rev >= 1, "/rev", FieldCode::TooSmall);
    check.that(!submission.lines.is_empty(), "/lines", FieldCode::Required);
    check.that(submission.lines.len() <= MAX_LINES, "/lines", FieldCode::TooLong);
    check.text(&submission.note, MAX_NOTE, "/note");
    let files = &submission.attachments;
    check.that(files.len() <= MAX_ATTACHMENTS, "/attachments", FieldCode::TooLong);
    for (index, id) in files.iter().enumerate() {
        let is_first = files.iter().position(|other| other == id) == Some(index);
        check.that(is_first, format!("/attachments/{index}"), FieldCode::Duplicate);
    }
    for (index, line) in submission.lines.iter().enumerate() {
        check.text(&line.note, MAX_LINE_NOTE, format!("/lines/{index}/note"));
    }
    check.done()
}

/// Prices a submission of `customer` at `now`, promotions included, and compares it with what the user saw.
///
/// # Errors
/// 422 when the address is not the customer's, or the delivery method is not one the company offers.
pub async fn resolve(
    connection: &mut SqliteConnection,
    customer: &Customer,
    submission: &Submission,
    now: DateTime<Utc>,
) -> Result<Resolved, ApiError> {
    let address = customers::address(connection, customer.id, submission.address_id)
        .await?
        .ok_or_else(|| unknown("/address_id"))?;
    let workflow = settings::workflow(connection).await?.value;
    let delivery_method = match submission.delivery_method {
        None => None,
        Some(id) => {
            let mut offered = workflow.delivery_methods.into_iter();
            let found = offered.find(|method| method.id == id);
            Some(found.ok_or_else(|| unknown("/delivery_method"))?)
        }
    };
    let ids: Vec<VariantId> = submission.lines.iter().map(|line| line.variant_id).collect();
    let mut products = products::by_variant(connection, &ids).await?;
    // What the customer may not see can't be ordered either: it looks as if it were not there.
    let assortment = assortment::of_level(connection, customer.level_id).await?;
    products.retain(|_, product| assortment.shows(product.id, product.category_id));
    let agreed = products::agreed_prices(connection, customer.id).await?;
    let offered = promotions::of_customer(connection, customer, now).await?;
    let mut changes = Vec::new();
    let mut found = Vec::with_capacity(submission.lines.len());
    let sums: VariantSums = (submission.lines.iter())
        .map(|line| (line.variant_id, line.quantity))
        .collect();
    for line in &submission.lines {
        let Some((product, variant)) = on_sale(&products, line.variant_id) else {
            changes.push(SubmissionChange::Unavailable { line_id: line.id });
            continue;
        };
        let others = sums.beside(variant.id, line.quantity);
        if let Err(breach) = variant.rule.check_beside(line.quantity, others) {
            changes.push(SubmissionChange::Quantity {
                line_id: line.id,
                breach,
            });
        }
        found.push((line, product, variant));
    }
    let cart: Vec<CartLine> = found
        .iter()
        .map(|(line, product, variant)| CartLine {
            id: line.id,
            variant_id: variant.id,
            product_id: product.id,
            category_id: product.category_id,
            quantity: line.quantity,
            terms: variant
                .prices
                .for_customer(customer.level_id, agreed.get(&variant.id).copied()),
        })
        .collect();
    let Some(priced) = price_cart(&cart, &offered.promotions, Money::ZERO, &workflow.currency, now) else {
        return Ok(Resolved::Rejected(Rejection::AmountInvalid));
    };
    changes.extend(found.iter().zip(&priced.lines).filter_map(other_price));
    if changes.is_empty() {
        changes.extend(other_order(submission.seen.as_ref(), &priced));
    }
    if !changes.is_empty() {
        return Ok(Resolved::Changed(changes));
    }
    let mut lines: Vec<NewLine> = found.into_iter().zip(priced.lines).map(ordered).collect();
    let draft = submission.draft_id.0;
    lines.extend(
        priced
            .gifts
            .iter()
            .filter_map(|gift| offered.gift_line(draft, gift)),
    );
    Ok(Resolved::Content(Box::new(OrderContent {
        lines,
        address,
        wanted_date: submission.wanted_date,
        delivery_method,
        priority: submission.priority,
        note: submission.note.clone(),
        freight: priced.freight,
        promotions: priced.reasons,
    })))
}

/// A reference that leads nowhere.
fn unknown(pointer: &str) -> ApiError {
    ApiError::invalid(vec![FieldError {
        pointer: pointer.to_owned(),
        code: FieldCode::Unknown,
    }])
}

/// A line with what it orders.
type Found<'a> = (&'a SubmissionLine, &'a Product, &'a Variant);

fn on_sale(products: &BTreeMap<VariantId, Product>, id: VariantId) -> Option<(&Product, &Variant)> {
    let product = products.get(&id).filter(|product| product.on_sale)?;
    let variant = product.variants.iter().find(|variant| variant.id == id)?;
    Some((product, variant))
}

/// What the price is now, where it is not the one the user saw.
fn other_price(((line, ..), priced): (&Found<'_>, &PricedLine)) -> Option<SubmissionChange> {
    (priced.unit != line.seen_price).then(|| SubmissionChange::Price {
        line_id: line.id,
        seen: line.seen_price,
        now: priced.unit,
        reasons: priced.reasons.clone(),
    })
}

/// What the order as a whole is now, where it is not what the user saw.
fn other_order(seen: Option<&SeenOrder>, priced: &PricedCart) -> Option<SubmissionChange> {
    let seen = seen?;
    let now = SeenOrder {
        total: priced.total,
        gifts: priced.gifts.clone(),
    };
    (*seen != now).then(|| SubmissionChange::Order {
        seen: seen.clone(),
        now,
        reasons: priced.reasons.clone(),
    })
}

/// The line as it is ordered, at the price it has now.
fn ordered(((line, product, variant), priced): (Found<'_>, PricedLine)) -> NewLine {
    NewLine {
        id: line.id,
        product_id: product.id,
        variant_id: variant.id,
        sku: variant.sku.clone(),
        name: full_name(&product.name, &variant.name),
        unit: variant.ordering_unit().clone(),
        quantity: line.quantity,
        price: priced.unit,
        reasons: priced.reasons,
        share: priced.share,
        note: line.note.clone(),
        made_to_order: variant.made_to_order,
    }
}

/// Product and variant in one, as a line carries it.
pub(crate) fn full_name(product: &LocalText, variant: &LocalText) -> LocalText {
    let join = |product: &str, variant: &str| {
        if variant.is_empty() {
            product.to_owned()
        } else {
            format!("{product} {variant}")
        }
    };
    LocalText {
        zh: join(&product.zh, &variant.zh),
        en: join(&product.en, &variant.en),
    }
}
