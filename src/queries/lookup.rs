//! What codes mean: SKU codes and barcodes, many at a time.

use std::rc::Rc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use countersign_contract::lookup::{CodeAnswer, CodeOffer, CodesQuery, LookUpCodes};
use futures_util::future::{Either, select};
use leptos::prelude::*;

use crate::api::{Api, ApiError};
use crate::offline::draft::Item;
use crate::queries::ask::Ask;
use crate::queries::offers::{Offer, full_name};
use crate::queries::pause::pause;
use crate::queries::{Cache, Shelf};

/// How long the server may take before the device answers in its place, where it can.
const PATIENCE: Duration = Duration::from_secs(3);

/// What codes mean, as far as it could be found out.
#[derive(Clone, Debug)]
pub struct LookedUp {
    /// An answer for each code.
    pub answers: Vec<CodeAnswer>,
    /// When the server said so, where the device has answered in its place.
    pub kept_at: Option<DateTime<Utc>>,
}

/// Asks what `codes` mean, which are as many as one question may have. Where the server doesn't answer, a trusted device
/// answers from its copy of the catalog.
///
/// # Errors
/// Why nobody answered.
pub async fn look_up(api: Api, cache: Cache, codes: &[String]) -> Result<LookedUp, ApiError> {
    let query = CodesQuery::of(codes);
    let path = Api::read_path::<LookUpCodes>(&(), &query);
    let asked = Box::pin(api.get(&path));
    let Some(kept) = cache.kept() else {
        return read(&asked.await?, None);
    };
    let patience = match api.reachable.try_get_untracked() {
        Some(true) => PATIENCE,
        _ => Duration::ZERO,
    };
    let (answer, late) = match select(asked, Box::pin(pause(patience))).await {
        Either::Left((answer, _)) => (Some(answer), None),
        Either::Right(((), asked)) => (None, Some(asked)),
    };
    match answer {
        Some(Err(error)) if error.is_unknown() => from_device(&kept, &path, query).await.ok_or(error)?,
        Some(answer) => read(&answer?, None),
        None => match from_device(&kept, &path, query).await {
            Some(found) => found,
            None => match late {
                Some(asked) => read(&asked.await?, None),
                None => Err(ApiError::Unreachable),
            },
        },
    }
}

async fn from_device(
    kept: &Rc<dyn Shelf>,
    path: &str,
    query: CodesQuery,
) -> Option<Result<LookedUp, ApiError>> {
    let found = kept.answer(path, Some(&Ask::Codes(query))).await?;
    Some(read(&found.text, Some(found.at)))
}

fn read(text: &str, kept_at: Option<DateTime<Utc>>) -> Result<LookedUp, ApiError> {
    Ok(LookedUp {
        answers: Api::decode(text)?,
        kept_at,
    })
}

/// What is offered, as a cart takes it.
pub fn offer_of(offer: &CodeOffer) -> Offer {
    Offer {
        item: Item {
            product_id: offer.product_id,
            variant_id: offer.variant.id,
            sku: offer.variant.sku.clone(),
            name: full_name(&offer.product_name, &offer.variant.name),
            unit: offer.variant.unit.clone(),
        },
        category_id: offer.category_id,
        picture: offer.picture.clone(),
        variant: offer.variant.clone(),
    }
}
