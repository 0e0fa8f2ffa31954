//! Why a change of an order did not succeed, in words that know the order.

use countersign_contract::ProblemKind;
use countersign_domain::order::Order;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::i18n::{local, problems, reasons, returns, talk};
use crate::order_view::OrderDesk;

/// The words; the order gives lines their names and amounts their currency.
pub fn error_words(error: &ApiError, order: Option<&Order>) -> String {
    match error.kind() {
        Some(ProblemKind::Rejected { rejection }) => reasons::rejection(rejection, order),
        Some(ProblemKind::Forbidden { reason }) => reasons::deny(reason),
        Some(ProblemKind::ReturnForbidden { reason }) => returns::deny(reason),
        Some(ProblemKind::ReturnRejected { rejection }) => {
            returns::rejection(rejection, |id| order?.line(id).map(|line| local(&line.name)))
        }
        Some(ProblemKind::RatingRejected { rejection }) => talk::rating_rejection(rejection),
        _ => problems::words(error),
    }
}

/// The error of a change, announced where it stands; nothing while there is none.
#[component]
pub fn ChangeError(
    /// The order it was meant for.
    desk: OrderDesk,
    /// The error.
    #[prop(into)]
    error: Signal<Option<ApiError>>,
) -> impl IntoView {
    let words = move || {
        error.get().map(|error| {
            desk.detail
                .with(|detail| error_words(&error, detail.as_deref().map(|detail| &detail.order)))
        })
    };
    view! { <p class="form-error" role="alert">{words}</p> }
}
