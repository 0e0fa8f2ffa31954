//! `/settings/delegations`: who stands in for whom. For staff.

mod add;
mod end;
mod list;

use countersign_contract::delegation::{AddDelegation, EndDelegation, ListDelegations};
use countersign_contract::event::LiveEvent;
use countersign_domain::delegation::Delegation;

use crate::db::Tx;
use crate::events::{Audience, Notice};
use crate::http::route::Api;

/// Adds the delegations.
pub fn add(api: Api) -> Api {
    api.route::<ListDelegations, _, _>(list::list)
        .route::<AddDelegation, _, _>(add::add)
        .route::<EndDelegation, _, _>(end::end)
}

/// Tells both that what the one may do has changed: their devices ask again who they are.
fn announce(tx: &mut Tx, delegation: &Delegation) {
    for account in [delegation.from, delegation.to] {
        tx.announce(Notice::Changed {
            audience: Audience::Account(account),
            event: LiveEvent::WorkflowChanged,
        });
    }
}
