//! The desk of staff: their own, and that of a customer on whose behalf they order, one at a time.

use leptos::prelude::*;

use crate::api::Api;
use crate::app::desk::Desk;
use crate::app::{DeskWhenHere, pages, ways};
use crate::features::{approvals, returns};
use crate::queries::on_behalf::OnBehalf;
use crate::route::{order_for, use_customer};
use crate::session::SessionContext;

/// The desk that the address asks for. Whoever may order for nobody stays at their own.
#[component]
pub fn SupplierDesk(session: SessionContext) -> impl IntoView {
    provide_context(approvals::Batch::new());
    provide_context(returns::Batch::new());
    let behalf = OnBehalf::new(expect_context::<Api>(), session);
    provide_context(behalf);
    let asked = use_customer();
    let customer = Memo::new(move |_| asked.get().filter(|_| behalf.is_allowed()));
    on_cleanup(|| order_for(None));
    behalf.show(customer.get_untracked());
    if untrack(|| behalf.is_allowed()) {
        behalf.restore();
    }
    move || {
        let customer = customer.get();
        // Before anything of the desk is built: its links are below the customer.
        order_for(customer);
        behalf.show(customer);
        match customer {
            None => {
                view! { <Desk session=session ways=ways::of_supplier page=pages::of_supplier /> }.into_any()
            }
            Some(customer) => view! { <DeskWhenHere session=session customer=customer /> }.into_any(),
        }
    }
}
