//! The paths that a Rust file mentions: those of its `use` declarations, taken apart, and those in its code.

/// One path, e.g. `crate::features::cart::model`.
#[derive(Debug, PartialEq, Eq)]
pub struct Reference {
    /// The line it starts in, from 1.
    pub line: usize,
    /// Its segments, from the root of the crate where it starts with `crate`, `self` or `super` (then the first is
    /// `crate`); otherwise as written.
    pub segments: Vec<String>,
}

impl Reference {
    /// Whether the path begins with these segments.
    pub fn starts_with(&self, segments: &[&str]) -> bool {
        self.segments.len() >= segments.len()
            && self
                .segments
                .iter()
                .zip(segments)
                .all(|(one, other)| one == other)
    }
}

/// All paths in `code` (without comments and strings) of the file at `path`.
pub fn references(path: &str, code: &str) -> Vec<Reference> {
    let tokens = tokens(code);
    let module = module_of(path);
    let mut reader = Reader {
        tokens: &tokens,
        at: 0,
        module: &module,
        found: Vec::new(),
    };
    reader.run();
    reader.found
}

/// The module path of a file below a `src` directory: `src/ui/table.rs` is `ui::table`.
fn module_of(path: &str) -> Vec<String> {
    let inside = path
        .split_once("src/")
        .map_or("", |(_, inside)| inside)
        .trim_end_matches(".rs");
    inside
        .split('/')
        .filter(|part| !["", "mod", "lib", "main"].contains(part))
        .map(str::to_owned)
        .collect()
}

#[derive(Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    Separator,
    Other(char),
}

fn tokens(code: &str) -> Vec<(usize, Token)> {
    let mut tokens = Vec::new();
    let mut letters = code.chars().peekable();
    let mut line = 1;
    while let Some(letter) = letters.next() {
        if letter == '\n' {
            line += 1;
        } else if letter.is_alphabetic() || letter == '_' {
            let mut word = String::from(letter);
            while let Some(next) = letters.next_if(|next| next.is_alphanumeric() || *next == '_') {
                word.push(next);
            }
            tokens.push((line, Token::Word(word)));
        } else if letter == ':' && letters.next_if_eq(&':').is_some() {
            tokens.push((line, Token::Separator));
        } else if !letter.is_whitespace() {
            tokens.push((line, Token::Other(letter)));
        }
    }
    tokens
}

struct Reader<'a> {
    tokens: &'a [(usize, Token)],
    at: usize,
    module: &'a [String],
    found: Vec<Reference>,
}

impl Reader<'_> {
    fn run(&mut self) {
        while let Some((_, token)) = self.tokens.get(self.at) {
            match token {
                Token::Word(word) if word == "use" => {
                    self.at += 1;
                    self.skip_leading_separator();
                    self.tree(Vec::new());
                }
                Token::Word(_) if self.is(1, &Token::Separator) => self.tree(Vec::new()),
                _ => self.at += 1,
            }
        }
    }

    fn is(&self, ahead: usize, wanted: &Token) -> bool {
        self.tokens
            .get(self.at + ahead)
            .is_some_and(|(_, token)| token == wanted)
    }

    fn skip_leading_separator(&mut self) {
        if self.is(0, &Token::Separator) {
            self.at += 1;
        }
    }

    /// Reads a path or a tree of them, e.g. `a::{b, c::d as e, f::*}`.
    fn tree(&mut self, mut path: Vec<String>) {
        let line = self.tokens.get(self.at).map_or(0, |(line, _)| *line);
        while let Some((_, token)) = self.tokens.get(self.at) {
            match token {
                Token::Word(word) => path.push(word.clone()),
                Token::Other('{') => {
                    self.at += 1;
                    while self.at < self.tokens.len() && !self.is(0, &Token::Other('}')) {
                        self.tree(path.clone());
                        while self.is(0, &Token::Other(',')) {
                            self.at += 1;
                        }
                    }
                    self.at += 1;
                    return;
                }
                Token::Other('*') => path.push("*".to_owned()),
                _ => {
                    // Not a path after all, e.g. `Vec::<u8>`; the caller goes on behind it.
                    self.at += 1;
                    break;
                }
            }
            self.at += 1;
            if !self.is(0, &Token::Separator) {
                break;
            }
            self.at += 1;
        }
        self.rename();
        if !path.is_empty() {
            self.found.push(Reference {
                line,
                segments: self.resolved(path),
            });
        }
    }

    fn rename(&mut self) {
        if self.is(0, &Token::Word("as".to_owned())) {
            self.at += 2;
        }
    }

    fn resolved(&self, path: Vec<String>) -> Vec<String> {
        if !["self", "super"].contains(&path[0].as_str()) {
            return path;
        }
        let ups = path.iter().filter(|segment| *segment == "super").count();
        let kept = self.module.len().saturating_sub(ups);
        let rest = path
            .into_iter()
            .filter(|segment| segment != "super" && segment != "self");
        std::iter::once("crate".to_owned())
            .chain(self.module[..kept].iter().cloned())
            .chain(rest)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(path: &str, code: &str) -> Vec<String> {
        references(path, code)
            .into_iter()
            .map(|reference| reference.segments.join("::"))
            .collect()
    }

    #[test]
    fn use_trees_are_taken_apart() {
        assert_eq!(
            paths(
                "src/app.rs",
                "use crate::{ui::{table, Button as B}, route::*};\nuse leptos::prelude::*;"
            ),
            [
                "crate::ui::table",
                "crate::ui::Button",
                "crate::route::*",
                "leptos::prelude::*"
            ]
        );
    }

    #[test]
    fn paths_in_code_count_too() {
        let code = "fn a(x: &b::C) { gloo_net::http::Request::get(); let v = Vec::<u8>::new(); }";
        assert_eq!(
            paths("src/app.rs", code),
            ["b::C", "gloo_net::http::Request::get", "Vec"]
        );
    }

    #[test]
    fn super_is_resolved_from_where_the_file_is() {
        assert_eq!(
            paths("src/features/cart/view.rs", "use super::super::orders::Page;"),
            ["crate::features::orders::Page"]
        );
        assert_eq!(
            paths("src/features/cart/mod.rs", "use self::view::Page;"),
            ["crate::features::cart::view::Page"]
        );
    }

    #[test]
    fn lines_are_those_of_the_file() {
        assert_eq!(
            references("src/app.rs", "\n\nuse a::{\n  b,\n  c,\n};")
                .iter()
                .map(|found| found.line)
                .collect::<Vec<_>>(),
            [4, 5]
        );
    }
}
