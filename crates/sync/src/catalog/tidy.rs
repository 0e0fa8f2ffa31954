//! Writing segments anew, once too much of them is obsolete or too many are small.

use super::manifest::{Kept, Piece, Segment, Whole};
use super::{CatalogCopy, Held, Sum};
use crate::record::{self, Found};
use crate::store::{Store, StoreError, Table};

/// Products in a segment that is written anew: measured to be read quickly (protocol.md, What is kept where).
const AT_ONCE: usize = 2_000;

impl<S: Store> CatalogCopy<S> {
    /// Writes anew what is worth it, in one transaction.
    ///
    /// Nobody depends on it: when another tab was faster or a segment can't be read, everything stays as it is.
    ///
    /// # Errors
    /// See [`StoreError`]; then everything is as it was.
    pub(super) async fn tidy(&self, held: &Held) -> Result<(), StoreError> {
        let Kept::Whole(whole) = &held.manifest.kept else {
            return Ok(());
        };
        let Some(from) = whole.untidy_from() else {
            return Ok(());
        };
        let (before, rest) = whole
            .pieces
            .split_at_checked(from)
            .unwrap_or((&[], &whole.pieces));
        let Found::Read(sum) = self.gather(rest).await? else {
            return Ok(());
        };
        let mut manifest = held.manifest.clone();
        let written: Vec<(Piece, Segment)> = segments(sum, before.is_empty())
            .into_iter()
            .filter_map(|segment| manifest.number(segment))
            .collect();
        manifest.kept = Kept::Whole(after(whole, before, &written));
        let mut batch = self.replacing(held.version, &manifest);
        for piece in rest {
            batch = batch.delete(Table::Catalog, piece.key());
        }
        for (piece, segment) in &written {
            batch = batch.put(Table::Catalog, piece.key(), 1, record::write(segment));
        }
        self.done(batch).await.map(|_| ())
    }
}

/// `sum` in segments of their usual size. What it takes away is of no interest where nothing lies before it.
fn segments(sum: Sum, first: bool) -> Vec<Segment> {
    let mut removed = if first {
        Vec::new()
    } else {
        sum.removed.into_iter().collect()
    };
    let mut segments = Vec::new();
    let mut products = sum.products.into_values();
    loop {
        let segment = Segment {
            products: products.by_ref().take(AT_ONCE).collect(),
            removed: std::mem::take(&mut removed),
        };
        if segment.products.is_empty() && segment.removed.is_empty() {
            return segments;
        }
        segments.push(segment);
    }
}

fn after(whole: &Whole, before: &[Piece], written: &[(Piece, Segment)]) -> Whole {
    let pieces: Vec<Piece> = before
        .iter()
        .copied()
        .chain(written.iter().map(|(piece, _)| *piece))
        .collect();
    let base = if before.is_empty() {
        pieces.len()
    } else {
        whole.base.min(before.len())
    };
    Whole {
        pieces,
        base,
        at: whole.at,
    }
}
