//! `cargo xtask start`: from a fresh checkout to the app in the browser.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::failure::{AtPath, Failure, Outcome};
use crate::server::{self, Server};
use crate::{build, http, paths, report};

const DEFAULT_PORT: u16 = 8080;

/// What may stand after `start`.
#[derive(Debug, PartialEq, Eq)]
struct Options {
    port: u16,
    fresh: bool,
}

/// Installs, builds, serves, and stays until Ctrl-C.
///
/// # Errors
/// Fails with one sentence when something is missing that can't be installed from here, when the port is taken, and
/// when something doesn't build.
pub fn run(arguments: &[String]) -> Outcome {
    let options = Options::parse(arguments)?;
    let started = Instant::now();
    server::require_free(options.port)?;
    build::everything()?;
    let data = paths::data();
    std::fs::create_dir_all(&data).at("create", &data)?;
    let database = data.join("countersign.sqlite");
    if options.fresh {
        remove_database(&database)?;
    }
    if !database.exists() {
        report::line("   creating the sample data");
    }

    let (interrupt, interrupted) = mpsc::channel();
    ctrlc::set_handler(move || {
        let _ = interrupt.send(());
    })
    .map_err(|error| Failure::new(format!("Ctrl-C cannot be listened to: {error}.")))?;
    let mut server = Server::start(options.port, &database)?;
    announce(&server, options.port, started.elapsed());
    loop {
        match interrupted.recv_timeout(Duration::from_millis(200)) {
            Ok(()) | Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {}
        }
        if let Some(status) = server.ended()? {
            return Err(Failure::new(format!("The server ended by itself ({status}).")));
        }
    }
    server.stop()?;
    report::line("\nStopped. The data is kept in data/; `cargo xtask start --fresh` starts over.");
    Ok(())
}

impl Options {
    fn parse(arguments: &[String]) -> Outcome<Self> {
        let mut options = Self {
            port: DEFAULT_PORT,
            fresh: false,
        };
        let mut rest = arguments.iter().map(String::as_str);
        while let Some(argument) = rest.next() {
            match argument.split_once('=').unwrap_or((argument, "")) {
                ("--fresh", "") => options.fresh = true,
                ("--port", "") => options.port = port(rest.next().unwrap_or(""))?,
                ("--port", value) => options.port = port(value)?,
                _ => {
                    return Err(Failure::new(format!(
                        "`start` doesn't know `{argument}`: it takes --port N and --fresh."
                    )));
                }
            }
        }
        Ok(options)
    }
}

fn port(value: &str) -> Outcome<u16> {
    value.parse().ok().filter(|port| *port != 0).ok_or_else(|| {
        Failure::new(format!(
            "`{value}` is not a port: --port takes a number from 1 to 65535."
        ))
    })
}

/// SQLite keeps a database in up to three files.
fn remove_database(database: &std::path::Path) -> Outcome {
    for suffix in ["", "-wal", "-shm"] {
        let file = database.with_file_name(format!("countersign.sqlite{suffix}"));
        if file.exists() {
            std::fs::remove_file(&file).at("remove", &file)?;
        }
    }
    Ok(())
}

fn announce(server: &Server, port: u16, took: Duration) {
    report::heading(format_args!(
        "Countersign is ready at {} ({})",
        server.address(),
        report::seconds(took)
    ));
    let meta = http::get(port, "/api/v1/meta")
        .and_then(|body| serde_json::from_str(&body).ok())
        .unwrap_or_default();
    let accounts = demo_accounts(&meta);
    if !accounts.is_empty() {
        report::line("\nDemo accounts:");
        report::table(&accounts);
    }
    report::line("\nCtrl-C stops it.");
}

/// The rows of the table of demo accounts, with its head.
fn demo_accounts(meta: &Value) -> Vec<Vec<String>> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let accounts = meta["demo_accounts"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    if accounts.is_empty() {
        return Vec::new();
    }
    let head = ["side", "login", "password", "role", "name"]
        .map(str::to_owned)
        .to_vec();
    let rows = accounts.iter().map(|account| {
        let both = |field: &str| {
            format!(
                "{} / {}",
                text(&account[field]["en"]),
                text(&account[field]["zh"])
            )
        };
        vec![
            text(&account["side"]),
            text(&account["login"]),
            text(&account["password"]),
            both("role"),
            both("name"),
        ]
    });
    std::iter::once(head).chain(rows).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Outcome<Options> {
        Options::parse(
            &arguments
                .iter()
                .map(|argument| (*argument).to_owned())
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn port_and_fresh_are_understood_in_any_order() -> Outcome {
        assert_eq!(
            parse(&[])?,
            Options {
                port: 8080,
                fresh: false
            }
        );
        assert_eq!(
            parse(&["--fresh", "--port", "9000"])?,
            Options {
                port: 9000,
                fresh: true
            }
        );
        assert_eq!(
            parse(&["--port=9000"])?,
            Options {
                port: 9000,
                fresh: false
            }
        );
        Ok(())
    }

    #[test]
    fn nonsense_is_refused_with_what_would_be_right() {
        for arguments in [&["--port"][..], &["--port", "70000"], &["--port=0"], &["--fast"]] {
            let failure = parse(arguments).expect_err("nonsense").to_string();
            assert!(failure.contains("--port"), "{failure}");
        }
    }

    #[test]
    fn accounts_come_with_both_names() {
        let both = |zh: &str, en: &str| serde_json::json!({"zh": zh, "en": en});
        let meta = serde_json::json!({"demo_accounts": [
            {"login": "alice", "password": "demo", "side": "distributor", "name": both("小李", "Alice"), "role": both("月结", "On account")}
        ]});
        let row = [
            "distributor",
            "alice",
            "demo",
            "On account / 月结",
            "Alice / 小李",
        ];
        assert_eq!(demo_accounts(&meta)[1], row);
        assert!(demo_accounts(&Value::Null).is_empty());
    }
}
