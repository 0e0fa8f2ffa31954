//! Bringing the copy up to date, step by step.

use chrono::{DateTime, Utc};
use countersign_contract::ProblemKind;
use countersign_contract::catalog::CatalogChanges;

use super::manifest::{MANIFEST, Manifest, Taken};
use super::{CatalogCopy, Held};
use crate::record::{self, Found};
use crate::store::{Batch, Store, StoreError, Table};
use crate::{CatalogWay, Device, Reply};

/// Products asked for in one step: what a bad connection carries in a few seconds, without a hundred thousand of them
/// taking more than a hundred requests.
const STEP: u32 = 1_000;
/// How often a server may send a copy with a cursor back to the beginning before the walk gives up on it.
const MOST_RESTARTS: u32 = 3;

/// How far a walk is. How much there is to come nobody knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Products that came in this walk and are kept.
    pub products: u64,
}

/// What a walk came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// Products that came and are kept.
    pub products: u64,
    /// Products that were taken away.
    pub removed: u64,
    /// How it ended. Whatever it says, what is counted above is kept.
    pub end: End,
}

/// How a walk ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// There is no more: the copy is up to date.
    UpToDate,
    /// Nothing came, or nothing that leads on. The next walk goes on from here.
    Silence,
    /// The server refused. The next walk goes on from here.
    Problem(ProblemKind),
    /// The copy is gone: it was cleared while the walk was under way.
    Cleared,
    /// A newer app keeps the copy. It was left alone.
    Newer,
}

/// A walk under way.
#[derive(Debug, Default)]
struct Way {
    products: u64,
    removed: u64,
    /// Whether the kept cursor is not to be used: the server can't read it.
    without_cursor: bool,
    /// Whether the server has refused a cursor before.
    refused: bool,
    restarts: u32,
}

impl Way {
    fn end(&self, end: End) -> Walk {
        Walk {
            products: self.products,
            removed: self.removed,
            end,
        }
    }

    /// Whether a walk that takes this step gets anywhere.
    fn leads_on(&mut self, since: Option<&str>, step: &CatalogChanges) -> bool {
        if since.is_some() && step.restart {
            self.restarts += 1;
        }
        let stands = step.more && since == Some(step.cursor.as_str());
        !stands && self.restarts <= MOST_RESTARTS
    }
}

impl<S: Store> CatalogCopy<S> {
    /// Walks from where the copy is until there is no more, and tells of each step that is kept.
    ///
    /// Several tabs may walk at once: of two that took the same step one keeps it, and the other goes on from there.
    ///
    /// # Errors
    /// See [`StoreError`]; what was kept until then is kept.
    pub async fn sync(
        &self,
        way: &impl CatalogWay,
        device: &impl Device,
        mut progress: impl FnMut(Progress),
    ) -> Result<Walk, StoreError> {
        let mut walk = Way::default();
        let mut held = match self.open(device).await? {
            Ok(held) => held,
            Err(end) => return Ok(walk.end(end)),
        };
        loop {
            let cursor = held.manifest.cursor.clone();
            let since = cursor.filter(|_| !walk.without_cursor);
            // The moment before the question: nothing in the answer is older.
            let asked_at = device.now();
            let mut step = match way.changes(since.as_deref(), STEP).await {
                Reply::Answered(step) if walk.leads_on(since.as_deref(), &step) => step,
                Reply::Answered(_) | Reply::Silence => return Ok(walk.end(End::Silence)),
                // Apart from the cursor there is nothing in the question that could be wrong.
                Reply::Problem(ProblemKind::InvalidInput { .. }) if since.is_some() && !walk.refused => {
                    (walk.refused, walk.without_cursor) = (true, true);
                    continue;
                }
                Reply::Problem(problem) => return Ok(walk.end(End::Problem(problem))),
            };
            walk.without_cursor = false;
            step.restart |= since.is_none();
            let more = step.more;
            let (products, removed) = (count(step.products.len()), count(step.removed.len()));
            let Some(kept) = self.keep(&held, step, asked_at).await? else {
                // Another tab has written meanwhile: its steps count, and the walk goes on from there.
                held = match self.reopen(device).await? {
                    Ok(held) => held,
                    Err(end) => return Ok(walk.end(end)),
                };
                continue;
            };
            held = kept;
            walk.products += products;
            walk.removed += removed;
            progress(Progress {
                products: walk.products,
            });
            if !more {
                // The copy is complete with or without it; what the device has no room for now is tried after the next walk.
                let _ = self.tidy(&held).await;
                return Ok(walk.end(End::UpToDate));
            }
        }
    }

    /// Writes down a step. `None` when somebody was faster; then nothing is written.
    async fn keep(
        &self,
        held: &Held,
        step: CatalogChanges,
        at: DateTime<Utc>,
    ) -> Result<Option<Held>, StoreError> {
        let Taken {
            manifest,
            written,
            gone,
        } = held.manifest.take(step, at);
        let mut batch = self.replacing(held.version, &manifest);
        for piece in gone {
            batch = batch.delete(Table::Catalog, piece.key());
        }
        if let Some((piece, segment)) = written {
            batch = batch.put(Table::Catalog, piece.key(), 1, record::write(&segment));
        }
        let version = held.version.saturating_add(1);
        Ok((self.done(batch).await?).then_some(Held { manifest, version }))
    }

    /// The manifest to go on from; a new one where there is none, or none that can be read.
    async fn open(&self, device: &impl Device) -> Result<Result<Held, End>, StoreError> {
        loop {
            match self.manifest().await? {
                Some((Found::Read(manifest), version)) => return Ok(Ok(Held { manifest, version })),
                Some((Found::Newer, _)) => return Ok(Err(End::Newer)),
                Some((Found::Broken, version)) => {
                    if let Some(held) = self.begin(Some(version), device).await? {
                        return Ok(Ok(held));
                    }
                }
                None => {
                    if let Some(held) = self.begin(None, device).await? {
                        return Ok(Ok(held));
                    }
                }
            }
        }
    }

    /// The same in the middle of a walk: what is gone now was cleared, and is not to come back.
    async fn reopen(&self, device: &impl Device) -> Result<Result<Held, End>, StoreError> {
        match self.manifest().await? {
            None => Ok(Err(End::Cleared)),
            Some(_) => self.open(device).await,
        }
    }

    /// Begins a copy, and deletes whatever else lies in the table. `None` when somebody was faster.
    ///
    /// It is written down before the server is asked, so that clearing the copy ends a first walk as it ends any other.
    async fn begin(&self, base: Option<u64>, device: &impl Device) -> Result<Option<Held>, StoreError> {
        // Versions and numbers of a copy that was cleared don't come again: a tab that has read that one would take this
        // one for it.
        let start = device.new_id().as_u128() & u128::from(u32::MAX);
        let start = u64::try_from(start).unwrap_or_default();
        let version = base.map_or(start, |base| base.saturating_add(1));
        let manifest = Manifest::begun(start);
        let mut batch = Batch::new().expect(Table::Catalog, MANIFEST, base);
        for (key, _) in self.store.list(Table::Catalog).await? {
            batch = batch.delete(Table::Catalog, key);
        }
        batch = batch.put(Table::Catalog, MANIFEST, version, record::write(&manifest));
        Ok((self.done(batch).await?).then_some(Held { manifest, version }))
    }
}

fn count(items: usize) -> u64 {
    u64::try_from(items).unwrap_or(u64::MAX)
}
