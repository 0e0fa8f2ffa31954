//! `/open-quantities`: what is ordered and has not left. For staff, of the orders they see.

mod board;
mod list;

use countersign_contract::open::ListOpenQuantities;

use crate::http::route::Api;

/// Adds the board.
pub fn add(api: Api) -> Api {
    api.route::<ListOpenQuantities, _, _>(list::list)
}
