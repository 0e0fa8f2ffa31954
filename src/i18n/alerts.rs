//! Alerts in words.

use countersign_contract::alert::LowStock;
use countersign_domain::alert::{OrderAlert, Work};
use countersign_domain::money::Currency;

use crate::i18n::{format, labels};
use crate::text;

/// What is the matter with an order.
pub fn of_order(alert: &OrderAlert, currency: &Currency) -> String {
    match alert {
        OrderAlert::ReviewOverdue { stage, due_at } => text!(
            alerts.review_overdue,
            stage = labels::stage(*stage),
            when = format::moment(*due_at)
        ),
        OrderAlert::PromiseAtRisk {
            work: Work::Production,
            promised_date,
        } => text!(alerts.production_at_risk, date = format::date(*promised_date)),
        OrderAlert::PromiseAtRisk {
            work: Work::Shipment,
            promised_date,
        } => text!(alerts.shipment_at_risk, date = format::date(*promised_date)),
        OrderAlert::ShipmentSilent { position, shipped_at } => text!(
            alerts.shipment_silent,
            position = *position,
            when = format::moment(*shipped_at)
        ),
        OrderAlert::PaymentOverdue { due_at, owed } => text!(
            alerts.payment_overdue,
            amount = format::money(*owed, currency),
            when = format::moment(*due_at)
        ),
        OrderAlert::CreditOverridden { passed_at } => {
            text!(alerts.credit_overridden, when = format::moment(*passed_at))
        }
    }
}

/// How little there is of something.
pub fn of_stock(stock: &LowStock) -> String {
    text!(
        alerts.low_stock,
        free = format::quantity_of(stock.free, &stock.unit),
        level = format::quantity(stock.reorder_level)
    )
}
