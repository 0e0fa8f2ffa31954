//! Two versions of one draft: where they differ, and what one person makes of both.

use countersign_contract::file::StoredFile;
use countersign_domain::id::LineId;

use crate::draft::{Draft, DraftLine};

/// A place where two versions of a draft differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// A line that only one has, or that is not the same in both.
    Line {
        /// The line.
        id: LineId,
        /// It in this tab.
        mine: Option<Box<DraftLine>>,
        /// It in the other.
        theirs: Option<Box<DraftLine>>,
    },
    /// The name.
    Name,
    /// The address.
    Address,
    /// The wanted date.
    WantedDate,
    /// The delivery method.
    DeliveryMethod,
    /// The priority.
    Priority,
    /// The note.
    Note,
    /// A file that only one has: what is in a file never changes.
    File {
        /// The file.
        file: Box<StoredFile>,
        /// Whether it is in this tab's.
        is_mine: bool,
    },
}

/// Which version counts at a [`Difference`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// This tab's.
    Mine,
    /// The other's.
    Theirs,
}

/// Where `mine` and `theirs` differ: lines in the order of mine, then those only the other has, then the rest.
pub fn differences(mine: &Draft, theirs: &Draft) -> Vec<Difference> {
    let of_mine = mine.lines.iter().filter_map(|line| {
        let other = theirs.line(line.id);
        (other != Some(line)).then(|| Difference::Line {
            id: line.id,
            mine: Some(Box::new(line.clone())),
            theirs: other.cloned().map(Box::new),
        })
    });
    let only_theirs = (theirs.lines.iter())
        .filter(|line| mine.line(line.id).is_none())
        .map(|line| Difference::Line {
            id: line.id,
            mine: None,
            theirs: Some(Box::new(line.clone())),
        });
    let rest = [
        (mine.name != theirs.name, Difference::Name),
        (mine.address_id != theirs.address_id, Difference::Address),
        (mine.wanted_date != theirs.wanted_date, Difference::WantedDate),
        (
            mine.delivery_method != theirs.delivery_method,
            Difference::DeliveryMethod,
        ),
        (mine.priority != theirs.priority, Difference::Priority),
        (mine.note != theirs.note, Difference::Note),
    ];
    let files = lacking(mine, theirs, true).chain(lacking(theirs, mine, false));
    of_mine
        .chain(only_theirs)
        .chain(
            rest.into_iter()
                .filter_map(|(differs, place)| differs.then_some(place)),
        )
        .chain(files)
        .collect()
}

/// The files of `one` that `other` lacks.
fn lacking<'d>(
    one: &'d Draft,
    other: &'d Draft,
    is_mine: bool,
) -> impl Iterator<Item = Difference> + use<'d> {
    one.attachments
        .iter()
        .filter(|file| !other.attachments.iter().any(|same| same.id == file.id))
        .map(move |file| Difference::File {
            file: Box::new(file.clone()),
            is_mine,
        })
}

/// What to begin a merge with: a line or a file that one of them lacks is kept, since one too many is seen at once and one too
/// few is not; of two different values mine is taken.
pub fn first_choice(difference: &Difference) -> Choice {
    match difference {
        Difference::Line { mine: None, .. } | Difference::File { is_mine: false, .. } => Choice::Theirs,
        _ => Choice::Mine,
    }
}

/// The draft that comes of `mine` when `choose` decides at every difference.
///
/// A refusal that either has seen stays: the revision is the higher of the two, so that bytes the server has refused never
/// go out under a key it knows.
pub fn merged(mine: &Draft, theirs: &Draft, choose: impl Fn(&Difference) -> Choice) -> Draft {
    let mut draft = mine.clone();
    for difference in differences(mine, theirs) {
        if choose(&difference) == Choice::Mine {
            continue;
        }
        match difference {
            Difference::Line { id, theirs, .. } => {
                let place = draft.lines.iter().position(|line| line.id == id);
                match (place, theirs) {
                    (Some(index), Some(line)) => {
                        if let Some(here) = draft.lines.get_mut(index) {
                            *here = *line;
                        }
                    }
                    (Some(index), None) => {
                        draft.lines.remove(index);
                    }
                    (None, Some(line)) => draft.lines.push(*line),
                    (None, None) => {}
                }
            }
            Difference::Name => draft.name.clone_from(&theirs.name),
            Difference::Address => draft.address_id = theirs.address_id,
            Difference::WantedDate => draft.wanted_date = theirs.wanted_date,
            Difference::DeliveryMethod => draft.delivery_method = theirs.delivery_method,
            Difference::Priority => draft.priority = theirs.priority,
            Difference::Note => draft.note.clone_from(&theirs.note),
            Difference::File { file, is_mine: true } => {
                draft.attachments.retain(|other| other.id != file.id);
            }
            Difference::File { file, is_mine: false } => draft.attachments.push(*file),
        }
    }
    if theirs.rev > draft.rev || (theirs.rev == draft.rev && draft.refused.is_none()) {
        draft.rev = theirs.rev;
        draft.refused.clone_from(&theirs.refused);
    }
    draft
}

#[cfg(test)]
mod tests {
    use countersign_contract::file::StoredFile;
    use countersign_domain::file::FileKind;
    use countersign_domain::id::{DeliveryMethodId, DraftId, FileId, LineId, ProductId, VariantId};
    use countersign_domain::quantity::{Quantity, Unit};
    use countersign_domain::text::LocalText;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::{Choice, Difference, differences, first_choice, merged};
    use crate::draft::{Draft, DraftLine, Item};

    fn line(number: u8, typed: &str) -> DraftLine {
        DraftLine {
            id: LineId(Uuid::from_u128(u128::from(number))),
            item: Item {
                product_id: ProductId(Uuid::from_u128(1)),
                variant_id: VariantId(Uuid::from_u128(u128::from(number))),
                sku: "DR-001".to_owned(),
                name: LocalText::new("矿泉水", "Spring water"),
                unit: Unit {
                    code: "case".to_owned(),
                    name: LocalText::new("箱", "case"),
                    factor: Quantity::ONE,
                },
            },
            typed: typed.to_owned(),
            note: String::new(),
        }
    }

    fn draft(lines: Vec<DraftLine>, note: &str) -> Draft {
        Draft {
            lines,
            note: note.to_owned(),
            ..Draft::begin(DraftId(Uuid::from_u128(1)))
        }
    }

    fn file(number: u128) -> StoredFile {
        StoredFile {
            id: FileId(Uuid::from_u128(number)),
            name: format!("{number}.pdf"),
            kind: FileKind::Pdf,
            size: 7,
        }
    }

    fn drafts() -> impl Strategy<Value = Draft> {
        let lines = prop::collection::btree_map(0..8u8, "[1-9]", 0..8);
        let method = prop::option::of(0..2u128);
        let files = prop::collection::btree_set(0..4u128, 0..3);
        (lines, "[ab]?", method, files).prop_map(|(lines, note, method, files)| Draft {
            attachments: files.into_iter().map(file).collect(),
            delivery_method: method.map(|number| DeliveryMethodId(Uuid::from_u128(number))),
            ..draft(
                lines.iter().map(|(number, typed)| line(*number, typed)).collect(),
                &note,
            )
        })
    }

    proptest! {
        #[test]
        fn choosing_one_side_everywhere_gives_that_side(mine in drafts(), theirs in drafts()) {
            prop_assert_eq!(&merged(&mine, &theirs, |_| Choice::Mine), &mine);
            let other = merged(&mine, &theirs, |_| Choice::Theirs);
            prop_assert!(differences(&other, &theirs).is_empty());
        }

        #[test]
        fn to_begin_with_no_line_of_either_is_missing(mine in drafts(), theirs in drafts()) {
            let both = merged(&mine, &theirs, first_choice);
            for line in mine.lines.iter().chain(&theirs.lines) {
                prop_assert!(both.line(line.id).is_some());
            }
            for file in mine.attachments.iter().chain(&theirs.attachments) {
                prop_assert!(both.attachments.contains(file));
            }
        }

        #[test]
        fn a_draft_does_not_differ_from_itself(mine in drafts()) {
            prop_assert!(differences(&mine, &mine).is_empty());
        }
    }

    #[test]
    fn every_place_is_named_once() {
        let mine = draft(vec![line(1, "1"), line(2, "2")], "a");
        let theirs = draft(vec![line(2, "3"), line(3, "1")], "b");
        let found = differences(&mine, &theirs);
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(found.contains(&Difference::Note));
    }

    #[test]
    fn a_refusal_seen_by_the_other_tab_counts() {
        let mine = draft(vec![line(1, "1")], "");
        let mut theirs = mine.clone();
        theirs.refused = Some(Vec::new());
        assert_eq!(merged(&mine, &theirs, |_| Choice::Mine).next_rev(), 2);
        assert_eq!(merged(&theirs, &mine, |_| Choice::Mine).next_rev(), 2);
    }
}
