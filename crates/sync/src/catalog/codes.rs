//! What codes mean, read from the copy.

use std::collections::BTreeSet;

use countersign_contract::ProblemKind;
use countersign_contract::asked::wrong;
use countersign_contract::catalog::{CatalogProduct, CatalogVariant};
use countersign_contract::lookup::{CodeAnswer, CodeMeaning, CodeOffer, CodesQuery, MAX_CODES};
use countersign_contract::problem::FieldCode;
use countersign_domain::sheet::{Candidate, Match, code_key, pick};

use super::list::Catalog;

impl Catalog {
    /// What codes mean, as the server answers `LookUpCodes`. A copy has only what is on sale, so that what is not is
    /// unknown here.
    ///
    /// # Errors
    /// The server's refusal of a query that can't be read: [`ProblemKind::InvalidInput`] with the same fields.
    pub fn look_up(&self, query: &CodesQuery) -> Result<Vec<CodeAnswer>, ProblemKind> {
        let codes: Vec<&str> = query.each().collect();
        if codes.len() > MAX_CODES {
            return Err(wrong([("codes", FieldCode::TooLong)]));
        }
        let keys: BTreeSet<String> = codes.iter().map(|code| code_key(code)).collect();
        let variants: Vec<(&CatalogProduct, &CatalogVariant)> = self
            .with_codes(&keys)
            .flat_map(|product| product.variants.iter().map(move |variant| (product, variant)))
            .collect();
        let answer = |code: &&str| CodeAnswer {
            code: (*code).to_owned(),
            meaning: meaning(code, &variants),
        };
        Ok(codes.iter().map(answer).collect())
    }
}

fn meaning(code: &str, variants: &[(&CatalogProduct, &CatalogVariant)]) -> CodeMeaning {
    let candidates = variants.iter().map(|(_, variant)| Candidate {
        sku: &variant.sku,
        barcode: variant.barcode.as_deref(),
        on_sale: true,
    });
    let offer = |place: usize| {
        variants.get(place).map(|(product, variant)| CodeOffer {
            product_id: product.id,
            category_id: product.category_id,
            product_name: product.name.clone(),
            picture: product.picture.clone(),
            variant: (*variant).clone(),
        })
    };
    match pick(&code_key(code), candidates) {
        Match::One(place) => offer(place).map_or(CodeMeaning::Unknown, |offer| CodeMeaning::Offered {
            offer: Box::new(offer),
        }),
        Match::Several(places) => CodeMeaning::Ambiguous {
            offers: places.into_iter().filter_map(offer).collect(),
        },
        Match::OffSale => CodeMeaning::OffSale,
        Match::Unknown => CodeMeaning::Unknown,
    }
}
