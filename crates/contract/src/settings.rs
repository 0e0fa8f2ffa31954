//! The settings.

use countersign_domain::workflow::Workflow;
use serde::{Deserialize, Serialize};

use crate::endpoint::{NoContent, NoQuery, endpoints};
use crate::home::QueueCount;

endpoints! {
    /// The workflow: stages, deadlines, duties
    GetWorkflow = Get "/settings/workflow" "get_workflow" None true 200 ((), NoQuery, NoContent) -> WorkflowSettings;
    /// Replaces the workflow
    PutWorkflow = Put "/settings/workflow" "put_workflow" Version true 200 ((), NoQuery, Workflow) -> WorkflowSettings;
}

/// The workflow and what waits in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkflowSettings {
    /// Version of the settings; their ETag.
    pub version: u64,
    /// The settings.
    pub workflow: Workflow,
    /// How many wait at each stage: switching one off passes none of them (rule 2).
    pub waiting: Vec<QueueCount>,
}
