//! The customers for whom staff have ordered on this device, so that what waits there is found again: each has a storage of its
//! own, and a browser does not tell which there are.

use countersign_contract::account::CustomerRef;
use countersign_domain::id::{AccountId, CustomerId};
use leptos::prelude::window;
use web_sys::Storage;

/// Where the customers of one account are kept.
#[derive(Clone, Debug)]
pub struct CustomersPlace {
    key: String,
}

impl CustomersPlace {
    /// The place of `account` in the deployment with this API base.
    pub fn new(deployment: &str, account: AccountId) -> Self {
        Self {
            key: format!("countersign.customers.{account}@{deployment}"),
        }
    }

    /// Those who are kept. What can't be read is as if it were not there.
    pub fn read(&self) -> Vec<CustomerRef> {
        let text = storage().and_then(|storage| storage.get_item(&self.key).ok().flatten());
        text.and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default()
    }

    /// Keeps `customer`, under its name of now. Where the browser refuses, what waits is found when somebody orders for the
    /// customer again.
    pub fn keep(&self, customer: &CustomerRef) {
        let mut all = self.read();
        all.retain(|known| known.id != customer.id);
        all.push(customer.clone());
        self.write(&all);
    }

    /// Keeps `customer` no longer.
    pub fn forget(&self, customer: CustomerId) {
        let mut all = self.read();
        all.retain(|known| known.id != customer);
        self.write(&all);
    }

    fn write(&self, all: &[CustomerRef]) {
        let Some(storage) = storage() else { return };
        let _ = match serde_json::to_string(all) {
            Ok(text) if !all.is_empty() => storage.set_item(&self.key, &text),
            _ => storage.remove_item(&self.key),
        };
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
