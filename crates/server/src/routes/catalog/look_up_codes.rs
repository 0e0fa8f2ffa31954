use std::collections::{BTreeMap, BTreeSet};

use countersign_contract::lookup::{CodeAnswer, CodeMeaning, CodeOffer, LookUpCodes, MAX_CODES};
use countersign_contract::problem::FieldCode;
use countersign_domain::id::{ProductId, VariantId};
use countersign_domain::sheet::{Match, code_key, pick};

use super::Viewer;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::catalog;
use crate::repo::codes::{self, Coded};
use crate::routes::listing;
use crate::state::AppState;

/// `GET /catalog/lookup`: what codes mean to the caller.
pub async fn look_up_codes(state: AppState, call: Call<LookUpCodes>) -> Reply<LookUpCodes> {
    let asked: Vec<&str> = call.query.each().collect();
    if asked.len() > MAX_CODES {
        return Err(listing::wrong("codes", FieldCode::TooLong));
    }
    let mut keys: Vec<String> = asked.iter().map(|code| code_key(code)).collect();
    keys.sort_unstable();
    keys.dedup();
    let actor = &call.caller()?.actor;
    let mut connection = state.db.read().await?;
    let viewer = Viewer::of(&mut connection, actor, call.query.customer).await?;
    let mut found = codes::find(&mut connection, &keys).await?;
    // What the caller may not see doesn't stand in the way of what it may, either.
    found.retain(|coded| viewer.assortment.shows(coded.product.0, coded.product.1));
    let meant: BTreeMap<&String, Match> = keys
        .iter()
        .map(|key| (key, pick(key, found.iter().map(Coded::candidate))))
        .collect();
    let variants: BTreeSet<VariantId> = meant
        .values()
        .flat_map(|meant| match meant {
            Match::One(place) => vec![*place],
            Match::Several(places) => places.clone(),
            Match::OffSale | Match::Unknown => Vec::new(),
        })
        .filter_map(|place| found.get(place).map(|coded| coded.variant_id))
        .collect();
    let places = catalog::places(&mut connection, &variants).await?;
    let ids: Vec<ProductId> = places.into_iter().map(|(_, id)| id).collect();
    let products = catalog::these(&mut connection, &ids).await?;
    let mut offers: BTreeMap<VariantId, CodeOffer> = BTreeMap::new();
    for product in viewer.show(&mut connection, products).await? {
        for variant in product.variants {
            let offer = CodeOffer {
                product_id: product.id,
                category_id: product.category_id,
                product_name: product.name.clone(),
                picture: product.picture.clone(),
                variant,
            };
            offers.insert(offer.variant.id, offer);
        }
    }
    // Taken off sale between two looks at the database: then it is that.
    let offer = |place: usize| {
        found
            .get(place)
            .and_then(|coded| offers.get(&coded.variant_id))
            .cloned()
    };
    let answer = |code: &str| CodeAnswer {
        code: code.to_owned(),
        meaning: match meant.get(&code_key(code)) {
            Some(Match::One(place)) => {
                offer(*place).map_or(CodeMeaning::OffSale, |offer| CodeMeaning::Offered {
                    offer: Box::new(offer),
                })
            }
            Some(Match::Several(places)) => CodeMeaning::Ambiguous {
                offers: places.iter().filter_map(|place| offer(*place)).collect(),
            },
            Some(Match::OffSale) => CodeMeaning::OffSale,
            Some(Match::Unknown) | None => CodeMeaning::Unknown,
        },
    };
    Ok(Answer::new(asked.into_iter().map(answer).collect()))
}
