use std::collections::BTreeSet;

use countersign_contract::event::LiveEvent;
use countersign_contract::problem::FieldCode;
use countersign_contract::settings::PutWorkflow;
use countersign_domain::permission::Permission;
use countersign_domain::workflow::Workflow;

use super::with_waiting;
use crate::auth::require;
use crate::error::ApiError;
use crate::events::{Audience, Notice};
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::http::input::Check;
use crate::repo::settings::{self, Setting};
use crate::state::AppState;

/// A year in hours: no deadline is longer.
const MAX_HOURS: u32 = 24 * 366;
/// A year in days.
const MAX_DAYS: u32 = 366;
/// Most delivery methods: a list to choose from at a glance.
const MAX_METHODS: usize = 20;
/// Longest name of one in a language, in characters.
const MAX_METHOD_NAME: usize = 60;

/// `PUT /settings/workflow`: replaces the workflow. Orders that wait at a stage stay there (domain.md section 3, rule 2).
pub async fn put_workflow(state: AppState, call: Call<PutWorkflow>) -> Reply<PutWorkflow> {
    require(call.caller()?, Permission::SettingsManage)?;
    check(&call.body)?;
    let expected = call.expected()?;
    let now = state.clock.now();
    let shown = state
        .db
        .write(move |tx| {
            Box::pin(async move {
                let stored = settings::workflow(tx).await?;
                expected.check(stored.version)?;
                let workflow = Workflow {
                    // Amounts that exist are in this currency; it is chosen when the deployment is set up.
                    currency: stored.value.currency,
                    ..call.body
                };
                let version = settings::put(tx, settings::WORKFLOW, &workflow, now).await?;
                tx.announce(Notice::Changed {
                    audience: Audience::Everyone,
                    event: LiveEvent::WorkflowChanged,
                });
                let setting = Setting {
                    value: workflow,
                    version,
                };
                Ok::<_, ApiError>(with_waiting(tx, setting, now).await?)
            })
        })
        .await?;
    let version = shown.version;
    Ok(Answer::versioned(shown, version))
}

fn check(workflow: &Workflow) -> Result<(), ApiError> {
    let mut check = Check::default();
    let mut bounded = |value: u32, least: u32, most: u32, pointer: &str| {
        check.that(value >= least, pointer, FieldCode::TooSmall);
        check.that(value <= most, pointer, FieldCode::TooLarge);
    };
    bounded(workflow.confirmation_hours, 1, MAX_HOURS, "/confirmation_hours");
    bounded(workflow.deemed_receipt_days, 1, MAX_DAYS, "/deemed_receipt_days");
    bounded(workflow.shipment_news_days, 1, MAX_DAYS, "/shipment_news_days");
    bounded(workflow.review_hours.normal, 1, MAX_HOURS, "/review_hours/normal");
    bounded(
        workflow.review_hours.special,
        1,
        MAX_HOURS,
        "/review_hours/special",
    );
    bounded(workflow.review_hours.urgent, 1, MAX_HOURS, "/review_hours/urgent");
    bounded(workflow.slack_days, 0, MAX_DAYS, "/slack_days");
    let threshold = workflow.executive_threshold;
    check.that(
        threshold.is_none_or(|threshold| !threshold.is_negative()),
        "/executive_threshold",
        FieldCode::TooSmall,
    );
    let methods = &workflow.delivery_methods;
    check.that(
        methods.len() <= MAX_METHODS,
        "/delivery_methods",
        FieldCode::TooLong,
    );
    let mut known = BTreeSet::new();
    for (index, method) in methods.iter().enumerate() {
        let pointer = |part: &str| format!("/delivery_methods/{index}/{part}");
        check.that(known.insert(method.id), pointer("id"), FieldCode::Invalid);
        // A customer reads it in either language.
        for (part, name) in [("name/zh", &method.name.zh), ("name/en", &method.name.en)] {
            check.required_text(name, MAX_METHOD_NAME, pointer(part));
        }
    }
    check.done()
}
