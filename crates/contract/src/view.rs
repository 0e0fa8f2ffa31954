//! Saved views: a list as somebody likes to see it, under a name, on every device of the account.

use countersign_domain::id::ViewId;
use serde::{Deserialize, Serialize};

use crate::endpoint::{NoContent, NoQuery, endpoints};

endpoints! {
    /// The views this account has saved, by name
    ListViews = Get "/views" "list_views" None true 200 ((), NoQuery, NoContent) -> Vec<SavedView>;
    /// Saves a view, or renames it; the version of one that is not saved is 0
    PutView = Put "/views/{view_id}" "put_view" KeyAndVersion true 200 (ViewId, NoQuery, View) -> SavedView;
    /// Removes a view
    RemoveView = Delete "/views/{view_id}" "remove_view" Version true 204 (ViewId, NoQuery, NoContent) -> NoContent;
}

/// Most views an account saves.
pub const MAX_VIEWS: u64 = 50;

/// Longest name of a view, in characters.
pub const MAX_VIEW_NAME: usize = 60;

/// Longest name of a page, in characters.
pub const MAX_VIEW_PAGE: usize = 100;

/// Longest query of a view, in characters as it stands in an address.
pub const MAX_VIEW_QUERY: usize = 4_000;

/// A list as somebody likes to see it: a page of the app with what its address says of filters and sort. What they mean is
/// that page's business; the server keeps them as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct View {
    /// What it is called, at most 60 characters.
    pub name: String,
    /// The page it belongs to, as addresses name it: `orders`, `queues/finance-review`.
    pub page: String,
    /// The query of its address, percent-encoded and without a question mark; empty shows everything.
    pub query: String,
}

/// A view as it is saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedView {
    /// Its id.
    pub id: ViewId,
    /// Give this in `If-Match` to change or remove it.
    pub version: u64,
    /// The view.
    pub view: View,
}
