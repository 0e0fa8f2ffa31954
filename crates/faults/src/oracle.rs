//! What people wanted, what the device said, and whether the server agrees.
//!
//! Every order a person wants is a *wish*; each time *Submit* is pressed for it is a *press*. Both are written into the
//! note of the submission, so that every order of the server tells which of them it is.

use std::collections::{BTreeMap, BTreeSet};

use countersign_domain::id::{DraftId, OrderId};
use countersign_sync::draft::Draft;
use countersign_sync::memory::Records;
use countersign_sync::outbox::{Entry, Heard, Reason, State};
use countersign_sync::receipt::Receipt;
use countersign_sync::record;
use countersign_sync::store::{Batch, Step, Table};

use crate::device::Shared;
use crate::typing::{self, Typing};

/// What the end of a schedule came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Wishes and pieces of typing that a device had promised to keep and that are in no order.
    pub lost: u64,
    /// Orders beyond the first of a wish.
    pub doubled: u64,
    /// States on the device that contradict the server.
    pub ghosts: u64,
    /// What was found, in words.
    pub findings: Vec<String>,
}

impl Verdict {
    /// Whether nothing was found.
    pub fn is_clean(&self) -> bool {
        self.lost == 0 && self.doubled == 0 && self.ghosts == 0
    }
}

/// An order as the server has it.
#[derive(Clone, Debug)]
pub struct Ordered {
    /// The draft it came from.
    pub draft: DraftId,
    /// Its id.
    pub order: OrderId,
    /// The customer's note.
    pub note: String,
}

#[derive(Clone, Debug, Default)]
struct Wish {
    /// The device has said that it is kept: as a draft, or as queued.
    kept: bool,
    /// Its person has thrown it away, or begun to.
    discarded: bool,
    /// The last press that the screen of each device has confirmed.
    queued: BTreeMap<usize, u32>,
}

/// A press of *Submit*.
#[derive(Clone, Debug)]
pub(crate) struct Press {
    device: usize,
    /// What was in the draft.
    pub(crate) typed: BTreeSet<usize>,
}

/// Watches one schedule.
#[derive(Debug, Default)]
pub struct Oracle {
    wishes: Vec<Wish>,
    of_draft: BTreeMap<DraftId, usize>,
    pub(crate) presses: Vec<Press>,
    dead_presses: BTreeSet<u32>,
    dead_drafts: BTreeSet<DraftId>,
    pub(crate) orders: BTreeMap<DraftId, (OrderId, u32)>,
    /// Drafts that came back under another id, with the device where they did so first.
    pub(crate) moved: BTreeMap<DraftId, usize>,
    /// What was typed.
    pub typing: Typing,
    changes: BTreeSet<String>,
    ghosts: BTreeSet<String>,
}

/// What a transaction would tell the person, if it goes through.
#[derive(Debug, Default)]
pub struct Promise {
    moves: Vec<(DraftId, DraftId)>,
    /// Drafts made of what another order does not have.
    beside: Vec<DraftId>,
    presses: Vec<u32>,
    drafts: Vec<DraftId>,
    receipts: Vec<Receipt>,
}

/// Wish and press out of a note.
fn marks(note: &str) -> Option<(usize, u32)> {
    let (wish, press) = note.strip_prefix('w')?.split_once(".p")?;
    Some((wish.parse().ok()?, press.parse().ok()?))
}

fn press_of(entry: &Entry) -> Option<u32> {
    let body: serde_json::Value = serde_json::from_str(&entry.frozen.body).ok()?;
    marks(body.get("note")?.as_str()?).map(|(_, press)| press)
}

impl Oracle {
    /// A person begins to write the draft `id`.
    pub fn begin(&mut self, id: DraftId) -> usize {
        self.wishes.push(Wish::default());
        self.of_draft.insert(id, self.wishes.len() - 1);
        self.wishes.len() - 1
    }

    /// What the draft `id`, whose own note is `note`, is wanted for.
    pub fn wish(&mut self, id: DraftId, note: &str) -> usize {
        if let Some(wish) = self.of_draft.get(&id) {
            return *wish;
        }
        let same = || {
            note.strip_prefix('w')?
                .parse()
                .ok()
                .filter(|_| !Shared::is_copy(id.0))
        };
        match same() {
            Some(wish) => {
                self.of_draft.insert(id, wish);
                wish
            }
            None => self.begin(id),
        }
    }

    /// What a wish is called in a draft's note.
    pub fn name(wish: usize) -> String {
        format!("w{wish}")
    }

    /// The device has said that the draft is saved.
    pub fn kept(&mut self, wish: usize) {
        self.wishes[wish].kept = true;
    }

    /// The person presses *Submit* at `device`, with `draft` before their eyes; gives the note of the submission.
    pub fn press(&mut self, device: usize, wish: usize, draft: &Draft) -> (u32, String) {
        let typed = typing::pieces(draft);
        self.presses.push(Press { device, typed });
        let press = u32::try_from(self.presses.len()).unwrap_or(u32::MAX);
        (press, format!("w{wish}.p{press}"))
    }

    /// The screen of `device` says "queued".
    pub fn queued(&mut self, device: usize, wish: usize, press: u32) {
        let wish = &mut self.wishes[wish];
        wish.kept = true;
        let queued = wish.queued.entry(device).or_default();
        *queued = (*queued).max(press);
    }

    /// The person throws `draft` away.
    pub fn discarding(&mut self, draft: &Draft) {
        let wish = self.wish(draft.id, &draft.note);
        self.wishes[wish].discarded = true;
        self.typing.thrown_away(draft);
    }

    /// The server has answered a submission: this draft is this order.
    pub fn ordered(&mut self, draft: DraftId, order: OrderId, note: Option<&str>) {
        let press = note.and_then(marks).map_or(0, |(_, press)| press);
        self.orders.entry(draft).or_insert((order, press));
    }

    /// The server has done the change under `key`.
    pub fn changed(&mut self, key: &str) {
        self.changes.insert(key.to_owned());
    }

    /// The device says that somebody else has changed what the change under `key` was for.
    pub fn stale(&mut self, key: &str) {
        if self.changes.contains(key) {
            self.ghost(format!(
                "\"somebody changed it\" about the change {key}, which is done"
            ));
        }
    }

    fn ghost(&mut self, finding: String) {
        self.ghosts.insert(finding);
    }

    /// What `batch` would tell the person if it is done to `live`. `alone`: there is no other device that could submit what is
    /// given up on this one.
    pub fn promise(live: &Records, batch: &Batch, alone: bool) -> Option<Promise> {
        let mut promise = Promise::default();
        let of = |table: Table| {
            batch.steps.iter().filter_map(move |step| match step {
                Step::Put {
                    table: of,
                    key,
                    stored,
                } if *of == table => Some((key, stored)),
                _ => None,
            })
        };
        for (_, stored) in of(Table::Receipts) {
            promise
                .receipts
                .extend(record::read::<Receipt>(&stored.text).read());
        }
        for (_, stored) in of(Table::Outbox).filter(|(_, stored)| stored.text.contains("needs_attention")) {
            let Some(entry) = record::read::<Entry>(&stored.text).read() else {
                continue;
            };
            match &entry.state {
                State::NeedsAttention { reason } if reason.is_for_good() => {
                    promise.presses.extend(press_of(&entry));
                }
                State::NeedsAttention {
                    reason: Reason::Withdrawn,
                } => promise.drafts.push(entry.id()),
                _ => {}
            }
        }
        for step in &batch.steps {
            let Step::Delete {
                table: Table::Outbox,
                key,
            } = step
            else {
                continue;
            };
            let gone = live.get(&(Table::Outbox, key.clone()));
            let gone = gone.and_then(|stored| record::read::<Entry>(&stored.text).read());
            let Some(entry) = gone.filter(|_| promise.receipts.is_empty()) else {
                continue;
            };
            let back = of(Table::Drafts).filter_map(|(draft, _)| draft.parse().ok());
            let moved = back.filter(|draft: &DraftId| *draft != entry.id() && !Shared::is_copy(draft.0));
            if matches!(
                entry.state,
                State::NeedsAttention {
                    reason: Reason::AlreadyOrdered { .. }
                }
            ) {
                promise.beside.extend(moved);
            } else {
                promise.moves.extend(moved.map(|draft| (entry.id(), draft)));
            }
            match entry.state {
                State::NeedsAttention {
                    reason: Reason::AlreadyOrdered { .. },
                } => {}
                _ if of(Table::Drafts).any(|(draft, _)| draft == key) => {
                    promise.presses.extend(press_of(&entry));
                }
                State::Withdrawing { .. } => promise.drafts.push(entry.id()),
                _ if alone => promise.drafts.push(entry.id()),
                // The other device may still submit the draft: only what was submitted here is given up.
                _ => promise.presses.extend(press_of(&entry)),
            }
        }
        let nothing = promise.presses.is_empty()
            && promise.drafts.is_empty()
            && promise.receipts.is_empty()
            && promise.moves.is_empty()
            && promise.beside.is_empty();
        (!nothing).then_some(promise)
    }

    /// The transaction has gone through at `device`.
    pub fn promised(&mut self, device: usize, promise: Promise) {
        for (from, to) in promise.moves {
            self.moved(device, from, to);
        }
        for draft in promise.beside {
            let wish = self.begin(draft);
            self.kept(wish);
        }
        for receipt in promise.receipts {
            self.is_order(receipt.draft_id, receipt.order_id, "a receipt");
        }
        for press in promise.presses {
            if self.orders.values().any(|(_, made)| *made == press) {
                self.ghost(format!("press {press} is refused or taken back, and is an order"));
            }
            self.dead_presses.insert(press);
        }
        for draft in promise.drafts {
            self.is_no_order(draft);
            self.dead_drafts.insert(draft);
        }
    }

    /// A tab was told what became of an entry.
    pub fn heard(&mut self, draft: DraftId, heard: &Heard) {
        match heard {
            Heard::Accepted { order_id, .. } => self.is_order(draft, *order_id, "\"it is an order\""),
            Heard::TakenBack(id) if *id != draft => self.is_no_order(draft),
            Heard::Discarded => self.is_no_order(draft),
            Heard::TakenBack(_) | Heard::NeedsAttention(_) | Heard::Unknown(_) | Heard::Late => {}
        }
    }

    fn is_order(&mut self, draft: DraftId, order: OrderId, what: &str) {
        if self.orders.get(&draft).is_none_or(|(made, _)| *made != order) {
            self.ghost(format!("{what} for draft {draft}, which is not order {order}"));
        }
    }

    fn is_no_order(&mut self, draft: DraftId) {
        if self.orders.contains_key(&draft) {
            self.ghost(format!(
                "draft {draft} is withdrawn or thrown away, and is an order"
            ));
        }
    }

    /// Compares everything with the orders the server has in the end. `left` names what the device still shows as not
    /// done though its person agreed to everything.
    pub fn judge(&mut self, orders: &[Ordered], left: Vec<String>) -> Verdict {
        let mut verdict = Verdict::default();
        let mut of_wish: Vec<Vec<u32>> = vec![Vec::new(); self.wishes.len()];
        for one in orders {
            let Some((wish, press)) = marks(&one.note).filter(|(wish, _)| *wish < of_wish.len()) else {
                self.ghost(format!("an order nobody pressed for: {one:?}"));
                continue;
            };
            of_wish[wish].push(press);
            if self.dead_presses.contains(&press) {
                self.ghost(format!(
                    "press {press} was refused or taken back, and is an order"
                ));
            }
            if self.dead_drafts.contains(&one.draft) {
                self.ghost(format!(
                    "draft {} was withdrawn or thrown away, and is an order",
                    one.draft
                ));
            }
        }
        for left in left {
            self.ghost(format!("not done in the end: {left}"));
        }
        for (number, (wish, presses)) in self.wishes.iter().zip(&of_wish).enumerate() {
            if presses.is_empty() && wish.kept && !wish.discarded {
                verdict.lost += 1;
                verdict.findings.push(format!(
                    "LOST    wish {number} (queued at presses {:?})",
                    wish.queued
                ));
            }
            if presses.len() > 1 {
                verdict.doubled += u64::try_from(presses.len()).unwrap_or(1) - 1;
                verdict
                    .findings
                    .push(format!("DOUBLED wish {number}: presses {presses:?} are orders"));
            }
            let agreed = |press: u32| {
                let made = self
                    .presses
                    .get(usize::try_from(press).unwrap_or(0).wrapping_sub(1));
                made.and_then(|made| wish.queued.get(&made.device)).copied()
            };
            let stale = presses.iter().find_map(|press| {
                let agreed = agreed(*press).filter(|agreed| press < agreed)?;
                Some((press, agreed))
            });
            if let Some((press, agreed)) = stale {
                self.ghosts.insert(format!(
                    "wish {number} is ordered as of press {press}, agreed was {agreed}"
                ));
            }
        }
        let ordered = of_wish.iter().flatten().flat_map(|press| self.typed_in(*press));
        for piece in self.typing.missing(&ordered.collect()) {
            verdict.lost += 1;
            verdict
                .findings
                .push(format!("LOST    what was typed as {piece}"));
        }
        verdict.ghosts = u64::try_from(self.ghosts.len()).unwrap_or(u64::MAX);
        verdict
            .findings
            .extend(self.ghosts.iter().map(|ghost| format!("GHOST   {ghost}")));
        verdict
    }
}
