//! `serve`: the server itself.

use std::time::Instant;

use countersign_contract::meta::DemoAccount;

use super::args::Args;
use super::seed;
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
    args.done()?;
    log::start();
    let options = Options {
        site,
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
