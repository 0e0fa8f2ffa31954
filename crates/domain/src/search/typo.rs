//! One typo: a letter too many, one too few, a wrong one, or two in the wrong order (Damerau and Levenshtein).

/// Whether `text` begins with `word` but for at most one typo: so that a word is found while it is being typed.
pub(super) fn begins<T: PartialEq>(text: &[T], word: &[T]) -> bool {
    let same = text.iter().zip(word).take_while(|(a, b)| a == b).count();
    let (text, word) = (rest(text, same), rest(word, same));
    let after = |text_by: usize, word_by: usize| {
        word.len() >= word_by && text.len() >= text_by && rest(text, text_by).starts_with(rest(word, word_by))
    };
    let swapped = || match (text, word) {
        ([a, b, ..], [c, d, ..]) => a == d && b == c && after(2, 2),
        _ => false,
    };
    word.is_empty() || after(1, 1) || after(0, 1) || after(1, 0) || swapped()
}

fn rest<T>(all: &[T], from: usize) -> &[T] {
    all.get(from..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::begins;

    /// The distance by the textbook.
    fn distance(a: &[u8], b: &[u8]) -> usize {
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                table[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let same = usize::from(a[i - 1] != b[j - 1]);
                    let mut least = (table[i - 1][j] + 1)
                        .min(table[i][j - 1] + 1)
                        .min(table[i - 1][j - 1] + same);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        least = least.min(table[i - 2][j - 2] + 1);
                    }
                    least
                };
            }
        }
        table[a.len()][b.len()]
    }

    proptest! {
        #[test]
        fn one_typo_is_what_the_textbook_says(text in "[ab]{0,8}", word in "[ab]{0,8}") {
            let (text, word) = (text.as_bytes(), word.as_bytes());
            let near = (0..=text.len()).any(|end| distance(&text[..end], word) <= 1);
            prop_assert_eq!(begins(text, word), near);
        }
    }
}
