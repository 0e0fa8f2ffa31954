//! What was typed into drafts, piece by piece, and whether a device has said that it is safe.
//!
//! A piece is a line of its own with its number in the note, so that it can be found again wherever the draft goes: into the
//! other device, into one draft made of two, into an order.

use std::collections::BTreeSet;

use countersign_domain::id::{DraftId, OrderId};
use countersign_sync::draft::{Draft, DraftLine};

use crate::oracle::Oracle;

/// How safe a piece is said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Safety {
    /// Nothing was said: it may be anywhere or nowhere.
    None,
    /// Its person has thrown it away, whatever is said of it afterwards: the tab it was typed in may hear that it is saved only
    /// after another has shown it and removed it.
    Thrown,
    /// It outlives a crash, and a loss of power once something strict was written after it.
    Crash,
    /// It outlives a loss of power.
    Power,
}

#[derive(Clone, Copy, Debug)]
struct Piece {
    device: usize,
    safety: Safety,
}

/// Everything that was typed in one schedule.
#[derive(Clone, Debug, Default)]
pub struct Typing {
    pieces: Vec<Piece>,
}

impl Typing {
    /// The person types something at `device`; gives its number.
    pub fn begin(&mut self, device: usize) -> usize {
        let safety = Safety::None;
        self.pieces.push(Piece { device, safety });
        self.pieces.len() - 1
    }

    /// The device has said that it is saved.
    pub fn saved(&mut self, piece: usize) {
        let safety = &mut self.pieces[piece].safety;
        if *safety == Safety::None {
            *safety = Safety::Crash;
        }
    }

    /// What `device` has said to be saved and not yet to outlive a loss of power.
    pub fn unsettled(&self, device: usize) -> Vec<usize> {
        let is_unsettled = |piece: &Piece| piece.device == device && piece.safety == Safety::Crash;
        let all = self.pieces.iter().enumerate();
        all.filter(|(_, piece)| is_unsettled(piece))
            .map(|(number, _)| number)
            .collect()
    }

    /// The device has said that what was saved before it was asked, `pieces`, outlives a loss of power. It says nothing of what
    /// another tab saved while it was asked.
    pub fn settled(&mut self, pieces: &[usize]) {
        for piece in pieces {
            let safety = &mut self.pieces[*piece].safety;
            if *safety == Safety::Crash {
                *safety = Safety::Power;
            }
        }
    }

    /// The power of `device` is gone: it never promised to keep what was only saved.
    pub fn lost_power(&mut self, device: usize) {
        for piece in self.unsettled(device) {
            self.pieces[piece].safety = Safety::None;
        }
    }

    /// The person throws away what is in `draft`.
    pub fn thrown_away(&mut self, draft: &Draft) {
        for piece in pieces(draft) {
            self.pieces[piece].safety = Safety::Thrown;
        }
    }

    /// What was said to be safe and is in none of the orders, which have `ordered`.
    pub fn missing(&self, ordered: &BTreeSet<usize>) -> Vec<usize> {
        let all = self.pieces.iter().enumerate();
        let is_safe = |piece: &Piece| matches!(piece.safety, Safety::Crash | Safety::Power);
        all.filter(|(number, piece)| is_safe(piece) && !ordered.contains(number))
            .map(|(number, _)| number)
            .collect()
    }
}

/// The line that is piece `number`, of the same goods as `like`.
pub fn line(number: usize, like: DraftLine) -> DraftLine {
    DraftLine {
        note: format!("t{number}"),
        ..like
    }
}

/// The pieces in `draft`.
pub fn pieces(draft: &Draft) -> BTreeSet<usize> {
    let number = |line: &DraftLine| line.note.strip_prefix('t')?.parse().ok();
    draft.lines.iter().filter_map(number).collect()
}

/// Where drafts go that one device alone would know everything of.
impl Oracle {
    /// Whether everything in `draft` is in the order `id`.
    pub fn is_in(&self, draft: &Draft, id: OrderId) -> bool {
        let press = self.orders.values().find(|(order, _)| *order == id);
        press.is_some_and(|(_, press)| pieces(draft).is_subset(&self.typed_in(*press)))
    }

    /// What was in the draft when *Submit* was pressed.
    pub(crate) fn typed_in(&self, press: u32) -> BTreeSet<usize> {
        let at = usize::try_from(press).unwrap_or(usize::MAX).checked_sub(1);
        let press = at.and_then(|at| self.presses.get(at));
        press.map(|press| press.typed.clone()).unwrap_or_default()
    }

    /// `device` has given the entry `from` back as the draft `to`. Where another device has done that too, its person has two
    /// drafts, and wants both.
    pub(crate) fn moved(&mut self, device: usize, from: DraftId, to: DraftId) {
        let first = *self.moved.entry(from).or_insert(device);
        if first != device {
            let wish = self.begin(to);
            self.kept(wish);
        }
    }
}
