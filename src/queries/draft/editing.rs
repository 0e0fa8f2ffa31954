//! Changing the open draft: by typing, by adding and taking out, and by taking back what was done. All of it is kept on the
//! device the same way.

use std::rc::Rc;

use countersign_domain::id::{DraftId, LineId};
use countersign_domain::quantity::Quantity;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::offline::draft::{self, Draft, Full, Item};
use crate::queries::draft::history::{History, StepKind};
use crate::queries::draft::{Cart, Keeping, Kept, PAUSE, new_line};

/// What undoes a change to a line, in the draft it was made in and in no other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undo {
    of: DraftId,
    line: draft::Undo,
}

impl Undo {
    /// Undoes it, if `draft` is the one.
    pub(super) fn run(self, draft: &mut Draft) {
        if draft.id == self.of {
            draft.undo(self.line);
        }
    }
}

impl Cart {
    /// Changes the draft and keeps it on the device. It can be taken back.
    pub fn edit(&self, f: impl FnOnce(&mut Draft)) {
        self.change(|kept| {
            let before = kept.draft.clone();
            f(&mut kept.draft);
            kept.history.record(before, &kept.draft);
        });
    }

    /// Takes back what was done last to the open draft, and says what that was.
    pub fn take_back_step(&self) -> Option<StepKind> {
        self.step(|kept| kept.last_step().is_some(), History::take_back)
    }

    /// Does again what was taken back last.
    pub fn do_step_again(&self) -> Option<StepKind> {
        self.step(|kept| kept.next_step().is_some(), History::do_again)
    }

    fn step(
        &self,
        is_there: fn(&Kept) -> bool,
        way: fn(&mut History, &mut Draft) -> Option<StepKind>,
    ) -> Option<StepKind> {
        if self.peek(is_there) != Some(true) {
            return None;
        }
        let mut kind = None;
        self.change(|kept| {
            kind = way(&mut kept.history, &mut kept.draft);
            kept.show_anew();
        });
        kind
    }

    /// Changes what is open and keeps the draft on the device.
    fn change(&self, f: impl FnOnce(&mut Kept)) {
        let Some(account) = self.account_now() else { return };
        account.kept.update(|kept| {
            f(kept);
            if kept.keeping == Keeping::Kept {
                kept.keeping = Keeping::Writing;
            }
            kept.is_on_server = false;
        });
        account.touch();
        let (saving, cart) = (Rc::clone(&account), *self);
        spawn_local(async move {
            saving.save().await;
            cart.push_later(saving);
        });
        set_timeout(move || account.write_mirror(), PAUSE);
    }

    /// Adds to the cart.
    ///
    /// # Errors
    /// See [`Full`].
    pub fn add(&self, item: Item, quantity: Quantity) -> Result<Undo, Full> {
        let mut outcome = Err(Full);
        self.edit(|draft| outcome = added(draft, item, quantity));
        outcome
    }

    /// Adds all of it, or as much as there is room for.
    ///
    /// # Errors
    /// See [`Full`].
    pub fn add_all(&self, items: Vec<(Item, Quantity)>) -> Result<(), Full> {
        let mut outcome = Err(Full);
        self.edit(|draft| {
            outcome = items
                .into_iter()
                .try_for_each(|(item, quantity)| added(draft, item, quantity).map(|_| ()));
        });
        outcome
    }

    /// Takes a line out. `None` when there is no such line.
    pub fn remove(&self, line_id: LineId) -> Option<Undo> {
        let mut undo = None;
        self.edit(|draft| {
            let of = draft.id;
            undo = draft.remove(line_id).map(|line| Undo { of, line });
        });
        undo
    }

    /// Makes a change to the lines undone, if the draft it was made in is still open.
    pub fn undo(&self, undo: Undo) {
        self.edit(|draft| undo.run(draft));
    }
}

/// Adds to `draft`.
pub(super) fn added(draft: &mut Draft, item: Item, quantity: Quantity) -> Result<Undo, Full> {
    let of = draft.id;
    let line = draft.add(item, quantity, new_line())?;
    Ok(Undo { of, line })
}
