//! `/notices`, `/managed-notices`, `/notice-targets`: what the supplier tells, who has read it, and who writes it.

mod list;
mod managed;
mod mark;
mod put;
mod targets;

use countersign_contract::notice::{
    GetManagedNotice, ListManagedNotices, ListNoticeTargets, ListNotices, MarkNoticeRead, MarkNoticesRead,
    PutManagedNotice,
};
use countersign_domain::actor::{Actor, Side};
use countersign_domain::id::RegionId;
use countersign_domain::permission::Permission;

use crate::auth::{Caller, require};
use crate::error::ApiError;
use crate::http::route::Api;

/// Adds the notices.
pub fn add(api: Api) -> Api {
    api.route::<ListNotices, _, _>(list::list)
        .route::<MarkNoticeRead, _, _>(mark::mark)
        .route::<MarkNoticesRead, _, _>(mark::mark_these)
        .route::<ListManagedNotices, _, _>(managed::list)
        .route::<GetManagedNotice, _, _>(managed::get)
        .route::<PutManagedNotice, _, _>(put::put)
        .route::<ListNoticeTargets, _, _>(targets::list)
}

/// The regions `caller` writes to; empty means everywhere.
///
/// # Errors
/// 403 when they write no notices.
fn regions_of(caller: &Caller) -> Result<Vec<RegionId>, ApiError> {
    require(caller, Permission::NoticeManage)?;
    Ok(regions(&caller.actor))
}

fn regions(actor: &Actor) -> Vec<RegionId> {
    match &actor.side {
        Side::Supplier { regions, .. } => regions.clone(),
        Side::Distributor { .. } | Side::System => Vec::new(),
    }
}
