//! A Rust file taken apart just far enough for the checks: code without comments and without what strings say,
//! the strings, and the comments.

/// A string literal or a comment.
#[derive(Debug, PartialEq, Eq)]
pub struct Piece {
    /// The line it starts in, from 1.
    pub line: usize,
    /// What it says, without quotes or slashes.
    pub text: String,
}

/// One Rust file.
pub struct Source {
    /// Its path from the root of the checkout, with `/`.
    pub path: String,
    /// The code, line by line as in the file; comments and the contents of strings are gone.
    pub code: String,
    /// All string literals outside test modules.
    pub strings: Vec<Piece>,
    /// All comments.
    pub comments: Vec<Piece>,
    /// For every line whether it belongs to an item under `#[cfg(test)]`.
    test_lines: Vec<bool>,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        let mut scanner = Scanner::new(text);
        scanner.run();
        let test_lines = test_lines(&scanner.code);
        let strings = scanner
            .strings
            .into_iter()
            .filter(|piece| !test_lines[piece.line - 1])
            .collect();
        Self {
            path: path.to_owned(),
            code: scanner.code,
            strings,
            comments: scanner.comments,
            test_lines,
        }
    }

    /// The lines of code outside test modules, numbered from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code
            .lines()
            .enumerate()
            .filter(|(index, _)| !self.test_lines[*index])
            .map(|(index, line)| (index + 1, line))
    }

    /// Whether line `line` (from 1) belongs to an item under `#[cfg(test)]`.
    pub fn is_test_line(&self, line: usize) -> bool {
        self.test_lines
            .get(line.saturating_sub(1))
            .copied()
            .unwrap_or(false)
    }
}

struct Scanner {
    letters: Vec<char>,
    at: usize,
    line: usize,
    code: String,
    strings: Vec<Piece>,
    comments: Vec<Piece>,
}

impl Scanner {
    fn new(text: &str) -> Self {
        Self {
            letters: text.chars().collect(),
            at: 0,
            line: 1,
            code: String::with_capacity(text.len()),
            strings: Vec::new(),
            comments: Vec::new(),
        }
    }

    fn run(&mut self) {
        while let Some(letter) = self.peek(0) {
            match (letter, self.peek(1)) {
                ('/', Some('/')) => self.line_comment(),
                ('/', Some('*')) => self.block_comment(),
                ('"', _) => self.string(),
                ('r', Some('"' | '#')) if !self.inside_word() => self.raw_string(),
                ('\'', _) => self.quote(),
                _ => self.keep(),
            }
        }
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.letters.get(self.at + ahead).copied()
    }

    /// Takes the next letter, counting lines. Line ends are always kept in the code.
    fn take(&mut self) -> Option<char> {
        let letter = self.peek(0)?;
        self.at += 1;
        if letter == '\n' {
            self.line += 1;
            self.code.push('\n');
        }
        Some(letter)
    }

    fn keep(&mut self) {
        if let Some(letter) = self.take().filter(|letter| *letter != '\n') {
            self.code.push(letter);
        }
    }

    fn inside_word(&self) -> bool {
        // `br"..."` and `cr"..."` are raw strings as well.
        let before = self.at.checked_sub(1).and_then(|at| self.letters.get(at));
        let further = self.at.checked_sub(2).and_then(|at| self.letters.get(at));
        let word =
            |letter: Option<&char>| letter.is_some_and(|letter| letter.is_alphanumeric() || *letter == '_');
        word(before) && (word(further) || !matches!(before, Some('b' | 'c')))
    }

    fn line_comment(&mut self) {
        let line = self.line;
        let mut text = String::new();
        while let Some(letter) = self.peek(0).filter(|letter| *letter != '\n') {
            text.push(letter);
            self.at += 1;
        }
        self.comments.push(Piece {
            line,
            text: text.trim_start_matches(['/', '!']).trim().to_owned(),
        });
    }

    fn block_comment(&mut self) {
        let line = self.line;
        let mut text = String::new();
        let mut depth = 0;
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some('/'), Some('*')) => depth += 1,
                (Some('*'), Some('/')) => depth -= 1,
                (None, _) => break,
                _ => {
                    text.extend(self.take());
                    continue;
                }
            }
            self.at += 2;
            if depth == 0 {
                break;
            }
        }
        self.comments.push(Piece {
            line,
            text: text.trim().to_owned(),
        });
    }

    fn string(&mut self) {
        let line = self.line;
        self.keep();
        let mut text = String::new();
        while let Some(letter) = self.peek(0) {
            if letter == '"' {
                break;
            }
            text.extend(self.take());
            if letter == '\\' {
                text.extend(self.take());
            }
        }
        self.keep();
        self.strings.push(Piece { line, text });
    }

    fn raw_string(&mut self) {
        let hashes = (1..).take_while(|ahead| self.peek(*ahead) == Some('#')).count();
        if self.peek(1 + hashes) != Some('"') {
            // A raw identifier, e.g. `r#type`.
            self.keep();
            return;
        }
        let line = self.line;
        self.at += 2 + hashes;
        let mut text = String::new();
        while let Some(letter) = self.take() {
            if letter == '"' && (0..hashes).all(|ahead| self.peek(ahead) == Some('#')) {
                break;
            }
            text.push(letter);
        }
        self.at += hashes;
        self.code.push_str("\"\"");
        self.strings.push(Piece { line, text });
    }

    /// A character literal, whose content goes, or a lifetime, which stays.
    fn quote(&mut self) {
        let literal_length = match (self.peek(1), self.peek(2)) {
            (Some('\\'), _) => (3..12).find(|ahead| self.peek(*ahead) == Some('\'')),
            (Some(_), Some('\'')) => Some(2),
            _ => None,
        };
        match literal_length {
            Some(length) => {
                self.at += length + 1;
                self.code.push_str("''");
            }
            None => self.keep(),
        }
    }
}

/// Marks the lines of every item that follows `#[cfg(test)]`: up to its closing brace, or its semicolon.
fn test_lines(code: &str) -> Vec<bool> {
    let mut marks = vec![false; code.lines().count() + 1];
    let mut searched = 0;
    while let Some(found) = code[searched..].find("#[cfg(test)]") {
        let start = searched + found;
        let mut depth = 0usize;
        let mut end = code.len();
        for (offset, letter) in code[start..].char_indices() {
            match letter {
                '{' => depth += 1,
                '}' if depth <= 1 => end = start + offset,
                '}' => depth -= 1,
                ';' if depth == 0 => end = start + offset,
                _ => {}
            }
            if end != code.len() {
                break;
            }
        }
        let first = code[..start].matches('\n').count();
        let last = code[..end].matches('\n').count();
        marks[first..=last].fill(true);
        searched = end;
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_strings_leave_the_code() {
        let source = Source::new(
            "a.rs",
            "let a = \"x // y\"; // todo!\n/* b /* c */ d */ let c = r#\"q\"r\"#; let l: &'a str = '\\''; let r#type = b'\"';",
        );
        assert_eq!(
            source.code,
            "let a = \"\"; \n let c = \"\"; let l: &'a str = ''; let r#type = b'';"
        );
        assert_eq!(
            source.strings[0],
            Piece {
                line: 1,
                text: "x // y".to_owned()
            }
        );
        assert_eq!(
            source.strings[1],
            Piece {
                line: 2,
                text: "q\"r".to_owned()
            }
        );
        assert_eq!(
            source.comments[0],
            Piece {
                line: 1,
                text: "todo!".to_owned()
            }
        );
    }

    #[test]
    fn test_modules_are_known() {
        let source = Source::new(
            "a.rs",
            "fn a() {}\n#[cfg(test)]\nmod tests {\n  fn b() { \"s\"; }\n}\nfn c() {}",
        );
        assert_eq!(source.lines().map(|(line, _)| line).collect::<Vec<_>>(), [1, 6]);
        assert!(source.strings.is_empty());
        assert!(source.is_test_line(4) && !source.is_test_line(6));
    }

    #[test]
    fn strings_over_several_lines_keep_the_count() {
        let source = Source::new("a.rs", "let a = \"1\n2\";\nlet b = \"3\";");
        assert_eq!(source.strings[1].line, 3);
        assert_eq!(source.code.lines().count(), 3);
    }
}
