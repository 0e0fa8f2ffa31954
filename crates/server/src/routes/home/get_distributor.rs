use countersign_contract::ProblemKind;
use countersign_contract::home::{DistributorHome, GetDistributorHome};
use countersign_domain::policy::DenyReason;

use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::{customers, summaries};
use crate::state::AppState;

/// Most orders that wait for the customer; beyond that the list of orders is the place.
const MAX_WAITING: u32 = 50;
/// Open orders shown.
const MAX_OPEN: u32 = 20;

/// `GET /home/distributor`: what a customer needs to see first.
pub async fn get_distributor(state: AppState, call: Call<GetDistributorHome>) -> Reply<GetDistributorHome> {
    let id = call
        .caller()?
        .actor
        .customer_id()
        .ok_or(DenyReason::OnlyCustomer)?;
    let mut connection = state.db.read().await?;
    let customer = customers::find(&mut connection, id)
        .await?
        .ok_or(ProblemKind::NotFound)?;
    Ok(Answer::new(DistributorHome {
        needs_me: summaries::waiting_for(&mut connection, id, MAX_WAITING).await?,
        open: summaries::open(&mut connection, id, MAX_OPEN).await?,
        open_count: summaries::open_count(&mut connection, id).await?,
        last: summaries::last(&mut connection, id).await?,
        standing: customers::standing(&mut connection, &customer).await?,
    }))
}
