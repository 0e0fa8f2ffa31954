//! The server as a program of its own, over a database in a file.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::Duration;

use countersign_server::auth::password::Effort;
use countersign_server::server::{Opened, Options};
use serde_json::Value;
use tokio::sync::oneshot;

use super::fixture;

/// Only where it listens, and what goes wrong.
const LOG: &str = "error,countersign_server::cli::serve=info";
/// A server that is not ready by then never will be.
const PATIENCE: Duration = Duration::from_secs(60);

/// A new database in `folder` with the fixture's data.
pub async fn database(folder: &Path) -> PathBuf {
    let file = folder.join("crash.db");
    let options = Options {
        effort: Effort::Least,
        ..Options::new(String::new(), &file)
    };
    let opened = Opened::new(&options).await.expect("a database");
    fixture::fill(&opened.state).await;
    opened.close().await;
    file
}

/// The running program. It dies with this value.
pub struct Program {
    child: Child,
    listening: oneshot::Receiver<SocketAddr>,
}

impl Program {
    /// Starts `executable` over `database`, on whichever port is free.
    pub fn spawn(executable: &Path, database: &Path) -> Self {
        let mut child = Command::new(executable)
            .args(["serve", "--listen", "127.0.0.1:0", "--database"])
            .arg(database)
            .env("RUST_LOG", LOG)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the server can be run");
        let log = child.stderr.take().expect("its log");
        let (found, listening) = oneshot::channel();
        std::thread::spawn(move || follow(log, found));
        Self { child, listening }
    }

    /// Waits until it answers that it can do its work, and says where.
    pub async fn ready(&mut self) -> SocketAddr {
        let ready = async {
            let address = (&mut self.listening).await.expect("the server listens");
            let health = format!("http://{address}/healthz");
            loop {
                match reqwest::get(&health).await {
                    Ok(answer) if answer.status() == 200 => return address,
                    Ok(_) | Err(_) => tokio::time::sleep(Duration::from_millis(2)).await,
                }
            }
        };
        tokio::time::timeout(PATIENCE, ready)
            .await
            .expect("the server is ready in the end")
    }

    /// Ends it as a power cut would: nothing of it runs any more (SIGKILL).
    pub fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        // An error says that it is over already.
        drop(self.child.kill());
        self.child.wait().expect("its end");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.end();
    }
}

/// Reads the log to its end: says where the server listens, and passes on the rest.
fn follow(log: ChildStderr, found: oneshot::Sender<SocketAddr>) {
    let mut found = Some(found);
    for line in BufReader::new(log).lines().map_while(Result::ok) {
        let entry: Value = serde_json::from_str(&line).unwrap_or_default();
        let address = entry["address"].as_str().and_then(|address| address.parse().ok());
        match (address, found.take()) {
            (Some(address), Some(found)) => drop(found.send(address)),
            (_, kept) => {
                found = kept;
                eprintln!("{line}");
            }
        }
    }
}
