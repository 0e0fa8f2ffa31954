//! `GET /meta`: what the deployment says of itself.

use countersign_contract::meta::{GetMeta, Meta};

use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::settings;
use crate::state::AppState;

/// Name, version, and the demo accounts where this is a demo.
pub async fn get(state: AppState, _call: Call<GetMeta>) -> Reply<GetMeta> {
    let mut connection = state.db.read().await?;
    let demo_accounts = if state.site.demo {
        settings::get(&mut connection, settings::DEMO_ACCOUNTS)
            .await?
            .value
    } else {
        Vec::new()
    };
    Ok(Answer::new(Meta {
        company: settings::company(&mut connection).await?,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        demo_accounts,
    }))
}
