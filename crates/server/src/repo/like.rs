//! Patterns for `LIKE ... ESCAPE '\'`. What people type is never a pattern itself.

/// Matches what has `word` somewhere in it.
pub fn containing(word: &str) -> String {
    format!("%{}%", escaped(word))
}

fn escaped(word: &str) -> String {
    let mut escaped = String::with_capacity(word.len() + 2);
    for sign in word.chars() {
        if matches!(sign, '%' | '_' | '\\') {
            escaped.push('\\');
        }
        escaped.push(sign);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::containing;

    #[test]
    fn signs_that_mean_something_in_a_pattern_stand_for_themselves() {
        assert_eq!(containing("100%_a"), "%100\\%\\_a%");
        assert_eq!(containing("c:\\"), "%c:\\\\%");
    }
}
