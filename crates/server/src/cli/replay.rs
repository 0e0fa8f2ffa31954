//! `replay`: imported orders through the API of a running server.

use std::time::{Duration, Instant};

use super::args::Args;
use super::database;
use crate::replay::{self, Event, Options, Plan, StaffLogins};

/// What it can do.
const HELP: &str = "\
Passes imported orders through the API of a running server, from submission to receipt. It may be stopped and started
again: it continues where it was and does nothing twice.

Usage: countersign-server replay [options]

  --server <url>                      Where the server listens [http://127.0.0.1:8320]
  --database <file>                   Its database, where the imported orders are [countersign.db]
  --password-from-env <name>          Variable with the password of the customers' accounts, and of the staff
  --staff-password-from-env <name>    Variable with the password of the staff, where it is another one
  --review-as <login>                 Who reviews orders and sets special prices [lead]
  --finance-as <login>                Who passes the finance review and enters payments [finance]
  --outbound-as <login>               Who passes the outbound review [warehouse]
  --ship-as <login>                   Who ships [ship]
  --limit <number>                    Stop after so many orders
  --pause <milliseconds>              Wait between orders [0]
";

/// Every so many orders a line says how far it is.
const TOLD_EVERY: usize = 50;

/// Replays.
pub(super) async fn run(mut args: Args) -> Result<(), String> {
    if args.flag("--help") {
        super::say(HELP);
        return Ok(());
    }
    let database = database(&mut args)?;
    let server = args
        .option("--server")?
        .unwrap_or_else(|| "http://127.0.0.1:8320".to_owned());
    let mut login = |name, default: &str| {
        let given = args.option(name);
        given.map(|login| login.unwrap_or_else(|| default.to_owned()))
    };
    let staff = StaffLogins {
        review: login("--review-as", "lead")?,
        finance: login("--finance-as", "finance")?,
        outbound: login("--outbound-as", "warehouse")?,
        ship: login("--ship-as", "ship")?,
    };
    let password = args
        .option("--password-from-env")?
        .ok_or("replay needs --password-from-env, the variable with the customers' password")?;
    let staff_password = args
        .option("--staff-password-from-env")?
        .unwrap_or_else(|| password.clone());
    let limit = args.parsed("--limit", "a number of orders")?;
    let pause = args.parsed("--pause", "a number of milliseconds")?.unwrap_or(0);
    args.done()?;
    let options = Options {
        server: server.trim_end_matches('/').to_owned(),
        customer_password: variable(&password)?,
        staff_password: variable(&staff_password)?,
        staff,
        limit,
        pause: Duration::from_millis(pause),
    };
    let plan = Plan::read(std::path::Path::new(&database))
        .await
        .map_err(|error| error.to_string())?;
    let started = Instant::now();
    let report = replay::run(&plan, &options, tell)
        .await
        .map_err(|error| error.to_string())?;
    super::say(&format!("{report}in {} s\n", started.elapsed().as_secs()));
    if report.is_good() {
        Ok(())
    } else {
        Err("the replay is not complete, or its sums are not those of the files".to_owned())
    }
}

fn variable(name: &str) -> Result<String, String> {
    std::env::var(name).map_err(|_| format!("the variable {name} with a password is not set"))
}

/// Says how far it is, and what went wrong.
fn tell(event: Event<'_>) {
    match event {
        Event::Done { done, of, number } if done % TOLD_EVERY == 0 || done == of => {
            super::say(&format!("{done} of {of} orders, the last is {number}\n"));
        }
        Event::Done { .. } => {}
        Event::Failed { code, error } => super::complain(&format!("order {code}: {error}")),
    }
}
