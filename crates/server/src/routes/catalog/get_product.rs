use countersign_contract::ProblemKind;
use countersign_contract::catalog::GetProduct;

use super::Viewer;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::catalog;
use crate::state::AppState;

/// `GET /products/{product_id}`: one product. What is not on sale is not there.
pub async fn get_product(state: AppState, call: Call<GetProduct>) -> Reply<GetProduct> {
    let actor = &call.caller()?.actor;
    let mut connection = state.db.read().await?;
    let viewer = Viewer::of(&mut connection, actor, call.query.customer).await?;
    let product = catalog::find(&mut connection, call.path)
        .await?
        .ok_or(ProblemKind::NotFound)?;
    let shown = viewer.show(&mut connection, vec![product]).await?;
    let shown = shown.into_iter().next().ok_or(ProblemKind::NotFound)?;
    Ok(Answer::new(shown))
}
