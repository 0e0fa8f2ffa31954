//! A proposed new version that waits for the other side's word (rule 4).

use leptos::prelude::*;

use crate::i18n::format;
use crate::order_view::work::impact_words;
use crate::order_view::{ChangeList, OrderDesk};
use crate::text;
use crate::ui::{Notice, Tone};

/// What is proposed, by which side and why; nothing where nothing is.
#[component]
pub fn ProposedVersion(
    /// The order.
    desk: OrderDesk,
) -> impl IntoView {
    let request = Memo::new(move |_| {
        desk.detail.with(|detail| {
            let order = &detail.as_deref()?.order;
            order
                .change_request
                .clone()
                .map(|request| (request, order.clone()))
        })
    });
    move || {
        request.get().map(|(request, order)| {
            let (from_customer, impact, at) = (request.from_customer, request.impact, request.at);
            let title = move || {
                if from_customer {
                    text!(order.request.by_customer)
                } else {
                    text!(order.request.by_supplier)
                }
            };
            view! {
                <Notice tone=Tone::Warn>
                    <p>
                        <b>{title}</b> " "
                        <small title=move || format::moment(at)>
                            {move || format::relative(at, desk.now.get())}
                        </small>
                    </p>
                    <blockquote>{request.reason}</blockquote>
                    <ChangeList changes=request.changes order=order />
                    <p>{move || impact_words(impact)}</p>
                </Notice>
            }
            .into_any()
        })
    }
}
