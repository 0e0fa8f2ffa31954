//! Two devices and a server that does what it says, or does not answer.

mod exchange;
mod random;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use chrono::{DateTime, Utc};
use countersign_contract::draft::{DraftBody, DraftVersion, KeptDraft};
use countersign_contract::{NoContent, Page, ProblemKind};
use countersign_domain::id::{DraftId, LineId, OrderId, ProductId, VariantId};
use countersign_domain::quantity::{Quantity, Unit};
use countersign_domain::text::LocalText;
use uuid::Uuid;

use crate::draft::{Draft, Item};
use crate::drafts::copies::{Copies, CopiesWay, Round};
use crate::drafts::merge::{first_choice, merged};
use crate::drafts::{Drafts, Kept, Listed, Opened};
use crate::memory::MemoryStore;
use crate::{Device, Reply};

/// What the server does with drafts (contract, draft.rs), and what the way to it does to messages.
#[derive(Debug, Default)]
struct Server {
    kept: RefCell<BTreeMap<DraftId, KeptDraft>>,
    ordered: RefCell<BTreeSet<DraftId>>,
    last: Cell<u64>,
    ids: Cell<u128>,
    trouble: Cell<Trouble>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Trouble {
    #[default]
    None,
    /// Nothing arrives.
    Deaf,
    /// Everything arrives, and no answer comes back.
    Mute,
}

impl Server {
    fn answer<T>(&self, act: impl FnOnce() -> Result<T, ProblemKind>) -> Reply<T> {
        if self.trouble.get() == Trouble::Deaf {
            return Reply::Silence;
        }
        match (act(), self.trouble.get()) {
            (_, Trouble::Mute) => Reply::Silence,
            (Ok(answer), _) => Reply::Answered(answer),
            (Err(problem), _) => Reply::Problem(problem),
        }
    }

    fn version_of(&self, id: DraftId) -> u64 {
        self.kept.borrow().get(&id).map_or(0, |kept| kept.version)
    }

    /// Another device submits the draft.
    fn order(&self, id: DraftId) {
        self.kept.borrow_mut().remove(&id);
        self.ordered.borrow_mut().insert(id);
    }

    fn draft(&self, id: DraftId) -> Option<Draft> {
        let kept = self.kept.borrow();
        kept.get(&id).map(|kept| kept.content.read().expect("a draft"))
    }
}

impl CopiesWay for &Server {
    async fn list(&self, after: Option<&str>) -> Reply<Page<KeptDraft>> {
        self.answer(|| {
            let kept = self.kept.borrow();
            // One on a page: that pages are walked is part of the test.
            let mut rest = kept
                .values()
                .filter(|kept| after.is_none_or(|after| kept.id.to_string().as_str() > after));
            let items: Vec<KeptDraft> = rest.by_ref().take(1).cloned().collect();
            let next = rest.next().and(items.last()).map(|last| last.id.to_string());
            Ok(Page {
                items,
                next,
                total: None,
            })
        })
    }

    async fn get(&self, id: DraftId) -> Reply<KeptDraft> {
        self.answer(|| self.kept.borrow().get(&id).cloned().ok_or(ProblemKind::NotFound))
    }

    async fn put(&self, id: DraftId, body: &DraftBody, _: &str, version: u64) -> Reply<DraftVersion> {
        self.answer(|| {
            if self.ordered.borrow().contains(&id) {
                let order_id = OrderId(id.0);
                return Err(ProblemKind::AlreadyOrdered { order_id });
            }
            let same = (self.kept.borrow().get(&id)).is_some_and(|kept| kept.content == body.content);
            if !same {
                let there = self.version_of(id);
                if there != version {
                    return Err(ProblemKind::Stale { version: there });
                }
                self.last.set(self.last.get() + 1);
                let kept = KeptDraft {
                    id,
                    name: body.name.clone(),
                    version: self.last.get(),
                    updated_at: DateTime::UNIX_EPOCH,
                    content: body.content.clone(),
                };
                self.kept.borrow_mut().insert(id, kept);
            }
            Ok(DraftVersion {
                id,
                version: self.version_of(id),
                updated_at: DateTime::UNIX_EPOCH,
            })
        })
    }

    async fn remove(&self, id: DraftId, version: u64) -> Reply<NoContent> {
        self.answer(|| match self.version_of(id) {
            0 => Err(ProblemKind::NotFound),
            there if there != version => Err(ProblemKind::Stale { version: there }),
            _ => {
                self.kept.borrow_mut().remove(&id);
                Ok(NoContent {})
            }
        })
    }
}

impl Device for &Server {
    fn now(&self) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }

    fn new_id(&self) -> Uuid {
        self.ids.set(self.ids.get() + 1);
        Uuid::from_u128(1_000 + self.ids.get())
    }

    fn chance(&self) -> u32 {
        0
    }
}

/// A device of the one account.
struct Phone<'a> {
    store: MemoryStore,
    server: &'a Server,
}

impl<'a> Phone<'a> {
    fn new(server: &'a Server) -> Self {
        Self {
            store: MemoryStore::default(),
            server,
        }
    }

    fn copies(&self) -> Copies<&MemoryStore, &'a Server, &'a Server> {
        Copies::new(&self.store, self.server, self.server)
    }

    fn drafts(&self) -> Drafts<&MemoryStore> {
        Drafts::new(&self.store)
    }

    fn open(&self, id: DraftId) -> Option<Opened> {
        now(self.drafts().open(id)).expect("storage that works")
    }

    fn all(&self) -> BTreeMap<DraftId, Draft> {
        let all = now(self.drafts().list()).expect("storage that works");
        all.into_iter()
            .map(|listed| match listed {
                Listed::Draft(opened) => (opened.kept.draft.id, opened.kept.draft),
                Listed::Unreadable { key, .. } => panic!("{key} can't be read"),
            })
            .collect()
    }

    /// Types `line` into a draft, which begins with it where there is none.
    fn type_line(&self, id: DraftId, line: LineId) {
        let opened = self.open(id);
        let base = opened.as_ref().map(|opened| opened.version);
        let mut draft = opened.map_or_else(|| Draft::begin(id), |opened| opened.kept.draft);
        draft
            .add(item(line), Quantity::ONE, line)
            .expect("room for a line");
        self.keep(draft, base);
    }

    fn keep(&self, draft: Draft, base: Option<u64>) {
        let kept = Kept {
            draft,
            changed_at: DateTime::UNIX_EPOCH,
        };
        now(self.drafts().save(&kept, base)).expect("nobody was faster");
    }

    fn remove(&self, id: DraftId) {
        if let Some(opened) = self.open(id) {
            now(self.drafts().remove(id, opened.version)).expect("nobody was faster");
        }
    }

    /// A round, after which the person has answered every question with "keep the lines of both".
    fn exchange(&self) -> Round {
        let round = now(self.copies().exchange()).expect("storage that works");
        for (id, theirs) in &round.differing {
            let mine = self.open(*id).expect("what the question is about");
            let kept = Kept {
                draft: merged(&mine.kept.draft, &theirs.draft, first_choice),
                changed_at: DateTime::UNIX_EPOCH,
            };
            now(self.copies().settle(theirs, &kept, Some(mine.version))).expect("nobody was faster");
        }
        round
    }

    fn exchange_well(&self) -> Round {
        let round = self.exchange();
        assert!(round.is_complete, "{round:?}");
        round
    }
}

fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("nothing here has to wait"),
    }
}

fn id(number: u128) -> DraftId {
    DraftId(Uuid::from_u128(number))
}

fn line(number: u128) -> LineId {
    LineId(Uuid::from_u128(number))
}

fn item(line: LineId) -> Item {
    Item {
        product_id: ProductId(Uuid::from_u128(1)),
        variant_id: VariantId(line.0),
        sku: "DR-001".to_owned(),
        name: LocalText::new("矿泉水", "Spring water"),
        unit: Unit {
            code: "case".to_owned(),
            name: LocalText::new("箱", "case"),
            factor: Quantity::ONE,
        },
    }
}
