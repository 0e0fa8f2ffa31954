//! `create-admin`: the first administrator of a deployment.

use std::io::IsTerminal;

use super::args::Args;
use super::{database, opened};
use crate::seed::{NewAdministrator, create_administrator};
use crate::server::Options;

/// Where the password is looked for before standard input.
const PASSWORD_VARIABLE: &str = "COUNTERSIGN_ADMIN_PASSWORD";

/// Makes the account.
pub(super) async fn run(mut args: Args) -> Result<(), String> {
    let database = database(&mut args)?;
    let login = args
        .option("--login")?
        .ok_or("create-admin needs --login, the name to sign in with")?;
    let name = args.option("--name")?.unwrap_or_else(|| login.clone());
    args.done()?;
    let password = match std::env::var(PASSWORD_VARIABLE) {
        Ok(password) => password,
        Err(_) => from_standard_input()?,
    };
    let options = Options::new(String::new(), database);
    let opened = opened(&options).await?;
    let new = NewAdministrator {
        login: login.clone(),
        name,
        password,
    };
    let created = create_administrator(&opened.state, new).await;
    opened.close().await;
    created.map_err(|error| error.to_string())?;
    super::say(&format!("{login} can sign in as system administrator.\n"));
    Ok(())
}

/// The first line of standard input. A password is never an argument: other users of the machine see those.
pub(super) fn from_standard_input() -> Result<String, String> {
    let input = std::io::stdin();
    if input.is_terminal() {
        super::complain("type the password and press Enter (it is shown)");
    }
    let mut line = String::new();
    input
        .read_line(&mut line)
        .map_err(|error| format!("the password can't be read from standard input: {error}"))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
