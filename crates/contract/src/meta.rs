//! What a deployment says of itself before anybody signs in.

use countersign_domain::text::LocalText;
use serde::{Deserialize, Serialize};

use crate::endpoint::{NoContent, NoQuery, endpoints};

endpoints! {
    /// What the deployment is, and the demo accounts where it is a demo
    GetMeta = Get "/meta" "get_meta" None false 200 ((), NoQuery, NoContent) -> Meta;
}

/// A deployment, as everybody may know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Meta {
    /// Name of the supplier.
    pub company: LocalText,
    /// Version of the server.
    pub version: String,
    /// Accounts to step into; empty unless this is a demo.
    pub demo_accounts: Vec<DemoAccount>,
}

/// An account a visitor of the demo may step into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DemoAccount {
    /// Login name.
    pub login: String,
    /// Password.
    pub password: String,
    /// Which interface it opens.
    pub side: DemoSide,
    /// Whose it is.
    pub name: LocalText,
    /// Its role, or the customer's payment policy.
    pub role: LocalText,
}

/// Which interface an account opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DemoSide {
    /// The distributor's.
    Distributor,
    /// The supplier's.
    Supplier,
}
