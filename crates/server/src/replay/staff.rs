//! The staff that passes orders on.

use countersign_domain::money::Currency;

use super::Options;
use super::client::Person;
use super::error::ReplayError;

/// Everybody, signed in.
pub(super) struct Staff {
    pub(super) review: Person,
    pub(super) finance: Person,
    pub(super) outbound: Person,
    pub(super) ship: Person,
}

impl Staff {
    pub(super) async fn sign_in(options: &Options) -> Result<Self, ReplayError> {
        let sign_in = |login| Person::sign_in(&options.server, login, &options.staff_password);
        let logins = &options.staff;
        Ok(Self {
            review: sign_in(&logins.review).await?,
            finance: sign_in(&logins.finance).await?,
            outbound: sign_in(&logins.outbound).await?,
            ship: sign_in(&logins.ship).await?,
        })
    }

    /// The currency of the deployment.
    pub(super) fn currency(&self) -> &Currency {
        &self.review.session.workflow.currency
    }
}
