//! `seed`: the sample data into an empty database.

use super::args::Args;
use super::{database, opened};
use crate::seed::{self, Seeded};
use crate::server::Options;
use crate::state::Site;

/// Fills the database, or says that it is not empty.
pub(super) async fn run(mut args: Args) -> Result<(), String> {
    let database = database(&mut args)?;
    let mut site = Site::default();
    if let Some(offset) = super::utc_offset(&mut args)? {
        site.offset = offset;
    }
    args.done()?;
    let options = Options {
        site,
        ..Options::new(String::new(), database)
    };
    let seeded = fill(&options).await?;
    super::say(&format!("{}\n", sentence(seeded)));
    Ok(())
}

/// Fills the database of `options` if it is empty.
pub(super) async fn fill(options: &Options) -> Result<Seeded, String> {
    let opened = opened(options).await?;
    let seeded = seed::sample(&opened.state).await;
    opened.close().await;
    seeded.map_err(|error| error.to_string())
}

fn sentence(seeded: Seeded) -> String {
    match seeded {
        Seeded::LeftAsItIs => "The database has data already and was left as it is.".to_owned(),
        Seeded::Filled(counts) => format!(
            "Created the sample data: {} products, {} customers, {} orders.",
            counts.products, counts.customers, counts.orders
        ),
    }
}
