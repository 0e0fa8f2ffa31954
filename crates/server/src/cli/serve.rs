//! `serve`: the server itself.

use chrono::FixedOffset;

use super::args::Args;
use crate::log;
use crate::server::{Options, Running, asked_to_stop};
use crate::state::Site;

/// Serves until it is asked to stop.
pub(super) async fn run(mut args: Args) -> Result<(), String> {
    let listen = args.option("--listen")?.unwrap_or_else(|| "127.0.0.1:8320".to_owned());
    let database = args.option("--database")?.unwrap_or_else(|| "countersign.db".to_owned());
    let mut site = Site {
        origins: args.options("--origin")?,
        dist: args.option("--dist")?.map(Into::into),
        demo: args.flag("--demo"),
        behind_proxy: args.flag("--behind-proxy"),
        ..Site::default()
    };
    if let Some(offset) = args.parsed::<FixedOffset>("--utc-offset", "an offset such as +08:00")? {
        site.offset = offset;
    }
    for origin in &mut site.origins {
        *origin = as_origin(origin)?;
    }
    args.done()?;
    log::start();
    let options = Options { site, ..Options::new(listen, database) };
    let running = Running::start(&options).await.map_err(|error| error.to_string())?;
    tracing::info!(address = %running.address, "listening");
    asked_to_stop().await;
    tracing::info!("stopping");
    running.stop().await;
    Ok(())
}

/// An origin as a browser writes it: scheme, host and port, nothing behind.
fn as_origin(text: &str) -> Result<String, String> {
    let text = text.trim_end_matches('/').to_lowercase();
    let authority = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match authority {
        Some(authority) if !authority.is_empty() && !authority.contains(['/', '?', '#', ' ']) => Ok(text),
        _ => Err(format!("--origin is an origin such as https://order.example.com, not {text:?}")),
    }
}
