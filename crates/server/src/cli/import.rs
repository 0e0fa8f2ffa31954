//! `import`: what a company has elsewhere, from CSV files.

use countersign_domain::money::Money;

use super::args::Args;
use super::{create_admin, database, opened};
use crate::import::{
    self, ColumnChoice, Count, ExtraCommas, FileKind, Mistake, Options, Outcome, Report, Sale, Source,
};
use crate::server;

/// Most mistakes that are listed.
const LISTED: usize = 200;

/// What it can do.
const HELP: &str = "\
Takes over categories, products, customers and past orders from CSV files. What is there already stays as it is.

Usage: countersign-server import [options]

  --categories <file>           Categories of the catalog
  --products <file>             Products, each with one variant, a price and its stock
  --customers <file>            Customers, each with an address and an ordering account
  --orders <file>               Past orders, which wait to be replayed
  --order-lines <file>          Their lines
  --map <file.field=column>     A column that is not called as usual, such as products.code=productID; may be repeated
  --extra-commas <file.column>  A column whose commas are not in quotation marks, such as customers.address
  --skip-bad                    Import the rows that are fine even where others are not [import all or nothing]
  --dry-run                     Only say what would be imported
  --credit-limit <amount>       Credit limit of new customers [none: they pay before delivery]
  --one-region                  Put every new customer into the default region [by country]
  --with-staff                  Add a staff account for each built-in role (admin, lead, review, finance, warehouse, ship)
  --password-from-env <name>    Variable with the initial password of new accounts [read from standard input]
  --database <file>             The database; made when it does not exist [countersign.db]
";

/// Imports.
pub(super) async fn run(mut args: Args) -> Result<(), String> {
    if args.flag("--help") {
        super::say(HELP);
        return Ok(());
    }
    let database = database(&mut args)?;
    let mut options = Options {
        choices: parsed::<ColumnChoice>(args.options("--map")?)?,
        extra_commas: parsed::<ExtraCommas>(args.options("--extra-commas")?)?,
        skip_bad: args.flag("--skip-bad"),
        dry_run: args.flag("--dry-run"),
        credit_limit: args.parsed::<Money>("--credit-limit", "an amount such as 50000")?,
        one_region: args.flag("--one-region"),
        with_staff: args.flag("--with-staff"),
        password: None,
    };
    let variable = args.option("--password-from-env")?;
    let files = [
        (FileKind::Categories, args.option("--categories")?),
        (FileKind::Products, args.option("--products")?),
        (FileKind::Customers, args.option("--customers")?),
        (FileKind::Orders, args.option("--orders")?),
        (FileKind::OrderLines, args.option("--order-lines")?),
    ];
    args.done()?;
    if options.credit_limit.is_some_and(Money::is_negative) {
        return Err("--credit-limit is not less than nothing".to_owned());
    }
    let sources = sources(files)?;
    let needs_password = options.with_staff || sources.iter().any(|one| one.kind == FileKind::Customers);
    if needs_password && !options.dry_run {
        options.password = Some(match variable {
            Some(name) => std::env::var(&name)
                .map_err(|_| format!("the variable {name} with the password is not set"))?,
            None => create_admin::from_standard_input()?,
        });
    }
    let opened = opened(&server::Options::new(String::new(), database)).await?;
    let done = import::run(&opened.state, &sources, &options).await;
    opened.close().await;
    let report = done.map_err(|error| error.to_string())?;
    complain(&report.mistakes);
    super::say(&summary(&report));
    match report.outcome {
        Outcome::Refused => Err(format!(
            "nothing was imported: mend the {} rows above, or say --skip-bad",
            report.mistakes.len()
        )),
        Outcome::Imported | Outcome::Tried => Ok(()),
    }
}

fn parsed<T: std::str::FromStr<Err = import::MapError>>(texts: Vec<String>) -> Result<Vec<T>, String> {
    texts
        .iter()
        .map(|text| text.parse().map_err(|error: import::MapError| error.to_string()))
        .collect()
}

fn sources(files: [(FileKind, Option<String>); 5]) -> Result<Vec<Source>, String> {
    let mut sources = Vec::new();
    for (kind, name) in files {
        if let Some(name) = name {
            let bytes = std::fs::read(&name).map_err(|error| format!("{name} can't be read: {error}"))?;
            sources.push(Source { kind, name, bytes });
        }
    }
    if sources.is_empty() {
        return Err("there is nothing to import: see countersign-server import --help".to_owned());
    }
    Ok(sources)
}

/// Lists what is wrong: the mistakes, then what is left out because of them.
fn complain(mistakes: &[Mistake]) {
    let (consequences, own): (Vec<&Mistake>, Vec<&Mistake>) =
        mistakes.iter().partition(|mistake| mistake.is_consequence());
    for list in [own, consequences] {
        for mistake in list.iter().take(LISTED) {
            eprintln!("{mistake}");
        }
        if list.len() > LISTED {
            eprintln!("... and {} more", list.len() - LISTED);
        }
    }
}

/// What was done, line by line.
fn summary(report: &Report) -> String {
    let counts = &report.counts;
    let mut text = String::new();
    for (name, count) in [
        ("categories", counts.categories),
        ("products", counts.products),
        ("customers", counts.customers),
        ("orders", counts.orders),
        ("order lines", counts.order_lines),
    ] {
        let Count { new, there, left_out } = count;
        if count == Count::default() {
            continue;
        }
        let left_out = match left_out {
            0 => String::new(),
            some => format!(", {some} left out"),
        };
        text.push_str(&format!("{name}: {new} new, {there} already there{left_out}\n"));
    }
    if counts.orders.new > 0 {
        text.push_str(&format!(
            "the lines of the new orders come to {}, their freights to {}; countersign-server replay submits them\n",
            report.lines_total, report.freight_total
        ));
    }
    let Sale { waiting, taken_off } = report.sale;
    if waiting > 0 {
        text.push_str(&format!(
            "{waiting} discontinued products stay on sale until their orders are replayed; import the products again then\n"
        ));
    }
    if taken_off > 0 {
        text.push_str(&format!("{taken_off} products were taken off sale\n"));
    }
    if report.outcome == Outcome::Tried {
        text.push_str("This was only tried: nothing was imported.\n");
    }
    text
}
