//! The regions of the supplier's sales organisation.

use countersign_domain::id::RegionId;
use countersign_domain::text::LocalText;
use serde::{Deserialize, Serialize};

use crate::endpoint::{NoContent, NoQuery, endpoints};

endpoints! {
    /// The regions these staff see orders of
    ListRegions = Get "/regions" "list_regions" None true 200 ((), NoQuery, NoContent) -> Vec<RegionShown>;
}

/// A region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegionShown {
    /// Its id.
    pub id: RegionId,
    /// Its name.
    pub name: LocalText,
}
