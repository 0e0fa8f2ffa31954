//! The person at the device: each thing one can do, over the real code.

use std::rc::Rc;

use chrono::{DateTime, Utc};
use countersign_contract::ProblemKind;
use countersign_contract::file::StoredFile;
use countersign_contract::submission::{Submission, SubmissionChange, SubmissionLine};
use countersign_domain::file::FileKind;
use countersign_domain::id::{DraftId, FileId, LineId, OrderId};
use countersign_domain::quantity::Quantity;
use countersign_sync::draft::{Draft, DraftLine, Item, read_quantity};
use countersign_sync::drafts::copies::{Copies, Round};
use countersign_sync::drafts::merge::{first_choice, merged};
use countersign_sync::drafts::{Drafts, Kept, NotSaved, Opened};
use countersign_sync::files::Files;
use countersign_sync::outbox::Outbox;
use countersign_sync::{Device, Reply};

use crate::breakage::{BrokenStore, BrokenTransport};
use crate::device::{Shared, SimDevice};
use crate::fixture;
use crate::oracle::Oracle;
use crate::server::owner;
use crate::slot::{Slot, SlotStore, SlotTransport};
use crate::typing;

/// Every so manieth draft has a file.
const WITH_FILE: usize = 3;

/// The bytes of a file.
const FILE: &[u8] = b"%PDF-1.7\n";

/// How often a person presses a button that brought no answer.
const PATIENCE: usize = 4;

/// The hands of a person in one tab, for one thing to do.
#[derive(Clone, Debug)]
pub struct Hands {
    /// The world.
    pub shared: Rc<Shared>,
    /// Where the thing waits.
    pub slot: Rc<Slot>,
    /// At which device.
    pub device: usize,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Begin a draft; then submit it or not.
    Write {
        /// Whether it is submitted at once.
        submit: bool,
    },
    /// Submit a draft, agreeing to what changed.
    Submit(DraftId),
    /// Type another quantity into a draft.
    Edit(DraftId),
    /// Throw a draft away.
    Remove(DraftId),
    /// Take an entry back.
    TakeBack(DraftId),
    /// Throw an entry away.
    Discard(DraftId),
    /// Copy an entry as a new draft.
    Copy(DraftId),
    /// Make an order of its own of an entry whose draft became another order.
    Salvage(DraftId),
    /// Make the drafts and their copies on the server alike.
    Exchange {
        /// Whether only what was typed here is given to the server.
        push: bool,
    },
    /// Send an entry once more.
    Retry(DraftId),
    /// Send everything now.
    Hurry,
    /// Take an order back, which is no draft any more.
    Withdraw(OrderId),
    /// Send what is due.
    Send {
        /// Whether the tab believes to be the only one that sends.
        alone: bool,
    },
}

impl Hands {
    fn store(&self) -> BrokenStore {
        BrokenStore {
            inner: SlotStore(Rc::clone(&self.slot)),
            shared: Rc::clone(&self.shared),
        }
    }

    fn drafts(&self) -> Drafts<BrokenStore> {
        Drafts::new(self.store())
    }

    fn outbox(&self, device: SimDevice) -> Outbox<BrokenStore, BrokenTransport, SimDevice> {
        Outbox::new(self.store(), self.transport(), device, owner())
    }

    fn copies(&self) -> Copies<BrokenStore, BrokenTransport, SimDevice> {
        // What lives on beside an order is an order of its own.
        Copies::new(self.store(), self.transport(), SimDevice::copying(&self.shared))
    }

    fn transport(&self) -> BrokenTransport {
        BrokenTransport {
            inner: SlotTransport(Rc::clone(&self.slot)),
            shared: Rc::clone(&self.shared),
        }
    }

    fn device(&self) -> SimDevice {
        SimDevice::of(&self.shared)
    }

    fn now(&self) -> DateTime<Utc> {
        self.device().now()
    }

    /// Does one thing. What went wrong is what the person sees; the next thing is chosen by what the device shows then.
    pub async fn act(self, deed: Deed) {
        let outbox = self.outbox(self.device());
        let outcome = match deed {
            Deed::Write { submit } => format!("{:?}", self.write(submit).await),
            Deed::Submit(id) => format!("{:?}", self.submit(id).await),
            Deed::Edit(id) => format!("{:?}", self.edit(id).await),
            Deed::Remove(id) => format!("{:?}", self.remove(id).await),
            Deed::TakeBack(id) => format!("{:?}", outbox.take_back(id).await),
            Deed::Discard(id) => self.discard(id).await,
            Deed::Copy(id) => {
                let outbox = self.outbox(SimDevice::copying(&self.shared));
                format!("{:?}", outbox.copy(id).await)
            }
            Deed::Salvage(id) => {
                let outbox = self.outbox(SimDevice::copying(&self.shared));
                format!("{:?}", outbox.take_back(id).await)
            }
            Deed::Exchange { push } => format!("{:?}", self.exchange(push).await),
            Deed::Retry(id) => format!("{:?}", outbox.retry(id).await),
            Deed::Hurry => format!("{:?}", outbox.hurry().await),
            Deed::Withdraw(order) => format!("{:?}", self.withdraw(order).await),
            Deed::Send { alone } => {
                let round = outbox.send_due(alone).await;
                if let Ok(round) = &round {
                    let mut oracle = self.shared.oracle.borrow_mut();
                    round
                        .heard
                        .iter()
                        .for_each(|(id, heard)| oracle.heard(*id, heard));
                }
                format!("{round:?}")
            }
        };
        self.shared.note(|| format!("done: {outcome}"));
    }

    async fn write(&self, submit: bool) -> Option<()> {
        let id = DraftId(self.device().new_id());
        let wish = self.shared.oracle.borrow_mut().begin(id);
        let mut draft = Draft::begin(id);
        draft.note = Oracle::name(wish);
        draft.lines.push(line(LineId(self.device().new_id())));
        if wish.is_multiple_of(WITH_FILE) {
            let file = file(FileId(self.device().new_id()));
            Files::new(self.store()).keep(file.clone(), FILE).await.ok()?;
            draft.attachments.push(file);
        }
        let kept = self.kept(draft);
        self.drafts().save(&kept, None).await.ok()?;
        self.settle(id, wish).await?;
        if submit { self.submit(id).await } else { Some(()) }
    }

    async fn open(&self, id: DraftId) -> Option<(usize, Opened)> {
        let mut opened = self.drafts().open(id).await.ok()??;
        let draft = &mut opened.kept.draft;
        let wish = self.shared.oracle.borrow_mut().wish(id, &draft.note);
        draft.note = Oracle::name(wish);
        Some((wish, opened))
    }

    async fn edit(&self, id: DraftId) -> Option<()> {
        let (wish, mut opened) = self.open(id).await?;
        self.retype(&mut opened.kept.draft);
        let piece = self.shared.oracle.borrow_mut().typing.begin(self.device);
        let typed = typing::line(piece, line(LineId(self.device().new_id())));
        opened.kept.draft.lines.push(typed);
        self.save(wish, &mut opened, Some(piece)).await
    }

    /// Saves; where another tab was faster, the person makes one draft of both.
    async fn save(&self, wish: usize, opened: &mut Opened, piece: Option<usize>) -> Option<()> {
        opened.kept.changed_at = self.now();
        loop {
            match self.drafts().save(&opened.kept, Some(opened.version)).await {
                Ok(version) => {
                    opened.version = version;
                    break;
                }
                Err(NotSaved::Changed(theirs)) => {
                    let draft = &mut opened.kept.draft;
                    *draft = merged(draft, &theirs.kept.draft, first_choice);
                    draft.note = Oracle::name(wish);
                    opened.version = theirs.version;
                }
                Err(NotSaved::Gone | NotSaved::Store(_)) => return None,
            }
        }
        if let Some(piece) = piece {
            self.shared.oracle.borrow_mut().typing.saved(piece);
        }
        self.settle(opened.kept.draft.id, wish).await
    }

    /// Waits until the disk has it.
    async fn settle(&self, id: DraftId, wish: usize) -> Option<()> {
        let saved = self.shared.oracle.borrow().typing.unsettled(self.device);
        self.drafts().settle(id).await.ok()?;
        let mut oracle = self.shared.oracle.borrow_mut();
        oracle.kept(wish);
        oracle.typing.settled(&saved);
        Some(())
    }

    /// Sends the files that the server lacks, as a device does whenever it has a connection: another one may have the draft
    /// that names them, and not the files.
    async fn send_files(&self) -> Option<()> {
        let files = Files::new(self.store());
        let waiting: Vec<FileId> = (files.notes().await.ok()?.waiting())
            .map(|note| note.file.id)
            .collect();
        for id in waiting {
            files.send(&self.transport(), owner(), id).await.ok()?;
        }
        Some(())
    }

    /// A round of the copies; then the person makes one draft of each two that differ.
    async fn exchange(&self, push: bool) -> Option<Round> {
        self.send_files().await?;
        let copies = self.copies();
        let round = if push {
            copies.push().await
        } else {
            copies.exchange().await
        };
        let round = round.ok()?;
        for (id, theirs) in &round.differing {
            let Some((wish, mine)) = self.open(*id).await else {
                continue;
            };
            let mut draft = merged(&mine.kept.draft, &theirs.draft, first_choice);
            draft.note = Oracle::name(wish);
            if (copies.settle(theirs, &self.kept(draft), Some(mine.version)).await).is_ok() {
                self.settle(*id, wish).await;
            }
        }
        Some(round)
    }

    fn retype(&self, draft: &mut Draft) {
        // One in nine is less than the variant's minimum, and refused.
        let typed = 9 - self.shared.rng.borrow_mut().below(9);
        let lines: Vec<LineId> = draft.lines.iter().map(|line| line.id).collect();
        for line in &mut draft.lines {
            line.typed = typed.to_string();
        }
        lines.into_iter().for_each(|line| draft.settle_quantity(line));
    }

    async fn submit(&self, id: DraftId) -> Option<()> {
        let (wish, mut opened) = self.open(id).await?;
        if let Some(changes) = opened.kept.draft.refused.clone() {
            self.agree(&mut opened.kept.draft, &changes);
            self.save(wish, &mut opened, None).await?;
        }
        let draft = &opened.kept.draft;
        let seen = fixture::money(self.shared.seen_price.get());
        let lines = draft.lines.iter().map(|line| SubmissionLine {
            id: line.id,
            variant_id: line.item.variant_id,
            quantity: read_quantity(&line.typed).unwrap_or(Quantity::ONE),
            seen_price: seen,
            note: line.note.clone(),
        });
        let (press, note) = (self.shared.oracle.borrow_mut()).press(self.device, wish, draft);
        let submission = Submission {
            draft_id: id,
            rev: draft.next_rev(),
            owner: owner(),
            lines: lines.collect(),
            address_id: fixture::ADDRESS,
            wanted_date: None,
            delivery_method: draft.delivery_method,
            priority: draft.priority,
            note,
            seen: None,
            copy_version: None,
            attachments: Vec::new(),
            customer_id: None,
        };
        let outbox = self.outbox(self.device());
        outbox.submit(&opened, submission, seen).await.ok()?;
        self.shared.oracle.borrow_mut().queued(self.device, wish, press);
        self.shared
            .note(|| format!("screen: wish {wish} is queued as press {press}"));
        Some(())
    }

    /// Accepts everything that changed.
    fn agree(&self, draft: &mut Draft, changes: &[SubmissionChange]) {
        for change in changes {
            match change {
                SubmissionChange::Price { line_id, now, .. } => {
                    let cents = (now.0 - fixture::money(0).0) * rust_decimal::Decimal::ONE_HUNDRED;
                    self.shared
                        .seen_price
                        .set(i64::try_from(cents.trunc().mantissa()).unwrap_or(0));
                    draft.settle(*line_id);
                }
                SubmissionChange::Quantity { line_id, .. } => {
                    for line in draft.lines.iter_mut().filter(|line| line.id == *line_id) {
                        "2".clone_into(&mut line.typed);
                    }
                    draft.settle(*line_id);
                }
                SubmissionChange::Unavailable { line_id } => draft.settle(*line_id),
                SubmissionChange::Order { .. } => draft.settle_order(),
            }
        }
    }

    async fn remove(&self, id: DraftId) -> Option<()> {
        let (_, opened) = self.open(id).await?;
        self.shared.oracle.borrow_mut().discarding(&opened.kept.draft);
        self.drafts().remove(id, opened.version).await.ok()
    }

    async fn discard(&self, id: DraftId) -> String {
        let outbox = self.outbox(self.device());
        let Ok(Some(held)) = outbox.held(id).await else {
            return "it is gone".to_owned();
        };
        self.shared.oracle.borrow_mut().discarding(&held.entry.draft);
        format!("{:?}", outbox.discard(&held.entry).await)
    }

    async fn withdraw(&self, order: OrderId) -> Option<()> {
        let transport = SlotTransport(Rc::clone(&self.slot));
        let key = self.device().new_id().to_string();
        for _ in 0..PATIENCE {
            match transport.change(order, 1, key.clone()).await {
                Reply::Answered(()) => return Some(()),
                Reply::Problem(ProblemKind::Stale { .. }) => {
                    self.shared.oracle.borrow_mut().stale(&key);
                    return None;
                }
                Reply::Problem(_) | Reply::Silence => {}
            }
        }
        None
    }

    fn kept(&self, draft: Draft) -> Kept {
        Kept {
            draft,
            changed_at: self.now(),
        }
    }
}

fn file(id: FileId) -> StoredFile {
    StoredFile {
        id,
        name: "a.pdf".to_owned(),
        kind: FileKind::Pdf,
        size: FILE.len() as u64,
    }
}

fn line(id: LineId) -> DraftLine {
    DraftLine {
        id,
        item: Item {
            product_id: fixture::PRODUCT,
            variant_id: fixture::VARIANT,
            sku: "TEA-1".to_owned(),
            name: countersign_domain::text::LocalText::new("绿茶", "Green tea"),
            unit: fixture::unit(),
        },
        typed: "2".to_owned(),
        note: String::new(),
    }
}
