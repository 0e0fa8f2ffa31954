//! What promotions did to an order as a whole, in words.

use countersign_domain::id::VariantId;
use countersign_domain::money::Currency;
use countersign_domain::promotion::OrderReason;
use countersign_domain::quantity::Unit;
use countersign_domain::text::LocalText;
use leptos::prelude::*;

use crate::i18n::{labels, promises};
use crate::text;

/// A list of them; a bundle is one line with what it is of below it. Tracks the language.
pub fn order_reasons(
    reasons: &[OrderReason],
    currency: &Currency,
    named: impl Fn(VariantId) -> Option<(LocalText, Unit)>,
) -> AnyView {
    let row = |reason: &OrderReason| {
        let words = labels::order_reason(reason, currency);
        let parts = match reason {
            OrderReason::Bundle {
                components, count, ..
            } => promises::parts(components, *count, &named),
            _ => Vec::new(),
        };
        let parts = (!parts.is_empty()).then(|| {
            let rows = parts.into_iter().map(|part| view! { <li>{part}</li> });
            view! { <ul>{rows.collect_view()}</ul> }
        });
        view! { <li>{words} {parts}</li> }
    };
    let rows = reasons.iter().map(row).collect_view();
    view! { <ul class="reasons" aria-label=text!(promotions.order.title)>{rows}</ul> }.into_any()
}
