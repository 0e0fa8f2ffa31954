//! Keeping the sheet of the quick order on the device of whoever is signed in.

use countersign_sync::quick_sheet::{NotOpened, QuickSheet, Saved, SheetRow, lacking};
use leptos::prelude::*;

use crate::offline::device::DeviceStore;
use crate::queries::draft::Cart;

/// How the sheet stands with the device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SheetKeeping {
    /// It is kept as it is.
    #[default]
    Kept,
    /// A change is on its way.
    Writing,
    /// The browser gives no storage: it is gone with the page.
    Fleeting,
    /// The device has refused, and is asked again with the next change.
    Refused,
    /// A newer app has kept one, and this app must not touch it.
    Newer,
}

/// Keeps the sheet. Cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct SheetKeeper {
    store: StoredValue<Option<DeviceStore>, LocalStorage>,
    /// The version that is kept.
    base: StoredValue<Option<u64>>,
    /// What is kept.
    kept: StoredValue<Vec<SheetRow>>,
    /// How it stands.
    pub keeping: RwSignal<SheetKeeping>,
}

impl SheetKeeper {
    /// Keeps nothing until it is opened.
    pub fn closed() -> Self {
        Self {
            store: StoredValue::new_local(None),
            base: StoredValue::new(None),
            kept: StoredValue::new(Vec::new()),
            keeping: RwSignal::new(SheetKeeping::Fleeting),
        }
    }

    /// The rows that are kept for the owner of `cart`, which must be open.
    pub async fn open(self, cart: Cart) -> Vec<SheetRow> {
        let Some(store) = cart.store() else {
            return Vec::new();
        };
        let is_durable = store.is_durable();
        let opened = QuickSheet::new(store.clone()).open().await;
        let (keeping, rows) = match opened {
            Ok(opened) => {
                self.base.try_set_value(opened.base);
                self.kept.try_set_value(opened.rows.clone());
                self.store.try_set_value(Some(store));
                let keeping = if is_durable {
                    SheetKeeping::Kept
                } else {
                    SheetKeeping::Fleeting
                };
                (keeping, opened.rows)
            }
            Err(NotOpened::Unreadable) => (SheetKeeping::Newer, Vec::new()),
            Err(NotOpened::Refused(_)) => (SheetKeeping::Refused, Vec::new()),
        };
        self.keeping.try_set(keeping);
        rows
    }

    /// A change is on its way.
    pub fn touch(self) {
        if self.keeping.get_untracked() == SheetKeeping::Kept {
            self.keeping.set(SheetKeeping::Writing);
        }
    }

    /// Keeps these rows. Where another tab has written meanwhile, it gives what they lack of that: it belongs into the sheet,
    /// which is then to be kept again.
    pub async fn keep(self, rows: Vec<SheetRow>) -> Option<Vec<SheetRow>> {
        let store = self.store.try_get_value().flatten()?;
        if self.kept.try_with_value(|kept| *kept == rows) == Some(true) {
            self.settle(SheetKeeping::Kept);
            return None;
        }
        let base = self.base.try_get_value().flatten();
        match QuickSheet::new(store).save(&rows, base).await {
            Ok(Saved::Kept(version)) => {
                self.base.try_set_value(version);
                self.kept.try_set_value(rows);
                self.settle(SheetKeeping::Kept);
                None
            }
            Ok(Saved::Theirs(theirs)) => {
                self.base.try_set_value(theirs.base);
                self.kept.try_set_value(theirs.rows.clone());
                Some(lacking(&rows, theirs.rows))
            }
            Err(NotOpened::Unreadable) => {
                self.settle(SheetKeeping::Newer);
                None
            }
            Err(NotOpened::Refused(_)) => {
                self.settle(SheetKeeping::Refused);
                None
            }
        }
    }

    fn settle(self, keeping: SheetKeeping) {
        let is_durable = self
            .store
            .try_with_value(|store| store.as_ref().is_some_and(DeviceStore::is_durable));
        let keeping = match keeping {
            SheetKeeping::Kept if is_durable != Some(true) => SheetKeeping::Fleeting,
            keeping => keeping,
        };
        if self.keeping.try_get_untracked() != Some(keeping) {
            self.keeping.try_set(keeping);
        }
    }
}
