//! `/returns`, and the returns of an order.
//!
//! Every command on a return is the same few steps ([`act`]), as with orders; what differs is the [`ReturnCommand`] its body
//! stands for.

mod act;
mod detail;
mod get;
mod history;
mod input;
mod list;
mod list_of_order;
mod list_queues;
mod submit;

use countersign_contract::BASE_PATH;
use countersign_contract::returns::{
    ConfirmRefundEndpoint, GetReturn, ListOrderReturns, ListReturnQueues, ListReturns,
    PassReturnReviewEndpoint, ReceiveReturnEndpoint, RefuseReturnEndpoint, SubmitReturn, VoidReturnEndpoint,
};
use countersign_domain::id::ReturnId;
use countersign_domain::returns::ReturnCommand;

use crate::http::route::Api;
use act::act;

/// Path of a return.
fn location(id: ReturnId) -> String {
    format!("{BASE_PATH}/returns/{id}")
}

/// Adds what can be read of returns and done to them.
pub fn add(api: Api) -> Api {
    api.route::<ListReturns, _, _>(list::list)
        .route::<ListReturnQueues, _, _>(list_queues::list_queues)
        .route::<ListOrderReturns, _, _>(list_of_order::list_of_order)
        .route::<SubmitReturn, _, _>(submit::submit)
        .route::<GetReturn, _, _>(get::get)
        .route::<PassReturnReviewEndpoint, _, _>(|state, call| act(state, call, ReturnCommand::PassReview))
        .route::<RefuseReturnEndpoint, _, _>(|state, call| act(state, call, ReturnCommand::Refuse))
        .route::<ReceiveReturnEndpoint, _, _>(|state, call| act(state, call, ReturnCommand::ReceiveGoods))
        .route::<ConfirmRefundEndpoint, _, _>(|state, call| act(state, call, ReturnCommand::ConfirmRefund))
        .route::<VoidReturnEndpoint, _, _>(|state, call| act(state, call, ReturnCommand::Void))
}
