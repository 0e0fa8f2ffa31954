//! The settings of the workflow one by one: how each is typed, what is wrong with it, and what differs between two sets.

use countersign_contract::problem::{FieldCode, FieldError};
use countersign_domain::money::Money;
use countersign_domain::workflow::{Stage, Workflow};

use crate::features::settings::methods::names;

/// A year in hours: no deadline is longer.
const MAX_HOURS: u32 = 24 * 366;
/// A year in days.
const MAX_DAYS: u32 = 366;

/// A setting that is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// The total from which executive approval is needed; empty for none.
    Threshold,
    /// Hours a customer has to answer.
    ConfirmationHours,
    /// Days until silence counts as receipt.
    DeemedReceiptDays,
    /// Days without news of a shipment until it is an alert.
    ShipmentNewsDays,
    /// Hours for the reviews of a normal order.
    NormalHours,
    /// The same for a special one.
    SpecialHours,
    /// The same for an urgent one.
    UrgentHours,
    /// Days of slack in the promised date.
    SlackDays,
}

/// A setting that is on or off, beside the stages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Duty {
    /// Nobody approves an order they created on behalf of a customer.
    CreatorMayNotApprove,
    /// No one person passes two review stages of one order.
    OneStagePerPerson,
    /// Outbound review needs a second check.
    SecondCheck,
    /// Goods receipt of returns.
    ReturnGoodsReceipt,
    /// Refund confirmation of returns.
    ReturnRefund,
}

/// Any setting of the workflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Setting {
    /// Whether a stage is on.
    Stage(Stage),
    /// Whether a rule is on.
    Duty(Duty),
    /// What is typed.
    Field(Field),
    /// The delivery methods that are offered.
    DeliveryMethods,
}

impl Field {
    /// Every field, in the order of the page.
    pub const ALL: [Self; 8] = [
        Self::ConfirmationHours,
        Self::Threshold,
        Self::DeemedReceiptDays,
        Self::ShipmentNewsDays,
        Self::NormalHours,
        Self::SpecialHours,
        Self::UrgentHours,
        Self::SlackDays,
    ];

    /// Where the server finds it in the settings: a JSON pointer without its first slash.
    fn place(self) -> &'static str {
        match self {
            Self::Threshold => "executive_threshold",
            Self::ConfirmationHours => "confirmation_hours",
            Self::DeemedReceiptDays => "deemed_receipt_days",
            Self::ShipmentNewsDays => "shipment_news_days",
            Self::NormalHours => "review_hours/normal",
            Self::SpecialHours => "review_hours/special",
            Self::UrgentHours => "review_hours/urgent",
            Self::SlackDays => "slack_days",
        }
    }

    /// Least and most; an amount has a least only.
    fn bounds(self) -> (u32, u32) {
        match self {
            Self::ConfirmationHours | Self::NormalHours | Self::SpecialHours | Self::UrgentHours => {
                (1, MAX_HOURS)
            }
            Self::DeemedReceiptDays | Self::ShipmentNewsDays => (1, MAX_DAYS),
            Self::SlackDays | Self::Threshold => (0, MAX_DAYS),
        }
    }

    fn number(self, workflow: &Workflow) -> u32 {
        match self {
            Self::Threshold => 0,
            Self::ConfirmationHours => workflow.confirmation_hours,
            Self::DeemedReceiptDays => workflow.deemed_receipt_days,
            Self::ShipmentNewsDays => workflow.shipment_news_days,
            Self::NormalHours => workflow.review_hours.normal,
            Self::SpecialHours => workflow.review_hours.special,
            Self::UrgentHours => workflow.review_hours.urgent,
            Self::SlackDays => workflow.slack_days,
        }
    }

    /// How it is typed.
    pub fn text(self, workflow: &Workflow) -> String {
        match self {
            Self::Threshold => {
                let threshold = workflow.executive_threshold;
                threshold.map(|amount| amount.to_string()).unwrap_or_default()
            }
            field => field.number(workflow).to_string(),
        }
    }

    /// Writes what was typed into `workflow`.
    ///
    /// # Errors
    /// What is wrong with it; then `workflow` stays as it is.
    pub fn write(self, typed: &str, workflow: &mut Workflow) -> Result<(), FieldCode> {
        let typed = typed.trim();
        if self == Self::Threshold {
            workflow.executive_threshold = threshold(typed)?;
            return Ok(());
        }
        let number = self.read(typed)?;
        match self {
            Self::Threshold => {}
            Self::ConfirmationHours => workflow.confirmation_hours = number,
            Self::DeemedReceiptDays => workflow.deemed_receipt_days = number,
            Self::ShipmentNewsDays => workflow.shipment_news_days = number,
            Self::NormalHours => workflow.review_hours.normal = number,
            Self::SpecialHours => workflow.review_hours.special = number,
            Self::UrgentHours => workflow.review_hours.urgent = number,
            Self::SlackDays => workflow.slack_days = number,
        }
        Ok(())
    }

    fn read(self, typed: &str) -> Result<u32, FieldCode> {
        if typed.is_empty() {
            return Err(FieldCode::Required);
        }
        if !typed.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(FieldCode::Invalid);
        }
        // Only digits: what doesn't fit is too large.
        let number: u32 = typed.parse().map_err(|_| FieldCode::TooLarge)?;
        let (least, most) = self.bounds();
        match number {
            number if number < least => Err(FieldCode::TooSmall),
            number if number > most => Err(FieldCode::TooLarge),
            number => Ok(number),
        }
    }
}

/// An amount typed by a person; nothing typed is no amount.
fn threshold(typed: &str) -> Result<Option<Money>, FieldCode> {
    if typed.is_empty() {
        return Ok(None);
    }
    let amount: Money = typed.parse().map_err(|_| FieldCode::Invalid)?;
    if amount.is_negative() {
        Err(FieldCode::TooSmall)
    } else {
        Ok(Some(amount))
    }
}

impl Duty {
    /// Every one of them.
    pub const ALL: [Self; 5] = [
        Self::CreatorMayNotApprove,
        Self::OneStagePerPerson,
        Self::SecondCheck,
        Self::ReturnGoodsReceipt,
        Self::ReturnRefund,
    ];

    /// Whether it is on.
    pub fn is_on(self, workflow: &Workflow) -> bool {
        match self {
            Self::CreatorMayNotApprove => workflow.creator_may_not_approve,
            Self::OneStagePerPerson => workflow.one_stage_per_person,
            Self::SecondCheck => workflow.second_check,
            Self::ReturnGoodsReceipt => workflow.return_goods_receipt,
            Self::ReturnRefund => workflow.return_refund,
        }
    }

    /// Switches it.
    pub fn set(self, workflow: &mut Workflow, on: bool) {
        match self {
            Self::CreatorMayNotApprove => workflow.creator_may_not_approve = on,
            Self::OneStagePerPerson => workflow.one_stage_per_person = on,
            Self::SecondCheck => workflow.second_check = on,
            Self::ReturnGoodsReceipt => workflow.return_goods_receipt = on,
            Self::ReturnRefund => workflow.return_refund = on,
        }
    }
}

/// The value of a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// On or off.
    Switch(bool),
    /// As it is typed; empty for none.
    Typed(String),
}

impl Setting {
    /// Every setting, in the order of the page.
    pub fn all() -> impl Iterator<Item = Self> {
        let stages = Stage::ALL.into_iter().filter(|stage| stage.may_be_off());
        stages
            .map(Self::Stage)
            .chain(Field::ALL.into_iter().map(Self::Field))
            .chain(Duty::ALL.into_iter().map(Self::Duty))
            .chain([Self::DeliveryMethods])
    }

    /// Its value.
    pub fn value(self, workflow: &Workflow) -> Value {
        match self {
            Self::Stage(stage) => Value::Switch(workflow.stages.is_on(stage)),
            Self::Duty(duty) => Value::Switch(duty.is_on(workflow)),
            Self::Field(field) => Value::Typed(field.text(workflow)),
            Self::DeliveryMethods => Value::Typed(names(&workflow.delivery_methods)),
        }
    }
}

/// A setting that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Which.
    pub setting: Setting,
    /// What it was.
    pub from: Value,
    /// What it is now.
    pub to: Value,
}

/// What differs between two sets of settings.
pub fn changes(before: &Workflow, after: &Workflow) -> Vec<Changed> {
    let differs = |setting: Setting| {
        let (from, to) = (setting.value(before), setting.value(after));
        (from != to).then_some(Changed { setting, from, to })
    };
    Setting::all().filter_map(differs).collect()
}

/// The settings as they were typed, with the switches as they stand.
///
/// # Errors
/// Every field that can't be taken as it is.
pub fn read(
    switched: &Workflow,
    typed: impl Fn(Field) -> String,
) -> Result<Workflow, Vec<(Field, FieldCode)>> {
    let mut workflow = switched.clone();
    let wrong: Vec<_> = Field::ALL
        .into_iter()
        .filter_map(|field| {
            field
                .write(&typed(field), &mut workflow)
                .err()
                .map(|code| (field, code))
        })
        .collect();
    if wrong.is_empty() {
        Ok(workflow)
    } else {
        Err(wrong)
    }
}

/// The server's word on fields, where each of them is one of the page's.
pub fn of_server(errors: &[FieldError]) -> Option<Vec<(Field, FieldCode)>> {
    let field = |error: &FieldError| {
        let place = error.pointer.strip_prefix('/')?;
        let found = Field::ALL.into_iter().find(|field| field.place() == place);
        found.map(|field| (field, error.code))
    };
    errors.iter().map(field).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(of: &Workflow, field: Field, text: &str) -> Result<Workflow, Vec<(Field, FieldCode)>> {
        read(of, |asked| {
            if asked == field {
                text.to_owned()
            } else {
                asked.text(of)
            }
        })
    }

    #[test]
    fn what_is_shown_is_read_back_as_it_was() {
        let mut workflow = Workflow::default();
        assert_eq!(
            read(&workflow, |field| field.text(&workflow)),
            Ok(workflow.clone())
        );
        workflow.executive_threshold = Some(Money::new(5_000_000, 2));
        workflow.slack_days = 0;
        assert_eq!(
            read(&workflow, |field| field.text(&workflow)),
            Ok(workflow.clone())
        );
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        let cases = [
            (Field::ConfirmationHours, "", FieldCode::Required),
            (Field::ConfirmationHours, "0", FieldCode::TooSmall),
            (Field::NormalHours, "a day", FieldCode::Invalid),
            (Field::UrgentHours, "1.5", FieldCode::Invalid),
            (Field::SpecialHours, "99999999999999", FieldCode::TooLarge),
            (Field::DeemedReceiptDays, "367", FieldCode::TooLarge),
            (Field::Threshold, "-1", FieldCode::TooSmall),
            (Field::Threshold, "much", FieldCode::Invalid),
        ];
        for (field, text, code) in cases {
            assert_eq!(
                typed(&Workflow::default(), field, text),
                Err(vec![(field, code)]),
                "{text}"
            );
        }
    }

    #[test]
    fn no_amount_is_no_threshold() {
        let workflow = Workflow {
            executive_threshold: Some(Money::new(1, 0)),
            ..Workflow::default()
        };
        let read = typed(&workflow, Field::Threshold, " ").expect("nothing is wrong");
        assert_eq!(read.executive_threshold, None);
    }

    #[test]
    fn a_difference_names_the_setting_and_both_values() {
        let before = Workflow::default();
        let mut after = before.clone();
        after.stages.set(Stage::FinanceReview, false);
        after.slack_days = 3;
        let found = changes(&before, &after);
        let switched = Changed {
            setting: Setting::Stage(Stage::FinanceReview),
            from: Value::Switch(true),
            to: Value::Switch(false),
        };
        let slack = Changed {
            setting: Setting::Field(Field::SlackDays),
            from: Value::Typed("1".to_owned()),
            to: Value::Typed("3".to_owned()),
        };
        assert_eq!(found, [switched, slack]);
        assert_eq!(changes(&before, &before), []);
    }

    #[test]
    fn the_servers_word_is_shown_at_the_field_it_is_about() {
        let error = |pointer: &str| FieldError {
            pointer: pointer.to_owned(),
            code: FieldCode::TooLarge,
        };
        let found = of_server(&[error("/review_hours/urgent")]);
        assert_eq!(found, Some(vec![(Field::UrgentHours, FieldCode::TooLarge)]));
        assert_eq!(of_server(&[error("/review_hours/urgent"), error("/else")]), None);
    }
}
