//! What the device shows, and what a person does who sees it.

use countersign_domain::id::DraftId;
use countersign_sync::outbox::{Entry, Reason, State};
use countersign_sync::receipt::Receipt;
use countersign_sync::record;
use countersign_sync::store::Table;

use crate::device::Shared;
use crate::disk::Disk;
use crate::user::Deed;

/// What a person does who sees what is on the device.
pub fn choose(disk: &Disk, shared: &Shared) -> Option<Deed> {
    let happens = |times| shared.rng.borrow_mut().happens(times);
    let shown: Vec<(Table, &str, &str)> = [Table::Drafts, Table::Outbox, Table::Receipts]
        .into_iter()
        .flat_map(|table| {
            disk.of(table)
                .map(move |(key, stored)| (table, key, stored.text.as_str()))
        })
        .collect();
    if shown.is_empty() || happens(150) {
        let submit = happens(if shared.devices == 1 { 850 } else { 300 });
        return Some(Deed::Write { submit });
    }
    let (table, key, text) = *shared.rng.borrow_mut().pick(&shown)?;
    let id: DraftId = key.parse().ok()?;
    let roll = shared.rng.borrow_mut().below(100);
    Some(match table {
        // With two devices it is the drafts that matter.
        Table::Drafts => match roll {
            0..30 => Deed::Submit(id),
            30..70 if shared.devices == 1 => Deed::Submit(id),
            30..90 => Deed::Edit(id),
            _ => Deed::Remove(id),
        },
        Table::Receipts => {
            let receipt = record::read::<Receipt>(text).read()?;
            Deed::Withdraw(receipt.order_id)
        }
        _ if text.contains("already_ordered") => give_up(&record::read::<Entry>(text).read()?, shared)?,
        _ if text.contains("needs_attention") => match roll {
            0..70 => Deed::TakeBack(id),
            70..80 => Deed::Discard(id),
            80..90 => Deed::Copy(id),
            _ => Deed::Retry(id),
        },
        _ => match roll {
            0..40 => Deed::TakeBack(id),
            40..52 => Deed::Discard(id),
            52..60 => Deed::Copy(id),
            60..80 => Deed::Retry(id),
            _ => Deed::Hurry,
        },
    })
}

/// What a person does who agrees to everything; nothing where all is done.
pub fn agree(disk: &Disk, shared: &Shared) -> Vec<Deed> {
    let ids = |table: Table| {
        (disk.of(table)).filter_map(|(key, stored)| Some((key.parse().ok()?, stored.text.as_str())))
    };
    let mut deeds: Vec<Deed> = ids(Table::Drafts).map(|(id, _)| Deed::Submit(id)).collect();
    for (id, text) in ids(Table::Outbox) {
        let Some(entry) = record::read::<Entry>(text).read() else {
            continue;
        };
        let State::NeedsAttention { reason } = &entry.state else {
            continue;
        };
        deeds.extend(match reason {
            Reason::AlreadyOrdered { .. } => give_up(&entry, shared),
            Reason::Withdrawn => Some(Deed::TakeBack(id)),
            _ if reason.is_for_good() => Some(Deed::TakeBack(id)),
            _ => Some(Deed::Retry(id)),
        });
    }
    if !deeds.is_empty() || disk.of(Table::Outbox).next().is_some() {
        deeds.push(Deed::Hurry);
        deeds.push(Deed::Send { alone: true });
    }
    deeds
}

/// What a person does about an entry whose draft was ordered from another device: where that order has everything, there is
/// nothing left to do; else the rest is worth an order of its own.
fn give_up(entry: &Entry, shared: &Shared) -> Option<Deed> {
    let State::NeedsAttention {
        reason: Reason::AlreadyOrdered { order_id },
    } = &entry.state
    else {
        return None;
    };
    let id = entry.id();
    let is_in = shared.oracle.borrow().is_in(&entry.draft, *order_id);
    Some(if is_in {
        Deed::Discard(id)
    } else {
        Deed::Salvage(id)
    })
}

/// What is shown as not done.
pub fn left(disk: &Disk) -> Vec<String> {
    [Table::Drafts, Table::Outbox]
        .into_iter()
        .flat_map(|table| {
            disk.of(table)
                .map(move |(key, _)| format!("{} {key}", table.name()))
        })
        .collect()
}
