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

/// Longest words searched for and longest list of statuses in a view, in characters.
pub const MAX_VIEW_FIELD: usize = 400;

/// A list of orders as somebody likes to see it. What is empty narrows nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct View {
    /// What it is called, at most 60 characters.
    pub name: String,
    /// Words searched for.
    #[serde(default)]
    pub q: String,
    /// Statuses, comma separated.
    #[serde(default)]
    pub status: String,
    /// Submitted on or after this day.
    #[serde(default)]
    pub from: String,
    /// Submitted on or before this day.
    #[serde(default)]
    pub to: String,
    /// The order of the list.
    #[serde(default)]
    pub sort: String,
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
