//! The order being written: what it holds and what may be done with it. Where it is kept is [`crate::drafts`]' business.

use chrono::NaiveDate;
use countersign_contract::file::StoredFile;
use countersign_contract::submission::{Submission, SubmissionChange};
use countersign_domain::id::{AddressId, DeliveryMethodId, DraftId, LineId, ProductId, VariantId};
use countersign_domain::order::Priority;
use countersign_domain::quantity::{Quantity, QuantityError, Unit};
use countersign_domain::text::LocalText;
use serde::{Deserialize, Serialize};

use crate::Device;

/// Most lines of a draft: far more than a person orders by hand.
pub const MAX_LINES: usize = 2_000;

/// An order being written. It becomes at most one order, for ever (protocol.md, Submitting an order exactly once).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Its id, made when it was begun.
    pub id: DraftId,
    /// What its writer calls it; may be empty.
    pub name: String,
    /// Its revision; see [`Draft::next_rev`].
    pub rev: u32,
    /// What is to be ordered, in the order it was added.
    pub lines: Vec<DraftLine>,
    /// Where it goes; absent: the first address of the account.
    pub address_id: Option<AddressId>,
    /// When the customer wishes it.
    pub wanted_date: Option<NaiveDate>,
    /// How it is brought there; absent: the first method the company offers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery_method: Option<DeliveryMethodId>,
    /// How soon it must pass the reviews.
    pub priority: Priority,
    /// The customer's note.
    pub note: String,
    /// Files that go along with it ([`crate::files`]): on this device, on the one where they were chosen, or at the server.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<StoredFile>,
    /// Set once the server has refused this revision for good: what differed from what the customer saw and is not settled
    /// yet.
    pub refused: Option<Vec<SubmissionChange>>,
}

/// A line of a draft. Name and unit are kept so that it can still be named when it is no longer to be had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftLine {
    /// Its id; the order's line keeps it.
    pub id: LineId,
    /// What.
    #[serde(flatten)]
    pub item: Item,
    /// The quantity as it was typed, in the ordering unit: what can't be read is kept too.
    pub typed: String,
    /// The customer's note on it.
    pub note: String,
}

/// Something of the catalog that can be ordered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The product.
    pub product_id: ProductId,
    /// The variant.
    pub variant_id: VariantId,
    /// Its code.
    pub sku: String,
    /// Name of the product, and of the variant where it has siblings.
    pub name: LocalText,
    /// The unit it is ordered in.
    pub unit: Unit,
}

/// What undoes a change to a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undo {
    line_id: LineId,
    before: Option<(usize, DraftLine)>,
}

/// There are [`MAX_LINES`] lines already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

impl Draft {
    /// An empty draft.
    pub fn begin(id: DraftId) -> Self {
        Self {
            id,
            name: String::new(),
            rev: 1,
            lines: Vec::new(),
            address_id: None,
            wanted_date: None,
            delivery_method: None,
            priority: Priority::Normal,
            note: String::new(),
            attachments: Vec::new(),
            refused: None,
        }
    }

    /// Whether nothing was put into it yet.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
            && self.note.is_empty()
            && self.name.is_empty()
            && self.wanted_date.is_none()
            && self.attachments.is_empty()
    }

    /// The same content under ids of its own: the old one can't become an order any more, or is to stay what it is. Its files
    /// are the same: they may go along with several orders.
    #[must_use]
    pub fn copy(&self, device: &impl Device) -> Self {
        let mut copy = self.clone();
        copy.id = DraftId(device.new_id());
        copy.rev = 1;
        copy.refused = None;
        for line in &mut copy.lines {
            line.id = LineId(device.new_id());
        }
        copy
    }

    /// The line with `id`.
    pub fn line(&self, id: LineId) -> Option<&DraftLine> {
        self.lines.iter().find(|line| line.id == id)
    }

    /// How many of `variant` are in it already.
    pub fn quantity_of(&self, variant: VariantId) -> Quantity {
        let lines = self.lines.iter().filter(|line| line.item.variant_id == variant);
        lines.filter_map(|line| read_quantity(&line.typed).ok()).sum()
    }

    /// Adds `quantity` of `item`, to the line that has it already where there is one, else as a line with the id
    /// `new_line`.
    ///
    /// # Errors
    /// See [`Full`].
    pub fn add(&mut self, item: Item, quantity: Quantity, new_line: LineId) -> Result<Undo, Full> {
        let known = self
            .lines
            .iter()
            .position(|line| line.item.variant_id == item.variant_id);
        if let Some((index, line)) = known.and_then(|index| Some((index, self.lines.get_mut(index)?))) {
            let undo = Undo {
                line_id: line.id,
                before: Some((index, line.clone())),
            };
            let before = read_quantity(&line.typed).unwrap_or_default();
            line.typed = (before + quantity).to_string();
            line.item = item;
            return Ok(undo);
        }
        if self.lines.len() >= MAX_LINES {
            return Err(Full);
        }
        self.lines.push(DraftLine {
            id: new_line,
            item,
            typed: quantity.to_string(),
            note: String::new(),
        });
        Ok(Undo {
            line_id: new_line,
            before: None,
        })
    }

    /// Takes a line out. `None` when there is no such line.
    pub fn remove(&mut self, id: LineId) -> Option<Undo> {
        let index = self.lines.iter().position(|line| line.id == id)?;
        let line = self.lines.remove(index);
        self.settle(id);
        self.settle_beside(Some(line.item.variant_id));
        Some(Undo {
            line_id: id,
            before: Some((index, line)),
        })
    }

    /// Makes a change to a line undone.
    pub fn undo(&mut self, undo: Undo) {
        self.lines.retain(|line| line.id != undo.line_id);
        if let Some((index, line)) = undo.before {
            self.lines.insert(index.min(self.lines.len()), line);
        }
    }

    /// The customer has dealt with what the refusal said about a line.
    pub fn settle(&mut self, id: LineId) {
        if let Some(changes) = &mut self.refused {
            changes.retain(|change| line_of(change) != Some(id));
        }
    }

    /// The customer has typed another quantity for a line: what the refusal said about the old one is settled, and so is what
    /// it said about other lines of the same variant because of that one.
    pub fn settle_quantity(&mut self, id: LineId) {
        let variant = self.line(id).map(|line| line.item.variant_id);
        self.settle_beside(variant);
        if let Some(changes) = &mut self.refused {
            changes.retain(|change| {
                line_of(change) != Some(id) || !matches!(change, SubmissionChange::Quantity { .. })
            });
        }
    }

    /// A line of this variant has changed: what was too many only together with it is to be judged anew.
    fn settle_beside(&mut self, variant: Option<VariantId>) {
        let of_it = self
            .lines
            .iter()
            .filter(|line| Some(line.item.variant_id) == variant);
        let of_it: Vec<LineId> = of_it.map(|line| line.id).collect();
        if let Some(changes) = &mut self.refused {
            changes.retain(|change| match change {
                SubmissionChange::Quantity { line_id, breach } => {
                    breach.others.is_none() || !of_it.contains(line_id)
                }
                _ => true,
            });
        }
    }

    /// The customer has agreed to what the refusal said about the order as a whole.
    pub fn settle_order(&mut self) {
        if let Some(changes) = &mut self.refused {
            changes.retain(|change| line_of(change).is_some());
        }
    }

    /// The revision the next submission goes out as: after a refusal it grows, as the customer has confirmed another
    /// payload; otherwise it stays (protocol.md).
    pub fn next_rev(&self) -> u32 {
        self.rev.saturating_add(u32::from(self.refused.is_some()))
    }

    /// Freezes what goes out as `submission`, whose draft, revision and files become this draft's.
    pub fn freeze(&self, mut submission: Submission) -> Frozen {
        let rev = self.next_rev();
        submission.draft_id = self.id;
        submission.rev = rev;
        submission.attachments = self.attachments.iter().map(|file| file.id).collect();
        // Plain data always serialises.
        let body = serde_json::to_string(&submission).unwrap_or_default();
        Frozen { rev, body }
    }
}

/// A submission as it goes out: every repetition sends these bytes under this revision's key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    /// The revision.
    pub rev: u32,
    /// The bytes.
    pub body: String,
}

impl Frozen {
    /// The idempotency key it goes out under.
    pub fn key(&self, draft: DraftId) -> String {
        format!("{draft}.{}", self.rev)
    }
}

/// The line a change is about; none where it is about the order as a whole.
pub fn line_of(change: &SubmissionChange) -> Option<LineId> {
    match change {
        SubmissionChange::Price { line_id, .. }
        | SubmissionChange::Unavailable { line_id }
        | SubmissionChange::Quantity { line_id, .. } => Some(*line_id),
        SubmissionChange::Order { .. } => None,
    }
}

/// Reads a quantity as people type it, full-width digits of a Chinese keyboard among them.
///
/// # Errors
/// Why it is not a quantity.
pub fn read_quantity(typed: &str) -> Result<Quantity, QuantityError> {
    Quantity::read(typed)
}

#[cfg(test)]
mod tests;
