//! The reference backend as a program.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    countersign_server::cli::run(std::env::args().skip(1)).await
}
