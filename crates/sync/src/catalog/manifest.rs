//! What is kept of the catalog, in which order, and how far it goes.

use chrono::{DateTime, Utc};
use countersign_contract::catalog::{CatalogChanges, CatalogProduct};
use countersign_domain::id::ProductId;
use serde::{Deserialize, Serialize};

use crate::record::Record;

/// Key of the manifest in its table.
pub(super) const MANIFEST: &str = "manifest";

/// A piece with fewer products than this is a small one.
const SMALL: usize = 500;
/// So many small pieces may lie about.
const MOST_SMALL: usize = 8;
/// Once what came later is more than this part of everything, everything is written anew.
const LATER_PART: usize = 4;

/// What there is. Everything that writes to the copy replaces this record and expects its version, so that of two tabs
/// only one takes a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// Grows when the copy begins anew.
    pub generation: u64,
    /// Number of the next segment. None is used twice.
    pub next: u64,
    /// How far the copy is; none before the first step.
    pub cursor: Option<String>,
    /// Whether the last step had more behind it.
    pub walking: bool,
    /// The segments.
    pub kept: Kept,
}

impl Record for Manifest {
    const SCHEMA: u32 = 1;
}

/// The segments of the copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kept {
    /// The first walk has not reached its end.
    First(Vec<Piece>),
    /// The whole catalog.
    Whole(Whole),
    /// The whole catalog, and what is to take its place: a walk that began anew and has not reached its end.
    Renewed {
        /// What is read until then.
        old: Whole,
        /// What came so far.
        coming: Vec<Piece>,
    },
}

/// Segments that make up the whole catalog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Whole {
    /// In order: what a later one says of a product counts.
    pub pieces: Vec<Piece>,
    /// How many of them have no product twice, or nearly so: those of the walk that completed it, or written anew since.
    pub base: usize,
    /// When it was complete.
    pub at: DateTime<Utc>,
}

/// A segment as the manifest knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Piece {
    /// Its number.
    pub number: u64,
    /// Products in it.
    pub products: usize,
    /// Products it takes away.
    pub removed: usize,
}

impl Piece {
    /// Its key in the table.
    pub fn key(self) -> String {
        format!("segment-{}", self.number)
    }
}

/// Products of a step, or of several that were put together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Segment {
    /// New and changed products.
    pub products: Vec<CatalogProduct>,
    /// Products that are gone; what earlier segments have of them counts no more.
    pub removed: Vec<ProductId>,
}

impl Record for Segment {
    const SCHEMA: u32 = 1;
}

/// What a step makes of a manifest.
#[derive(Debug)]
pub(super) struct Taken {
    /// The manifest then.
    pub manifest: Manifest,
    /// What there is to write, if there is anything.
    pub written: Option<(Piece, Segment)>,
    /// What nobody needs any more.
    pub gone: Vec<Piece>,
}

impl Manifest {
    /// Nothing yet; segments are numbered from `next`.
    pub fn begun(next: u64) -> Self {
        Self {
            generation: 0,
            next,
            cursor: None,
            walking: true,
            kept: Kept::First(Vec::new()),
        }
    }

    /// What is to be read.
    pub fn pieces(&self) -> &[Piece] {
        match &self.kept {
            Kept::First(pieces) => pieces,
            Kept::Whole(whole) | Kept::Renewed { old: whole, .. } => &whole.pieces,
        }
    }

    /// Everything there is, whether it is read or not yet.
    pub fn all_pieces(&self) -> impl Iterator<Item = Piece> {
        let coming = match &self.kept {
            Kept::Renewed { coming, .. } => coming.as_slice(),
            Kept::First(_) | Kept::Whole(_) => &[],
        };
        self.pieces().iter().chain(coming).copied()
    }

    /// When it was last complete, if it ever was.
    pub fn at(&self) -> Option<DateTime<Utc>> {
        match &self.kept {
            Kept::First(_) => None,
            Kept::Whole(whole) | Kept::Renewed { old: whole, .. } => Some(whole.at),
        }
    }

    /// Takes in a step that was asked for at `at`.
    pub fn take(&self, step: CatalogChanges, at: DateTime<Utc>) -> Taken {
        let mut manifest = self.clone();
        let mut gone = Vec::new();
        // A copy without a cursor has nothing a step could go on from.
        if step.restart || self.cursor.is_none() {
            gone.extend(manifest.begin_anew());
        }
        let segment = Segment {
            products: step.products,
            removed: step.removed,
        };
        let written = manifest.number(segment);
        if let Some((piece, _)) = &written {
            manifest.append(*piece);
        }
        manifest.cursor = Some(step.cursor);
        manifest.walking = step.more;
        if !step.more {
            gone.extend(manifest.complete(at));
        }
        Taken {
            manifest,
            written,
            gone,
        }
    }

    /// Gives a segment its number; an empty one needs none.
    pub fn number(&mut self, segment: Segment) -> Option<(Piece, Segment)> {
        if segment.products.is_empty() && segment.removed.is_empty() {
            return None;
        }
        let piece = Piece {
            number: self.next,
            products: segment.products.len(),
            removed: segment.removed.len(),
        };
        self.next = self.next.saturating_add(1);
        Some((piece, segment))
    }

    /// Begins a generation. What was whole stays until the new one is; what was not has no more use.
    fn begin_anew(&mut self) -> Vec<Piece> {
        self.generation = self.generation.saturating_add(1);
        let (kept, gone) = match std::mem::replace(&mut self.kept, Kept::First(Vec::new())) {
            Kept::First(pieces) => (Kept::First(Vec::new()), pieces),
            Kept::Whole(old) => (
                Kept::Renewed {
                    old,
                    coming: Vec::new(),
                },
                Vec::new(),
            ),
            Kept::Renewed { old, coming } => (
                Kept::Renewed {
                    old,
                    coming: Vec::new(),
                },
                coming,
            ),
        };
        self.kept = kept;
        gone
    }

    fn append(&mut self, piece: Piece) {
        match &mut self.kept {
            Kept::First(pieces) | Kept::Renewed { coming: pieces, .. } => pieces.push(piece),
            Kept::Whole(whole) => whole.pieces.push(piece),
        }
    }

    /// The walk has reached its end: what came takes its place, and what it replaces has no more use.
    fn complete(&mut self, at: DateTime<Utc>) -> Vec<Piece> {
        let (pieces, base, gone) = match std::mem::replace(&mut self.kept, Kept::First(Vec::new())) {
            Kept::First(pieces) => {
                let base = pieces.len();
                (pieces, base, Vec::new())
            }
            Kept::Whole(whole) => (whole.pieces, whole.base, Vec::new()),
            Kept::Renewed { old, coming } => {
                let base = coming.len();
                (coming, base, old.pieces)
            }
        };
        self.kept = Kept::Whole(Whole { pieces, base, at });
        gone
    }
}

impl Whole {
    /// From which piece on it is worth writing anew, if it is.
    ///
    /// A change makes at most one earlier product obsolete, so what came after the base tells how much can be without
    /// reading any of it. Small pieces are put together without touching the large ones before them: a few changes a day
    /// don't have a catalog of 100,000 rewritten.
    pub fn untidy_from(&self) -> Option<usize> {
        let later = self.pieces.iter().skip(self.base);
        let changes: usize = later.map(|piece| piece.products + piece.removed).sum();
        let products: usize = self.pieces.iter().map(|piece| piece.products).sum();
        if changes.saturating_mul(LATER_PART) > products {
            return Some(0);
        }
        let is_small = |piece: &&Piece| piece.products < SMALL;
        let small = self.pieces.iter().filter(is_small).count();
        if small <= MOST_SMALL {
            return None;
        }
        self.pieces.iter().position(|piece| is_small(&piece))
    }
}
