//! One style sheet out of `style/index.css` and what it imports.
//!
//! An import becomes the imported text where it stood, in the cascade layer it names. That is exactly what a browser
//! makes of it, minus the requests.

use std::path::Path;

use crate::failure::{AtPath, Failure, Outcome};
use crate::paths;

/// Reads a style sheet and everything it imports.
///
/// # Errors
/// Fails on a file that is missing, and on an import that isn't of the form `@import "file.css" layer(name);` (the
/// layer may be left out).
pub fn bundle(file: &Path) -> Outcome<String> {
    let text = without_comments(&std::fs::read_to_string(file).at("read", file)?);
    let mut bundled = String::new();
    let mut rest = text.as_str();
    while let Some(start) = rest.find("@import") {
        let (before, from_import) = rest.split_at(start);
        let (statement, after) = from_import
            .split_once(';')
            .ok_or_else(|| Failure::new(format!("{}: an @import without its `;`.", paths::shown(file))))?;
        let import = Import::parse(statement).ok_or_else(|| {
            Failure::new(format!(
                "{}: cannot bundle `{statement}`: write `@import \"file.css\" layer(name);`.",
                paths::shown(file)
            ))
        })?;
        let imported = bundle(&file.with_file_name(import.file))?;
        bundled.push_str(before);
        match import.layer {
            Some(layer) => bundled.push_str(&format!("@layer {layer} {{\n{imported}\n}}\n")),
            None => bundled.push_str(&imported),
        }
        rest = after;
    }
    bundled.push_str(rest);
    Ok(bundled)
}

#[derive(Debug, PartialEq, Eq)]
struct Import<'a> {
    file: &'a str,
    layer: Option<&'a str>,
}

impl<'a> Import<'a> {
    fn parse(statement: &'a str) -> Option<Self> {
        let rest = statement.strip_prefix("@import")?.trim();
        let (file, rest) = match rest.strip_prefix("url(") {
            Some(rest) => rest
                .split_once(')')
                .map(|(file, rest)| (file.trim().trim_matches(['"', '\'']), rest))?,
            None => {
                let quote = rest.chars().next().filter(|first| ['"', '\''].contains(first))?;
                rest[1..].split_once(quote)?
            }
        };
        let rest = rest.trim();
        let layer = if rest.is_empty() {
            None
        } else {
            Some(rest.strip_prefix("layer(")?.strip_suffix(')')?)
        };
        Some(Self { file, layer })
    }
}

/// Takes comments and needless white space away. Strings stay as they are.
pub fn minify(css: &str) -> String {
    let css = without_comments(css);
    let mut out = String::with_capacity(css.len());
    let mut letters = css.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' | '\'' => {
                out.push(letter);
                copy_string(letter, &mut letters, &mut out);
            }
            _ if letter.is_whitespace() => {
                while letters.next_if(|next| next.is_whitespace()).is_some() {}
                let needless_before = |next: &char| "{};,)>".contains(*next);
                let needless_after = out
                    .chars()
                    .next_back()
                    .is_none_or(|last| "{};,(>:".contains(last));
                if !needless_after && letters.peek().is_some_and(|next| !needless_before(next)) {
                    out.push(' ');
                }
            }
            '}' => {
                if out.ends_with(';') {
                    out.pop();
                }
                out.push('}');
            }
            _ => out.push(letter),
        }
    }
    out
}

fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut letters = css.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' | '\'' => {
                out.push(letter);
                copy_string(letter, &mut letters, &mut out);
            }
            '/' if letters.peek() == Some(&'*') => {
                letters.next();
                let mut last = ' ';
                for letter in letters.by_ref() {
                    if last == '*' && letter == '/' {
                        break;
                    }
                    last = letter;
                }
                out.push(' ');
            }
            _ => out.push(letter),
        }
    }
    out
}

fn copy_string(quote: char, letters: &mut impl Iterator<Item = char>, out: &mut String) {
    let mut escaped = false;
    for letter in letters {
        out.push(letter);
        if letter == quote && !escaped {
            break;
        }
        escaped = letter == '\\' && !escaped;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_import_names_a_file_and_perhaps_a_layer() {
        let import = |file, layer| Some(Import { file, layer });
        assert_eq!(
            Import::parse("@import \"a/b.css\" layer(base)"),
            import("a/b.css", Some("base"))
        );
        assert_eq!(Import::parse("@import url('a.css')"), import("a.css", None));
        assert_eq!(Import::parse("@import 'a.css' screen"), None);
        assert_eq!(Import::parse("@import a.css"), None);
    }

    #[test]
    fn white_space_goes_where_it_means_nothing() {
        let css = "/* c */ .a  >  .b ,\n .c :hover {\n  margin: calc(1px + 2px) auto;\n color: red;\n}\n@media (width >= 600px) and (hover) { a { b: c } }";
        let small = ".a>.b,.c :hover{margin:calc(1px + 2px) auto;color:red}@media (width>= 600px) and (hover){a{b:c}}";
        assert_eq!(minify(css), small);
    }

    #[test]
    fn strings_are_left_alone() {
        assert_eq!(
            minify("a::after { content: \"/*  } \\\" ;  */\"; }"),
            "a::after{content:\"/*  } \\\" ;  */\"}"
        );
    }

    #[test]
    fn imports_become_layers_in_their_order() -> Outcome {
        let directory = std::env::temp_dir().join(format!("countersign-css-{}", std::process::id()));
        std::fs::create_dir_all(&directory).at("create", &directory)?;
        let write = |name: &str, text: &str| {
            let path = directory.join(name);
            std::fs::write(&path, text).at("write", &path)
        };
        write("base.css", "a{b:c}")?;
        write(
            "index.css",
            "@layer base, ui;\n@import \"base.css\" layer(base);\np{q:r}",
        )?;
        let bundled = bundle(&directory.join("index.css"))?;
        std::fs::remove_dir_all(&directory).at("remove", &directory)?;
        assert_eq!(minify(&bundled), "@layer base,ui;@layer base{a{b:c}}p{q:r}");
        Ok(())
    }
}
