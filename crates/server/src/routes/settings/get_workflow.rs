use countersign_contract::settings::GetWorkflow;
use countersign_domain::permission::Permission;

use super::with_waiting;
use crate::auth::require;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::settings;
use crate::state::AppState;

/// `GET /settings/workflow`: the stages, deadlines and duties, and what waits.
pub async fn get_workflow(state: AppState, call: Call<GetWorkflow>) -> Reply<GetWorkflow> {
    require(call.caller()?, Permission::SettingsManage)?;
    let mut connection = state.db.read().await?;
    let setting = settings::workflow(&mut connection).await?;
    let shown = with_waiting(&mut connection, setting, state.clock.now()).await?;
    let version = shown.version;
    Ok(Answer::versioned(shown, version))
}
