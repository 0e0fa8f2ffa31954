//! A copy of the catalog on the device, so that it can be read without a connection.
//!
//! The copy is kept in segments that are only ever added: each step of `GET /catalog/changes` is one record, written in
//! one transaction with the [`manifest`] that says which segments there are and how far they go. A first walk through
//! 100,000 products therefore writes each of them once, and a walk that is cut off anywhere goes on from there. What a later
//! segment says of a product counts; when too much of the earlier ones is obsolete, or too many are small, they are
//! written anew ([`tidy`]).
//!
//! All of it is the server's data. Unlike what a person wrote, a copy that can't be read is thrown away.

mod codes;
mod list;
mod manifest;
mod tidy;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use countersign_contract::catalog::CatalogProduct;
use countersign_domain::id::ProductId;

pub use list::Catalog;
use manifest::{MANIFEST, Manifest, Piece, Segment};
pub use walk::{End, Progress, Walk};

use crate::record::{self, Found};
use crate::store::{Batch, Store, StoreError, Table};

/// The copy of one account on one device.
#[derive(Clone, Debug)]
pub struct CatalogCopy<S> {
    store: S,
}

/// A manifest with the version it was read at.
#[derive(Clone, Debug)]
struct Held {
    manifest: Manifest,
    version: u64,
}

/// What several segments come to.
#[derive(Debug, Default)]
struct Sum {
    products: BTreeMap<ProductId, CatalogProduct>,
    /// What they take away from segments before them.
    removed: BTreeSet<ProductId>,
}

impl Sum {
    fn add(&mut self, segment: Segment) {
        for product in segment.products {
            self.removed.remove(&product.id);
            self.products.insert(product.id, product);
        }
        for id in segment.removed {
            self.products.remove(&id);
            self.removed.insert(id);
        }
    }
}

impl<S: Store> CatalogCopy<S> {
    /// The copy in `store`.
    pub fn new(store: S) -> Self {
        Self { store }
    }

    /// The catalog as far as it is kept; `None` where nothing is, or nothing that this app can read.
    ///
    /// A copy that turns out to be damaged is thrown away, so that the next walk begins anew. What a newer app wrote is left
    /// to that one.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn load(&self) -> Result<Option<Catalog>, StoreError> {
        loop {
            let Some((Found::Read(manifest), version)) = self.manifest().await? else {
                return Ok(None);
            };
            if manifest.cursor.is_none() {
                return Ok(None);
            }
            match self.gather(manifest.pieces()).await? {
                Found::Read(sum) => return Ok(Some(Catalog::new(sum.products, &manifest))),
                Found::Newer => return Ok(None),
                Found::Broken => {}
            }
            // Unless another tab has put other segments in place of these meanwhile: then those are read.
            if self.throw_away(&Held { manifest, version }).await? {
                return Ok(None);
            }
        }
    }

    /// Whether `catalog` is what is kept now; then it learns when that was last complete. Much faster than loading it again.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn confirms(&self, catalog: &Catalog) -> Result<bool, StoreError> {
        Ok(match self.manifest().await? {
            Some((Found::Read(manifest), _)) => catalog.learn(&manifest),
            _ => false,
        })
    }

    /// Deletes everything of it: somebody signs out of a device that is not trusted. A walk that is under way, in
    /// whichever tab, ends with its next step and writes nothing any more.
    ///
    /// # Errors
    /// See [`StoreError`]; then everything is still there.
    pub async fn clear(&self) -> Result<(), StoreError> {
        loop {
            let version = self.manifest().await?.map(|(_, version)| version);
            let mut batch = Batch::new().expect(Table::Catalog, MANIFEST, version);
            for (key, _) in self.store.list(Table::Catalog).await? {
                batch = batch.delete(Table::Catalog, key);
            }
            match self.store.commit(batch).await {
                Err(StoreError::Conflict) => {}
                done => return done,
            }
        }
    }

    /// The manifest with its version, if there is one.
    async fn manifest(&self) -> Result<Option<(Found<Manifest>, u64)>, StoreError> {
        let stored = self.store.get(Table::Catalog, MANIFEST).await?;
        Ok(stored.map(|stored| (record::read(&stored.text), stored.version)))
    }

    /// Reads segments and adds them up.
    async fn gather(&self, pieces: &[Piece]) -> Result<Found<Sum>, StoreError> {
        let mut sum = Sum::default();
        for piece in pieces {
            let Some(stored) = self.store.get(Table::Catalog, &piece.key()).await? else {
                return Ok(Found::Broken);
            };
            match record::read::<Segment>(&stored.text) {
                Found::Read(segment) => sum.add(segment),
                Found::Newer => return Ok(Found::Newer),
                Found::Broken => return Ok(Found::Broken),
            }
        }
        Ok(Found::Read(sum))
    }

    /// Deletes a copy that can't be read. `false` when somebody was faster; then nothing is deleted.
    async fn throw_away(&self, held: &Held) -> Result<bool, StoreError> {
        let mut batch = Batch::new()
            .expect(Table::Catalog, MANIFEST, Some(held.version))
            .delete(Table::Catalog, MANIFEST);
        for piece in held.manifest.all_pieces() {
            batch = batch.delete(Table::Catalog, piece.key());
        }
        self.done(batch).await
    }

    /// A batch that puts `manifest` in place of the version `base`.
    fn replacing(&self, base: u64, manifest: &Manifest) -> Batch {
        Batch::new()
            .expect(Table::Catalog, MANIFEST, Some(base))
            .put(
                Table::Catalog,
                MANIFEST,
                base.saturating_add(1),
                record::write(manifest),
            )
            .relaxed()
    }

    async fn done(&self, batch: Batch) -> Result<bool, StoreError> {
        match self.store.commit(batch).await {
            Ok(()) => Ok(true),
            Err(StoreError::Conflict) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests;
