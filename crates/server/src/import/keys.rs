//! Which ids a file has, so that the rows of others can refer to them.

use std::collections::BTreeMap;
use std::sync::Arc;

/// The ids of a file's rows.
#[derive(Debug, Default)]
pub(super) struct Keys {
    source: Arc<str>,
    /// The line of each id's first row, and whether that row is fine.
    rows: BTreeMap<String, (usize, bool)>,
    /// The rows in their order; those without an id of their own have none.
    order: Vec<(usize, Option<String>)>,
}

/// What an id refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A row that is fine.
    Whole,
    /// A row that is left out.
    LeftOut(Arc<str>, usize),
    /// Nothing.
    Nothing,
}

impl Keys {
    pub(super) fn new(source: Arc<str>) -> Self {
        Self {
            source,
            ..Self::default()
        }
    }

    /// The line of the row with this id.
    pub(super) fn line_of(&self, id: &str) -> Option<usize> {
        self.rows.get(id).map(|(line, _)| *line)
    }

    /// Notes a row. `id` is absent where it is missing or belongs to an earlier row.
    pub(super) fn note(&mut self, line: usize, id: Option<String>, whole: bool) {
        if let Some(id) = &id {
            self.rows.insert(id.clone(), (line, whole));
        }
        self.order.push((line, id));
    }

    /// Notes that a row is left out after all.
    pub(super) fn leave_out(&mut self, id: &str) {
        if let Some((_, whole)) = self.rows.get_mut(id) {
            *whole = false;
        }
    }

    /// What `id` refers to.
    pub(super) fn find(&self, id: &str) -> Found {
        match self.rows.get(id) {
            Some((_, true)) => Found::Whole,
            Some((line, false)) => Found::LeftOut(self.source.clone(), *line),
            None => self
                .probably(id)
                .map_or(Found::Nothing, |line| Found::LeftOut(self.source.clone(), line)),
        }
    }

    /// The line of a row that lost its id to a mistake and that `id` most likely belongs to: in a sorted file, the one
    /// that stands where `id` would. So one wrong id is reported once, and not with every row that refers to it.
    fn probably(&self, id: &str) -> Option<usize> {
        let lost = self.order.iter().enumerate().filter(|(_, (_, id))| id.is_none());
        for (place, (line, _)) in lost {
            let before = self
                .order
                .iter()
                .take(place)
                .rev()
                .find_map(|(_, id)| id.as_deref());
            let after = self.order.iter().skip(place).find_map(|(_, id)| id.as_deref());
            if let (Some(before), Some(after)) = (before, after)
                && is_before(before, id)
                && is_before(id, after)
            {
                return Some(*line);
            }
        }
        None
    }
}

/// Whether one id stands before another: as numbers where both are.
fn is_before(one: &str, other: &str) -> bool {
    match (one.parse::<u64>(), other.parse::<u64>()) {
        (Ok(one), Ok(other)) => one < other,
        _ => one < other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_into_a_gap_is_blamed_on_the_row_that_lost_its_id() {
        let mut keys = Keys::new("p.csv".into());
        for (line, id) in [(2, Some("9")), (3, None), (4, Some("11")), (5, Some("12"))] {
            keys.note(line, id.map(str::to_owned), id != Some("12"));
        }
        assert_eq!(keys.find("9"), Found::Whole);
        assert_eq!(keys.find("12"), Found::LeftOut("p.csv".into(), 5));
        assert_eq!(keys.find("10"), Found::LeftOut("p.csv".into(), 3));
        assert_eq!(keys.find("99"), Found::Nothing);
    }
}
