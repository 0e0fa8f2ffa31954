//! The history of a return as it is read: one entry for each thing somebody did, named, oldest first.

use std::collections::BTreeMap;

use countersign_contract::order::HistoryActor;
use countersign_contract::returns::{ReturnChange, ReturnEntry, ReturnEntryKind};
use countersign_domain::returns::{ReturnEvent, ReturnFact, ReturnStage};
use sqlx::SqliteConnection;

use crate::db::DbError;
use crate::repo::order_people::{self, Doer};

/// The history that `events` are.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub(super) async fn of(
    connection: &mut SqliteConnection,
    events: &[ReturnEvent],
) -> Result<Vec<ReturnEntry>, DbError> {
    let mut people: BTreeMap<Doer, Option<HistoryActor>> = BTreeMap::new();
    let mut named = Vec::new();
    for (by, mut entry) in tell(events) {
        let person = match people.get(&by) {
            Some(known) => known.clone(),
            None => order_people::doer(connection, by).await?,
        };
        people.insert(by, person.clone());
        entry.by = person;
        named.push(entry);
    }
    Ok(named)
}

/// The entries, whose persons are not named yet. What a deed changed stands in the entry of the deed.
fn tell(events: &[ReturnEvent]) -> Vec<(Doer, ReturnEntry)> {
    let mut entries: Vec<(Doer, ReturnEntry)> = Vec::new();
    let mut changes: Vec<ReturnChange> = Vec::new();
    for event in events {
        let (kind, stage, reason) = match &event.fact {
            ReturnFact::StatusChanged { from, to } => {
                let told = entries.iter_mut().rev();
                let mut told = told.take_while(|(by, entry)| by.by == event.by && entry.at == event.at);
                if let Some((_, entry)) = told.find(|(_, entry)| entry.to.is_none()) {
                    entry.from = Some(*from);
                    entry.to = Some(*to);
                }
                continue;
            }
            ReturnFact::QuantitiesCut { lines } => {
                changes.extend(lines.iter().map(|line| ReturnChange::Cut {
                    line_id: line.line_id,
                    from: line.from,
                    to: line.to,
                    reason: line.reason.clone(),
                }));
                continue;
            }
            ReturnFact::GoodsArrived { warehouse_id, lines } => {
                changes.extend(lines.iter().map(|line| ReturnChange::Arrived {
                    line_id: line.line_id,
                    arrived: line.arrived,
                    sellable: line.sellable,
                }));
                // Somebody who confirmed it named the place, and the stage they passed tells it.
                if warehouse_id.is_some() {
                    continue;
                }
                (ReturnEntryKind::GoodsArrived, None, "")
            }
            ReturnFact::Refunded { target, amount } => {
                changes.push(ReturnChange::Refunded {
                    target: *target,
                    amount: *amount,
                });
                if passes_refund(events, event) {
                    continue;
                }
                (ReturnEntryKind::Refunded, None, "")
            }
            ReturnFact::Submitted(_) => (ReturnEntryKind::Submitted, None, ""),
            ReturnFact::StagePassed { stage, note } => {
                (ReturnEntryKind::StagePassed, Some(*stage), note.as_str())
            }
            ReturnFact::Refused { reason } => (ReturnEntryKind::Refused, None, reason.as_str()),
            ReturnFact::Voided { reason } => (ReturnEntryKind::Voided, None, reason.as_str()),
        };
        entries.push((
            Doer {
                by: event.by,
                stands_in_for: event.stands_in_for,
            },
            ReturnEntry {
                at: event.at,
                by: None,
                kind,
                stage,
                from: None,
                to: None,
                reason: reason.to_owned(),
                changes: std::mem::take(&mut changes),
            },
        ));
    }
    entries
}

/// Whether the same deed passes the refund's stage, so that its entry tells the refund.
fn passes_refund(events: &[ReturnEvent], refund: &ReturnEvent) -> bool {
    events.iter().any(|event| {
        event.at == refund.at
            && event.by == refund.by
            && matches!(
                event.fact,
                ReturnFact::StagePassed {
                    stage: ReturnStage::Refund,
                    ..
                }
            )
    })
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use countersign_domain::id::AccountId;
    use countersign_domain::money::Money;
    use countersign_domain::returns::{RefundTarget, ReturnStatus};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_happens_by_itself_has_an_entry_and_what_somebody_confirms_stands_in_theirs() {
        let event = |fact| ReturnEvent {
            at: DateTime::UNIX_EPOCH,
            by: AccountId(Uuid::from_u128(1)),
            stands_in_for: None,
            fact,
        };
        let refund = ReturnFact::Refunded {
            target: RefundTarget::PrepayAccount,
            amount: Money::new(5, 0),
        };
        let passed = |stage| ReturnFact::StagePassed {
            stage,
            note: String::new(),
        };
        let moved = ReturnFact::StatusChanged {
            from: ReturnStatus::PendingReturnReview,
            to: ReturnStatus::Completed,
        };
        let alone = [passed(ReturnStage::Review), refund.clone(), moved.clone()].map(event);
        let kinds: Vec<_> = tell(&alone).into_iter().map(|(_, entry)| entry.kind).collect();
        assert_eq!(kinds, [ReturnEntryKind::StagePassed, ReturnEntryKind::Refunded]);
        let confirmed = [refund, passed(ReturnStage::Refund), moved].map(event);
        let told = tell(&confirmed);
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].1.changes.len(), 1);
        assert_eq!(told[0].1.to, Some(ReturnStatus::Completed));
    }
}
