use countersign_contract::catalog::GetProductFacets;
use countersign_domain::product::StockDisplay;
use countersign_domain::search::{CategoryCount, Facets, upwards};

use super::Viewer;
use super::finding::Finding;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::state::AppState;

/// `GET /product-facets`: what can be chosen among the products of a list, with the number each choice would leave.
pub async fn get_facets(state: AppState, call: Call<GetProductFacets>) -> Reply<GetProductFacets> {
    let actor = &call.caller()?.actor;
    let mut connection = state.db.read().await?;
    let viewer = Viewer::of(&mut connection, actor, call.query.customer).await?;
    let finding = Finding::of(&state, &mut connection, &viewer, &call.query, true).await?;
    let looked = finding.look(|finding, listing| listing.facets(&finding.asked.words, &finding.asked.filter));
    let (facets, finding) = looked.await?;
    let counts = facets.categories.iter().map(|one| (one.id, one.products));
    let sums = upwards(counts, &finding.parents).into_iter();
    let facets = facets.as_known(&finding.own);
    Ok(Answer::new(Facets {
        categories: sums
            .map(|(id, products)| CategoryCount { id, products })
            .collect(),
        in_stock: facets.in_stock.filter(|_| viewer.display != StockDisplay::Hidden),
        ..facets
    }))
}
