//! The history of an order as it is read: one entry for each thing somebody did, named, oldest first (rule 13).

use std::collections::BTreeMap;

use countersign_contract::order::{HistoryActor, HistoryEntry, HistoryKind};
use countersign_domain::id::AccountId;
use countersign_domain::order::{Change, Event, Fact, OrderStatus, ShortageChoice};
use countersign_domain::rating::Rating;
use countersign_domain::workflow::Stage;
use sqlx::SqliteConnection;

use crate::db::DbError;
use crate::repo::order_people::{self, Doer};
use crate::repo::payments::Payment;

/// An entry whose person is not named yet.
type Unnamed = (Option<Doer>, HistoryEntry);

/// The history that `events`, payments and the rating are, as `reader` reads it.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub(super) async fn of(
    connection: &mut SqliteConnection,
    events: &[Event],
    payments: &[Payment],
    rating: Option<&Rating>,
    reader: AccountId,
) -> Result<Vec<HistoryEntry>, DbError> {
    let mut told = Told::default();
    events.iter().for_each(|event| told.tell(event));
    let mut entries = told.entries;
    // What was given back is told by the event that made it due.
    for payment in payments.iter().filter(|payment| !payment.amount.is_negative()) {
        let entry = HistoryEntry {
            reason: payment.reference.clone(),
            ..entry(payment.confirmed_at, HistoryKind::PaymentConfirmed)
        };
        let doer = Doer {
            by: payment.confirmed_by,
            stands_in_for: None,
        };
        entries.push((Some(doer), entry));
    }
    if let Some(rating) = rating {
        let entry = HistoryEntry {
            reason: rating.comment.clone(),
            stars: Some(rating.stars),
            ..entry(rating.at, HistoryKind::Rated)
        };
        let doer = Doer {
            by: rating.by,
            stands_in_for: None,
        };
        entries.push((Some(doer), entry));
    }
    // Stable: events of one moment stay in their order.
    entries.sort_by_key(|(_, entry)| entry.at);
    let mut people: BTreeMap<Doer, Option<HistoryActor>> = BTreeMap::new();
    let mut named = Vec::with_capacity(entries.len());
    for (by, mut entry) in entries {
        if let Some(id) = by {
            let person = match people.get(&id) {
                Some(known) => known.clone(),
                None => order_people::doer(connection, id)
                    .await?
                    .map(|person| HistoryActor {
                        is_you: id.by == reader,
                        ..person
                    }),
            };
            people.insert(id, person.clone());
            entry.by = person;
        }
        named.push(entry);
    }
    Ok(named)
}

/// Who is behind an event; nobody behind the desk's own timers.
fn doer(event: &Event) -> Option<Doer> {
    event.by.map(|by| Doer {
        by,
        stands_in_for: event.stands_in_for,
    })
}

fn entry(at: chrono::DateTime<chrono::Utc>, kind: HistoryKind) -> HistoryEntry {
    HistoryEntry {
        at,
        by: None,
        kind,
        stage: None,
        from: None,
        to: None,
        reason: String::new(),
        changes: Vec::new(),
        waiting_before: 0,
        stars: None,
    }
}

/// What an event says by itself.
#[derive(Default)]
struct Words {
    stage: Option<Stage>,
    reason: String,
    changes: Vec<Change>,
    waiting_before: u32,
}

/// The entries so far.
#[derive(Default)]
struct Told {
    entries: Vec<Unnamed>,
    /// What the order review changed, until the same deed passes the stage.
    reviewed: Vec<Change>,
}

impl Told {
    fn tell(&mut self, event: &Event) {
        match &event.fact {
            Fact::StatusChanged { from, to } => self.moved(event, *from, *to),
            Fact::Reviewed {
                promised_date,
                changes,
            } => {
                self.reviewed.clone_from(changes);
                self.reviewed.push(Change::PromisedDate {
                    from: None,
                    to: Some(*promised_date),
                });
            }
            Fact::StagePassed { stage, note } => self.passed(event, *stage, note),
            Fact::StockReserved { .. } | Fact::ReservationReleased { .. } => {
                // Line by line is what the stock needs, not the reader.
                if self.last_kind(event) != Some(HistoryKind::StockChanged) {
                    self.add(event, HistoryKind::StockChanged, Words::default());
                }
            }
            Fact::ChangeApplied { promised_date, .. } => self.applied(event, *promised_date),
            fact => {
                if let Some((kind, words)) = words_of(fact) {
                    self.add(event, kind, words);
                }
            }
        }
    }

    fn add(&mut self, event: &Event, kind: HistoryKind, words: Words) {
        let entry = HistoryEntry {
            stage: words.stage,
            reason: words.reason,
            changes: words.changes,
            waiting_before: words.waiting_before,
            ..entry(event.at, kind)
        };
        self.entries.push((doer(event), entry));
    }

    /// The kind of the last entry, if it belongs to the same deed.
    fn last_kind(&self, event: &Event) -> Option<HistoryKind> {
        let (by, last) = self.entries.last()?;
        (*by == doer(event) && last.at == event.at).then_some(last.kind)
    }

    fn passed(&mut self, event: &Event, stage: Stage, note: &str) {
        match (stage, self.entries.last_mut()) {
            // Agreeing is passing: one entry tells both.
            (Stage::CustomerConfirmation, Some((_, last)))
                if last.kind == HistoryKind::ChangesConfirmed && last.to.is_none() =>
            {
                last.stage = Some(stage);
            }
            _ => {
                let changes = match stage {
                    Stage::OrderReview => std::mem::take(&mut self.reviewed),
                    _ => Vec::new(),
                };
                let words = Words {
                    stage: Some(stage),
                    reason: note.to_owned(),
                    changes,
                    ..Words::default()
                };
                self.add(event, HistoryKind::StagePassed, words);
            }
        }
    }

    /// Where it went stands beside what somebody did to move it there.
    fn moved(&mut self, event: &Event, from: OrderStatus, to: OrderStatus) {
        let same_deed = |(by, entry): &&mut Unnamed| *by == doer(event) && entry.at == event.at;
        let told = self.entries.iter_mut().rev().take_while(same_deed);
        let mut told = told.filter(|(_, entry)| entry.to.is_none() && moves(entry.kind));
        if let Some((_, entry)) = told.next() {
            entry.from = Some(from);
            entry.to = Some(to);
        }
        if to == OrderStatus::Completed {
            self.add(event, HistoryKind::Completed, Words::default());
        }
    }

    /// The new promised date belongs to the answer that agreed to it.
    fn applied(&mut self, event: &Event, promised: Option<chrono::NaiveDate>) {
        let Some(date) = promised else { return };
        if let Some((_, last)) = self.entries.last_mut()
            && last.at == event.at
            && last.kind == HistoryKind::ChangeAccepted
        {
            last.changes.push(Change::PromisedDate {
                from: None,
                to: Some(date),
            });
        }
    }
}

/// Whether this is a deed that moves an order, and not only goes with one.
fn moves(kind: HistoryKind) -> bool {
    !matches!(
        kind,
        HistoryKind::StockChanged
            | HistoryKind::RefundDue
            | HistoryKind::ClaimOpened
            | HistoryKind::GoodsReturned
            | HistoryKind::ConfirmationRequested
            | HistoryKind::PassedOutOfTurn
            | HistoryKind::CreditOverridden
            | HistoryKind::ShortageDecided
            | HistoryKind::Completed
            | HistoryKind::Rated
    )
}

fn words_of(fact: &Fact) -> Option<(HistoryKind, Words)> {
    let saying = |kind: HistoryKind, reason: &str| {
        let reason = reason.to_owned();
        Some((
            kind,
            Words {
                reason,
                ..Words::default()
            },
        ))
    };
    let changing = |kind: HistoryKind, changes: &[Change]| {
        let changes = changes.to_vec();
        Some((
            kind,
            Words {
                changes,
                ..Words::default()
            },
        ))
    };
    let at = |kind: HistoryKind, stage: Stage, reason: &str| {
        let words = Words {
            stage: Some(stage),
            reason: reason.to_owned(),
            ..Words::default()
        };
        Some((kind, words))
    };
    match fact {
        Fact::Submitted(new) if new.on_behalf => at(HistoryKind::SubmittedFor, Stage::Submit, ""),
        Fact::Submitted(_) => at(HistoryKind::Submitted, Stage::Submit, ""),
        Fact::Resubmitted { changes, .. } => {
            let words = Words {
                stage: Some(Stage::Submit),
                changes: changes.clone(),
                ..Words::default()
            };
            Some((HistoryKind::Resubmitted, words))
        }
        Fact::PassedOutOfTurn {
            stage,
            waiting_before,
        } => {
            let words = Words {
                stage: Some(*stage),
                waiting_before: *waiting_before,
                ..Words::default()
            };
            Some((HistoryKind::PassedOutOfTurn, words))
        }
        Fact::ConfirmationRequested { changes, .. } => changing(HistoryKind::ConfirmationRequested, changes),
        Fact::ChangesConfirmed => at(HistoryKind::ChangesConfirmed, Stage::CustomerConfirmation, ""),
        Fact::ChangesDeclined { reason } => {
            at(HistoryKind::ChangesDeclined, Stage::CustomerConfirmation, reason)
        }
        Fact::ConfirmationExpired => at(HistoryKind::ConfirmationExpired, Stage::CustomerConfirmation, ""),
        Fact::CreditOverridden { reason, .. } => saying(HistoryKind::CreditOverridden, reason),
        Fact::ProductionReported { .. } => at(HistoryKind::ProductionReported, Stage::Production, ""),
        Fact::FirstCheckDone => at(HistoryKind::FirstCheckDone, Stage::OutboundReview, ""),
        Fact::ShortageDecided { choice, .. } => saying(HistoryKind::ShortageDecided, said(choice)),
        Fact::SubstituteAdded { line, .. } => {
            let added = Change::Added {
                line_id: line.id,
                quantity: line.quantity,
            };
            changing(HistoryKind::ShortageDecided, &[added])
        }
        Fact::Shipped { .. } => at(HistoryKind::Shipped, Stage::Ship, ""),
        Fact::Received { receipt, .. } if receipt.deemed => {
            at(HistoryKind::DeemedReceived, Stage::Receive, "")
        }
        Fact::Received { receipt, .. } => at(HistoryKind::Received, Stage::Receive, &receipt.note),
        Fact::ClaimOpened { .. } => saying(HistoryKind::ClaimOpened, ""),
        Fact::GoodsReturned { .. } => saying(HistoryKind::GoodsReturned, ""),
        Fact::LinesClosed { reason, .. } => saying(HistoryKind::LinesClosed, reason),
        Fact::LineReleased { reason, .. } => saying(HistoryKind::LineReleased, reason),
        Fact::SentBack { reason } => saying(HistoryKind::SentBack, reason),
        Fact::Withdrawn { reason } => saying(HistoryKind::Withdrawn, reason),
        Fact::Voided { reason } => saying(HistoryKind::Voided, reason),
        Fact::RefundDue { .. } => saying(HistoryKind::RefundDue, ""),
        Fact::ChangeRequested { request } => {
            let words = Words {
                reason: request.reason.clone(),
                changes: request.changes.clone(),
                ..Words::default()
            };
            Some((HistoryKind::ChangeRequested, words))
        }
        Fact::ChangeAnswered { accepted, reason, .. } => {
            let kind = if *accepted {
                HistoryKind::ChangeAccepted
            } else {
                HistoryKind::ChangeRefused
            };
            saying(kind, reason)
        }
        Fact::StatusChanged { .. }
        | Fact::Reviewed { .. }
        | Fact::StagePassed { .. }
        | Fact::StockReserved { .. }
        | Fact::ReservationReleased { .. }
        | Fact::ChangeApplied { .. } => None,
    }
}

/// What was said about a shortage.
fn said(choice: &ShortageChoice) -> &str {
    match choice {
        ShortageChoice::ShipShort { consent } => consent,
        ShortageChoice::Close { reason } | ShortageChoice::Substitute { reason, .. } => reason,
        ShortageChoice::Wait => "",
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use countersign_domain::id::{AccountId, LineId, ReturnId};
    use countersign_domain::order::ReturnedLine;
    use countersign_domain::quantity::Quantity;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn goods_that_came_back_are_told_and_move_nothing() {
        let by = AccountId(Uuid::from_u128(1));
        let event = |fact| Event {
            at: DateTime::UNIX_EPOCH,
            by: Some(by),
            stands_in_for: None,
            fact,
        };
        let mut told = Told::default();
        told.tell(&event(Fact::GoodsReturned {
            return_id: ReturnId(Uuid::from_u128(2)),
            lines: vec![ReturnedLine {
                line_id: LineId(Uuid::from_u128(3)),
                quantity: Quantity::ONE,
            }],
        }));
        told.tell(&event(Fact::StatusChanged {
            from: OrderStatus::PendingReceipt,
            to: OrderStatus::Completed,
        }));
        let kinds: Vec<_> = told
            .entries
            .iter()
            .map(|(doer, entry)| (doer.map(|doer| doer.by), entry.kind, entry.to))
            .collect();
        assert_eq!(
            kinds,
            [
                (Some(by), HistoryKind::GoodsReturned, None),
                (Some(by), HistoryKind::Completed, None)
            ]
        );
    }
}
