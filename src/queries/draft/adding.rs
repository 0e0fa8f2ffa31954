//! Putting many things into the cart at once, so that it can be undone at once.

use countersign_domain::quantity::Quantity;

use crate::offline::draft::{Full, Item};
use crate::queries::draft::Cart;
use crate::queries::draft::editing::{Undo, added};

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
        let mut all = Added::default();
        self.edit(|draft| {
            for (item, quantity) in items {
                match added(draft, item, quantity) {
                    Ok(undo) => all.undos.push(undo),
                    Err(Full) => all.left_out += 1,
                }
            }
        });
        self.show_anew();
        all
    }

    /// Makes all of it undone.
    pub fn undo_each(&self, undos: &[Undo]) {
        self.edit(|draft| undos.iter().rev().for_each(|undo| undo.clone().run(draft)));
        self.show_anew();
    }
}
