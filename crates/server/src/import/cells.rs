//! Reading the fields of one row, and noting what is wrong with them.

use rust_decimal::Decimal;

use super::mistake::{Mistake, MistakeKind};
use super::table::{Row, Table};

/// What stands for nothing in exports of databases.
const NOTHING: [&str; 2] = ["NULL", "\\N"];

/// One row while it is read.
pub(super) struct Cells<'a> {
    table: &'a Table,
    row: &'a Row,
    found: Vec<Mistake>,
}

impl<'a> Cells<'a> {
    pub(super) fn new(table: &'a Table, row: &'a Row) -> Self {
        let mut cells = Self {
            table,
            row,
            found: Vec::new(),
        };
        if let Some((place, kind)) = &row.flaw {
            let column = table.headers.get(*place).cloned().unwrap_or_default();
            let value = cells.at(*place).map(lossy).unwrap_or_default();
            cells.add(column, value, kind.clone());
        }
        cells
    }

    /// A text of at most `longest` characters, if there is one.
    pub(super) fn text(&mut self, field: &'static str, longest: usize) -> Option<String> {
        let bytes = self.raw(field)?;
        match std::str::from_utf8(bytes) {
            Ok(text) => {
                let text = text.trim();
                if text.is_empty() || NOTHING.contains(&text) {
                    None
                } else if text.chars().count() > longest {
                    self.wrong(field, MistakeKind::TooLong(longest));
                    None
                } else {
                    Some(text.to_owned())
                }
            }
            Err(_) => {
                self.wrong(field, MistakeKind::Encoding);
                None
            }
        }
    }

    /// A text that must be there.
    pub(super) fn needed(&mut self, field: &'static str, longest: usize) -> Option<String> {
        let before = self.found.len();
        let text = self.text(field, longest);
        if text.is_none() && self.found.len() == before {
            self.wrong(field, MistakeKind::Missing);
        }
        text
    }

    /// A value, if there is one.
    pub(super) fn value<T>(
        &mut self,
        field: &'static str,
        read: fn(&str) -> Result<T, MistakeKind>,
    ) -> Option<T> {
        let text = self.text(field, usize::MAX)?;
        self.read(field, &text, read)
    }

    /// A value that must be there.
    pub(super) fn needed_value<T>(
        &mut self,
        field: &'static str,
        read: fn(&str) -> Result<T, MistakeKind>,
    ) -> Option<T> {
        let text = self.needed(field, usize::MAX)?;
        self.read(field, &text, read)
    }

    /// Notes what is wrong with a field. Of a row that is broken as a whole nothing more is said.
    pub(super) fn wrong(&mut self, field: &'static str, kind: MistakeKind) {
        if self.row.flaw.is_none() {
            let value = self.raw(field).map(lossy).unwrap_or_default();
            self.add(self.table.column(field), value, kind);
        }
    }

    /// Hands over what was noted; tells whether that was nothing.
    pub(super) fn finish(self, mistakes: &mut Vec<Mistake>) -> bool {
        let whole = self.found.is_empty();
        mistakes.extend(self.found);
        whole
    }

    fn read<T>(
        &mut self,
        field: &'static str,
        text: &str,
        read: fn(&str) -> Result<T, MistakeKind>,
    ) -> Option<T> {
        match read(text) {
            Ok(value) => Some(value),
            Err(kind) => {
                self.wrong(field, kind);
                None
            }
        }
    }

    fn add(&mut self, column: String, value: String, kind: MistakeKind) {
        self.found.push(Mistake {
            file: self.table.file,
            source: self.table.source.clone(),
            line: self.row.line,
            column,
            value,
            kind,
        });
    }

    fn raw(&self, field: &'static str) -> Option<&'a [u8]> {
        self.at(*self.table.places.get(field)?)
    }

    fn at(&self, place: usize) -> Option<&'a [u8]> {
        self.row.fields.get(place)
    }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}

/// Values as files write them.
pub(super) mod values {
    use chrono::NaiveDate;
    use countersign_domain::money::{Money, Rate};
    use countersign_domain::quantity::Quantity;

    use super::{Decimal, MistakeKind};

    /// Largest amount in a file; far below what a decimal can hold once it is multiplied.
    const MAX_AMOUNT: i64 = 1_000_000_000;
    /// Digits behind the point of a price.
    const MAX_SCALE: u32 = 4;
    /// Digits behind the point of what is charged.
    const CHARGE_SCALE: u32 = 2;

    fn decimal(text: &str, expected: &'static str) -> Result<Decimal, MistakeKind> {
        Decimal::from_str_exact(text).map_err(|_| MistakeKind::Number(expected))
    }

    /// An amount of money, not negative.
    pub(in super::super) fn money(text: &str) -> Result<Money, MistakeKind> {
        const EXPECTED: &str = "an amount such as 12.50";
        let amount = decimal(text, EXPECTED)?;
        let fits = (Decimal::ZERO..=Decimal::from(MAX_AMOUNT)).contains(&amount)
            && amount.normalize().scale() <= MAX_SCALE;
        fits.then_some(Money(amount)).ok_or(MistakeKind::Number(EXPECTED))
    }

    /// An amount that is charged as it stands: no finer than the minor unit of most currencies.
    pub(in super::super) fn charge(text: &str) -> Result<Money, MistakeKind> {
        let amount = money(text)?;
        let fits = amount.0.normalize().scale() <= CHARGE_SCALE;
        fits.then_some(amount)
            .ok_or(MistakeKind::Number("an amount with at most two decimals"))
    }

    /// A quantity in stock.
    pub(in super::super) fn stock(text: &str) -> Result<Quantity, MistakeKind> {
        const EXPECTED: &str = "a quantity such as 12";
        Quantity::new(decimal(text, EXPECTED)?).map_err(|_| MistakeKind::Number(EXPECTED))
    }

    /// A quantity that is ordered: more than nothing.
    pub(in super::super) fn ordered(text: &str) -> Result<Quantity, MistakeKind> {
        const EXPECTED: &str = "a quantity above zero such as 12";
        let quantity = Quantity::new(decimal(text, EXPECTED)?).map_err(|_| MistakeKind::Number(EXPECTED))?;
        if quantity.is_zero() {
            Err(MistakeKind::Number(EXPECTED))
        } else {
            Ok(quantity)
        }
    }

    /// A discount: the share that is taken off.
    pub(in super::super) fn share(text: &str) -> Result<Rate, MistakeKind> {
        const EXPECTED: &str = "a share between 0 and 1 such as 0.15";
        let share = decimal(text, EXPECTED)?.normalize();
        let rate = Rate::new(share).filter(|rate| rate.get().scale() <= MAX_SCALE);
        rate.ok_or(MistakeKind::Number(EXPECTED))
    }

    /// A date, with or without a time behind it, of which only the day counts.
    pub(in super::super) fn date(text: &str) -> Result<NaiveDate, MistakeKind> {
        let (day, time) = text.split_once([' ', 'T']).unwrap_or((text, ""));
        let is_time = time
            .chars()
            .all(|letter| letter.is_ascii_digit() || matches!(letter, ':' | '.' | '+' | '-' | 'Z'));
        let day = day.replace('/', "-");
        let read = NaiveDate::parse_from_str(&day, "%Y-%m-%d").ok();
        read.filter(|_| is_time).ok_or(MistakeKind::Date)
    }

    /// Yes or no.
    pub(in super::super) fn flag(text: &str) -> Result<bool, MistakeKind> {
        match text.to_lowercase().as_str() {
            "1" | "true" | "yes" | "y" | "是" => Ok(true),
            "0" | "false" | "no" | "n" | "否" => Ok(false),
            _ => Err(MistakeKind::Flag),
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn numbers_are_exact_or_refused() {
            assert_eq!(money("12.50"), Ok(Money::new(1250, 2)));
            for wrong in ["-1", "1,000", "1.00001", "1e3", "12 kr", "9999999999", ""] {
                assert!(money(wrong).is_err(), "{wrong}");
            }
            assert!(ordered("0").is_err());
            assert!(stock("0").is_ok());
            assert!(share("1.5").is_err());
            assert_eq!(share("0.150").map(Decimal::from), Ok(Decimal::new(15, 2)));
        }

        #[test]
        fn dates_may_have_a_time() {
            let day = NaiveDate::from_ymd_opt(2021, 3, 5);
            for text in [
                "2021-03-05",
                "2021/3/5",
                "2021-03-05 00:00:00.000",
                "2021-03-05T10:00:00Z",
            ] {
                assert_eq!(date(text).ok(), day, "{text}");
            }
            for wrong in ["2021-02-30", "05.03.2021", "2021-03-05 noon"] {
                assert_eq!(date(wrong), Err(MistakeKind::Date), "{wrong}");
            }
        }
    }
}
