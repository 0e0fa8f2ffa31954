//! What the demo customers keep to order from again: a list of what each orders most, and a few favourites.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use countersign_contract::list::{ItemBody, ListBody};
use countersign_domain::id::{CustomerId, ListId, VariantId};
use countersign_domain::order::OrderStatus;
use countersign_domain::quantity::Quantity;
use countersign_domain::usual::{Purchase, Usual};
use countersign_testkit::sample::customers::customers;

use super::SeedError;
use super::ids::id;
use super::people;
use super::play::Outcome;
use crate::db::Tx;
use crate::db::row::to_json;
use crate::digest::sha256_hex;
use crate::repo::{favourites, lists};

/// What the list is called: in the customers' own language, as people name things.
const NAME: &str = "每周补货";

/// Items of the list.
const ITEMS: usize = 8;

/// Favourites, of which two are on no list.
const FAVOURITES: usize = 5;

/// Stores them, as if they had been saved by now.
pub(super) async fn store(tx: &mut Tx, played: &Outcome, now: DateTime<Utc>) -> Result<(), SeedError> {
    for sample in customers().iter().filter(|customer| customer.is_demo()) {
        let customer = people::customer(sample)?.id;
        let usual = most_bought(played, customer, now);
        let items = usual.iter().take(ITEMS).map(|(variant, usual)| ItemBody {
            variant_id: *variant,
            quantity: usual.quantity,
            note: String::new(),
        });
        let body = ListBody {
            name: NAME.to_owned(),
            items: items.collect(),
        };
        let fingerprint = sha256_hex(to_json(&body)?.as_bytes());
        let list = ListId(id("list", sample.code));
        lists::put(tx, customer, list, &body, &fingerprint, now).await?;
        let marked = usual.iter().skip(ITEMS.saturating_sub(3)).take(FAVOURITES);
        for (number, (variant, _)) in (1..).zip(marked) {
            let at = now.checked_sub_signed(TimeDelta::days(number)).unwrap_or(now);
            favourites::put(tx, customer, *variant, at).await?;
        }
    }
    Ok(())
}

/// What `customer` has bought, that of most orders first.
fn most_bought(played: &Outcome, customer: CustomerId, now: DateTime<Utc>) -> Vec<(VariantId, Usual)> {
    let mut purchases: BTreeMap<VariantId, Vec<Purchase>> = BTreeMap::new();
    let orders = played.orders.iter().map(|one| &one.order);
    let own = orders.filter(|order| order.customer_id == customer && order.status != OrderStatus::Voided);
    for order in own {
        for line in order.lines.iter().filter(|line| line.approved > Quantity::ZERO) {
            purchases.entry(line.variant_id).or_default().push(Purchase {
                on: order.submitted_at.date_naive(),
                quantity: line.approved,
            });
        }
    }
    let mut all: Vec<(VariantId, Usual)> = purchases
        .into_iter()
        .filter_map(|(variant, bought)| Some((variant, Usual::of(&bought, now.date_naive())?)))
        .collect();
    all.sort_by_key(|(_, usual)| std::cmp::Reverse((usual.orders, usual.last_on)));
    all
}
