//! The settings in words.

use countersign_domain::money::Currency;
use countersign_domain::workflow::Stage;

use crate::features::settings::model::{Duty, Field, Setting, Value};
use crate::features::settings::way::Skip;
use crate::i18n::{format, labels};
use crate::text;

/// What a setting is called.
pub fn name(setting: Setting) -> String {
    match setting {
        Setting::Stage(stage) => labels::stage(stage),
        Setting::Duty(duty) => duty_name(duty),
        Setting::Field(field) => field_name(field),
        Setting::DeliveryMethods => text!(settings.delivery.title),
    }
}

/// What a field is called.
pub fn field_name(field: Field) -> String {
    match field {
        Field::Threshold => text!(settings.field.threshold),
        Field::ConfirmationHours => text!(settings.field.confirmation_hours),
        Field::DeemedReceiptDays => text!(settings.field.deemed_receipt_days),
        Field::ShipmentNewsDays => text!(settings.field.shipment_news_days),
        Field::NormalHours => text!(
            settings.field.review_hours,
            priority = text!(labels.priority.normal)
        ),
        Field::SpecialHours => text!(
            settings.field.review_hours,
            priority = text!(labels.priority.special)
        ),
        Field::UrgentHours => text!(
            settings.field.review_hours,
            priority = text!(labels.priority.urgent)
        ),
        Field::SlackDays => text!(settings.field.slack_days),
    }
}

/// What happens with it; empty where the name says enough.
pub fn field_hint(field: Field) -> String {
    match field {
        Field::Threshold => text!(settings.hint.threshold),
        Field::ConfirmationHours => text!(settings.hint.confirmation_hours),
        Field::DeemedReceiptDays => text!(settings.hint.deemed_receipt_days),
        Field::ShipmentNewsDays => text!(settings.hint.shipment_news_days),
        Field::SlackDays => text!(settings.hint.slack_days),
        Field::NormalHours | Field::SpecialHours | Field::UrgentHours => String::new(),
    }
}

/// What it is counted in.
pub fn unit(field: Field, currency: &Currency) -> String {
    match field {
        Field::Threshold => currency.code.clone(),
        Field::ConfirmationHours | Field::NormalHours | Field::SpecialHours | Field::UrgentHours => {
            text!(settings.hours)
        }
        Field::DeemedReceiptDays | Field::ShipmentNewsDays | Field::SlackDays => text!(settings.days),
    }
}

/// What a rule says.
pub fn duty_name(duty: Duty) -> String {
    match duty {
        Duty::CreatorMayNotApprove => text!(settings.duty.creator),
        Duty::OneStagePerPerson => text!(settings.duty.one_stage),
        Duty::SecondCheck => text!(settings.duty.second_check),
        Duty::ReturnGoodsReceipt => text!(settings.duty.return_goods_receipt),
        Duty::ReturnRefund => text!(settings.duty.return_refund),
    }
}

/// What it means, in a sentence.
pub fn duty_hint(duty: Duty) -> String {
    match duty {
        Duty::CreatorMayNotApprove => text!(settings.duty_hint.creator),
        Duty::OneStagePerPerson => text!(settings.duty_hint.one_stage),
        Duty::SecondCheck => text!(settings.duty_hint.second_check),
        Duty::ReturnGoodsReceipt => text!(settings.duty_hint.return_goods_receipt),
        Duty::ReturnRefund => text!(settings.duty_hint.return_refund),
    }
}

/// Why a stage can't be switched off.
pub fn fixed(stage: Stage) -> Option<String> {
    match stage {
        Stage::Submit => Some(text!(settings.fixed.submit)),
        Stage::OrderReview => Some(text!(settings.fixed.order_review)),
        _ => None,
    }
}

/// What happens at a stage, or without it.
pub fn stage_hint(stage: Stage, on: bool) -> String {
    match (stage, on) {
        (Stage::Submit | Stage::OrderReview, _) => String::new(),
        (Stage::CustomerConfirmation, true) => text!(settings.stage_on.customer_confirmation),
        (Stage::CustomerConfirmation, false) => text!(settings.stage_off.customer_confirmation),
        (Stage::ExecutiveApproval, true) => text!(settings.stage_on.executive_approval),
        (Stage::FinanceReview, true) => text!(settings.stage_on.finance_review),
        (Stage::FinanceReview, false) => text!(settings.stage_off.finance_review),
        (Stage::Production, true) => text!(settings.stage_on.production),
        (Stage::OutboundReview, true) => text!(settings.stage_on.outbound_review),
        (Stage::OutboundReview, false) => text!(settings.stage_off.outbound_review),
        (Stage::Ship, true) => text!(settings.stage_on.ship),
        (Stage::Ship, false) => text!(settings.stage_off.ship),
        (Stage::Receive, true) => text!(settings.stage_on.receive),
        (Stage::Receive, false) => text!(settings.stage_off.receive),
        (Stage::ExecutiveApproval | Stage::Production, false) => text!(settings.stage_off.skipped),
    }
}

/// Why an imagined order leaves a stage out.
pub fn skip(why: Skip) -> String {
    match why {
        Skip::Off => text!(settings.skip.off),
        Skip::Unchanged => text!(settings.skip.unchanged),
        Skip::Small => text!(settings.skip.small),
        Skip::InStock => text!(settings.skip.in_stock),
    }
}

/// The value of a setting, as in `on` or `48 hours`.
pub fn value(setting: Setting, value: &Value, currency: &Currency) -> String {
    match (setting, value) {
        (_, Value::Switch(true)) => text!(settings.on),
        (_, Value::Switch(false)) => text!(settings.off),
        (_, Value::Typed(typed)) if typed.is_empty() => text!(settings.none),
        (Setting::Field(Field::Threshold), Value::Typed(typed)) => typed
            .parse()
            .map_or_else(|_| typed.clone(), |amount| format::money(amount, currency)),
        (Setting::Field(field), Value::Typed(typed)) => [typed.clone(), unit(field, currency)].join(" "),
        (_, Value::Typed(typed)) => typed.clone(),
    }
}
