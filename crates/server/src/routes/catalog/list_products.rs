use countersign_contract::Page;
use countersign_contract::catalog::ListProducts;
use countersign_domain::id::ProductId;
use countersign_domain::search::Goods;

use super::Viewer;
use super::finding::Finding;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::catalog;
use crate::state::AppState;

/// `GET /products`: a page of what is on sale; the best come first where something is searched for, else in the order of
/// the catalog.
pub async fn list_products(state: AppState, call: Call<ListProducts>) -> Reply<ListProducts> {
    let actor = &call.caller()?.actor;
    let mut connection = state.db.read().await?;
    let viewer = Viewer::of(&mut connection, actor, call.query.customer).await?;
    let finding = Finding::of(&state, &mut connection, &viewer, &call.query, false).await?;
    let looked = finding.look(|finding, listing| {
        let asked = &finding.asked;
        listing.page(&asked.words, &asked.filter, asked.span)
    });
    let (listed, finding) = looked.await?;
    let wares = listed
        .items
        .iter()
        .filter_map(|number| finding.stock.wares.get(*number));
    let ids: Vec<ProductId> = wares.map(|ware| ware.place().1).collect();
    let found = catalog::these(&mut connection, &ids).await?;
    Ok(Answer::new(Page {
        items: viewer.show(&mut connection, found).await?,
        next: listed.next.map(|next| next.to_string()),
        total: listed.total,
    }))
}
