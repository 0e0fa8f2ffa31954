use countersign_contract::file::StoredFile;
use countersign_contract::submission::SubmissionChange;
use countersign_domain::file::FileKind;
use countersign_domain::id::{DraftId, FileId, LineId, ProductId, VariantId};
use countersign_domain::money::Money;
use countersign_domain::order::Priority;
use countersign_domain::quantity::{Quantity, Unit};
use countersign_domain::text::LocalText;
use uuid::Uuid;

use super::{History, MOST, StepKind};
use crate::offline::draft::{Draft, Item};

fn line(number: u128) -> LineId {
    LineId(Uuid::from_u128(number))
}

fn item(number: u128) -> Item {
    Item {
        product_id: ProductId(Uuid::from_u128(number)),
        variant_id: VariantId(Uuid::from_u128(number)),
        sku: format!("SKU-{number}"),
        name: LocalText::new("水", format!("Water {number}")),
        unit: Unit {
            code: "case".to_owned(),
            name: LocalText::new("箱", "case"),
            factor: Quantity::whole(12),
        },
    }
}

/// A draft with its history, edited as the app does it.
struct Open {
    draft: Draft,
    history: History,
}

impl Open {
    fn new(lines: u128) -> Self {
        let mut draft = Draft::begin(DraftId(Uuid::from_u128(100)));
        for number in 1..=lines {
            draft
                .add(item(number), Quantity::ONE, line(number))
                .expect("there is room");
        }
        Self {
            draft,
            history: History::default(),
        }
    }

    fn edit(&mut self, f: impl FnOnce(&mut Draft)) {
        let before = self.draft.clone();
        f(&mut self.draft);
        self.history.record(before, &self.draft);
    }

    fn type_quantity(&mut self, number: u128, typed: &str) {
        self.edit(|draft| {
            let found = draft.lines.iter_mut().find(|one| one.id == line(number));
            found.expect("it is there").typed = typed.to_owned();
        });
    }

    fn undo(&mut self) -> Option<StepKind> {
        self.history.take_back(&mut self.draft)
    }

    fn redo(&mut self) -> Option<StepKind> {
        self.history.do_again(&mut self.draft)
    }
}

fn quantity_of(number: u128) -> Option<StepKind> {
    Some(StepKind::Quantity {
        line: line(number),
        name: item(number).name,
    })
}

#[test]
fn what_is_typed_into_one_field_in_a_row_is_one_step() {
    let mut open = Open::new(2);
    let before = open.draft.clone();
    for typed in ["", "2", "25"] {
        open.type_quantity(1, typed);
    }
    for note in ["s", "so", "soon"] {
        open.edit(|draft| draft.note = note.to_owned());
    }
    assert_eq!(open.history.last(), Some(&StepKind::Note));
    assert_eq!(open.undo(), Some(StepKind::Note));
    assert_eq!(open.draft.note, "");
    assert_eq!(open.undo(), quantity_of(1));
    assert_eq!(open.draft, before);
    assert_eq!(open.undo(), None);
}

#[test]
fn fields_are_told_apart() {
    let mut open = Open::new(2);
    open.type_quantity(1, "2");
    open.type_quantity(2, "3");
    open.type_quantity(1, "4");
    assert_eq!(open.undo(), quantity_of(1));
    assert_eq!(open.draft.line(line(1)).expect("it is there").typed, "2");
    assert_eq!(open.undo(), quantity_of(2));
    assert_eq!(open.undo(), quantity_of(1));
    assert_eq!(open.draft, Open::new(2).draft);
}

#[test]
fn what_was_typed_and_deleted_again_leaves_nothing_to_take_back() {
    let mut open = Open::new(1);
    open.type_quantity(1, "12");
    open.type_quantity(1, "1");
    assert_eq!(open.history.last(), None);
    // Nor does what changes nothing.
    open.type_quantity(1, "1");
    assert_eq!(open.history, History::default());
}

#[test]
fn each_file_is_a_step_of_its_own() {
    let mut open = Open::new(1);
    let file = |number| StoredFile {
        id: FileId(Uuid::from_u128(number)),
        name: "a.pdf".to_owned(),
        kind: FileKind::Pdf,
        size: 7,
    };
    open.edit(|draft| draft.attachments.push(file(1)));
    open.edit(|draft| draft.attachments.push(file(2)));
    assert_eq!(open.undo(), Some(StepKind::Files));
    assert_eq!(open.draft.attachments, [file(1)]);
    assert_eq!(open.undo(), Some(StepKind::Files));
    assert_eq!(open.draft, Open::new(1).draft);
}

#[test]
fn whatever_is_done_can_be_taken_back_and_done_again() {
    let mut open = Open::new(4);
    let mut states = vec![open.draft.clone()];
    let edits: [fn(&mut Draft); 10] = [
        |draft| draft.name = "North".to_owned(),
        |draft| {
            draft.remove(line(2));
        },
        |draft| {
            draft.add(item(9), Quantity::whole(3), line(9)).expect("room");
        },
        |draft| draft.priority = Priority::Urgent,
        |draft| draft.wanted_date = "2030-01-02".parse().ok(),
        |draft| draft.lines.reverse(),
        |draft| {
            draft.add(item(1), Quantity::ONE, line(8)).expect("room");
            draft.note = "Both".to_owned();
        },
        |draft| draft.address_id = Some(countersign_domain::id::AddressId(Uuid::from_u128(5))),
        |draft| {
            draft.remove(line(4));
            draft.remove(line(1));
        },
        |draft| draft.lines.clear(),
    ];
    for edit in edits {
        open.edit(edit);
        states.push(open.draft.clone());
    }
    for state in states.iter().rev().skip(1) {
        assert!(open.undo().is_some());
        assert_eq!(&open.draft, state);
    }
    for state in states.iter().skip(1) {
        assert!(open.redo().is_some());
        assert_eq!(&open.draft, state);
    }
    assert_eq!(open.redo(), None);
}

#[test]
fn a_step_says_what_it_was_about() {
    let mut open = Open::new(2);
    open.edit(|draft| {
        draft.remove(line(1));
    });
    assert_eq!(open.history.last(), Some(&StepKind::Removed(item(1).name)));
    open.edit(|draft| {
        draft.add(item(7), Quantity::ONE, line(7)).expect("room");
    });
    assert_eq!(open.history.last(), Some(&StepKind::Added(item(7).name)));
    open.edit(|draft| draft.lines[0].note = "cold".to_owned());
    let note = StepKind::LineNote {
        line: line(2),
        name: item(2).name,
    };
    assert_eq!(open.history.last(), Some(&note));
    open.edit(|draft| draft.lines.clear());
    assert_eq!(open.history.last(), Some(&StepKind::Several));
}

#[test]
fn what_is_typed_after_something_was_taken_back_stands_for_itself() {
    let mut open = Open::new(1);
    open.type_quantity(1, "2");
    open.edit(|draft| draft.note = "soon".to_owned());
    open.undo();
    open.type_quantity(1, "3");
    // What was taken back is not done again over what was typed since.
    assert_eq!(open.redo(), None);
    assert_eq!(open.undo(), quantity_of(1));
    assert_eq!(open.draft.line(line(1)).expect("it is there").typed, "2");
}

#[test]
fn agreeing_is_taken_back_with_the_step_that_agreed() {
    let mut open = Open::new(1);
    let change = SubmissionChange::Price {
        line_id: line(1),
        seen: Money::new(100, 2),
        now: Money::new(200, 2),
        reasons: Vec::new(),
    };
    open.draft.refused = Some(vec![change.clone()]);
    open.edit(|draft| draft.settle(line(1)));
    assert_eq!(open.undo(), Some(StepKind::Agreement));
    assert_eq!(open.draft.refused, Some(vec![change.clone()]));
    // Taking the line out settles it as well, and putting it back makes it a question again.
    open.edit(|draft| {
        draft.remove(line(1));
    });
    assert_eq!(open.undo(), Some(StepKind::Removed(item(1).name)));
    assert_eq!(open.draft.refused, Some(vec![change]));
}

#[test]
fn another_draft_is_never_touched() {
    let mut open = Open::new(2);
    open.type_quantity(1, "2");
    let mut other = open.draft.clone();
    other.id = DraftId(Uuid::from_u128(200));
    let before = other.clone();
    assert_eq!(open.history.take_back(&mut other), None);
    assert_eq!(other, before);
    assert_eq!(open.history, History::default());
}

#[test]
fn a_draft_that_was_changed_elsewhere_ends_the_history() {
    let mut open = Open::new(2);
    open.type_quantity(1, "2");
    open.draft.lines.remove(0);
    let before = open.draft.clone();
    assert_eq!(open.undo(), None);
    assert_eq!(open.draft, before);
    assert_eq!(open.history.last(), None);
}

#[test]
fn the_oldest_steps_are_forgotten() {
    let mut open = Open::new(2);
    for round in 0..MOST {
        open.type_quantity(1, &format!("{round}1"));
        open.type_quantity(2, &format!("{round}2"));
    }
    let mut steps = 0;
    while open.undo().is_some() {
        steps += 1;
    }
    assert_eq!(steps, MOST);
}
