//! `serve`: the server itself.

use std::sync::Arc;
use std::time::Instant;

use chrono::TimeDelta;
use countersign_contract::meta::DemoAccount;

use super::args::Args;
use super::seed;
use crate::clock::{Clock, ClockAhead, SystemClock};
use crate::db::DbError;
use crate::log;
use crate::repo::{deployment, settings};
use crate::seed::Seeded;
use crate::server::{Options, Running, asked_to_stop};
use crate::state::{AppState, Site};

/// Serves until it is asked to stop.
pub(super) async fn run(mut args: Args) -> Result<(), String> {
    let listen = args
        .option("--listen")?
        .unwrap_or_else(|| "127.0.0.1:8320".to_owned());
    let database = super::database(&mut args)?;
    let mut site = Site {
        origins: args.options("--origin")?,
        dist: args.option("--dist")?.map(Into::into),
        demo: args.flag("--demo"),
        behind_proxy: args.flag("--behind-proxy"),
        ..Site::default()
    };
    if let Some(offset) = super::utc_offset(&mut args)? {
        site.offset = offset;
    }
    for origin in &mut site.origins {
        *origin = as_origin(origin)?;
    }
    let clock = clock(&mut args, site.demo)?;
    args.done()?;
    log::start();
    let options = Options {
        site,
        clock,
        ..Options::new(listen, database)
    };
    if options.site.demo {
        fill(&options).await?;
    }
    let running = Running::start(&options)
        .await
        .map_err(|error| error.to_string())?;
    if !options.site.demo {
        warn_of_accounts(running.state()).await;
    }
    tracing::info!(address = %running.address, "listening");
    asked_to_stop().await;
    tracing::info!("stopping");
    running.stop().await;
    Ok(())
}

/// The machine's clock, or one that runs ahead of it: only a demo may show what passing deadlines do without waiting for
/// them, since nobody relies on its times.
fn clock(args: &mut Args, demo: bool) -> Result<Arc<dyn Clock>, String> {
    let ahead: Option<u16> = args.parsed("--ahead", "a number of hours")?;
    match ahead {
        None => Ok(Arc::new(SystemClock)),
        Some(hours) if demo => Ok(Arc::new(ClockAhead(TimeDelta::hours(hours.into())))),
        Some(_) => Err("--ahead is for a demo: it needs --demo".to_owned()),
    }
}

/// Sample data for an empty database, before anybody is answered.
async fn fill(options: &Options) -> Result<(), String> {
    let started = Instant::now();
    if let Seeded::Filled(counts) = seed::fill(options).await? {
        let took = started.elapsed();
        tracing::info!(?counts, ?took, "created the sample data");
    }
    Ok(())
}

/// Says so where nobody can sign in, or everybody can: the demo accounts have a published password.
async fn warn_of_accounts(state: &AppState) {
    let looked = async {
        let mut connection = state.db.read().await?;
        let demo: Vec<DemoAccount> = settings::get(&mut connection, settings::DEMO_ACCOUNTS)
            .await?
            .value;
        Ok::<_, DbError>((deployment::has_accounts(&mut connection).await?, !demo.is_empty()))
    };
    match looked.await {
        Ok((false, _)) => {
            tracing::warn!("there is no account yet: make one with countersign-server create-admin")
        }
        Ok((true, true)) => {
            tracing::warn!("this database is a demo's: its accounts have a published password")
        }
        Ok((true, false)) => {}
        Err(error) => tracing::warn!(%error, "the accounts can't be looked at"),
    }
}

/// An origin as a browser writes it: scheme, host and port, nothing behind.
fn as_origin(text: &str) -> Result<String, String> {
    let text = text.trim_end_matches('/').to_lowercase();
    let authority = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    match authority {
        Some(authority) if !authority.is_empty() && !authority.contains(['/', '?', '#', ' ']) => Ok(text),
        _ => Err(format!(
            "--origin is an origin such as https://order.example.com, not {text:?}"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock_of(arguments: &str, demo: bool) -> Result<Arc<dyn Clock>, String> {
        clock(
            &mut Args::new(arguments.split_whitespace().map(str::to_owned)),
            demo,
        )
    }

    #[test]
    fn only_a_demo_runs_ahead_of_the_machines_clock() {
        let hour = TimeDelta::hours(1);
        let ahead = clock_of("--ahead 49", true).expect("a demo may").now() - SystemClock.now();
        assert!(ahead > TimeDelta::hours(49) - hour && ahead < TimeDelta::hours(49) + hour);
        let straight = clock_of("", true).expect("nothing is asked").now() - SystemClock.now();
        assert!(straight.abs() < hour);
        assert!(clock_of("--ahead 49", false).is_err());
        assert!(clock_of("--ahead -1", true).is_err());
    }
}
