//! `/files`: pictures and documents that people send, and handing them out to whoever sees what they belong to.

mod hand_out;
mod upload;

pub use hand_out::hand_out;

use countersign_contract::file::UploadFile;

use crate::http::route::Api;

/// Adds what can be done with files.
pub fn add(api: Api) -> Api {
    api.route::<UploadFile, _, _>(upload::upload)
}
