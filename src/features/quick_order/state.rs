//! The sheet and what is under way with it. It belongs to the desk, and is kept on the device as drafts are.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use countersign_contract::endpoint::NoQuery;
use countersign_contract::lookup::MAX_CODES;
use countersign_contract::sheet::{ReadSheet, SheetCells};
use countersign_domain::id::LineId;
use countersign_domain::quantity::Quantity;
use countersign_domain::sheet::{Columns, Field, read, split};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;
use web_sys::File;

use crate::api::{Api, ApiError};
use crate::features::quick_order::model::{Counts, RowId, Scanned, Sheet};
use crate::offline::columns;
use crate::offline::draft::Full;
use crate::queries::Cache;
use crate::queries::draft::Cart;
use crate::queries::lookup::look_up;
use crate::queries::quick_sheet::SheetKeeper;
use crate::session::SessionContext;

/// Longest question about codes, in bytes as they travel: it fits into any server's address line.
const MAX_QUESTION: usize = 6_000;

/// Cells that were pasted or read from a file, and what their columns hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The rows.
    pub rows: Arc<Vec<Vec<String>>>,
    /// What the columns hold, as far as is known.
    pub columns: Columns,
    /// The file's name; `None` for what was pasted.
    pub file: Option<String>,
    /// The sheet of the file.
    pub sheet: Option<String>,
    /// Sheets of the file that were not read.
    pub others: Vec<String>,
}

/// What the last import came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// What was imported, to be imported in another way.
    pub import: Import,
    /// Rows that are in the sheet now.
    pub rows: usize,
    /// Rows that were empty.
    pub empty: usize,
    /// Rows that were too many.
    pub over: usize,
    /// The rows it put there.
    ids: BTreeSet<RowId>,
}

/// What became of the rows that were to go into the cart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Added {
    /// Rows that are in the cart now.
    pub rows: usize,
    /// Rows that stay, because the cart is full.
    pub left: usize,
}

/// The quick order of whoever is signed in, provided by their desk. Cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct QuickOrder {
    api: Api,
    cache: Cache,
    /// The sheet.
    pub sheet: RwSignal<Sheet>,
    /// How many codes of how many were looked up, while there are many.
    pub progress: RwSignal<Option<(usize, usize)>>,
    /// Why codes could not be looked up, or a file not be read.
    pub failed: RwSignal<Option<ApiError>>,
    /// When the server said the oldest of what the device has answered in its place.
    pub kept_at: RwSignal<Option<DateTime<Utc>>>,
    /// Cells of which somebody has to say what they mean.
    pub import: RwSignal<Option<Import>>,
    /// What the last import came to.
    pub imported: RwSignal<Option<Imported>>,
    /// Whether a file is being read.
    pub is_reading: RwSignal<bool>,
    /// What was scanned last.
    pub scanned: RwSignal<Option<LastScan>>,
    /// Keeps the sheet on the device.
    pub keeper: SheetKeeper,
    pub(super) is_saving: StoredValue<bool>,
    is_asking: StoredValue<bool>,
}

/// A code that was scanned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastScan {
    /// How many were scanned before it.
    pub number: u32,
    /// The code.
    pub code: String,
    /// How many of it the sheet orders now.
    pub quantity: Quantity,
}

impl QuickOrder {
    /// An empty sheet.
    pub fn new(api: Api, cache: Cache, session: SessionContext) -> Self {
        let currency = untrack(|| session.currency());
        let quick = Self {
            api,
            cache,
            sheet: RwSignal::new(Sheet::new(currency)),
            progress: RwSignal::new(None),
            failed: RwSignal::new(None),
            kept_at: RwSignal::new(None),
            import: RwSignal::new(None),
            imported: RwSignal::new(None),
            is_reading: RwSignal::new(false),
            scanned: RwSignal::new(None),
            keeper: SheetKeeper::closed(),
            is_saving: StoredValue::new(false),
            is_asking: StoredValue::new(false),
        };
        quick.keep_from_now_on();
        quick
    }

    /// One more of what has this code.
    pub fn scan(self, code: &str) {
        let mut scanned = None;
        self.sheet.update(|sheet| scanned = Some(sheet.scan(code)));
        let Some(Scanned { quantity, .. }) = scanned else {
            return;
        };
        let before = self
            .scanned
            .with_untracked(|last| last.as_ref().map(|last| last.number));
        self.scanned.set(Some(LastScan {
            number: before.map_or(0, |number| number.wrapping_add(1)),
            code: code.to_owned(),
            quantity,
        }));
        self.look_up();
    }

    /// Writes into a row.
    pub fn write(self, id: RowId, field: Field, text: String) {
        self.sheet.update(|sheet| sheet.write(id, field, text));
    }

    /// The code of a row is written to its end: now it is looked up.
    pub fn leave(self, id: RowId) {
        self.sheet.update(|sheet| sheet.leave(id));
        self.look_up();
    }

    /// Looks up the codes that nobody has looked up yet.
    pub fn look_up(self) {
        if self.is_asking.get_value() {
            return;
        }
        self.is_asking.set_value(true);
        self.failed.set(None);
        spawn_local(async move {
            let outcome = self.ask().await;
            self.progress.try_set(None);
            self.is_asking.try_set_value(false);
            if let Err(error) = outcome {
                self.failed.try_set(Some(error));
            }
        });
    }

    async fn ask(self) -> Result<(), ApiError> {
        let mut done = 0;
        loop {
            // Whoever signed out meanwhile has no use for it.
            let Some(unknown) = self.sheet.try_with_untracked(Sheet::unknown) else {
                return Ok(());
            };
            let all = done + unknown.len();
            let part = question(unknown);
            if part.is_empty() {
                return Ok(());
            }
            if all > MAX_CODES {
                self.progress.try_set(Some((done, all)));
            }
            let found = look_up(self.api, self.cache, &part).await?;
            done += part.len();
            self.kept_at.try_update(|at| *at = oldest(*at, found.kept_at));
            self.sheet.try_update(|sheet| sheet.learn(&part, found.answers));
        }
    }

    /// Takes cells that were pasted: into the sheet at once where it is clear what they mean.
    pub fn paste(self, text: &str) {
        let rows = split(text);
        if rows.iter().all(Vec::is_empty) {
            return;
        }
        let import = Import::of(SheetCells {
            rows,
            ..SheetCells::default()
        });
        if import.columns.is_complete() {
            self.take(import);
        } else {
            self.import.set(Some(import));
        }
    }

    /// Reads a file, and asks what its columns hold.
    pub fn open(self, file: File) {
        if self.is_reading.get_untracked() {
            return;
        }
        self.is_reading.set(true);
        self.failed.set(None);
        spawn_local(async move {
            let key = Uuid::new_v4().to_string();
            let text = self.api.upload::<ReadSheet>(&NoQuery {}, &file, &key).await;
            let cells = text.and_then(|text| Api::decode::<SheetCells>(&text));
            self.is_reading.try_set(false);
            match cells {
                Ok(cells) => {
                    let mut import = Import::of(cells);
                    import.file = Some(file.name());
                    self.import.try_set(Some(import));
                }
                Err(error) => {
                    self.failed.try_set(Some(error));
                }
            }
        });
    }

    /// Puts cells into the sheet.
    pub fn take(self, import: Import) {
        let found = read(&import.rows, &import.columns);
        let rows = found.lines.len();
        let columns = Arc::new(import.columns.clone());
        let mut ids = BTreeSet::new();
        self.sheet.update(|sheet| ids = sheet.fill(found.lines, &columns));
        self.imported.set(Some(Imported {
            import,
            rows,
            empty: found.empty,
            over: found.over,
            ids,
        }));
        self.import.set(None);
        self.look_up();
    }

    /// Puts cells into the sheet as somebody said what their columns hold, and remembers that.
    pub fn take_as_said(self, import: Import) {
        if import.columns.above() > 0 {
            columns::remember(import.columns.signature(), import.columns.fields());
        }
        self.take(import);
    }

    /// Takes the rows of the last import out of the sheet, and asks what its columns hold.
    pub fn import_otherwise(self) {
        let Some(Imported { import, ids, .. }) = self.imported.get_untracked() else {
            return;
        };
        self.sheet.update(|sheet| sheet.drop_rows(&ids));
        self.imported.set(None);
        self.import.set(Some(import));
    }

    /// Empties the sheet, and gives what it was.
    pub fn clear(self) -> Sheet {
        let before = self.sheet.get_untracked();
        let ids = before.rows().iter().map(|row| row.id).collect();
        self.sheet.update(|sheet| sheet.drop_rows(&ids));
        self.imported.set(None);
        before
    }

    /// Puts everything that can be ordered into the cart, as far as there is room. What is in the cart goes out of the sheet.
    pub fn add_all(self, cart: Cart) -> Added {
        let mut added = BTreeSet::new();
        let mut left = 0;
        self.sheet.with_untracked(|sheet| {
            cart.edit(|draft| {
                for (row, priced) in sheet.good() {
                    let (item, line) = (priced.offer.item.clone(), LineId(Uuid::new_v4()));
                    let variant = item.variant_id;
                    if draft.add(item, priced.quantity, line) == Err(Full) {
                        left += 1;
                        continue;
                    }
                    added.insert(row.id);
                    let note = row.typed.note.trim();
                    let line = draft
                        .lines
                        .iter_mut()
                        .find(|line| line.item.variant_id == variant);
                    if let Some(line) = line.filter(|line| !note.is_empty() && !line.note.contains(note)) {
                        if !line.note.is_empty() {
                            line.note.push_str("; ");
                        }
                        line.note.push_str(note);
                    }
                }
            });
        });
        self.sheet.update(|sheet| sheet.drop_rows(&added));
        if added.is_empty() {
            return Added { rows: 0, left };
        }
        self.imported.set(None);
        Added {
            rows: added.len(),
            left,
        }
    }

    /// How the rows stand.
    pub fn counts(self) -> Counts {
        self.sheet.with(Sheet::counts)
    }
}

impl Import {
    fn of(cells: SheetCells) -> Self {
        let mut found = Columns::find(&cells.rows);
        // Sheets without names of columns have nothing in common.
        if found.above() > 0
            && let Some(said) = columns::recall(found.signature())
        {
            found.recall(&said);
        }
        Self {
            rows: Arc::new(cells.rows),
            columns: found,
            file: None,
            sheet: cells.sheet,
            others: cells.others,
        }
    }
}

/// As many codes as one question may have; the first however long it is.
fn question(unknown: BTreeSet<String>) -> Vec<String> {
    let mut part = Vec::new();
    let mut length = 0_usize;
    for code in unknown.into_iter().take(MAX_CODES) {
        // Everything but letters and digits is three signs as it travels.
        length = length.saturating_add(code.len().saturating_mul(3).saturating_add(3));
        if length > MAX_QUESTION && !part.is_empty() {
            break;
        }
        part.push(code);
    }
    part
}

fn oldest(known: Option<DateTime<Utc>>, new: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
    match (known, new) {
        (Some(known), Some(new)) => Some(known.min(new)),
        (known, new) => new.or(known),
    }
}
