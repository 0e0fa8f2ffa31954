//! What goes along with an entry: it is sent before the entry is.

use std::collections::BTreeSet;

use countersign_contract::ProblemKind;
use countersign_contract::problem::FieldCode;
use countersign_contract::submission::Accepted;
use countersign_domain::id::FileId;

use super::entry::{Entry, Reason, State, Trouble};
use super::send::{Heard, wait};
use super::{Held, Outbox};
use crate::files::{Files, Sent, named_in};
use crate::store::{Store, StoreError};
use crate::{Device, Reply, Transport};

impl<S: Store, T: Transport, D: Device> Outbox<S, T, D> {
    /// Sends the files that the bytes name and the server lacks, and says which it has as of now. Where one does not get there,
    /// the entry is not sent either, and what was heard is written down.
    pub(super) async fn send_files(
        &self,
        held: &Held,
    ) -> Result<Result<BTreeSet<FileId>, Heard>, StoreError> {
        let mut just_sent = BTreeSet::new();
        for id in named_in(&held.entry.frozen.body) {
            let outcome = match Files::new(&self.store)
                .send(&self.transport, held.entry.owner, id)
                .await?
            {
                Sent::Now => {
                    just_sent.insert(id);
                    continue;
                }
                // What is not on this device is the server's to judge: another one may have sent it.
                Sent::Before | Sent::Elsewhere => continue,
                Sent::Silence => Err((Trouble::Silence, None)),
                Sent::Refused(problem) => {
                    let at_least = wait(&problem);
                    Reason::of(problem).map_err(|trouble| (trouble, at_least))
                }
            };
            let sent = match &held.entry.state {
                State::Queued { sent, .. } => *sent,
                _ => true,
            };
            let attempts = held.entry.attempts.saturating_add(1);
            let (state, heard) = self.after(outcome, sent, attempts);
            let entry = Entry {
                attempts,
                state,
                ..held.entry.clone()
            };
            let is_written = self.settle(held, &entry).await?;
            return Ok(Err(if is_written { heard } else { Heard::Late }));
        }
        Ok(Ok(just_sent))
    }

    /// The server may have thrown a file away in the meantime. Where this device has it, that is no refusal: it is sent again
    /// with the next attempt - but for one that was sent just now.
    pub(super) async fn look_for_lost(
        &self,
        entry: &Entry,
        just_sent: &BTreeSet<FileId>,
        reply: Reply<Accepted>,
    ) -> Result<Reply<Accepted>, StoreError> {
        let Reply::Problem(ProblemKind::InvalidInput { errors }) = &reply else {
            return Ok(reply);
        };
        let named = named_in(&entry.frozen.body);
        let lost: BTreeSet<FileId> = errors
            .iter()
            .filter(|error| error.code == FieldCode::Unknown)
            .filter_map(|error| error.pointer.strip_prefix("/attachments/")?.parse::<usize>().ok())
            .filter_map(|place| named.get(place).copied())
            .filter(|id| !just_sent.contains(id))
            .collect();
        if Files::new(&self.store).lost(&lost).await? {
            return Ok(Reply::Problem(ProblemKind::Unavailable));
        }
        Ok(reply)
    }
}
