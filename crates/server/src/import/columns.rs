//! Which column of a file is which field: by the names they usually have, or as the caller says.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use super::fields::FileKind;

/// What is wrong with a mapping, or with a file's header, in one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MapError {
    /// Not `file.field=column` or `file.column`; the second text says what it should be.
    Form(String, &'static str),
    /// There is no such file.
    UnknownFile(String),
    /// The file has no such field.
    UnknownField(FileKind, String),
    /// The header has no such column.
    NoColumn {
        /// The file's name.
        source: String,
        /// The column that was asked for.
        column: String,
    },
    /// A field that is needed has no column.
    Missing {
        /// The file's name.
        source: String,
        /// Which file it is.
        file: FileKind,
        /// The field.
        field: &'static str,
    },
    /// Two columns have the same name.
    TwoColumns {
        /// The file's name.
        source: String,
        /// The column.
        column: String,
    },
}

impl fmt::Display for MapError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form(text, form) => write!(f, "{text:?} is not of the form {form}"),
            Self::UnknownFile(name) => write!(
                f,
                "there is no file {name:?}: a mapping begins with categories, products, customers, orders or order-lines"
            ),
            Self::UnknownField(file, field) => write!(
                f,
                "{} have no field {field:?}: there are {}",
                file.name(),
                file.field_names()
            ),
            Self::NoColumn { source, column } => write!(f, "{source} has no column {column:?}"),
            Self::Missing { source, file, field } => write!(
                f,
                "{source} has no column for the {field}: name it with --map {}.{field}=COLUMN",
                file.name()
            ),
            Self::TwoColumns { source, column } => write!(f, "{source} has two columns called {column:?}"),
        }
    }
}

impl std::error::Error for MapError {}

/// The caller's word on a column: `products.code=productID`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnChoice {
    /// The file.
    pub file: FileKind,
    /// The field.
    pub field: &'static str,
    /// The column as the header names it.
    pub column: String,
}

impl FromStr for ColumnChoice {
    type Err = MapError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let form = || MapError::Form(text.to_owned(), "products.code=productID");
        let (target, column) = text.split_once('=').ok_or_else(form)?;
        let (file, field) = target.split_once('.').ok_or_else(form)?;
        if column.trim().is_empty() {
            return Err(form());
        }
        let file = FileKind::named(file).ok_or_else(|| MapError::UnknownFile(file.to_owned()))?;
        let known = file.fields().iter().find(|known| known.name == field);
        let field = known.ok_or_else(|| MapError::UnknownField(file, field.to_owned()))?;
        Ok(Self {
            file,
            field: field.name,
            column: column.trim().to_owned(),
        })
    }
}

/// The column whose commas are not in quotation marks: `customers.address`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtraCommas {
    /// The file.
    pub file: FileKind,
    /// The column as the header names it.
    pub column: String,
}

impl FromStr for ExtraCommas {
    type Err = MapError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let form = || MapError::Form(text.to_owned(), "customers.address");
        let (file, column) = text.split_once('.').ok_or_else(form)?;
        let file = FileKind::named(file).ok_or_else(|| MapError::UnknownFile(file.to_owned()))?;
        Ok(Self {
            file,
            column: column.to_owned(),
        })
    }
}

/// The place of each field among the columns.
pub(super) fn resolve(
    file: FileKind,
    source: &str,
    headers: &[String],
    choices: &[ColumnChoice],
) -> Result<BTreeMap<&'static str, usize>, MapError> {
    let plain: Vec<String> = headers.iter().map(|header| plain(header)).collect();
    for (place, header) in headers.iter().enumerate() {
        if headers.iter().take(place).any(|other| other == header) {
            return Err(MapError::TwoColumns {
                source: source.to_owned(),
                column: header.clone(),
            });
        }
    }
    let mut places = BTreeMap::new();
    for field in file.fields() {
        let chosen = choices
            .iter()
            .rev()
            .find(|choice| choice.file == file && choice.field == field.name);
        let place = match chosen {
            Some(choice) => Some(place_of(source, headers, &choice.column)?),
            None => field
                .aliases
                .iter()
                .find_map(|alias| plain.iter().position(|header| header == alias)),
        };
        match place {
            Some(place) => {
                places.insert(field.name, place);
            }
            None if field.needed => {
                return Err(MapError::Missing {
                    source: source.to_owned(),
                    file,
                    field: field.name,
                });
            }
            None => {}
        }
    }
    Ok(places)
}

/// The place of the column with this name.
pub(super) fn place_of(source: &str, headers: &[String], column: &str) -> Result<usize, MapError> {
    let found = headers.iter().position(|header| header == column);
    found.ok_or_else(|| MapError::NoColumn {
        source: source.to_owned(),
        column: column.to_owned(),
    })
}

/// A column's name as aliases are written.
fn plain(header: &str) -> String {
    header
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(line: &str) -> Vec<String> {
        line.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn usual_names_are_recognised_in_both_languages() {
        for line in ["Order ID,Product_ID,unit price,Qty", "订单号,货号,单价,数量"] {
            let found = resolve(FileKind::OrderLines, "lines.csv", &headers(line), &[]).expect("known names");
            let expected = [("order", 0), ("price", 2), ("product", 1), ("quantity", 3)];
            assert_eq!(found.into_iter().collect::<Vec<_>>(), expected, "{line}");
        }
    }

    #[test]
    fn a_choice_goes_before_the_usual_names() {
        let choice: ColumnChoice = "categories.name=note".parse().expect("a choice");
        let found = resolve(
            FileKind::Categories,
            "c.csv",
            &headers("code,name,note"),
            &[choice],
        );
        assert_eq!(found.expect("found").get("name"), Some(&2));
    }

    #[test]
    fn what_does_not_fit_is_one_sentence() {
        let sentence = |text: &str| text.parse::<ColumnChoice>().expect_err("refused").to_string();
        assert_eq!(sentence("x"), "\"x\" is not of the form products.code=productID");
        assert!(sentence("things.code=x").starts_with("there is no file \"things\""));
        assert_eq!(
            sentence("categories.price=x"),
            "categories have no field \"price\": there are code, name"
        );
        let resolved = |line: &str, choices: &[ColumnChoice]| {
            resolve(FileKind::Categories, "c.csv", &headers(line), choices)
                .expect_err("refused")
                .to_string()
        };
        assert_eq!(
            resolved("code,label", &[]),
            "c.csv has no column for the name: name it with --map categories.name=COLUMN"
        );
        let choice: ColumnChoice = "categories.name=label".parse().expect("a choice");
        assert_eq!(resolved("code,name", &[choice]), "c.csv has no column \"label\"");
        assert_eq!(
            resolved("code,name,code", &[]),
            "c.csv has two columns called \"code\""
        );
    }
}
