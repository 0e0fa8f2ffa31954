//! What a deployment starts with: the built-in roles and a first administrator, or the sample wholesaler of the demo.
//!
//! The sample is plain data of the testkit crate; here it becomes values of the domain. Its orders are played through the
//! order machine ([`play`]), so that they are as true as any other. All of it is one transaction: a start that was cut
//! short leaves nothing behind, and a database with anything in it is left as it is.
//!
//! What must never be here: a rule of the business, or anything a deployment that isn't a demo depends on beside
//! [`roles`] and [`administrator`].

mod administrator;
mod conversations;
mod delivery;
mod error;
mod goods;
mod ids;
mod lists;
mod notices;
mod people;
mod play;
mod promotions;
mod returns;
pub mod roles;
mod shelves;
mod steps;
mod store;

use chrono::{DateTime, FixedOffset, Utc};
use countersign_domain::money::Money;
use countersign_domain::text::LocalText;
use countersign_domain::workflow::Workflow;
use countersign_testkit::sample::orders::{EXECUTIVE_THRESHOLD, plan};
use countersign_testkit::sample::{DEMO_PASSWORD, Text};

use crate::db::Tx;
use crate::repo::{deployment, orders};
use crate::state::AppState;

pub use administrator::{NewAdministrator, create_administrator};
pub use error::SeedError;

/// What seeding came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seeded {
    /// There was something in the database: nothing was changed.
    LeftAsItIs,
    /// The sample is in it now.
    Filled(Counts),
}

/// How much of the sample there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Products.
    pub products: usize,
    /// Customers.
    pub customers: usize,
    /// Orders.
    pub orders: usize,
    /// Orders that stopped where the sample wanted them to go on; none, unless sample and rules have drifted apart.
    pub stuck: usize,
}

/// Fills an empty database with the sample wholesaler, whose months of orders lead up to now.
///
/// # Errors
/// A [`SeedError`]; nothing was kept then.
pub async fn sample(state: &AppState) -> Result<Seeded, SeedError> {
    {
        let mut connection = state.db.read().await?;
        if !deployment::is_empty(&mut connection).await? {
            return Ok(Seeded::LeftAsItIs);
        }
    }
    // Hashed once: every demo account has the same published password.
    let sample = Sample {
        password_hash: state.passwords.hash(DEMO_PASSWORD).await?,
        now: state.clock.now(),
        offset: state.site.offset,
    };
    state.db.write(move |tx| Box::pin(sample.store(tx))).await
}

/// The sample, as the transaction works on it.
struct Sample {
    password_hash: String,
    now: DateTime<Utc>,
    offset: FixedOffset,
}

impl Sample {
    async fn store(self, tx: &mut Tx) -> Result<Seeded, SeedError> {
        // Asked again: another process may have been quicker.
        if !deployment::is_empty(tx).await? {
            return Ok(Seeded::LeftAsItIs);
        }
        let goods = goods::Goods::read()?;
        let workflow = workflow();
        let planned = plan(self.now);
        let opened = planned
            .first()
            .map_or(self.now, |first| first.submitted_at.min(self.now));
        store::settings(tx, &workflow, opened).await?;
        store::people(tx, &self.password_hash, opened).await?;
        store::goods(tx, &goods, opened).await?;
        let mut numbers = Vec::with_capacity(planned.len());
        for order in &planned {
            let day = order.submitted_at.with_timezone(&self.offset).date_naive();
            numbers.push(orders::next_number(tx, day).await?);
        }
        let played = play::Desk::play(&planned, numbers, &goods, &workflow, self.offset)?;
        store::orders(tx, &played, &workflow.currency).await?;
        returns::returns(tx, &played.orders, self.offset, self.now).await?;
        conversations::store(tx, &played.orders, self.now).await?;
        lists::store(tx, &played, self.now).await?;
        notices::store(tx, self.now).await?;
        promotions::store(tx, &goods, self.now).await?;
        Ok(Seeded::Filled(Counts {
            products: goods.products.len(),
            customers: countersign_testkit::sample::customers::customers().len(),
            orders: played.orders.len(),
            stuck: played.orders.iter().filter(|order| order.stuck).count(),
        }))
    }
}

/// The workflow of the demo: the defaults with every stage switched on, so that there is something to see at each.
fn workflow() -> Workflow {
    let mut workflow = Workflow {
        executive_threshold: Some(Money(EXECUTIVE_THRESHOLD)),
        delivery_methods: delivery::methods(),
        ..Workflow::default()
    };
    workflow.stages.executive_approval = true;
    workflow.stages.production = true;
    workflow
}

fn local(text: Text) -> LocalText {
    LocalText::new(text.zh, text.en)
}

#[cfg(test)]
mod tests;
