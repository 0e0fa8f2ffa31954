//! The forms of what is done with an order: one file each, with what was typed read into its command.

mod change;
mod close;
mod finance;
mod outbound;
mod outbound_input;
mod produce;
mod propose;
mod reason;
mod release;
mod rest;
mod return_goods;
mod review;
mod review_input;
mod ship;
mod substitute;

pub use change::impact_words;
pub use release::held;

use leptos::prelude::*;

use crate::order_view::{Deed, OrderDesk};

/// The form of a deed that the supplier does, or that asks for a reason only. Nothing for a deed that asks for nothing or
/// belongs to the distributor alone.
pub fn form(desk: OrderDesk, deed: Deed) -> AnyView {
    match deed {
        Deed::Adjust => view! { <review::ReviewForm desk=desk /> }.into_any(),
        Deed::PassFinanceReview => view! { <finance::OverrideForm desk=desk /> }.into_any(),
        Deed::EnterPayment => view! { <finance::PaymentForm desk=desk /> }.into_any(),
        Deed::Produce => view! { <produce::ProductionForm desk=desk /> }.into_any(),
        Deed::PassOutboundReview => view! { <outbound::OutboundForm desk=desk /> }.into_any(),
        Deed::Ship => view! { <ship::ShipForm desk=desk /> }.into_any(),
        Deed::ReleaseLine => view! { <release::ReleaseForm desk=desk /> }.into_any(),
        Deed::RequestChange => view! { <propose::RequestForm desk=desk /> }.into_any(),
        Deed::AnswerChange => view! { <change::AnswerForm desk=desk /> }.into_any(),
        Deed::ReturnGoods => view! { <return_goods::ReturnGoodsForm desk=desk /> }.into_any(),
        Deed::SendBack => reason::send_back(desk),
        Deed::Void => reason::void(desk),
        Deed::CloseRemaining => view! { <close::CloseForm desk=desk /> }.into_any(),
        Deed::DeclineChanges => reason::decline(desk),
        Deed::Withdraw => reason::withdraw(desk),
        Deed::PassOrderReview
        | Deed::PassExecutiveApproval
        | Deed::ConfirmChanges
        | Deed::Receive
        | Deed::Resubmit => ().into_any(),
    }
}
