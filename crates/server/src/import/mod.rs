//! Importing what a company has elsewhere: categories, products, customers and past orders, from CSV files.
//!
//! [`columns`] finds out which column is which field, [`table`] reads rows and the lines they stand in, the readers
//! ([`goods`], [`parties`], [`orders`]) turn rows into a [`plan`] of what is new and note every mistake by file, line and
//! column, and [`store`] puts the plan into the database in one transaction. What has a code that is there already is left
//! as it is, so that importing twice changes nothing.
//!
//! Orders are not made here: only a submission makes an order. They are kept as imported orders, which
//! [`replay`](crate::replay) passes through the API.

mod cells;
mod columns;
mod fields;
mod goods;
mod ids;
mod keys;
mod mistake;
mod orders;
mod parties;
mod plan;
mod staff;
mod store;
mod table;

use countersign_domain::money::Money;

pub use columns::{ColumnChoice, ExtraCommas, MapError};
pub use fields::FileKind;
pub use mistake::{Mistake, MistakeKind};
pub use plan::{Count, Counts};
pub use staff::LOGINS as STAFF_LOGINS;
pub use table::TableError;

use crate::auth::password::PasswordError;
use crate::db::DbError;
use crate::repo::imported::{self, Known};
use crate::repo::settings;
use crate::state::AppState;
use keys::Keys;
use plan::Plan;
use table::Table;

/// Longest code, in characters.
const CODE: usize = 64;
/// Longest name, in characters.
const NAME: usize = 200;
/// Longest other text, in characters.
const TEXT: usize = 500;
/// Shortest initial password, in characters.
const SHORTEST_PASSWORD: usize = 10;

/// One file.
#[derive(Clone, Debug)]
pub struct Source {
    /// Which it is.
    pub kind: FileKind,
    /// What messages call it.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// How to import.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Columns that are not called as usual.
    pub choices: Vec<ColumnChoice>,
    /// Columns whose commas are not in quotation marks.
    pub extra_commas: Vec<ExtraCommas>,
    /// Import the rows that are fine even where others are not.
    pub skip_bad: bool,
    /// Only say what would be imported.
    pub dry_run: bool,
    /// The credit limit of new customers. Without one they pay before delivery.
    pub credit_limit: Option<Money>,
    /// Put every new customer into the default region, whatever the file says.
    pub one_region: bool,
    /// Add the staff accounts of [`STAFF_LOGINS`] that are missing.
    pub with_staff: bool,
    /// The initial password of new accounts.
    pub password: Option<String>,
}

/// Why nothing was imported, in one sentence. Mistakes in rows are no error: see [`Report`].
#[derive(Clone, Debug)]
pub enum ImportError {
    /// A file can't be read.
    Table(TableError),
    /// One of two files that belong together is missing.
    Alone(FileKind),
    /// New accounts need a password.
    PasswordMissing,
    /// The password is too short.
    PasswordShort,
    /// The password could not be hashed.
    Password(PasswordError),
    /// The database refused.
    Db(DbError),
}

impl std::fmt::Display for ImportError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Table(error) => error.fmt(f),
            Self::Alone(kind) => write!(
                f,
                "orders and order-lines belong together: the {} are missing",
                kind.name()
            ),
            Self::PasswordMissing => f.write_str("new accounts need an initial password"),
            Self::PasswordShort => write!(
                f,
                "the initial password needs at least {SHORTEST_PASSWORD} characters"
            ),
            Self::Password(error) => error.fmt(f),
            Self::Db(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ImportError {}

impl From<DbError> for ImportError {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

/// What an import did.
#[derive(Clone, Debug)]
pub struct Report {
    /// Everything that is wrong, file by file and line by line.
    pub mistakes: Vec<Mistake>,
    /// What became of the rows.
    pub counts: Counts,
    /// Whether it was stored.
    pub outcome: Outcome,
    /// What the lines of the new orders come to.
    pub lines_total: Money,
    /// What the freights of the new orders come to.
    pub freight_total: Money,
    /// What changed about the sale of discontinued products.
    pub sale: Sale,
}

/// Discontinued products are on sale only as long as imported orders for them wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sale {
    /// Discontinued products that stay on sale until their orders are replayed.
    pub waiting: usize,
    /// Products that were taken off sale now.
    pub taken_off: usize,
}

/// Whether an import was stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was.
    Imported,
    /// It was not: it was only tried.
    Tried,
    /// It was not: something is wrong.
    Refused,
}

/// Rows as they were read and checked.
#[derive(Default)]
struct Checked {
    plan: Plan,
    counts: Counts,
    mistakes: Vec<Mistake>,
}

/// Imports `sources`.
///
/// # Errors
/// An [`ImportError`] when a file can't be read at all or the database refuses.
pub async fn run(state: &AppState, sources: &[Source], options: &Options) -> Result<Report, ImportError> {
    let (mut known, currency) = {
        let mut connection = state.db.read().await?;
        let known = imported::known(&mut connection).await?;
        let workflow = settings::workflow(&mut connection).await?;
        (known, workflow.value.currency)
    };
    let staff = staff::missing(&known, options);
    known
        .logins
        .extend(staff.iter().map(|(login, _)| (*login).to_owned()));
    let Checked {
        plan,
        counts,
        mut mistakes,
    } = check(sources, options, &known)?;
    mistakes.sort_by_key(|mistake| (mistake.file, mistake.line));
    let mut report = Report {
        lines_total: plan.lines_total(&currency),
        freight_total: plan.freight_total(),
        outcome: Outcome::Tried,
        sale: Sale::default(),
        mistakes,
        counts,
    };
    if !report.mistakes.is_empty() && !options.skip_bad {
        report.outcome = Outcome::Refused;
    } else if !options.dry_run {
        report.sale = store::store(state, plan, known, &staff, options).await?;
        report.outcome = Outcome::Imported;
    }
    Ok(report)
}

fn check(sources: &[Source], options: &Options, known: &Known) -> Result<Checked, ImportError> {
    let table = |kind| {
        let source = sources.iter().find(|source| source.kind == kind);
        source
            .map(|source| Table::read(kind, &source.name, &source.bytes, options))
            .transpose()
            .map_err(ImportError::Table)
    };
    let mut checked = Checked::default();
    let categories = match table(FileKind::Categories)? {
        Some(table) => goods::categories(&table, known, &mut checked),
        None => Keys::default(),
    };
    let products = match table(FileKind::Products)? {
        Some(table) => goods::products(&table, known, &categories, &mut checked),
        None => Keys::default(),
    };
    let customers = match table(FileKind::Customers)? {
        Some(table) => parties::customers(&table, known, options.one_region, &mut checked),
        None => Keys::default(),
    };
    match (table(FileKind::Orders)?, table(FileKind::OrderLines)?) {
        (Some(heads), Some(lines)) => {
            orders::orders(&heads, &lines, known, (&products, &customers), &mut checked);
        }
        (None, None) => {}
        (Some(_), None) => return Err(ImportError::Alone(FileKind::OrderLines)),
        (None, Some(_)) => return Err(ImportError::Alone(FileKind::Orders)),
    }
    Ok(checked)
}
