//! The variants of a product by two of their attributes, such as colour and size, as plain data.

use std::collections::BTreeMap;

use countersign_domain::id::VariantId;
use countersign_domain::text::LocalText;

/// What separates the attributes in the Chinese name of a variant, and in the English one.
const BETWEEN: (char, char) = ('·', ',');

/// A table of variants: one attribute down, the other across.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    /// The values of the first attribute, in the order of the variants.
    pub rows: Vec<LocalText>,
    /// Those of the second.
    pub columns: Vec<LocalText>,
    cells: BTreeMap<(usize, usize), VariantId>,
}

impl Matrix {
    /// The table of these variants; `None` where they don't differ in two attributes, or where most of it would be empty.
    pub fn of<'a>(variants: impl IntoIterator<Item = (VariantId, &'a LocalText)>) -> Option<Self> {
        let mut matrix = Self {
            rows: Vec::new(),
            columns: Vec::new(),
            cells: BTreeMap::new(),
        };
        for (id, name) in variants {
            let (first, second) = attributes(name)?;
            let cell = (place(&mut matrix.rows, first), place(&mut matrix.columns, second));
            if matrix.cells.insert(cell, id).is_some() {
                return None;
            }
        }
        let (rows, columns) = (matrix.rows.len(), matrix.columns.len());
        let is_table = rows > 1 && columns > 1 && matrix.cells.len() * 2 > rows * columns;
        is_table.then_some(matrix)
    }

    /// The variant of a row and a column, if there is one.
    pub fn cell(&self, row: usize, column: usize) -> Option<VariantId> {
        self.cells.get(&(row, column)).copied()
    }

    /// Every variant, row by row.
    pub fn variants(&self) -> impl Iterator<Item = VariantId> {
        self.cells.values().copied()
    }
}

/// The two attributes a variant's name says.
fn attributes(name: &LocalText) -> Option<(LocalText, LocalText)> {
    let (zh_first, zh_second) = halves(&name.zh, BETWEEN.0)?;
    let (en_first, en_second) = match name.en.trim() {
        // Said in one language only.
        "" => ("", ""),
        en => halves(en, BETWEEN.1)?,
    };
    Some((
        LocalText::new(zh_first, en_first),
        LocalText::new(zh_second, en_second),
    ))
}

fn halves(text: &str, between: char) -> Option<(&str, &str)> {
    let (first, second) = text.split_once(between)?;
    let (first, second) = (first.trim(), second.trim());
    let are_two = !first.is_empty() && !second.is_empty() && !second.contains(between);
    are_two.then_some((first, second))
}

fn place(values: &mut Vec<LocalText>, value: LocalText) -> usize {
    if let Some(place) = values.iter().position(|one| *one == value) {
        return place;
    }
    values.push(value);
    values.len() - 1
}

#[cfg(test)]
mod tests {
    use countersign_domain::id::VariantId;
    use countersign_domain::text::LocalText;
    use uuid::Uuid;

    use super::Matrix;

    fn id(number: usize) -> VariantId {
        VariantId(Uuid::from_u128(number as u128))
    }

    fn matrix(names: &[(&str, &str)]) -> Option<Matrix> {
        let names: Vec<LocalText> = names.iter().map(|(zh, en)| LocalText::new(*zh, *en)).collect();
        Matrix::of(names.iter().enumerate().map(|(number, name)| (id(number), name)))
    }

    #[test]
    fn variants_of_two_attributes_make_a_table() {
        let found = matrix(&[
            ("白色·8oz", "White, 8 oz"),
            ("白色·12oz", "White, 12 oz"),
            ("黑色·12oz", "Black, 12 oz"),
        ])
        .expect("a table");
        assert_eq!(
            found.rows,
            [LocalText::new("白色", "White"), LocalText::new("黑色", "Black")]
        );
        assert_eq!(
            found.columns,
            [LocalText::new("8oz", "8 oz"), LocalText::new("12oz", "12 oz")]
        );
        assert_eq!(found.cell(1, 1), Some(id(2)));
        assert_eq!(found.cell(1, 0), None, "black ones come in one size");
        assert_eq!(found.variants().count(), 3);
        assert!(matrix(&[("红·大", ""), ("红·小", ""), ("蓝·大", "")]).is_some());
    }

    #[test]
    fn other_variants_make_none() {
        for names in [
            &[("550ml", "550 ml"), ("1L", "1 L")][..],
            &[("原味·70g", "Original, 70 g"), ("番茄·70g", "Tomato, 70 g")],
            &[("西柚·500ml", "Grapefruit, 500 ml"), ("荔枝·1L", "Lychee, 1 L")],
            &[
                ("红·大·厚", "Red, large, thick"),
                ("红·小·厚", "Red, small, thick"),
            ],
            &[
                ("红·大", "Red, large"),
                ("红·大", "Red, large"),
                ("蓝·小", "Blue, small"),
            ],
            &[],
        ] {
            assert_eq!(matrix(names), None, "{names:?}");
        }
    }
}
