//! The reference server as a child process.

use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use crate::failure::{AtPath, Failure, Outcome};
use crate::process::{command, output};
use crate::{build, http, paths};

/// How long the server may take to answer. The first start creates the sample data.
const PATIENCE: Duration = Duration::from_secs(120);

/// How long the server may take to finish what it is doing when it is told to stop.
const GRACE: Duration = Duration::from_secs(15);

/// A running server. Dropping it stops it at once; [`Server::stop`] lets it finish what it is doing.
pub struct Server {
    child: Child,
    port: u16,
}

/// Fails with one sentence when something else listens on `port`.
pub fn require_free(port: u16) -> Outcome {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .map(drop)
        .map_err(|error| {
            let reason = match error.kind() {
                std::io::ErrorKind::AddrInUse => "is in use by another program".to_owned(),
                std::io::ErrorKind::PermissionDenied => "may not be used by this account".to_owned(),
                _ => format!("cannot be used ({error})"),
            };
            Failure::new(format!(
                "Port {port} {reason}: choose another one, e.g. `cargo xtask start --port {}`.",
                next(port)
            ))
        })
}

fn next(port: u16) -> u16 {
    port.checked_add(1).unwrap_or(8080)
}

impl Server {
    /// Starts the server over `database`, with sample data when that is empty, and waits until it answers.
    ///
    /// # Errors
    /// Fails when it ends instead of answering; its own words are on the terminal by then.
    pub fn start(port: u16, database: &Path) -> Outcome<Self> {
        let child = serve(port, database)
            .spawn()
            .map_err(|error| Failure::new(format!("The server could not be started: {error}.")))?;
        let mut server = Self { child, port };
        let started = Instant::now();
        while http::get(port, "/healthz").is_none() {
            if let Some(status) = server.ended()? {
                return Err(Failure::new(format!(
                    "The server ended while starting ({status}): see its message above."
                )));
            }
            if started.elapsed() > PATIENCE {
                return Err(Failure::new(format!(
                    "The server did not answer within {} s.",
                    PATIENCE.as_secs()
                )));
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(server)
    }

    /// Where people find it.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// How it ended, if it has.
    pub fn ended(&mut self) -> Outcome<Option<std::process::ExitStatus>> {
        self.child.try_wait().at("wait for", Path::new("the server"))
    }

    /// Asks it to stop and waits until it has.
    pub fn stop(mut self) -> Outcome {
        // A terminal sends Ctrl-C to the server too; asking twice does no harm.
        let _ = output(command("kill").args(["-TERM", &self.child.id().to_string()]));
        let asked = Instant::now();
        while self.ended()?.is_none() {
            if asked.elapsed() > GRACE {
                return Err(Failure::new(format!(
                    "The server did not stop within {} s and was ended.",
                    GRACE.as_secs()
                )));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

fn serve(port: u16, database: &Path) -> Command {
    let binary: PathBuf = build::server_binary();
    let mut serve = command(&binary.to_string_lossy());
    serve
        .args([
            "serve",
            "--listen",
            &format!("127.0.0.1:{port}"),
            "--demo",
            "--database",
        ])
        .arg(database)
        .arg("--dist")
        .arg(paths::dist());
    serve
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_in_use_is_told_with_another_to_try() -> std::io::Result<()> {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = taken.local_addr()?.port();
        let failure = require_free(port).expect_err("somebody listens").to_string();
        assert!(failure.contains("in use") && failure.contains("--port"));
        Ok(())
    }
}
