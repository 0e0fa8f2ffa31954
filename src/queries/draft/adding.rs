//! Putting many things into the cart at once, so that it can be undone at once.

use countersign_domain::quantity::Quantity;

use crate::offline::draft::{Full, Item, Undo};
use crate::queries::draft::{Cart, new_line};

/// What became of adding many things.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// What undoes it, in the order it was done.
    pub undos: Vec<Undo>,
    /// How many did not find room.
    pub left_out: usize,
}

impl Cart {
    /// Adds as much of it as there is room for.
    pub fn add_each(&self, items: Vec<(Item, Quantity)>) -> Added {
        let mut added = Added::default();
        self.edit(|draft| {
            for (item, quantity) in items {
                match draft.add(item, quantity, new_line()) {
                    Ok(undo) => added.undos.push(undo),
                    Err(Full) => added.left_out += 1,
                }
            }
        });
        self.show_anew();
        added
    }

    /// Makes all of it undone.
    pub fn undo_each(&self, undos: &[Undo]) {
        self.edit(|draft| undos.iter().rev().for_each(|undo| draft.undo(undo.clone())));
        self.show_anew();
    }
}
