//! What a live event makes stale.

use countersign_contract::event::LiveEvent;
use countersign_domain::id::OrderId;

use crate::api::{Api, Live, listen};
use crate::queries::Cache;
use crate::queries::ahead::Ahead;
use crate::queries::draft::Cart;
use crate::queries::gather::Gather;
use crate::session::SessionContext;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Keeps everything on screen current until the current owner goes away.
pub fn keep_current(api: Api, cache: Cache) -> ReadSignal<Live> {
    let session = expect_context::<SessionContext>();
    let cart = use_context::<Cart>();
    let ahead = use_context::<Ahead>();
    let fetch_ahead = move || {
        if let Some(ahead) = ahead {
            ahead.run_later();
        }
    };
    // A colleague who approves a hundred orders at once is no reason to read every list a hundred times.
    let orders = Gather::new(move |changed: Vec<OrderId>| {
        let own: Vec<String> = changed.iter().map(|id| order_path(*id)).collect();
        // What hangs on the order, such as its returns, changes with it.
        let is_own = |path: &str, own: &String| {
            path.strip_prefix(own.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        cache.invalidate(move |path| own.iter().any(|own| is_own(path, own)) || is_order_list(path));
        fetch_ahead();
    });
    let on_event = move |event| match event {
        LiveEvent::OrderChanged { order_id, .. } => orders.add(order_id),
        LiveEvent::ReturnChanged { return_id, .. } => {
            let own = format!("/returns/{return_id}");
            cache.invalidate(move |path| path == own || is_return_list(path));
        }
        LiveEvent::ConversationChanged { order_id } => {
            let own = format!("{}/messages", order_path(order_id));
            cache.invalidate(move |path| path == own || is_of_unread(path));
        }
        LiveEvent::DraftChanged { draft_id, version } => {
            if let Some(cart) = cart {
                cart.hear_of_draft(draft_id, version);
            }
        }
        LiveEvent::WorkflowChanged => {
            // What may be done with an order depends on the workflow.
            spawn_local(session.renew());
            cache.invalidate(|path| {
                path.starts_with("/settings") || is_order_list(path) || is_return_list(path)
            });
        }
        LiveEvent::CatalogChanged => {
            cache.invalidate(|path| {
                is_of_prices(path)
                    || path.ends_with("/reorder")
                    || path.starts_with("/open-quantities")
                    || path == "/alerts"
            });
            fetch_ahead();
        }
        LiveEvent::ListsChanged => {
            cache.invalidate(is_of_lists);
            fetch_ahead();
        }
        LiveEvent::NoticesChanged => {
            cache.invalidate(is_of_notices);
            fetch_ahead();
        }
        LiveEvent::Resync => {
            // A page that reads nothing has to learn as well that the server is there again.
            spawn_local(session.renew());
            cache.invalidate_all();
            if let Some(cart) = cart {
                cart.exchange_now();
            }
            fetch_ahead();
        }
    };
    // Whether it was the session or the connection that ended: the server, or its silence, says it.
    listen(api, on_event, move || spawn_local(session.renew()))
}

/// Makes what is cached of an order stale.
pub fn invalidate_order(cache: Cache, id: OrderId) {
    let own = order_path(id);
    cache.invalidate(move |path| path == own);
}

fn order_path(id: OrderId) -> String {
    format!("/orders/{id}")
}

/// Makes the saved views stale: this person just changed one.
pub fn invalidate_views(cache: Cache) {
    cache.invalidate(|path| path == "/views");
}

/// Makes every list and count of orders stale: this person just changed one.
pub fn invalidate_order_lists(cache: Cache) {
    cache.invalidate(is_order_list);
}

/// Makes every list and count of returns stale: this person just changed one.
pub fn invalidate_return_lists(cache: Cache) {
    cache.invalidate(is_return_list);
}

/// Whether a cached path lists or counts returns, of all orders or of one.
fn is_return_list(path: &str) -> bool {
    let resource = path.split('?').next().unwrap_or(path);
    matches!(resource, "/returns" | "/return-queues")
        || (resource.starts_with("/orders/") && resource.ends_with("/returns"))
}

/// Whether a cached path says what was not read of conversations.
pub fn is_of_unread(path: &str) -> bool {
    path == "/unread-messages"
}

/// Whether a cached path reads saved lists or favourites.
pub fn is_of_lists(path: &str) -> bool {
    // What is a favourite can be chosen in the catalog, and is counted there.
    path.starts_with("/lists") || path.starts_with("/favourites") || path.starts_with("/product-facets")
}

/// Whether a cached path reads notices, of either side.
pub fn is_of_notices(path: &str) -> bool {
    path.starts_with("/notices") || path.starts_with("/managed-notices")
}

/// Whether a cached path shows goods, prices or promotions.
fn is_of_prices(path: &str) -> bool {
    path.starts_with("/product") || is_of_promotions(path)
}

/// Whether a cached path shows promotions, of either side.
pub fn is_of_promotions(path: &str) -> bool {
    path.starts_with("/promotions") || path.starts_with("/managed-promotions")
}

/// Whether a cached path lists or counts orders.
fn is_order_list(path: &str) -> bool {
    let resource = path.split('?').next().unwrap_or(path);
    matches!(
        resource,
        "/orders"
            | "/queues"
            | "/home/distributor"
            | "/home/supplier"
            | "/account"
            | "/settings/workflow"
            | "/lists/usual"
            | "/open-quantities"
            | "/production-plan"
            | "/alerts"
            | "/bought-goods"
    ) || is_of_standing(resource)
}

/// Whether a resource tells of customers what orders change: where their goods may go is none of that.
fn is_of_standing(resource: &str) -> bool {
    resource.starts_with("/customers") && !resource.ends_with("/addresses")
}

#[cfg(test)]
mod tests {
    use super::{is_order_list, is_return_list};

    #[test]
    fn lists_are_told_from_single_orders() {
        assert!(is_order_list("/orders?status=completed"));
        assert!(is_order_list("/queues"));
        assert!(!is_order_list("/orders/0190b9c4-0000-7000-8000-000000000000"));
        assert!(!is_order_list("/products?q=orders"));
        let customer = "/customers/0190b9c4-0000-7000-8000-000000000000";
        assert!(is_order_list(customer));
        assert!(!is_order_list(&format!("{customer}/addresses")));
    }

    #[test]
    fn lists_of_returns_are_told_from_single_returns_and_from_orders() {
        assert!(is_return_list("/returns?status=completed"));
        assert!(is_return_list("/return-queues"));
        assert!(is_return_list(
            "/orders/0190b9c4-0000-7000-8000-000000000000/returns"
        ));
        assert!(!is_return_list("/returns/0190b9c4-0000-7000-8000-000000000000"));
        assert!(!is_return_list("/orders/0190b9c4-0000-7000-8000-000000000000"));
    }
}
