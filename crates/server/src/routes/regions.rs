//! `/regions`: for staff.

use countersign_contract::region::{ListRegions, RegionShown};

use crate::auth::require_staff;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::regions;
use crate::state::AppState;

/// `GET /regions`: those the caller sees orders of, by code.
pub async fn list(state: AppState, call: Call<ListRegions>) -> Reply<ListRegions> {
    let caller = call.caller()?;
    require_staff(caller)?;
    let mut connection = state.db.read().await?;
    let mut all = regions::all(&mut connection).await?;
    all.retain(|region| caller.actor.sees_region(region.id));
    let shown = all.into_iter().map(|region| RegionShown {
        id: region.id,
        name: region.name,
    });
    Ok(Answer::new(shown.collect()))
}
