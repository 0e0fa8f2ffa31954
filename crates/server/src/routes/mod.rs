//! Every route of the server: one file per verb of a resource, put together here.

pub mod account;
pub mod alerts;
pub mod catalog;
pub mod conversation;
pub mod customers;
pub mod delegations;
pub mod drafts;
pub mod events;
pub mod favourites;
pub mod files;
pub mod health;
pub mod home;
pub mod listing;
pub mod lists;
pub mod meta;
pub mod notices;
pub mod open;
pub mod openapi;
pub mod orders;
pub mod plan;
pub mod promotions;
pub mod regions;
pub mod reorder;
pub mod returns;
pub mod session;
pub mod settings;
pub mod sheets;
pub mod stock;
pub mod views;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use countersign_contract::account::{GetAccount, GetCustomer, ListCustomerAddresses, ListCustomers};
use countersign_contract::catalog::{
    GetProduct, GetProductFacets, ListCatalogChanges, ListCategories, ListProducts,
};
use countersign_contract::draft::{GetDraft, ListDrafts, PutDraft, RemoveDraft};
use countersign_contract::event::EVENTS_PATH;
use countersign_contract::file::FILE_PATH;
use countersign_contract::home::{GetDistributorHome, GetSupplierHome, ListQueues};
use countersign_contract::list::{
    GetList, GetUsualList, ListBoughtGoods, ListFavourites, ListLists, PutFavourite, PutList,
    RemoveFavourite, RemoveList,
};
use countersign_contract::lookup::LookUpCodes;
use countersign_contract::plan::GetProductionPlan;
use countersign_contract::region::ListRegions;
use countersign_contract::reorder::{GetListReorder, GetOrderReorder};
use countersign_contract::session::{GetSession, SignIn, SignOut};
use countersign_contract::settings::{GetWorkflow, PutWorkflow};
use countersign_contract::sheet::ReadSheet;
use countersign_contract::stock::{CountStock, ListWarehouses};
use countersign_contract::submission::{SubmitOrder, WithdrawDraft};
use countersign_contract::{BASE_PATH, ProblemKind, meta::GetMeta};

use crate::error::ApiError;
use crate::http::route::Api;
use crate::http::{guard, headers, request, static_files};
use crate::state::AppState;

/// The endpoints of the contract and who answers them.
pub fn api() -> Api {
    // Resources with many endpoints add theirs themselves.
    let resources: [fn(Api) -> Api; 10] = [
        alerts::add,
        conversation::add,
        delegations::add,
        files::add,
        notices::add,
        open::add,
        orders::add,
        promotions::add,
        returns::add,
        views::add,
    ];
    resources
        .into_iter()
        .fold(Api::default(), |api, add| add(api))
        .route::<GetMeta, _, _>(meta::get)
        .route::<SignIn, _, _>(session::sign_in)
        .route::<GetSession, _, _>(session::get)
        .route::<SignOut, _, _>(session::sign_out)
        .route::<GetWorkflow, _, _>(settings::get_workflow)
        .route::<PutWorkflow, _, _>(settings::put_workflow)
        .route::<SubmitOrder, _, _>(orders::submit)
        .route::<WithdrawDraft, _, _>(drafts::withdraw)
        .route::<ListDrafts, _, _>(drafts::list)
        .route::<GetDraft, _, _>(drafts::get)
        .route::<PutDraft, _, _>(drafts::put)
        .route::<RemoveDraft, _, _>(drafts::remove)
        .route::<ListCategories, _, _>(catalog::list_categories)
        .route::<ListProducts, _, _>(catalog::list_products)
        .route::<GetProduct, _, _>(catalog::get_product)
        .route::<ListCatalogChanges, _, _>(catalog::list_changes)
        .route::<GetProductFacets, _, _>(catalog::get_facets)
        .route::<LookUpCodes, _, _>(catalog::look_up_codes)
        .route::<GetAccount, _, _>(account::get)
        .route::<ListCustomers, _, _>(customers::list)
        .route::<GetCustomer, _, _>(customers::get)
        .route::<ListCustomerAddresses, _, _>(customers::list_addresses)
        .route::<GetDistributorHome, _, _>(home::get_distributor)
        .route::<GetSupplierHome, _, _>(home::get_supplier)
        .route::<ListQueues, _, _>(home::list_queues)
        .route::<ListWarehouses, _, _>(stock::list_warehouses)
        .route::<CountStock, _, _>(stock::count)
        .route::<ReadSheet, _, _>(sheets::read)
        .route::<ListLists, _, _>(lists::list)
        .route::<GetUsualList, _, _>(lists::usual)
        .route::<ListBoughtGoods, _, _>(lists::bought)
        .route::<GetList, _, _>(lists::get)
        .route::<PutList, _, _>(lists::put)
        .route::<RemoveList, _, _>(lists::remove)
        .route::<ListFavourites, _, _>(favourites::list)
        .route::<PutFavourite, _, _>(favourites::put)
        .route::<RemoveFavourite, _, _>(favourites::remove)
        .route::<GetOrderReorder, _, _>(reorder::of_order)
        .route::<GetListReorder, _, _>(reorder::of_list)
        .route::<GetProductionPlan, _, _>(plan::get)
        .route::<ListRegions, _, _>(regions::list)
}

/// The whole server: the API, the live stream, pictures, the app's files, and what happens to every request.
pub fn router(state: AppState) -> Router {
    Router::new()
        .merge(api().into_router())
        .route(&format!("{BASE_PATH}{EVENTS_PATH}"), get(events::listen))
        .route(&format!("{BASE_PATH}/openapi.json"), get(openapi::document))
        .route(&format!("{BASE_PATH}{FILE_PATH}"), get(files::hand_out))
        .route("/healthz", get(health::check))
        .route(&format!("{BASE_PATH}/media/{{name}}"), get(static_files::picture))
        .method_not_allowed_fallback(method_not_allowed)
        .fallback(static_files::serve)
        .layer(from_fn_with_state(state.clone(), guard::same_origin))
        .layer(from_fn(request::observe))
        .layer(from_fn_with_state(state.clone(), headers::secure))
        .with_state(state)
}

async fn method_not_allowed() -> Response {
    ApiError::from(ProblemKind::MethodNotAllowed).into_response()
}
