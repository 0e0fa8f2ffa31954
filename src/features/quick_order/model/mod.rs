//! The sheet of the quick order, as plain data.

mod judge;
mod kept;
#[cfg(test)]
mod kept_tests;
mod merge;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use countersign_contract::lookup::{CodeAnswer, CodeMeaning, CodeOffer};
use countersign_contract::promotion::CustomerPromotions;
use countersign_domain::money::{Currency, Money};
use countersign_domain::price::PriceReason;
use countersign_domain::quantity::{Quantity, QuantityBreach};
use countersign_domain::sheet::{Columns, FaultKind, Field, SheetLine, Typed, code_key};

use crate::queries::lookup::offer_of;
use crate::queries::offers::Offer;
use judge::{Prices, judge, wanted};
pub use kept::Scanned;

/// A row, for as long as it is there. Later rows have higher numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(pub u32);

/// Where a row was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its row there, counted from 1.
    pub row: usize,
    /// The columns there.
    pub columns: Arc<Columns>,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which.
    pub id: RowId,
    /// What is written in it.
    pub typed: Typed,
    /// Where it was read; `None` where it was typed.
    pub source: Option<Source>,
    /// Whether its code has been written to its end.
    is_left: bool,
    /// What became of it.
    pub verdict: Verdict,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing is written in it.
    Empty,
    /// Its code is still being written or looked up.
    Waiting,
    /// It can be ordered.
    Good(Box<Priced>),
    /// It can't be ordered.
    Bad(Box<Bad>),
}

/// A row that can be ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priced {
    /// What.
    pub offer: Arc<Offer>,
    /// How many, in the ordering unit.
    pub quantity: Quantity,
    /// What one costs.
    pub price: Money,
    /// The promotion that makes it cost that, where one does.
    pub promotion: Option<PriceReason>,
    /// What all of them cost.
    pub amount: Money,
}

/// A row that can't be ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bad {
    /// Why.
    pub fault: Fault,
    /// What its code means, where that is known.
    pub offer: Option<Arc<Offer>>,
}

/// Why a row can't be ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// What is written can't be read.
    Cell(FaultKind),
    /// Nothing has this code.
    Unknown,
    /// What has this code is not on sale.
    OffSale,
    /// Each of these has this code.
    Ambiguous(Vec<Arc<Offer>>),
    /// The quantity breaks its rule.
    Breach(QuantityBreach),
    /// It is ordered in another unit.
    Unit {
        /// The unit that is written.
        given: String,
        /// Quantities in the ordering unit that come to what is written, or nearly.
        nearest: Vec<Quantity>,
    },
    /// It is more than can be charged.
    TooMuch,
}

/// What a code means.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Meaning {
    Offered(Arc<Offer>),
    Ambiguous(Vec<Arc<Offer>>),
    OffSale,
    Unknown,
}

/// How the rows stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows in which something is written.
    pub filled: usize,
    /// Those that can be ordered.
    pub good: usize,
    /// Those that can't.
    pub bad: usize,
    /// Those without a quantity.
    pub without_quantity: usize,
    /// Rows that order what a row above them orders.
    pub surplus: usize,
    /// What those cost that can be ordered.
    pub total: Money,
}

/// The sheet: its rows, the last of which is empty, and what their codes mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    rows: Vec<Row>,
    next: u32,
    known: BTreeMap<String, Meaning>,
    prices: Prices,
}

impl Sheet {
    /// An empty one.
    pub fn new(currency: Currency) -> Self {
        let mut sheet = Self {
            rows: Vec::new(),
            next: 0,
            known: BTreeMap::new(),
            prices: Prices::of(currency),
        };
        sheet.end_empty();
        sheet
    }

    /// Prices every row with these promotions, as they hold `at` this moment. Says whether they are news.
    pub fn promise(&mut self, promotions: &Arc<CustomerPromotions>, at: DateTime<Utc>) -> bool {
        let is_new = self.prices.take(promotions, at);
        if is_new {
            for row in &mut self.rows {
                row.verdict = judge(row, &self.known, &self.prices);
            }
        }
        is_new
    }

    /// The rows, the empty one at the end included.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Where a row stands, counted from 0.
    pub fn place(&self, id: RowId) -> Option<usize> {
        self.rows.binary_search_by_key(&id, |row| row.id).ok()
    }

    /// A row.
    pub fn row(&self, id: RowId) -> Option<&Row> {
        self.rows.get(self.place(id)?)
    }

    /// The row `steps` below another, or above it where `steps` is negative.
    pub fn beside(&self, id: RowId, steps: isize) -> Option<RowId> {
        let place = self.place(id)?.checked_add_signed(steps)?;
        self.rows.get(place).map(|row| row.id)
    }

    /// Writes into a row.
    pub fn write(&mut self, id: RowId, field: Field, text: String) {
        self.change(id, |row| {
            let place = match field {
                Field::Code | Field::Barcode => {
                    row.is_left = false;
                    &mut row.typed.code
                }
                Field::Quantity => &mut row.typed.quantity,
                Field::Unit => &mut row.typed.unit,
                Field::Note => &mut row.typed.note,
            };
            *place = text;
        });
        self.end_empty();
    }

    /// The code of a row is written to its end.
    pub fn leave(&mut self, id: RowId) {
        self.change(id, |row| row.is_left = true);
    }

    /// Orders this many of a row, in its ordering unit.
    pub fn take_quantity(&mut self, id: RowId, quantity: Quantity) {
        self.change(id, |row| {
            row.typed.quantity = quantity.to_string();
            row.typed.unit.clear();
        });
    }

    /// Adds rows that were read, in place of the empty ones at the end. Gives which they are.
    pub fn fill(&mut self, lines: Vec<SheetLine>, columns: &Arc<Columns>) -> BTreeSet<RowId> {
        while self.rows.last().is_some_and(|row| row.typed.is_empty()) {
            self.rows.pop();
        }
        let mut ids = BTreeSet::new();
        for SheetLine { row, typed, .. } in lines {
            ids.insert(RowId(self.next));
            let source = Source {
                row,
                columns: Arc::clone(columns),
            };
            self.push(typed, Some(source));
        }
        self.end_empty();
        ids
    }

    /// Codes that have to be looked up, each once, as they are compared.
    pub fn unknown(&self) -> BTreeSet<String> {
        let rows = self.rows.iter();
        let waiting = rows.filter(|row| row.is_left && row.verdict == Verdict::Waiting);
        waiting
            .map(|row| code_key(&row.typed.code))
            .filter(|key| !self.known.contains_key(key))
            .collect()
    }

    /// Takes in the answers to `asked`. What was not answered is unknown.
    pub fn learn(&mut self, asked: &[String], answers: Vec<CodeAnswer>) {
        let mut learnt: BTreeMap<String, Meaning> =
            asked.iter().map(|key| (key.clone(), Meaning::Unknown)).collect();
        let offers = |offers: &[CodeOffer]| offers.iter().map(|offer| Arc::new(offer_of(offer))).collect();
        for answer in answers {
            let meaning = match answer.meaning {
                CodeMeaning::Offered { offer } => Meaning::Offered(Arc::new(offer_of(&offer))),
                CodeMeaning::Ambiguous { offers: found } => Meaning::Ambiguous(offers(&found)),
                CodeMeaning::OffSale => Meaning::OffSale,
                CodeMeaning::Unknown => Meaning::Unknown,
            };
            learnt.insert(code_key(&answer.code), meaning);
        }
        self.known.extend(learnt.clone());
        for row in &mut self.rows {
            if learnt.contains_key(&code_key(&row.typed.code)) {
                row.verdict = judge(row, &self.known, &self.prices);
            }
        }
    }

    /// How the rows stand.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        let mut seen = BTreeSet::new();
        for row in &self.rows {
            match &row.verdict {
                Verdict::Empty => continue,
                Verdict::Waiting => {}
                Verdict::Good(priced) => {
                    counts.good += 1;
                    counts.total += priced.amount;
                }
                Verdict::Bad(bad) => {
                    counts.bad += 1;
                    counts.without_quantity += usize::from(
                        bad.fault == Fault::Cell(FaultKind::QuantityMissing) && bad.offer.is_some(),
                    );
                }
            }
            counts.filled += 1;
            let wanted = wanted(row);
            counts.surplus += usize::from(wanted.is_some_and(|(variant, _)| !seen.insert(variant)));
        }
        counts
    }

    /// Orders the smallest quantity of every row that has none.
    pub fn fill_smallest(&mut self) {
        for (id, smallest) in self.without_quantity() {
            if let Some(smallest) = smallest {
                self.take_quantity(id, smallest);
            }
        }
    }

    /// Takes out every row without a quantity.
    pub fn drop_without_quantity(&mut self) {
        let gone = self.without_quantity().into_iter().map(|(id, _)| id).collect();
        self.drop_rows(&gone);
    }

    /// Rows that can be ordered.
    pub fn good(&self) -> impl Iterator<Item = (&Row, &Priced)> {
        self.rows.iter().filter_map(|row| match &row.verdict {
            Verdict::Good(priced) => Some((row, &**priced)),
            Verdict::Empty | Verdict::Waiting | Verdict::Bad(_) => None,
        })
    }

    /// Rows that can't.
    pub fn bad(&self) -> impl Iterator<Item = (&Row, &Bad)> {
        self.rows.iter().filter_map(|row| match &row.verdict {
            Verdict::Bad(bad) => Some((row, &**bad)),
            Verdict::Empty | Verdict::Waiting | Verdict::Good(_) => None,
        })
    }

    /// Takes rows out.
    pub fn drop_rows(&mut self, gone: &BTreeSet<RowId>) {
        self.rows.retain(|row| !gone.contains(&row.id));
        self.end_empty();
    }

    /// The rows without a quantity whose code is known, with the smallest quantity of each.
    fn without_quantity(&self) -> Vec<(RowId, Option<Quantity>)> {
        self.bad()
            .filter(|(_, bad)| bad.fault == Fault::Cell(FaultKind::QuantityMissing))
            .filter_map(|(row, bad)| Some((row.id, bad.offer.as_ref()?.variant.rule.smallest())))
            .collect()
    }

    fn change(&mut self, id: RowId, f: impl FnOnce(&mut Row)) {
        let row = self.place(id).and_then(|place| self.rows.get_mut(place));
        if let Some(row) = row {
            f(row);
            row.verdict = judge(row, &self.known, &self.prices);
        }
    }

    fn push(&mut self, typed: Typed, source: Option<Source>) {
        let mut row = Row {
            id: RowId(self.next),
            is_left: source.is_some(),
            typed,
            source,
            verdict: Verdict::Empty,
        };
        row.verdict = judge(&row, &self.known, &self.prices);
        self.next = self.next.saturating_add(1);
        self.rows.push(row);
    }

    /// There is always an empty row at the end.
    fn end_empty(&mut self) {
        if self.rows.last().is_none_or(|row| !row.typed.is_empty()) {
            self.push(Typed::default(), None);
        }
    }
}
