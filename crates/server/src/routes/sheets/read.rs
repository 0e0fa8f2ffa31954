use countersign_contract::file::FileBytes;
use countersign_contract::sheet::ReadSheet;

use crate::error::ApiError;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::sheet;
use crate::state::AppState;

/// `POST /sheets/read`: the cells of a file. It changes nothing, so that a repeat needs no memory of the first time.
pub async fn read(_: AppState, call: Call<ReadSheet>) -> Reply<ReadSheet> {
    let FileBytes(bytes) = call.body;
    // A large file takes a while, in which nobody else should have to wait.
    let cells = tokio::task::spawn_blocking(move || sheet::read(&bytes))
        .await
        .map_err(|error| ApiError::internal(&error))??;
    Ok(Answer::new(cells))
}
