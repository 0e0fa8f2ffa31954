//! The domain's enums in words.

use countersign_domain::customer::PaymentPolicy;
use countersign_domain::money::Currency;
use countersign_domain::order::{OrderStatus, Priority};
use countersign_domain::permission::{BuiltInRole, Permission};
use countersign_domain::price::PriceReason;
use countersign_domain::promotion::OrderReason;
use countersign_domain::workflow::Stage;

use crate::i18n::{format, local};
use crate::text;

/// Where an order stands: 待财务审核.
pub fn status(status: OrderStatus) -> String {
    match status {
        OrderStatus::PendingOrderReview => text!(labels.status.pending_order_review),
        OrderStatus::PendingCustomerConfirmation => text!(labels.status.pending_customer_confirmation),
        OrderStatus::PendingExecutiveApproval => text!(labels.status.pending_executive_approval),
        OrderStatus::PendingFinanceReview => text!(labels.status.pending_finance_review),
        OrderStatus::InProduction => text!(labels.status.in_production),
        OrderStatus::PendingOutboundReview => text!(labels.status.pending_outbound_review),
        OrderStatus::PendingShipment => text!(labels.status.pending_shipment),
        OrderStatus::PendingReceipt => text!(labels.status.pending_receipt),
        OrderStatus::Completed => text!(labels.status.completed),
        OrderStatus::SentBack => text!(labels.status.sent_back),
        OrderStatus::Voided => text!(labels.status.voided),
    }
}

/// A stage of the workflow: 财务审核.
pub fn stage(stage: Stage) -> String {
    match stage {
        Stage::Submit => text!(labels.stage.submit),
        Stage::OrderReview => text!(labels.stage.order_review),
        Stage::CustomerConfirmation => text!(labels.stage.customer_confirmation),
        Stage::ExecutiveApproval => text!(labels.stage.executive_approval),
        Stage::FinanceReview => text!(labels.stage.finance_review),
        Stage::Production => text!(labels.stage.production),
        Stage::OutboundReview => text!(labels.stage.outbound_review),
        Stage::Ship => text!(labels.stage.ship),
        Stage::Receive => text!(labels.stage.receive),
    }
}

/// How soon an order must pass the reviews.
pub fn priority(priority: Priority) -> String {
    match priority {
        Priority::Normal => text!(labels.priority.normal),
        Priority::Special => text!(labels.priority.special),
        Priority::Urgent => text!(labels.priority.urgent),
    }
}

/// What a permission allows.
pub fn permission(permission: Permission) -> String {
    match permission {
        Permission::OrderCreateOnBehalf => text!(labels.permission.order_create_on_behalf),
        Permission::OrderReview => text!(labels.permission.order_review),
        Permission::OrderFinanceReview => text!(labels.permission.order_finance_review),
        Permission::OrderOutboundReview => text!(labels.permission.order_outbound_review),
        Permission::OrderShip => text!(labels.permission.order_ship),
        Permission::OrderModify => text!(labels.permission.order_modify),
        Permission::OrderSpecialPrice => text!(labels.permission.order_special_price),
        Permission::OrderSendBack => text!(labels.permission.order_send_back),
        Permission::OrderVoid => text!(labels.permission.order_void),
        Permission::ReturnCreateOnBehalf => text!(labels.permission.return_create_on_behalf),
        Permission::ReturnReview => text!(labels.permission.return_review),
        Permission::ReturnReceiveGoods => text!(labels.permission.return_receive_goods),
        Permission::ReturnRefund => text!(labels.permission.return_refund),
        Permission::ProductManage => text!(labels.permission.product_manage),
        Permission::CategoryUnitManage => text!(labels.permission.category_unit_manage),
        Permission::StockManage => text!(labels.permission.stock_manage),
        Permission::PromotionManage => text!(labels.permission.promotion_manage),
        Permission::FundAccountManage => text!(labels.permission.fund_account_manage),
        Permission::PaymentConfirm => text!(labels.permission.payment_confirm),
        Permission::LedgerView => text!(labels.permission.ledger_view),
        Permission::CreditOverride => text!(labels.permission.credit_override),
        Permission::CustomerManage => text!(labels.permission.customer_manage),
        Permission::CustomerLevelRegionManage => text!(labels.permission.customer_level_region_manage),
        Permission::FeedbackManage => text!(labels.permission.feedback_manage),
        Permission::NoticeManage => text!(labels.permission.notice_manage),
        Permission::ReportView => text!(labels.permission.report_view),
        Permission::SettingsManage => text!(labels.permission.settings_manage),
    }
}

/// A role every deployment starts with.
pub fn role(role: BuiltInRole) -> String {
    match role {
        BuiltInRole::SystemAdministrator => text!(labels.role.system_administrator),
        BuiltInRole::BusinessLead => text!(labels.role.business_lead),
        BuiltInRole::OrderReviewer => text!(labels.role.order_reviewer),
        BuiltInRole::FinanceReviewer => text!(labels.role.finance_reviewer),
        BuiltInRole::WarehouseReviewer => text!(labels.role.warehouse_reviewer),
        BuiltInRole::Shipper => text!(labels.role.shipper),
        BuiltInRole::RegionalManager => text!(labels.role.regional_manager),
    }
}

/// How a customer pays.
pub fn policy(policy: &PaymentPolicy) -> String {
    match policy {
        PaymentPolicy::Prepaid => text!(labels.policy.prepaid),
        PaymentPolicy::Deposit { share, days } => {
            text!(labels.policy.deposit, share = format::share(*share), days = *days)
        }
        PaymentPolicy::Credit { days, .. } => text!(labels.policy.credit, days = *days),
    }
}

/// A rule that shaped a price, with its numbers.
pub fn price_reason(reason: &PriceReason, currency: &Currency) -> String {
    let money = |amount| format::money(amount, currency);
    match reason {
        PriceReason::List { price } => text!(labels.price.list, price = money(*price)),
        PriceReason::Level { price, list } => {
            text!(labels.price.level, price = money(*price), list = money(*list))
        }
        PriceReason::Agreed { price, list } => {
            text!(labels.price.agreed, price = money(*price), list = money(*list))
        }
        PriceReason::QuantityBreak { from, price } => text!(
            labels.price.quantity_break,
            from = format::quantity(*from),
            price = money(*price)
        ),
        PriceReason::Promotion { name, price, .. } => {
            text!(promotions.reason.line, name = local(name), price = money(*price))
        }
        PriceReason::OrderPromotion { name, share, .. } => {
            text!(promotions.reason.share, name = local(name), share = money(*share))
        }
        PriceReason::Bundle {
            name,
            quantity,
            saved,
            ..
        } => text!(
            promotions.reason.bundle,
            name = local(name),
            quantity = format::quantity(*quantity),
            saved = money(*saved)
        ),
        PriceReason::Gift { name, .. } => text!(promotions.reason.gift, name = local(name)),
        PriceReason::Special {
            price,
            discount,
            reason,
        } if discount.is_zero() => {
            text!(
                labels.price.special,
                price = money(*price),
                reason = reason.clone()
            )
        }
        PriceReason::Special {
            price,
            discount,
            reason,
        } => text!(
            labels.price.discount,
            price = money(*price),
            discount = format::share(*discount),
            reason = reason.clone()
        ),
    }
}

/// A promotion on an order as a whole, with its numbers.
pub fn order_reason(reason: &OrderReason, currency: &Currency) -> String {
    match reason {
        OrderReason::Discount { name, amount, .. } => text!(
            promotions.order.discount,
            name = local(name),
            amount = format::money(*amount, currency)
        ),
        OrderReason::Bundle {
            name,
            count,
            price,
            saved,
            ..
        } => text!(
            promotions.order.bundle,
            name = local(name),
            count = format::quantity(*count),
            price = format::money(*price, currency),
            saved = format::money(*saved, currency)
        ),
        OrderReason::Gift { name, .. } => text!(promotions.order.gift, name = local(name)),
        OrderReason::FreeFreight { name, freight, .. } if freight.is_zero() => {
            text!(promotions.order.free_freight, name = local(name))
        }
        OrderReason::FreeFreight { name, freight, .. } => text!(
            promotions.order.free_freight_of,
            name = local(name),
            freight = format::money(*freight, currency)
        ),
    }
}

/// The same in two or three words, for the small print below a price.
pub fn price_reason_short(reason: &PriceReason) -> String {
    match reason {
        PriceReason::List { .. } => text!(labels.price.list_short),
        PriceReason::Level { .. } => text!(labels.price.level_short),
        PriceReason::Agreed { .. } => text!(labels.price.agreed_short),
        PriceReason::QuantityBreak { from, .. } => {
            text!(labels.price.quantity_break_short, from = format::quantity(*from))
        }
        PriceReason::Promotion { name, .. } => text!(promotions.reason.line_short, name = local(name)),
        PriceReason::OrderPromotion { name, .. } => text!(promotions.reason.share_short, name = local(name)),
        PriceReason::Bundle { name, .. } => text!(promotions.reason.bundle_short, name = local(name)),
        PriceReason::Gift { .. } => text!(promotions.reason.gift_short),
        PriceReason::Special { discount, .. } if discount.is_zero() => text!(labels.price.special_short),
        PriceReason::Special { discount, .. } => {
            text!(labels.price.discount_short, discount = format::share(*discount))
        }
    }
}
