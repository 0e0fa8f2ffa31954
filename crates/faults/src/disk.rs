//! The storage of the simulated device: what its tabs see, and what a loss of power leaves.

use std::collections::VecDeque;

use countersign_sync::StoreError;
use countersign_sync::memory::{Records, apply};
use countersign_sync::store::{Batch, Durability, Step, Stored, Table};

/// How long a write that nobody waits for stays in the memory of the system (protocol.md measured seconds).
const LAG: i64 = 5_000;

/// The records of one device.
#[derive(Debug, Default)]
pub struct Disk {
    /// What every tab sees.
    pub live: Records,
    /// What a loss of power takes back, the newest last: each record as it was before a relaxed write.
    unsettled: Vec<((Table, String), Option<Stored>)>,
    /// Where a breakage lets the outbox lag: what is on the disk, and what is to come with its moment.
    lagging: Option<(Records, VecDeque<(i64, Step)>)>,
}

impl Disk {
    /// An empty one. `lagging`: writes to the outbox are not durable at once.
    pub fn new(lagging: bool) -> Self {
        Self {
            live: Records::new(),
            unsettled: Vec::new(),
            lagging: lagging.then(Default::default),
        }
    }

    /// One record.
    pub fn get(&self, table: Table, key: &str) -> Option<Stored> {
        self.live.get(&(table, key.to_owned())).cloned()
    }

    /// All records of a table.
    pub fn list(&self, table: Table) -> Vec<(String, Stored)> {
        self.of(table)
            .map(|(key, stored)| (key.to_owned(), stored.clone()))
            .collect()
    }

    /// The records of a table where they are.
    pub fn of(&self, table: Table) -> impl Iterator<Item = (&str, &Stored)> {
        (self.live.iter())
            .filter(move |((of, _), _)| *of == table)
            .map(|((_, key), stored)| (key.as_str(), stored))
    }

    /// Does everything in `batch` or nothing.
    ///
    /// # Errors
    /// [`StoreError::Conflict`]
    pub fn commit(&mut self, batch: Batch, now: i64) -> Result<(), StoreError> {
        let copy = self.lagging.is_some().then(|| batch.steps.clone());
        let durability = batch.durability;
        let before: Vec<_> = (batch.steps.iter())
            .filter_map(|step| match step {
                Step::Put { table, key, .. } | Step::Delete { table, key }
                    if durability == Durability::Relaxed =>
                {
                    let place = (*table, key.clone());
                    let was = self.live.get(&place).cloned();
                    Some((place, was))
                }
                _ => None,
            })
            .collect();
        apply(&mut self.live, batch)?;
        match durability {
            // The disk writes in order: with this one everything before it is there.
            Durability::Strict => self.unsettled.clear(),
            Durability::Relaxed => self.unsettled.extend(before),
        }
        if let (Some((durable, queue)), Some(steps)) = (&mut self.lagging, copy) {
            for step in steps {
                match &step {
                    Step::Expect { .. } => {}
                    Step::Put { table, .. } | Step::Delete { table, .. } if *table == Table::Outbox => {
                        queue.push_back((now + LAG, step));
                    }
                    Step::Put { .. } | Step::Delete { .. } => write(durable, step),
                }
            }
        }
        Ok(())
    }

    /// The power is gone and back: only what was durable is there.
    pub fn lose_power(&mut self, now: i64) {
        for (place, was) in self.unsettled.drain(..).rev() {
            match was {
                Some(stored) => self.live.insert(place, stored),
                None => self.live.remove(&place),
            };
        }
        if let Some((durable, queue)) = &mut self.lagging {
            while let Some((_, step)) = queue.pop_front_if(|(due, _)| *due <= now) {
                write(durable, step);
            }
            queue.clear();
            self.live.clone_from(durable);
        }
    }
}

fn write(records: &mut Records, step: Step) {
    let steps = vec![step];
    // Without a condition there is nothing to refuse.
    let _ = apply(
        records,
        Batch {
            steps,
            ..Batch::new()
        },
    );
}

#[cfg(test)]
mod tests {
    use countersign_sync::StoreError;
    use countersign_sync::store::{Batch, Table};

    use super::Disk;

    fn put(version: u64) -> Batch {
        Batch::new().put(Table::Drafts, "a", version, version.to_string())
    }

    fn version(disk: &Disk) -> Option<u64> {
        disk.get(Table::Drafts, "a").map(|stored| stored.version)
    }

    #[test]
    fn power_takes_back_what_no_strict_commit_followed() -> Result<(), StoreError> {
        let mut disk = Disk::new(false);
        disk.commit(put(1).relaxed(), 0)?;
        disk.commit(put(2).relaxed(), 0)?;
        disk.lose_power(0);
        assert_eq!(version(&disk), None);
        disk.commit(put(1).relaxed(), 0)?;
        disk.commit(Batch::new().put(Table::Meta, "b", 1, String::new()), 0)?;
        disk.commit(put(2).relaxed(), 0)?;
        disk.commit(Batch::new().delete(Table::Drafts, "a").relaxed(), 0)?;
        disk.lose_power(0);
        assert_eq!(version(&disk), Some(1));
        Ok(())
    }
}
