use countersign_contract::Page;
use countersign_contract::account::ListCustomers;

use crate::auth::require_staff;
use crate::buying::may_order_for_others;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::customers::{self, Customer};
use crate::routes::listing;
use crate::state::AppState;

/// `GET /customers`: a page of the customers this account sees, or may order for, by code. The cursor is the last code.
pub async fn list(state: AppState, call: Call<ListCustomers>) -> Reply<ListCustomers> {
    let caller = call.caller()?;
    require_staff(caller)?;
    let text = listing::search(call.query.q.as_deref())?;
    let after = call.query.after.as_deref();
    let limit = listing::limit(call.query.limit);
    let mut actor = caller.actor.clone();
    if call.query.to_order_for == Some(true) {
        may_order_for_others(&actor)?;
        // To stand in for somebody's queues is not to order for their customers.
        actor = actor.alone();
    }
    let mut connection = state.db.read().await?;
    let mut found = customers::list(&mut connection, &actor, text.as_deref(), after, limit + 1).await?;
    let more = listing::cut(&mut found, limit);
    let last = found.last().map(|customer| customer.code.clone());
    Ok(Answer::new(Page {
        items: found.iter().map(Customer::named).collect(),
        next: last.filter(|_| more),
        total: None,
    }))
}
