//! `/orders`.
//!
//! Every command on an order is the same few steps ([`act`]); what differs is the [`Command`] its body stands for. So the
//! commands are a table, and only what needs more has a file of its own.

mod act;
mod approve;
mod complete;
mod detail;
mod get;
mod history;
mod input;
mod list;
mod pay;
mod rate;
mod resubmit;
mod submit;

pub use submit::submit;

use countersign_contract::BASE_PATH;
use countersign_contract::account::ConfirmPayment;
use countersign_contract::approval::ApproveOrders;
use countersign_contract::order::{
    AnswerChangeEndpoint, CloseRemainingEndpoint, ConfirmChanges, DeclineChangesEndpoint, GetOrder,
    ListOrders, PassExecutiveApproval, PassFinanceReviewEndpoint, PassOrderReviewEndpoint,
    PassOutboundReviewEndpoint, PassProduction, ReceiveShipmentEndpoint, ReleaseLineEndpoint,
    ReportProductionEndpoint, RequestChangeEndpoint, ResubmitOrder, SendBackOrderEndpoint, ShipGoodsEndpoint,
    VoidOrderEndpoint, WithdrawOrderEndpoint,
};
use countersign_contract::rating::RateOrder;
use countersign_domain::id::OrderId;
use countersign_domain::order::Command;

use crate::http::route::Api;
use act::act;

/// Path of an order.
pub fn location(id: OrderId) -> String {
    format!("{BASE_PATH}/orders/{id}")
}

/// Adds what can be read of orders and done to them.
pub fn add(api: Api) -> Api {
    let api = api
        .route::<ListOrders, _, _>(list::list)
        .route::<GetOrder, _, _>(get::get)
        .route::<ResubmitOrder, _, _>(resubmit::resubmit)
        .route::<ConfirmPayment, _, _>(pay::pay)
        .route::<ApproveOrders, _, _>(approve::approve)
        .route::<RateOrder, _, _>(rate::rate);
    add_commands(api)
}

/// The command that each body stands for.
fn add_commands(api: Api) -> Api {
    api.route::<WithdrawOrderEndpoint, _, _>(|state, call| act(state, call, Command::Withdraw))
        .route::<PassOrderReviewEndpoint, _, _>(|state, call| act(state, call, Command::PassOrderReview))
        .route::<ConfirmChanges, _, _>(|state, call| act(state, call, |_| Command::ConfirmChanges))
        .route::<DeclineChangesEndpoint, _, _>(|state, call| act(state, call, Command::DeclineChanges))
        .route::<PassExecutiveApproval, _, _>(|state, call| act(state, call, Command::PassExecutiveApproval))
        .route::<PassFinanceReviewEndpoint, _, _>(|state, call| act(state, call, Command::PassFinanceReview))
        .route::<ReportProductionEndpoint, _, _>(|state, call| act(state, call, Command::ReportProduction))
        .route::<PassProduction, _, _>(|state, call| act(state, call, Command::PassProduction))
        .route::<PassOutboundReviewEndpoint, _, _>(|state, call| {
            act(state, call, Command::PassOutboundReview)
        })
        .route::<ShipGoodsEndpoint, _, _>(|state, call| act(state, call, Command::Ship))
        .route::<ReceiveShipmentEndpoint, _, _>(|state, call| act(state, call, Command::Receive))
        .route::<CloseRemainingEndpoint, _, _>(|state, call| act(state, call, Command::CloseRemaining))
        .route::<ReleaseLineEndpoint, _, _>(|state, call| act(state, call, Command::ReleaseLine))
        .route::<SendBackOrderEndpoint, _, _>(|state, call| act(state, call, Command::SendBack))
        .route::<VoidOrderEndpoint, _, _>(|state, call| act(state, call, Command::Void))
        .route::<RequestChangeEndpoint, _, _>(|state, call| act(state, call, Command::RequestChange))
        .route::<AnswerChangeEndpoint, _, _>(|state, call| act(state, call, Command::AnswerChange))
}
