//! What a live event makes stale.

use countersign_contract::event::LiveEvent;

use crate::api::{Api, Live, listen};
use crate::queries::Cache;
use crate::session::SessionContext;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Keeps everything on screen current until the current owner goes away.
pub fn keep_current(api: Api, cache: Cache) -> ReadSignal<Live> {
    let session = expect_context::<SessionContext>();
    listen(api, move |event| match event {
        LiveEvent::OrderChanged { order_id, .. } => {
            let own = format!("/orders/{order_id}");
            cache.invalidate(move |path| path == own || is_order_list(path));
        }
        LiveEvent::DraftChanged { .. } => cache.invalidate(|path| path.starts_with("/drafts")),
        LiveEvent::WorkflowChanged => {
            // What may be done with an order depends on the workflow.
            spawn_local(session.renew());
            cache.invalidate(|path| path.starts_with("/settings") || is_order_list(path));
        }
        LiveEvent::CatalogChanged => cache.invalidate(|path| path.starts_with("/products")),
        LiveEvent::Resync => cache.invalidate_all(),
    })
}

/// Makes every list and count of orders stale: this person just changed one.
pub fn invalidate_order_lists(cache: Cache) {
    cache.invalidate(is_order_list);
}

/// Whether a cached path lists or counts orders.
fn is_order_list(path: &str) -> bool {
    let resource = path.split('?').next().unwrap_or(path);
    matches!(
        resource,
        "/orders" | "/queues" | "/home/distributor" | "/home/supplier" | "/account" | "/settings/workflow"
    ) || resource.starts_with("/customers")
}

#[cfg(test)]
mod tests {
    use super::is_order_list;

    #[test]
    fn lists_are_told_from_single_orders() {
        assert!(is_order_list("/orders?status=completed"));
        assert!(is_order_list("/queues"));
        assert!(!is_order_list("/orders/0190b9c4-0000-7000-8000-000000000000"));
        assert!(!is_order_list("/products?q=orders"));
    }
}
