//! The order being written: what is kept of it and what may be done with it. Pure; where it is kept is
//! [`crate::offline::drafts`]' business.

use chrono::NaiveDate;
use countersign_contract::submission::{Accepted, Submission, SubmissionChange};
use countersign_domain::id::{AddressId, DraftId, LineId, ProductId, VariantId};
use countersign_domain::order::Priority;
use countersign_domain::quantity::{Quantity, QuantityError, Unit};
use countersign_domain::text::LocalText;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Most lines of a draft: what the catalog can be asked about in one go, and far more than a person orders by hand.
pub const MAX_LINES: usize = 1_000;

/// An order being written. It becomes at most one order, for ever (protocol.md, Submitting an order exactly once).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Its id, made when it was begun.
    pub id: DraftId,
    /// Its revision; see [`Draft::freeze`].
    pub rev: u32,
    /// What is to be ordered, in the order it was added.
    pub lines: Vec<DraftLine>,
    /// Where it goes; absent: the first address of the account.
    pub address_id: Option<AddressId>,
    /// When the customer wishes it.
    pub wanted_date: Option<NaiveDate>,
    /// How soon it must pass the reviews.
    pub priority: Priority,
    /// The customer's note.
    pub note: String,
    /// What was sent and not acknowledged yet. While it is there the draft can't be edited.
    pub sending: Option<Frozen>,
    /// Set once the server has refused this revision: what differed from what the customer saw and is not settled yet.
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

/// A submission as it went out: every repetition sends these bytes under this revision's key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    /// The revision.
    pub rev: u32,
    /// The bytes.
    pub body: String,
}

/// What undoes a change to a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undo {
    line_id: LineId,
    before: Option<(usize, DraftLine)>,
}

/// The draft was sent and the answer is not known: it can't be edited until it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IsSending;

/// Why something can't be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAdded {
    /// See [`IsSending`].
    Sending,
    /// There are [`MAX_LINES`] lines already.
    Full,
}

impl Draft {
    /// An empty draft with an id of its own.
    pub fn begin() -> Self {
        Self {
            id: DraftId(Uuid::new_v4()),
            rev: 1,
            lines: Vec::new(),
            address_id: None,
            wanted_date: None,
            priority: Priority::Normal,
            note: String::new(),
            sending: None,
            refused: None,
        }
    }

    /// The same content under a new id: the old one can't become an order any more.
    pub fn renew(&mut self) {
        self.id = DraftId(Uuid::new_v4());
        self.rev = 1;
        self.sending = None;
        self.refused = None;
        for line in &mut self.lines {
            line.id = LineId(Uuid::new_v4());
        }
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

    /// Adds `quantity` of `item`, to the line that has it already where there is one.
    ///
    /// # Errors
    /// See [`NotAdded`].
    pub fn add(&mut self, item: Item, quantity: Quantity) -> Result<Undo, NotAdded> {
        if self.sending.is_some() {
            return Err(NotAdded::Sending);
        }
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
            return Err(NotAdded::Full);
        }
        let id = LineId(Uuid::new_v4());
        self.lines.push(DraftLine {
            id,
            item,
            typed: quantity.to_string(),
            note: String::new(),
        });
        Ok(Undo {
            line_id: id,
            before: None,
        })
    }

    /// Takes a line out. `None` when there is no such line.
    pub fn remove(&mut self, id: LineId) -> Option<Undo> {
        let index = self.lines.iter().position(|line| line.id == id)?;
        let line = self.lines.remove(index);
        self.settle(id);
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
            changes.retain(|change| line_of(change) != id);
        }
    }

    /// The customer has typed another quantity for a line: what the refusal said about the old one is settled.
    pub fn settle_quantity(&mut self, id: LineId) {
        if let Some(changes) = &mut self.refused {
            changes.retain(|change| {
                line_of(change) != id || !matches!(change, SubmissionChange::Quantity { .. })
            });
        }
    }

    /// Freezes what goes out as `submission`, whose draft and revision become this one's.
    ///
    /// After a refusal the revision grows, as the customer has confirmed another payload (protocol.md); otherwise it stays.
    ///
    /// # Errors
    /// [`IsSending`] when something is frozen already.
    pub fn freeze(&mut self, mut submission: Submission) -> Result<(), IsSending> {
        if self.sending.is_some() {
            return Err(IsSending);
        }
        if self.refused.take().is_some() {
            self.rev = self.rev.saturating_add(1);
        }
        submission.draft_id = self.id;
        submission.rev = self.rev;
        // Plain data always serialises.
        let body = serde_json::to_string(&submission).unwrap_or_default();
        self.sending = Some(Frozen { rev: self.rev, body });
        Ok(())
    }

    /// The server has refused what was sent: the draft can be edited again.
    pub fn refuse(&mut self, changes: Vec<SubmissionChange>) {
        self.sending = None;
        self.refused = Some(changes);
    }

    /// Whether `accepted` acknowledges what was sent. Nothing else ends a draft.
    pub fn is_acknowledged_by(&self, accepted: &Accepted) -> bool {
        self.sending.as_ref().is_some_and(|frozen| {
            accepted.draft_id == self.id
                && accepted.rev == frozen.rev
                && accepted.fingerprint == fingerprint(&frozen.body)
        })
    }
}

impl Frozen {
    /// The idempotency key it goes out under.
    pub fn key(&self, draft: DraftId) -> String {
        format!("{draft}.{}", self.rev)
    }
}

/// The line a change is about.
pub fn line_of(change: &SubmissionChange) -> LineId {
    match change {
        SubmissionChange::Price { line_id, .. }
        | SubmissionChange::Unavailable { line_id }
        | SubmissionChange::Quantity { line_id, .. } => *line_id,
    }
}

/// Reads a quantity as people type it, full-width digits of a Chinese keyboard among them.
///
/// # Errors
/// Why it is not a quantity.
pub fn read_quantity(typed: &str) -> Result<Quantity, QuantityError> {
    let plain: String = typed
        .trim()
        .chars()
        .map(|character| match character {
            '０'..='９' => {
                char::from_u32(u32::from(character) - u32::from('０') + u32::from('0')).unwrap_or(character)
            }
            '．' | '。' => '.',
            other => other,
        })
        .collect();
    plain.parse()
}

/// SHA-256 of `body`, in lower-case hex.
fn fingerprint(body: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let digest = Sha256::digest(body.as_bytes());
    digest
        .iter()
        .flat_map(|byte| [HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]])
        .map(char::from)
        .collect()
}

#[cfg(test)]
mod tests {
    use countersign_contract::submission::{Accepted, Submission, SubmissionChange};
    use countersign_domain::id::{AccountId, AddressId, OrderId, ProductId, VariantId};
    use countersign_domain::order::Priority;
    use countersign_domain::quantity::{Quantity, QuantityError, Unit};
    use countersign_domain::text::LocalText;
    use uuid::Uuid;

    use super::{Draft, Item, NotAdded, fingerprint, read_quantity};

    fn item(variant: u128) -> Item {
        Item {
            product_id: ProductId(Uuid::from_u128(1)),
            variant_id: VariantId(Uuid::from_u128(variant)),
            sku: "DR-001".to_owned(),
            name: LocalText::new("矿泉水", "Spring water"),
            unit: Unit {
                code: "case".to_owned(),
                name: LocalText::new("箱", "case"),
                factor: Quantity::whole(12),
            },
        }
    }

    fn submission(draft: &Draft) -> Submission {
        Submission {
            draft_id: draft.id,
            rev: 0,
            owner: AccountId(Uuid::from_u128(7)),
            lines: Vec::new(),
            address_id: AddressId(Uuid::from_u128(8)),
            wanted_date: None,
            priority: Priority::Normal,
            note: String::new(),
        }
    }

    fn acknowledgement(draft: &Draft) -> Accepted {
        let frozen = draft.sending.as_ref().expect("it was frozen");
        Accepted {
            draft_id: draft.id,
            rev: frozen.rev,
            fingerprint: fingerprint(&frozen.body),
            order_id: OrderId(Uuid::from_u128(9)),
            number: "DH-O-20261122-0001".to_owned(),
        }
    }

    #[test]
    fn the_same_thing_added_twice_is_one_line() {
        let mut draft = Draft::begin();
        draft.add(item(1), Quantity::whole(2)).expect("there is room");
        let undo = draft.add(item(1), Quantity::whole(3)).expect("there is room");
        assert_eq!(draft.lines.len(), 1);
        assert_eq!(draft.quantity_of(item(1).variant_id), Quantity::whole(5));
        draft.undo(undo);
        assert_eq!(draft.quantity_of(item(1).variant_id), Quantity::whole(2));
    }

    #[test]
    fn a_removed_line_comes_back_to_its_place() {
        let mut draft = Draft::begin();
        for variant in 1..=3 {
            draft.add(item(variant), Quantity::ONE).expect("there is room");
        }
        let before = draft.clone();
        let undo = draft.remove(draft.lines[1].id).expect("it is there");
        assert_eq!(draft.lines.len(), 2);
        draft.undo(undo);
        assert_eq!(draft, before);
    }

    #[test]
    fn what_was_sent_can_not_be_edited_and_keeps_its_revision() {
        let mut draft = Draft::begin();
        draft.freeze(submission(&draft)).expect("nothing is frozen yet");
        let frozen = draft.sending.clone().expect("it is frozen");
        assert_eq!(frozen.rev, 1);
        assert_eq!(frozen.key(draft.id), format!("{}.1", draft.id));
        assert!(draft.freeze(submission(&draft)).is_err());
        assert_eq!(draft.add(item(1), Quantity::ONE), Err(NotAdded::Sending));
        assert_eq!(draft.sending, Some(frozen));
    }

    #[test]
    fn the_revision_grows_only_after_a_refusal() {
        let mut draft = Draft::begin();
        draft.add(item(1), Quantity::ONE).expect("there is room");
        draft.freeze(submission(&draft)).expect("nothing is frozen yet");
        let line_id = draft.lines[0].id;
        draft.refuse(vec![SubmissionChange::Unavailable { line_id }]);
        draft.remove(line_id);
        assert_eq!(draft.refused, Some(Vec::new()));
        draft.freeze(submission(&draft)).expect("it was refused");
        assert_eq!(draft.rev, 2);
        assert!(
            draft
                .sending
                .as_ref()
                .is_some_and(|frozen| frozen.body.contains("\"rev\":2"))
        );
    }

    #[test]
    fn only_its_own_acknowledgement_ends_a_draft() {
        let mut draft = Draft::begin();
        draft.freeze(submission(&draft)).expect("nothing is frozen yet");
        let accepted = acknowledgement(&draft);
        assert!(draft.is_acknowledged_by(&accepted));
        assert!(!draft.is_acknowledged_by(&Accepted {
            rev: 2,
            ..accepted.clone()
        }));
        assert!(!draft.is_acknowledged_by(&Accepted {
            draft_id: Draft::begin().id,
            ..accepted.clone()
        }));
        assert!(!draft.is_acknowledged_by(&Accepted {
            fingerprint: fingerprint(""),
            ..accepted
        }));
    }

    #[test]
    fn a_fingerprint_is_sha_256_in_hex() {
        assert_eq!(
            fingerprint("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn quantities_are_read_as_people_type_them() {
        assert_eq!(read_quantity(" １２ "), Ok(Quantity::whole(12)));
        assert_eq!(read_quantity("0.5"), "0.5".parse());
        assert_eq!(read_quantity("1,200"), Err(QuantityError::NotANumber));
        assert_eq!(read_quantity(""), Err(QuantityError::NotANumber));
    }
}
