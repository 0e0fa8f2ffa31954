//! What a customer keeps to order from again: saved lists, favourites, and what it usually buys.
//!
//! All of it belongs to the customer, not to one account: whoever orders for it sees the same. Staff who may order on
//! behalf of a customer read it by naming the customer; only the customer changes it.
//!
//! The version of a list rises with every change and is never given twice to the lists of a customer, not even after a list
//! was removed and saved again. A list that is not there has version 0.

use chrono::{DateTime, NaiveDate, Utc};
use countersign_domain::id::{ListId, ProductId, VariantId};
use countersign_domain::quantity::{Quantity, Unit};
use countersign_domain::text::LocalText;
use countersign_domain::usual::Rhythm;
use serde::{Deserialize, Serialize};

use crate::buying::ForCustomer;
use crate::endpoint::{NoContent, NoQuery, endpoints};

endpoints! {
    /// The saved lists of a customer, by name
    ListLists = Get "/lists" "list_lists" None true 200 ((), ForCustomer, NoContent) -> Vec<ListSummary>;
    /// What a customer usually buys, and how much of it is due
    GetUsualList = Get "/lists/usual" "get_usual_list" None true 200 ((), ForCustomer, NoContent) -> UsualList;
    /// Every variant a customer has ordered before, what is no longer to be had among them
    ListBoughtGoods = Get "/bought-goods" "list_bought_goods" None true 200 ((), ForCustomer, NoContent) -> Vec<VariantId>;
    /// A saved list
    GetList = Get "/lists/{list_id}" "get_list" None true 200 (ListId, ForCustomer, NoContent) -> SavedList;
    /// Saves a list in place of the one with this id; the version of one that is not there is 0
    PutList = Put "/lists/{list_id}" "put_list" Version true 200 (ListId, NoQuery, ListBody) -> SavedList;
    /// Removes a saved list; it may be saved again
    RemoveList = Delete "/lists/{list_id}" "remove_list" Version true 204 (ListId, NoQuery, NoContent) -> NoContent;
    /// The favourites of a customer, the newest first
    ListFavourites = Get "/favourites" "list_favourites" None true 200 ((), ForCustomer, NoContent) -> Vec<Favourite>;
    /// Makes a variant a favourite; one that is a favourite already stays it
    PutFavourite = Put "/favourites/{variant_id}" "put_favourite" None true 200 (VariantId, NoQuery, NoContent) -> Favourite;
    /// Makes a variant a favourite no longer
    RemoveFavourite = Delete "/favourites/{variant_id}" "remove_favourite" None true 204
        (VariantId, NoQuery, NoContent) -> NoContent;
}

/// Most lists of a customer.
pub const MAX_LISTS: u32 = 100;

/// Most items of a list: as many as a cart has lines.
pub const MAX_ITEMS: usize = 2_000;

/// Most favourites of a customer.
pub const MAX_FAVOURITES: u32 = 1_000;

/// Longest name of a list, in characters.
pub const MAX_NAME: usize = 100;

/// Longest note on an item, in characters.
pub const MAX_NOTE: usize = 200;

/// A variant by what people call it, whether it is still to be had or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Goods {
    /// The product.
    pub product_id: ProductId,
    /// The variant.
    pub variant_id: VariantId,
    /// Its SKU code.
    pub sku: String,
    /// Name of the product, and of the variant where it has siblings.
    pub name: LocalText,
    /// The unit it is ordered in.
    pub unit: Unit,
}

/// A saved list without what is on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ListSummary {
    /// The list.
    pub id: ListId,
    /// What its customer calls it.
    pub name: String,
    /// How many items are on it.
    pub items: u32,
    /// Give this in `If-Match` to change or remove it.
    pub version: u64,
    /// When it last changed, by the server's clock.
    pub updated_at: DateTime<Utc>,
}

/// A saved list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedList {
    /// The list.
    pub id: ListId,
    /// What its customer calls it.
    pub name: String,
    /// Give this in `If-Match` to change or remove it.
    pub version: u64,
    /// When it last changed, by the server's clock.
    pub updated_at: DateTime<Utc>,
    /// What is on it, in its customer's order.
    pub items: Vec<SavedItem>,
}

/// An item of a saved list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedItem {
    /// What.
    #[serde(flatten)]
    pub goods: Goods,
    /// The usual quantity, in the ordering unit.
    pub quantity: Quantity,
    /// The customer's note.
    pub note: String,
}

/// What is to be saved as a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ListBody {
    /// What its customer calls it, 1 to 100 characters.
    pub name: String,
    /// What is on it: at most 2,000 items, each variant once.
    pub items: Vec<ItemBody>,
}

/// An item to be saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemBody {
    /// What.
    pub variant_id: VariantId,
    /// The usual quantity, in the ordering unit; more than nothing.
    pub quantity: Quantity,
    /// A note, at most 200 characters; may be empty.
    #[serde(default)]
    pub note: String,
}

/// A favourite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Favourite {
    /// What.
    #[serde(flatten)]
    pub goods: Goods,
    /// Since when, by the server's clock.
    pub added_at: DateTime<Utc>,
}

/// What a customer usually buys, by the orders of the last year that were not voided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UsualList {
    /// The day it was made for, where the company is.
    pub on: NaiveDate,
    /// What is bought most often first, the later last purchase deciding.
    pub items: Vec<UsualItem>,
}

/// Something a customer has bought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UsualItem {
    /// What.
    #[serde(flatten)]
    pub goods: Goods,
    /// How many orders bought it.
    pub orders: u32,
    /// The day of the last one.
    pub last_on: NaiveDate,
    /// The usual quantity: the median, in the ordering unit.
    pub quantity: Quantity,
    /// The rhythm of its orders: the reason for what is suggested.
    #[serde(flatten)]
    pub rhythm: Rhythm,
    /// How much to order now; absent where nothing is due. It is a suggestion: nothing is ordered by itself.
    pub suggested: Option<Quantity>,
}
