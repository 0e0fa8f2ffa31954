//! What the columns of a sheet hold.

use serde::{Deserialize, Serialize};

use super::{guess, names};

/// Rows looked at for the names of the columns: above them a sheet may have a title, a date, an address.
const LOOKED_AT: usize = 12;

/// What a column may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The SKU code, or whatever code is to be looked for.
    Code,
    /// The barcode; counts where there is no code.
    Barcode,
    /// How many, in the ordering unit unless a unit says otherwise.
    Quantity,
    /// The unit of the quantity.
    Unit,
    /// The customer's note on the line.
    Note,
}

impl Field {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 5] = [Self::Code, Self::Barcode, Self::Quantity, Self::Unit, Self::Note];
}

/// What each column of a sheet holds, and where its lines begin. A field is held by one column at most.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    above: usize,
    fields: Vec<Option<Field>>,
    signature: String,
}

impl Columns {
    /// What the columns of `rows` hold: by their names, in any order and either language, and what the names don't say by
    /// what is in them.
    pub fn find(rows: &[Vec<String>]) -> Self {
        let width = rows.iter().map(Vec::len).max().unwrap_or_default();
        let header = rows
            .iter()
            .take(LOOKED_AT)
            .map(|row| names::fields_of(row))
            .enumerate()
            .find(|(place, fields)| is_header(rows.get(*place), fields));
        let (above, mut fields) = match header {
            Some((place, fields)) => (place.saturating_add(1), fields),
            None => (0, Vec::new()),
        };
        fields.resize(width, None);
        let lines = rows.get(above..).unwrap_or_default();
        guess::fill(&mut fields, lines, above > 0);
        let names = above.checked_sub(1).and_then(|place| rows.get(place));
        let signature = match names {
            Some(names) => names
                .iter()
                .map(|name| names::normal(name))
                .collect::<Vec<_>>()
                .join("|"),
            None => format!("#{width}"),
        };
        Self {
            above,
            fields,
            signature,
        }
    }

    /// Rows above the lines: titles, and the names of the columns.
    pub fn above(&self) -> usize {
        self.above
    }

    /// What each column holds.
    pub fn fields(&self) -> &[Option<Field>] {
        &self.fields
    }

    /// The column that holds `field`.
    pub fn of(&self, field: Field) -> Option<usize> {
        self.fields.iter().position(|held| *held == Some(field))
    }

    /// Whether there is enough to make lines of: a code or barcode, and a quantity.
    pub fn is_complete(&self) -> bool {
        let has_code = self.of(Field::Code).or(self.of(Field::Barcode)).is_some();
        has_code && self.of(Field::Quantity).is_some()
    }

    /// Says what a column holds. The column that held it before holds nothing any more.
    pub fn assign(&mut self, column: usize, field: Option<Field>) {
        if let Some(field) = field {
            for held in &mut self.fields {
                if *held == Some(field) {
                    *held = None;
                }
            }
        }
        if let Some(held) = self.fields.get_mut(column) {
            *held = field;
        }
    }

    /// What sheets of this kind have in common: the names of their columns, or their number where they have no names.
    pub fn signature(&self) -> &str {
        &self.signature
    }

    /// Says what all columns hold, as it was said for a sheet of the same kind before. What doesn't fit changes nothing.
    pub fn recall(&mut self, fields: &[Option<Field>]) {
        let named = || fields.iter().flatten();
        let is_clear = named().all(|field| named().filter(|other| *other == field).count() == 1);
        if fields.len() == self.fields.len() && is_clear {
            self.fields = fields.to_vec();
        }
    }
}

/// Whether a row with these meanings names the columns: it names what is ordered, or several things, or one beside other
/// words.
fn is_header(row: Option<&Vec<String>>, fields: &[Option<Field>]) -> bool {
    let found = fields.iter().flatten().count();
    let has_code = [Field::Code, Field::Barcode]
        .iter()
        .any(|field| fields.contains(&Some(*field)));
    let has_numbers = row.is_some_and(|row| row.iter().any(|cell| guess::is_number(cell)));
    !has_numbers && (has_code || found > 1 || (found == 1 && fields.contains(&Some(Field::Quantity))))
}
