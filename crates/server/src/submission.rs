//! A submission against catalog, prices and customer: what it orders, or what differs from what the user saw.

use countersign_contract::FieldError;
use countersign_contract::problem::FieldCode;
use countersign_contract::submission::{Submission, SubmissionChange, SubmissionLine};
use countersign_domain::id::VariantId;
use countersign_domain::money::Money;
use countersign_domain::order::{NewLine, OrderContent};
use countersign_domain::price::{CustomerTerms, resolve as resolve_price};
use countersign_domain::product::{Product, Variant};
use countersign_domain::text::LocalText;
use sqlx::SqliteConnection;

use crate::error::ApiError;
use crate::http::input::Check;
use crate::repo::customers::{self, Customer};
use crate::repo::products;

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
    for (index, line) in submission.lines.iter().enumerate() {
        check.text(&line.note, MAX_LINE_NOTE, format!("/lines/{index}/note"));
    }
    check.done()
}

/// Prices a submission of `customer` and compares it with what the user saw.
///
/// # Errors
/// 422 when the address is not the customer's.
pub async fn resolve(
    connection: &mut SqliteConnection,
    customer: &Customer,
    submission: &Submission,
) -> Result<Resolved, ApiError> {
    let address = customers::address(connection, customer.id, submission.address_id)
        .await?
        .ok_or_else(|| {
            ApiError::invalid(vec![FieldError {
                pointer: "/address_id".to_owned(),
                code: FieldCode::Unknown,
            }])
        })?;
    let ids: Vec<VariantId> = submission.lines.iter().map(|line| line.variant_id).collect();
    let products = products::by_variant(connection, &ids).await?;
    let agreed = products::agreed_prices(connection, customer.id).await?;
    let mut changes = Vec::new();
    let mut lines = Vec::with_capacity(submission.lines.len());
    for line in &submission.lines {
        let found = products
            .get(&line.variant_id)
            .filter(|product| product.on_sale)
            .and_then(|product| {
                Some((
                    product,
                    product.variants.iter().find(|one| one.id == line.variant_id)?,
                ))
            });
        let Some((product, variant)) = found else {
            changes.push(SubmissionChange::Unavailable { line_id: line.id });
            continue;
        };
        if let Err(breach) = variant.rule.check(line.quantity) {
            changes.push(SubmissionChange::Quantity {
                line_id: line.id,
                breach,
            });
        }
        let terms = variant
            .prices
            .for_customer(customer.level_id, agreed.get(&variant.id).copied());
        match priced(line, product, variant, &terms) {
            Ok(line) => lines.push(line),
            Err(change) => changes.push(change),
        }
    }
    if !changes.is_empty() {
        return Ok(Resolved::Changed(changes));
    }
    Ok(Resolved::Content(Box::new(OrderContent {
        lines,
        address,
        wanted_date: submission.wanted_date,
        priority: submission.priority,
        note: submission.note.clone(),
        freight: Money::ZERO,
    })))
}

/// The line at the price it has now, if that is the one the user saw.
fn priced(
    line: &SubmissionLine,
    product: &Product,
    variant: &Variant,
    terms: &CustomerTerms,
) -> Result<NewLine, SubmissionChange> {
    let price = resolve_price(terms, line.quantity);
    if price.unit != line.seen_price {
        return Err(SubmissionChange::Price {
            line_id: line.id,
            seen: line.seen_price,
            now: price.unit,
            reasons: price.reasons,
        });
    }
    Ok(NewLine {
        id: line.id,
        product_id: product.id,
        variant_id: variant.id,
        sku: variant.sku.clone(),
        name: full_name(&product.name, &variant.name),
        unit: variant.ordering_unit().clone(),
        quantity: line.quantity,
        price: price.unit,
        reasons: price.reasons,
        note: line.note.clone(),
        made_to_order: variant.made_to_order,
    })
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
