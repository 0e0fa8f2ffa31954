//! The tree of categories, given as each category with the one it hangs from.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::CategoryId;

/// Deeper than any catalog goes: a tree that bites its tail comes to an end.
const MAX_DEPTH: usize = 32;

/// `category` and everything below it. A tree that bites its tail comes to an end as well.
pub fn below(
    category: CategoryId,
    parents: impl Iterator<Item = (CategoryId, Option<CategoryId>)>,
) -> BTreeSet<CategoryId> {
    let mut children: BTreeMap<CategoryId, Vec<CategoryId>> = BTreeMap::new();
    for (id, parent) in parents {
        if let Some(parent) = parent {
            children.entry(parent).or_default().push(id);
        }
    }
    let mut found = BTreeSet::from([category]);
    let mut open = vec![category];
    while let Some(next) = open.pop() {
        let new = children
            .get(&next)
            .into_iter()
            .flatten()
            .filter(|id| found.insert(**id));
        open.extend(new.copied().collect::<Vec<_>>());
    }
    found
}

/// Adds what is below each category to what is in it.
pub fn upwards(
    counts: impl Iterator<Item = (CategoryId, u32)>,
    parents: &BTreeMap<CategoryId, Option<CategoryId>>,
) -> BTreeMap<CategoryId, u32> {
    let mut sums: BTreeMap<CategoryId, u32> = BTreeMap::new();
    for (category, products) in counts {
        let mut here = Some(category);
        for _ in 0..MAX_DEPTH {
            let Some(id) = here else { break };
            let sum = sums.entry(id).or_default();
            *sum = sum.saturating_add(products);
            here = parents.get(&id).copied().flatten();
        }
    }
    sums
}
