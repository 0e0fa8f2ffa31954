//! Rows that order the same, made one.

use std::collections::{BTreeMap, BTreeSet};

use countersign_domain::quantity::Quantity;

use super::{RowId, Sheet, wanted};

impl Sheet {
    /// Makes one row of all those that order the same, with the sum of their quantities and all of their notes.
    pub fn merge(&mut self) {
        let mut first = BTreeMap::new();
        let mut sums: BTreeMap<RowId, (Quantity, Vec<String>)> = BTreeMap::new();
        let mut gone = BTreeSet::new();
        for row in &self.rows {
            let Some((variant, quantity)) = wanted(row) else {
                continue;
            };
            let into = *first.entry(variant).or_insert(row.id);
            let (sum, notes) = sums.entry(into).or_default();
            *sum += quantity;
            let note = row.typed.note.trim();
            if !note.is_empty() && !notes.iter().any(|known| known == note) {
                notes.push(note.to_owned());
            }
            if into != row.id {
                gone.insert(row.id);
            }
        }
        let merged: BTreeSet<RowId> = (self.rows.iter().filter(|row| gone.contains(&row.id)))
            .filter_map(wanted)
            .filter_map(|(variant, _)| first.get(&variant).copied())
            .collect();
        self.drop_rows(&gone);
        sums.retain(|id, _| merged.contains(id));
        for (id, (sum, notes)) in sums {
            self.change(id, |row| {
                row.typed.quantity = sum.to_string();
                row.typed.unit.clear();
                row.typed.note = notes.join("; ");
            });
        }
    }
}
