//! The sheet of the quick order: rows that are written and not in a cart yet, one sheet for each account on a device.
//!
//! It is kept as drafts are and goes as they go: on a device that is not trusted it outlives its session only where its
//! person says so.

use serde::{Deserialize, Serialize};

use crate::record::{self, Found, Record};
use crate::store::{Batch, Store, StoreError, Table};

/// Where the sheet is, among the small things.
pub const KEY: &str = "quick-sheet";

/// A row as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SheetRow {
    /// SKU code or barcode.
    pub code: String,
    /// The quantity.
    pub quantity: String,
    /// The unit of the quantity; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// The note; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// The sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct KeptSheet {
    rows: Vec<SheetRow>,
}

impl Record for KeptSheet {
    const SCHEMA: u32 = 1;
}

/// The sheet as it is kept, and the version its next write replaces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opened {
    /// The rows.
    pub rows: Vec<SheetRow>,
    /// The version; `None` where nothing is kept.
    pub base: Option<u64>,
}

/// Why the sheet can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotOpened {
    /// The device's storage says so.
    Refused(StoreError),
    /// A newer app wrote it, or it is damaged. It stays where it is, and nothing may be written over it.
    Unreadable,
}

/// What became of a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is kept, as this version; `None` for a sheet without rows, of which nothing is kept.
    Kept(Option<u64>),
    /// Another tab has written since, and this is what it wrote. Nothing was done.
    Theirs(Opened),
}

/// The sheet of one account on one device.
#[derive(Clone, Debug)]
pub struct QuickSheet<S> {
    store: S,
}

impl<S: Store> QuickSheet<S> {
    /// The sheet in `store`.
    pub fn new(store: S) -> Self {
        Self { store }
    }

    /// The sheet as it is kept.
    ///
    /// # Errors
    /// See [`NotOpened`].
    pub async fn open(&self) -> Result<Opened, NotOpened> {
        let stored = self
            .store
            .get(Table::Meta, KEY)
            .await
            .map_err(NotOpened::Refused)?;
        let Some(stored) = stored else {
            return Ok(Opened::default());
        };
        match record::read::<KeptSheet>(&stored.text) {
            Found::Read(sheet) => Ok(Opened {
                rows: sheet.rows,
                base: Some(stored.version),
            }),
            Found::Newer | Found::Broken => Err(NotOpened::Unreadable),
        }
    }

    /// Keeps these rows in place of version `base`.
    ///
    /// # Errors
    /// See [`NotOpened`].
    pub async fn save(&self, rows: &[SheetRow], base: Option<u64>) -> Result<Saved, NotOpened> {
        if rows.is_empty() && base.is_none() {
            return Ok(Saved::Kept(None));
        }
        let next = base.unwrap_or_default().saturating_add(1);
        let batch = Batch::new().expect(Table::Meta, KEY, base).relaxed();
        let (batch, kept) = if rows.is_empty() {
            (batch.delete(Table::Meta, KEY), None)
        } else {
            let sheet = KeptSheet { rows: rows.to_vec() };
            let text = record::write(&sheet);
            (batch.put(Table::Meta, KEY, next, text), Some(next))
        };
        match self.store.commit(batch).await {
            Ok(()) => Ok(Saved::Kept(kept)),
            Err(StoreError::Conflict) => self.open().await.map(Saved::Theirs),
            Err(error) => Err(NotOpened::Refused(error)),
        }
    }

    /// Throws the sheet away, whatever is in it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn discard(&self) -> Result<(), StoreError> {
        self.store.commit(Batch::new().delete(Table::Meta, KEY)).await
    }
}

/// The rows of `theirs` that `mine` lacks: of two tabs that wrote different sheets nothing is lost. A row that both have is
/// one row.
pub fn lacking(mine: &[SheetRow], theirs: Vec<SheetRow>) -> Vec<SheetRow> {
    let mut mine: Vec<&SheetRow> = mine.iter().collect();
    mine.sort_unstable();
    let mut taken = vec![false; mine.len()];
    let is_new = |row: &SheetRow| {
        let first = mine.partition_point(|one| *one < row);
        let own = mine.iter().zip(&mut taken).skip(first);
        let free = own
            .take_while(|(one, _)| **one == row)
            .find(|(_, taken)| !**taken)
            .map(|(_, taken)| taken);
        match free {
            Some(taken) => {
                *taken = true;
                false
            }
            None => true,
        }
    };
    theirs.into_iter().filter(is_new).collect()
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use super::{KEY, NotOpened, Opened, QuickSheet, Saved, SheetRow, lacking};
    use crate::memory::{MemoryStore, Records};
    use crate::store::{Stored, Table};

    fn now<T>(future: impl Future<Output = T>) -> T {
        match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => value,
            Poll::Pending => panic!("nothing here has to wait"),
        }
    }

    fn row(code: &str, quantity: &str) -> SheetRow {
        SheetRow {
            code: code.to_owned(),
            quantity: quantity.to_owned(),
            ..SheetRow::default()
        }
    }

    #[test]
    fn the_sheet_is_there_after_a_crash_and_gone_once_it_is_empty() {
        let store = MemoryStore::default();
        let rows = [row("TEA-1", "4"), row("TEA-2", "")];
        assert_eq!(
            now(QuickSheet::new(&store).save(&rows, None)),
            Ok(Saved::Kept(Some(1)))
        );
        let opened = now(QuickSheet::new(&store).open()).expect("it can be read");
        assert_eq!((opened.rows, opened.base), (rows.to_vec(), Some(1)));
        let sheet = QuickSheet::new(&store);
        assert_eq!(now(sheet.save(&[], Some(1))), Ok(Saved::Kept(None)));
        assert_eq!(now(sheet.open()), Ok(Opened::default()));
        assert!(store.records().is_empty());
    }

    #[test]
    fn of_two_tabs_the_second_sees_what_the_first_wrote() {
        let store = MemoryStore::default();
        let sheet = QuickSheet::new(&store);
        now(sheet.save(&[row("TEA-1", "4")], None)).expect("room");
        let second = now(sheet.save(&[row("TEA-2", "1")], None));
        let theirs = Opened {
            rows: vec![row("TEA-1", "4")],
            base: Some(1),
        };
        assert_eq!(second, Ok(Saved::Theirs(theirs)));
    }

    #[test]
    fn nothing_is_written_over_what_a_newer_app_wrote() {
        let text = r#"{"schema":9,"content":{}}"#.to_owned();
        let newer = Stored { version: 3, text };
        let records = Records::from([((Table::Meta, KEY.to_owned()), newer)]);
        let store = MemoryStore::with(records.clone());
        let sheet = QuickSheet::new(&store);
        assert_eq!(now(sheet.open()), Err(NotOpened::Unreadable));
        assert_eq!(
            now(sheet.save(&[row("TEA-1", "1")], None)),
            Err(NotOpened::Unreadable)
        );
        assert_eq!(store.records(), records);
    }

    #[test]
    fn rows_that_both_tabs_have_are_there_once_and_the_others_all() {
        let mine = [row("A", "1"), row("B", "2")];
        let theirs = vec![row("B", "2"), row("A", "1"), row("A", "1"), row("C", "")];
        assert_eq!(lacking(&mine, theirs), [row("A", "1"), row("C", "")]);
        assert_eq!(lacking(&[], vec![row("A", "1")]), [row("A", "1")]);
    }
}
