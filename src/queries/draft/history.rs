//! What was done to the open draft, step by step, so that it can be taken back and done again.
//!
//! A step remembers what stood at the places it changed and what stands there since, and nothing of the rest. It is only
//! taken back where its own change still stands: a history can't reach into another draft, nor over what came from
//! another tab or device.

use std::collections::VecDeque;

use chrono::NaiveDate;
use countersign_contract::file::StoredFile;
use countersign_contract::submission::SubmissionChange;
use countersign_domain::id::{AddressId, DeliveryMethodId, DraftId, LineId};
use countersign_domain::order::Priority;
use countersign_domain::text::LocalText;

use crate::offline::draft::{Draft, DraftLine};

/// Most steps that can be taken back: what is older is forgotten.
const MOST: usize = 100;

/// What was done to one draft since it was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    past: VecDeque<Step>,
    future: Vec<Step>,
    /// Whether the next step stands for itself, whatever it is about: something was taken back or done again in between.
    is_sealed: bool,
}

/// What a step was about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// The quantity of a line.
    Quantity {
        /// The line.
        line: LineId,
        /// What it orders.
        name: LocalText,
    },
    /// The note on a line.
    LineNote {
        /// The line.
        line: LineId,
        /// What it orders.
        name: LocalText,
    },
    /// A line that was put in.
    Added(LocalText),
    /// A line that was taken out.
    Removed(LocalText),
    /// What the draft is called.
    Name,
    /// Where it goes.
    Address,
    /// When it is wished.
    WantedDate,
    /// How it is brought there.
    DeliveryMethod,
    /// How soon it must pass the reviews.
    Priority,
    /// The note to the supplier.
    Note,
    /// The files that go along.
    Files,
    /// Agreeing to what had changed.
    Agreement,
    /// Several of these at once.
    Several,
}

impl StepKind {
    /// Whether it is one field: what is typed into it in a row is one step.
    fn is_field(&self) -> bool {
        match self {
            Self::Quantity { .. }
            | Self::LineNote { .. }
            | Self::Name
            | Self::Address
            | Self::WantedDate
            | Self::DeliveryMethod
            | Self::Priority
            | Self::Note => true,
            Self::Added(_) | Self::Removed(_) | Self::Files | Self::Agreement | Self::Several => false,
        }
    }
}

impl History {
    /// Takes in that `before` has become `after`.
    pub fn record(&mut self, mut before: Draft, after: &Draft) {
        let Some(step) = Step::between(&before, after) else {
            return;
        };
        self.future.clear();
        let is_more_of_the_last = !self.is_sealed
            && step.kind.is_field()
            && self.past.back().is_some_and(|last| last.kind == step.kind);
        self.is_sealed = false;
        if is_more_of_the_last && self.past.back().is_some_and(|last| last.take_back(&mut before)) {
            self.past.pop_back();
            // Typed and deleted again is nothing to take back.
            let whole = Step::between(&before, after);
            self.past.extend(whole.map(|whole| Step {
                kind: step.kind,
                ..whole
            }));
        } else {
            self.past.push_back(step);
        }
        if self.past.len() > MOST {
            self.past.pop_front();
        }
    }

    /// What would be taken back next.
    pub fn last(&self) -> Option<&StepKind> {
        self.past.back().map(|step| &step.kind)
    }

    /// What would be done again next.
    pub fn last_taken_back(&self) -> Option<&StepKind> {
        self.future.last().map(|step| &step.kind)
    }

    /// Takes the last step back in `draft`, and says what it was about. `None` where there is none, or where the draft is not
    /// as that step has left it; then the history is over.
    pub fn take_back(&mut self, draft: &mut Draft) -> Option<StepKind> {
        let step = self.past.pop_back()?;
        if !step.take_back(draft) {
            *self = Self::default();
            return None;
        }
        let kind = step.kind.clone();
        self.future.push(step);
        self.is_sealed = true;
        Some(kind)
    }

    /// Does again what was taken back last, under the same conditions.
    pub fn do_again(&mut self, draft: &mut Draft) -> Option<StepKind> {
        let step = self.future.pop()?;
        if !step.do_again(draft) {
            *self = Self::default();
            return None;
        }
        let kind = step.kind.clone();
        self.past.push_back(step);
        self.is_sealed = true;
        Some(kind)
    }
}

/// A change of one draft.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Step {
    of: DraftId,
    kind: StepKind,
    /// The first line that differs.
    at: usize,
    /// The lines from there to the last that differs, before and after.
    lines: (Vec<DraftLine>, Vec<DraftLine>),
    /// The other places that differ, before and after, in the same order.
    fields: (Vec<Field>, Vec<Field>),
}

impl Step {
    /// What makes `before` into `after`; `None` where they are the same, or not one draft.
    fn between(before: &Draft, after: &Draft) -> Option<Self> {
        if before.id != after.id || before == after {
            return None;
        }
        let (old, new) = (&before.lines, &after.lines);
        let head = old.iter().zip(new).take_while(|(old, new)| old == new).count();
        let rest = old.iter().skip(head).rev().zip(new.iter().skip(head).rev());
        let tail = rest.take_while(|(old, new)| old == new).count();
        let middle = |lines: &[DraftLine]| -> Vec<DraftLine> {
            let until = lines.len().saturating_sub(tail);
            lines.iter().take(until).skip(head).cloned().collect()
        };
        let lines = (middle(old), middle(new));
        let fields: (Vec<_>, Vec<_>) = Field::all(before)
            .into_iter()
            .zip(Field::all(after))
            .filter(|(old, new)| old != new)
            .unzip();
        Some(Self {
            of: before.id,
            kind: kind_of(&lines, &fields.1),
            at: head,
            lines,
            fields,
        })
    }

    fn take_back(&self, draft: &mut Draft) -> bool {
        let (before, after) = &self.lines;
        self.replace(draft, (after, before), (&self.fields.1, &self.fields.0))
    }

    fn do_again(&self, draft: &mut Draft) -> bool {
        let (before, after) = &self.lines;
        self.replace(draft, (before, after), (&self.fields.0, &self.fields.1))
    }

    /// Puts what was, of each pair the second, in the place of what is, the first. `false` where something else is there;
    /// then nothing is changed.
    fn replace(
        &self,
        draft: &mut Draft,
        (here, lines): (&[DraftLine], &[DraftLine]),
        (fields_here, fields): (&[Field], &[Field]),
    ) -> bool {
        let range = self.at..self.at.saturating_add(here.len());
        let all = Field::all(draft);
        let fits = draft.id == self.of
            && draft.lines.get(range.clone()) == Some(here)
            && fields_here.iter().all(|field| all.contains(field));
        if fits {
            draft.lines.splice(range, lines.iter().cloned());
            fields.iter().for_each(|field| field.put(draft));
        }
        fits
    }
}

/// A place of a draft that is no line, with what stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Field {
    Name(String),
    Address(Option<AddressId>),
    WantedDate(Option<NaiveDate>),
    DeliveryMethod(Option<DeliveryMethodId>),
    Priority(Priority),
    Note(String),
    Files(Vec<StoredFile>),
    /// What is not agreed to yet: agreeing is taken back with the step that agreed.
    Refused(Option<Vec<SubmissionChange>>),
}

impl Field {
    fn all(draft: &Draft) -> [Self; 8] {
        [
            Self::Name(draft.name.clone()),
            Self::Address(draft.address_id),
            Self::WantedDate(draft.wanted_date),
            Self::DeliveryMethod(draft.delivery_method),
            Self::Priority(draft.priority),
            Self::Note(draft.note.clone()),
            Self::Files(draft.attachments.clone()),
            Self::Refused(draft.refused.clone()),
        ]
    }

    fn put(&self, draft: &mut Draft) {
        match self {
            Self::Name(name) => draft.name.clone_from(name),
            Self::Address(address) => draft.address_id = *address,
            Self::WantedDate(date) => draft.wanted_date = *date,
            Self::DeliveryMethod(method) => draft.delivery_method = *method,
            Self::Priority(priority) => draft.priority = *priority,
            Self::Note(note) => draft.note.clone_from(note),
            Self::Files(files) => draft.attachments.clone_from(files),
            Self::Refused(refused) => draft.refused.clone_from(refused),
        }
    }

    fn kind(&self) -> StepKind {
        match self {
            Self::Name(_) => StepKind::Name,
            Self::Address(_) => StepKind::Address,
            Self::WantedDate(_) => StepKind::WantedDate,
            Self::DeliveryMethod(_) => StepKind::DeliveryMethod,
            Self::Priority(_) => StepKind::Priority,
            Self::Note(_) => StepKind::Note,
            Self::Files(_) => StepKind::Files,
            Self::Refused(_) => StepKind::Agreement,
        }
    }
}

/// What a change is about. What it settles of a refusal goes without saying where something else was changed.
fn kind_of((before, after): &(Vec<DraftLine>, Vec<DraftLine>), fields: &[Field]) -> StepKind {
    let is_other = |field: &&Field| !matches!(field, Field::Refused(_));
    let others: Vec<&Field> = fields.iter().filter(is_other).collect();
    match (before.as_slice(), after.as_slice(), others.as_slice()) {
        ([], [], []) => StepKind::Agreement,
        ([], [], [field]) => field.kind(),
        ([], [line], []) => StepKind::Added(line.item.name.clone()),
        ([line], [], []) => StepKind::Removed(line.item.name.clone()),
        ([old], [new], []) if old.id == new.id => {
            let (line, name) = (new.id, new.item.name.clone());
            match (old.typed != new.typed, old.note != new.note) {
                (true, false) => StepKind::Quantity { line, name },
                (false, true) => StepKind::LineNote { line, name },
                (true, true) | (false, false) => StepKind::Several,
            }
        }
        _ => StepKind::Several,
    }
}

#[cfg(test)]
mod tests;
