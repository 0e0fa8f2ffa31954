use countersign_contract::stock::{ListWarehouses, Warehouse};

use crate::auth::require_staff;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::stock;
use crate::state::AppState;

/// `GET /warehouses`: the warehouses, the default first. Where goods lie is nothing to customers.
pub async fn list_warehouses(state: AppState, call: Call<ListWarehouses>) -> Reply<ListWarehouses> {
    require_staff(call.caller()?)?;
    let mut connection = state.db.read().await?;
    let warehouses = stock::warehouses(&mut connection).await?;
    let shown = warehouses.into_iter().map(|warehouse| Warehouse {
        id: warehouse.id,
        name: warehouse.name,
        is_default: warehouse.is_default,
    });
    Ok(Answer::new(shown.collect()))
}
