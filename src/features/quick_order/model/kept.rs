//! The sheet as it is kept on the device, and what a scan does to it.

use countersign_domain::quantity::Quantity;
use countersign_domain::sheet::{Typed, code_key};
use countersign_sync::quick_sheet::SheetRow;

use super::{Meaning, Row, RowId, Sheet, Verdict, judge};

/// What a scan has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scanned {
    /// The row it went to.
    pub row: RowId,
    /// How many that row orders now.
    pub quantity: Quantity,
}

impl Sheet {
    /// The rows in which something is written, as they are kept.
    pub fn written(&self) -> Vec<SheetRow> {
        let kept = |row: &Row| SheetRow {
            code: row.typed.code.clone(),
            quantity: row.typed.quantity.clone(),
            unit: row.typed.unit.clone(),
            note: row.typed.note.clone(),
        };
        self.rows
            .iter()
            .filter(|row| !row.typed.is_empty())
            .map(kept)
            .collect()
    }

    /// Adds rows that were kept, below those that are there. Their codes are to be looked up.
    pub fn restore(&mut self, kept: Vec<SheetRow>) {
        for SheetRow {
            code,
            quantity,
            unit,
            note,
        } in kept
        {
            self.append(Typed {
                code,
                quantity,
                unit,
                note,
            });
        }
    }

    /// One more of what has this code: in the row that orders it, else in a row of its own. What is written in that row
    /// stays where it is no plain quantity.
    pub fn scan(&mut self, code: &str) -> Scanned {
        let wanted = self.variant_of(code);
        let key = code_key(code);
        let counts = |row: &&Row| {
            let is_it = code_key(&row.typed.code) == key
                || (wanted.is_some() && self.variant_of(&row.typed.code) == wanted);
            is_it && row.typed.unit.trim().is_empty()
        };
        let found = self.rows.iter().filter(counts).find_map(|row| {
            let written = row.typed.quantity.trim();
            let before = if written.is_empty() {
                Some(Quantity::ZERO)
            } else {
                written.parse::<Quantity>().ok()
            };
            Some((row.id, before? + Quantity::ONE))
        });
        let (row, quantity) = found.unwrap_or_else(|| {
            let typed = Typed {
                code: code.to_owned(),
                ..Typed::default()
            };
            (self.append(typed), Quantity::ONE)
        });
        self.change(row, |row| {
            row.typed.quantity = quantity.to_string();
            row.is_left = true;
        });
        Scanned { row, quantity }
    }

    /// What a code means, where that is known and only one thing.
    fn variant_of(&self, code: &str) -> Option<countersign_domain::id::VariantId> {
        match self.known.get(&code_key(code))? {
            Meaning::Offered(offer) => Some(offer.variant.id),
            Meaning::Ambiguous(_) | Meaning::OffSale | Meaning::Unknown => None,
        }
    }

    /// Adds a row whose code is written to its end, in place of the empty ones at the end.
    fn append(&mut self, typed: Typed) -> RowId {
        while self.rows.last().is_some_and(|row| row.typed.is_empty()) {
            self.rows.pop();
        }
        let mut row = Row {
            id: RowId(self.next),
            is_left: true,
            typed,
            source: None,
            verdict: Verdict::Empty,
        };
        row.verdict = judge(&row, &self.known, &self.prices);
        let id = row.id;
        self.next = self.next.saturating_add(1);
        self.rows.push(row);
        self.end_empty();
        id
    }
}
