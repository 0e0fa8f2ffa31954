//! Which of several answers to one question counts.

/// The turn of each question, and the latest whose answer was taken. The device may answer before the server, whose answer
/// then comes on its own; by that time the same may have been asked again, and been answered.
#[derive(Debug, Default)]
pub struct Turns {
    last: u64,
    /// A list: a page asks of some dozens of paths, and a map of them would be code that the sign-in page has to fetch.
    taken: Vec<(String, u64)>,
}

impl Turns {
    /// The turn of a question that is asked now.
    pub fn next(&mut self) -> u64 {
        self.last = self.last.wrapping_add(1);
        self.last
    }

    /// Takes the answer to what was asked about `path` at `turn`. `false` when that to a later question was there first:
    /// this one is older, whenever it came.
    pub fn take(&mut self, path: &str, turn: u64) -> bool {
        match self.taken.iter_mut().find(|(asked, _)| asked == path) {
            Some((_, latest)) if *latest > turn => return false,
            Some((_, latest)) => *latest = turn,
            None => self.taken.push((path.to_owned(), turn)),
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::Turns;

    #[test]
    fn an_answer_that_comes_after_that_to_a_later_question_is_not_taken() {
        let mut turns = Turns::default();
        let (first, second) = (turns.next(), turns.next());
        assert!(turns.take("/products?search=tea", second));
        assert!(!turns.take("/products?search=tea", first));
        assert!(turns.take("/products?search=water", first), "another question");
    }

    #[test]
    fn answers_in_their_order_are_all_taken() {
        let mut turns = Turns::default();
        let (first, second) = (turns.next(), turns.next());
        assert!(turns.take("/home", first));
        assert!(turns.take("/home", second));
    }
}
