//! The 27 permissions and what the built-in roles may do, as domain.md section 2 lists them.

use countersign_domain::permission::{BuiltInRole as R, Permission, PermissionSet};

/// The wire names, word for word.
const NAMES: &str = "order_create_on_behalf order_review order_finance_review order_outbound_review order_ship order_modify \
    order_special_price order_send_back order_void \
    return_create_on_behalf return_review return_receive_goods return_refund \
    product_manage category_unit_manage stock_manage promotion_manage \
    fund_account_manage payment_confirm ledger_view credit_override \
    customer_manage customer_level_region_manage feedback_manage \
    notice_manage report_view settings_manage";

fn names(set: PermissionSet) -> Vec<String> {
    let json = serde_json::to_value(set).expect("permissions are plain data");
    serde_json::from_value(json).expect("permissions travel as names")
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

#[test]
fn the_27_wire_names_are_the_specified_ones() {
    assert_eq!(names(PermissionSet::all()), words(NAMES));
    assert_eq!(words(NAMES).len(), 27);
}

#[test]
fn built_in_roles_start_with_the_specified_permissions() {
    for (role, expected) in [
        (R::SystemAdministrator, NAMES),
        (
            R::BusinessLead,
            "order_create_on_behalf order_review order_modify order_special_price order_send_back order_void \
             return_create_on_behalf return_review product_manage category_unit_manage promotion_manage ledger_view \
             credit_override customer_manage customer_level_region_manage feedback_manage notice_manage report_view",
        ),
        (
            R::OrderReviewer,
            "order_create_on_behalf order_review order_modify order_send_back order_void return_create_on_behalf \
             return_review feedback_manage",
        ),
        (
            R::FinanceReviewer,
            "order_finance_review order_send_back return_refund fund_account_manage payment_confirm ledger_view \
             report_view",
        ),
        (
            R::WarehouseReviewer,
            "order_outbound_review order_send_back return_receive_goods stock_manage",
        ),
        (R::Shipper, "order_ship"),
        (
            R::RegionalManager,
            "order_create_on_behalf order_review return_create_on_behalf return_review customer_manage feedback_manage \
             report_view",
        ),
    ] {
        assert_eq!(names(role.default_permissions()), words(expected), "{role:?}");
    }
}

#[test]
fn any_order_permission_implies_seeing_orders_and_no_other_does() {
    for (place, permission) in Permission::ALL.into_iter().enumerate() {
        let set = PermissionSet::NONE.with(permission);
        assert_eq!(set.sees_orders(), place < 9, "{permission:?}");
        assert_eq!(set.sees_returns(), place < 13, "{permission:?}");
    }
}

#[test]
fn permissions_of_several_roles_are_the_union() {
    let both = R::Shipper
        .default_permissions()
        .union(R::WarehouseReviewer.default_permissions());
    assert!(both.has(Permission::OrderShip) && both.has(Permission::StockManage));
    assert!(!both.has(Permission::OrderReview));
}
