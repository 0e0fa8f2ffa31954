//! Who is asking: passwords, sessions, and keeping guessers and other sites out (protocol.md, Sign-in).

pub mod cookie;
pub mod limit;
pub mod password;
pub mod session;

use countersign_domain::actor::{Actor, Side};
use countersign_domain::permission::Permission;
use countersign_domain::policy::DenyReason;
use countersign_domain::text::LocalText;

/// The account behind a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The account as the rules see it.
    pub actor: Actor,
    /// Hash of the session's id, under which it is stored.
    pub session: String,
    /// Login name.
    pub login: String,
    /// Name of the person.
    pub name: String,
    /// Name of the customer, or of the roles held.
    pub organisation: LocalText,
}

/// Whether `caller` is staff at all.
///
/// # Errors
/// Why not, as the app says it.
pub fn require_staff(caller: &Caller) -> Result<(), DenyReason> {
    match caller.actor.side {
        Side::Supplier { .. } => Ok(()),
        Side::Distributor { .. } | Side::System => Err(DenyReason::OnlySupplier),
    }
}

/// Whether `caller` is staff holding `permission`.
///
/// # Errors
/// Why not, as the app says it.
pub fn require(caller: &Caller, permission: Permission) -> Result<(), DenyReason> {
    match caller.actor.side {
        Side::Supplier { .. } if caller.actor.holds(permission) => Ok(()),
        Side::Supplier { .. } => Err(DenyReason::NeedsPermission { permission }),
        Side::Distributor { .. } | Side::System => Err(DenyReason::OnlySupplier),
    }
}
