//! `/views`: lists as their accounts like to see them.

mod list;
mod put;
mod remove;

use countersign_contract::view::{ListViews, PutView, RemoveView};

use crate::http::route::Api;

/// Adds the views.
pub fn add(api: Api) -> Api {
    api.route::<ListViews, _, _>(list::list)
        .route::<PutView, _, _>(put::put)
        .route::<RemoveView, _, _>(remove::remove)
}
