//! A row for every operation: who is let in, what is asked and where.

use countersign_contract::openapi::OperationInfo;
use countersign_domain::permission::Permission;
use countersign_domain::policy::Action;
use countersign_domain::returns::ReturnAction;
use countersign_domain::workflow::Workflow;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access_rules::{Rule, World};
use crate::fixture::{GREEN_TEA, TEA_HOUSE};
use crate::support::draft;

/// A promotion that can be read and promises nothing.
fn no_promotion() -> Value {
    json!({
        "name": { "zh": "", "en": "" },
        "is_on": false,
        "from": "2026-11-22T04:00:00Z",
        "until": null,
        "rule": { "kind": "order", "steps": [] },
    })
}

/// A notice that can be read and says nothing.
fn no_notice() -> Value {
    let nothing = json!({ "zh": "", "en": "" });
    json!({ "category": "company", "title": nothing, "text": nothing, "audience": { "for": "everyone" } })
}

/// An operation's rule and a body that gets through the door and no further: what it asks for is refused by a rule, so
/// that one person's try changes nothing for the next.
pub fn row(operation: &str, world: &World) -> Option<(Rule, Value)> {
    let unknown = Uuid::new_v4();
    let nothing = json!({});
    let no_reason = json!({ "reason": "" });
    let command = |action, body: &Value| Some((Rule::Command(action), body.clone()));
    match operation {
        "get_meta" | "sign_in" => Some((Rule::Everybody, json!({ "login": "", "password": "" }))),
        "get_session" | "sign_out" => Some((Rule::Everybody, nothing)),
        "stream_events"
        | "list_returns"
        | "get_product_facets"
        | "look_up_codes"
        | "list_orders"
        | "list_products"
        | "get_product"
        | "list_categories"
        | "list_catalog_changes" => Some((Rule::SignedIn, nothing)),
        "get_distributor_home" => Some((Rule::Distributors, nothing)),
        // Staff who order on behalf have not said for whom here; what they come to when they do is in `on_behalf`.
        "get_account" | "list_drafts" | "withdraw_draft" | "list_promotions" => {
            Some((Rule::DistributorsAnd(Permission::OrderCreateOnBehalf), nothing))
        }
        "get_draft" | "remove_draft" | "get_order_reorder" => {
            Some((Rule::Owner(Permission::OrderCreateOnBehalf), nothing))
        }
        "put_draft" => Some((
            Rule::DistributorsAnd(Permission::OrderCreateOnBehalf),
            json!({ "name": "", "content": {} }),
        )),
        "submit_order" => {
            let mut body = draft();
            body["lines"] = json!([]);
            Some((Rule::DistributorsAnd(Permission::OrderCreateOnBehalf), body))
        }
        "get_order" | "list_order_returns" | "list_messages" => Some((Rule::Sees, nothing)),
        "post_message" => Some((Rule::Sees, json!({ "id": unknown, "text": "" }))),
        "mark_messages_read" => Some((Rule::Sees, json!({ "message_id": unknown }))),
        "list_unread_messages" | "upload_file" => Some((Rule::SignedIn, nothing)),
        "rate_order" => Some((Rule::Customer, json!({ "stars": 5 }))),
        "submit_return" => Some((
            Rule::Returning,
            json!({ "lines": [{
                "line_id": world.subject.lines.first()?.line_id, "quantity": "999", "reason": "quality"
            }] }),
        )),
        "get_return" => Some((Rule::Return(ReturnAction::View), nothing)),
        "pass_return_review" => Some((
            Rule::Return(ReturnAction::PassReview),
            json!({ "lines": [{ "line_id": unknown, "quantity": "1", "reason": "because" }] }),
        )),
        "refuse_return" => Some((Rule::Return(ReturnAction::Refuse), no_reason)),
        "receive_returned_goods" => Some((Rule::Return(ReturnAction::ReceiveGoods), nothing)),
        "confirm_refund" => Some((Rule::Return(ReturnAction::Refund), nothing)),
        "void_return" => Some((Rule::Return(ReturnAction::Void), no_reason)),
        "approve_orders" => Some((Rule::Staff, json!({ "stage": "order_review", "orders": [] }))),
        "read_sheet" => Some((Rule::SignedIn, nothing)),
        "list_favourites" | "list_bought_goods" | "list_lists" | "get_usual_list" => {
            Some((Rule::DistributorsAnd(Permission::OrderCreateOnBehalf), nothing))
        }
        "put_favourite" | "remove_favourite" => Some((Rule::Distributors, nothing)),
        "put_list" => Some((Rule::Distributors, json!({ "name": "", "items": [] }))),
        "get_list" | "get_list_reorder" => {
            Some((Rule::NoneOfTheirs(Some(Permission::OrderCreateOnBehalf)), nothing))
        }
        "remove_list" => Some((Rule::NoneOfTheirs(None), nothing)),
        "list_managed_promotions" | "get_promotion_desk" => {
            Some((Rule::Holding(Permission::PromotionManage), nothing))
        }
        "get_managed_promotion" | "get_promotion_names" => {
            Some((Rule::HoldingNothing(Permission::PromotionManage), nothing))
        }
        "put_managed_promotion" => Some((Rule::Holding(Permission::PromotionManage), no_promotion())),
        "preview_promotion" => Some((
            Rule::Holding(Permission::PromotionManage),
            json!({ "customer_id": TEA_HOUSE, "lines": [] }),
        )),
        "list_notices" | "list_alerts" => Some((Rule::SignedIn, nothing)),
        "mark_notice_read" => Some((Rule::Own, nothing)),
        "mark_notices_read" => Some((Rule::SignedIn, json!({ "notices": [unknown] }))),
        "list_managed_notices" | "list_notice_targets" => {
            Some((Rule::Holding(Permission::NoticeManage), nothing))
        }
        "get_managed_notice" => Some((Rule::HoldingNothing(Permission::NoticeManage), nothing)),
        "put_managed_notice" => Some((Rule::Holding(Permission::NoticeManage), no_notice())),
        "list_views" => Some((Rule::SignedIn, nothing)),
        "put_view" => Some((
            Rule::SignedIn,
            json!({ "name": "", "page": "orders", "query": "" }),
        )),
        "remove_view" => Some((Rule::Own, nothing)),
        "get_supplier_home"
        | "list_return_queues"
        | "list_queues"
        | "list_customers"
        | "list_warehouses"
        | "list_open_quantities"
        | "get_production_plan"
        | "list_delegations"
        | "list_regions" => Some((Rule::Staff, nothing)),
        "add_delegation" => Some((
            Rule::Holding(Permission::SettingsManage),
            json!({ "id": unknown, "from": unknown, "to": unknown,
                "first_day": "2026-11-22", "last_day": "2026-11-22" }),
        )),
        "end_delegation" => Some((Rule::StaffNothing, nothing)),
        "get_customer" | "list_customer_addresses" => Some((Rule::StaffWhoSees, nothing)),
        "get_workflow" => Some((Rule::Holding(Permission::SettingsManage), nothing)),
        "put_workflow" => Some((
            Rule::Holding(Permission::SettingsManage),
            serde_json::to_value(Workflow::default()).ok()?,
        )),
        "count_stock" => Some((
            Rule::Holding(Permission::StockManage),
            json!({ "warehouse_id": unknown, "counts": [], "reason": "" }),
        )),
        "confirm_payment" => Some((
            Rule::SeesHolding(Permission::PaymentConfirm),
            json!({ "amount": "1", "reference": "R 1" }),
        )),
        "resubmit_order" => command(Action::Resubmit, &draft()),
        "withdraw_order" => command(Action::Withdraw, &no_reason),
        "pass_order_review" => command(
            Action::PassOrderReview,
            &json!({ "lines": [{ "line_id": unknown, "reason": "" }] }),
        ),
        "confirm_changes" => command(Action::AnswerChanges, &nothing),
        "decline_changes" => command(Action::AnswerChanges, &no_reason),
        "pass_executive_approval" => command(Action::PassExecutiveApproval, &nothing),
        "pass_finance_review" => command(Action::PassFinanceReview, &nothing),
        "report_production" => command(Action::Produce, &json!({ "lines": [] })),
        "pass_production" => command(Action::Produce, &nothing),
        "pass_outbound_review" => command(
            Action::PassOutboundReview,
            &json!({ "lines": [{ "line_id": unknown, "warehouse_id": unknown, "quantity": "1" }] }),
        ),
        "ship_goods" => command(Action::Ship, &json!({ "shipment_id": unknown, "carrier": "" })),
        "receive_shipment" => command(Action::Receive, &json!({ "shipment_id": unknown })),
        "close_remaining" => command(
            Action::CloseRemaining,
            &json!({ "line_ids": [unknown], "reason": "because" }),
        ),
        "release_line" => command(
            Action::ReleaseLine,
            &json!({ "line_id": world.order.lines.first()?.id, "reason": "because" }),
        ),
        "send_back_order" => command(Action::SendBack, &no_reason),
        "void_order" => command(Action::Void, &no_reason),
        "request_change" => command(
            Action::RequestChange,
            &json!({ "id": unknown, "proposal": {}, "reason": "because" }),
        ),
        "answer_change" => command(
            Action::AnswerChangeRequest,
            &json!({ "id": unknown, "accept": true }),
        ),
        _ => None,
    }
}

/// The path with the ids of what is there.
pub fn path(operation: &OperationInfo, world: &World) -> String {
    let mut path = operation.path.to_owned();
    let product = Uuid::from_u128(0x0901);
    let order = if operation.path.ends_with("/returns") {
        world.received
    } else {
        world.order.id.0
    };
    for (name, id) in [
        ("{order_id}", order),
        ("{return_id}", world.subject.id.0),
        ("{list_id}", Uuid::from_u128(0x0903)),
        ("{promotion_id}", Uuid::from_u128(0x0904)),
        ("{notice_id}", Uuid::from_u128(0x0905)),
        ("{variant_id}", GREEN_TEA.0),
        ("{delegation_id}", Uuid::from_u128(0x0905)),
        ("{view_id}", Uuid::from_u128(0x0902)),
        ("{draft_id}", world.draft),
        ("{customer_id}", TEA_HOUSE.0),
        ("{product_id}", product),
    ] {
        path = path.replace(name, &id.to_string());
    }
    assert!(!path.contains('{'), "{}: no id for {path}", operation.operation);
    path
}
