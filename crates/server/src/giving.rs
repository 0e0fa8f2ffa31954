//! Letting files belong to what is sent with them.

use countersign_contract::FieldError;
use countersign_contract::file::StoredFile;
use countersign_contract::problem::FieldCode;
use countersign_domain::id::{AccountId, FileId};

use crate::db::Tx;
use crate::error::ApiError;
use crate::repo::files::{self, Place};

/// Lets the files `ids` of `account`, which the body names below `pointer`, belong to `place`, where `first` stand already.
/// With `pictures` nothing else will do.
///
/// # Errors
/// 422 for a file that is not there: another account's, used already, thrown away, named twice, or no picture.
pub async fn give(
    tx: &mut Tx,
    account: AccountId,
    ids: &[FileId],
    place: Place,
    first: usize,
    pictures: bool,
    pointer: &str,
) -> Result<Vec<StoredFile>, ApiError> {
    let mut given = Vec::with_capacity(ids.len());
    for (index, id) in ids.iter().enumerate() {
        let found = files::waiting(tx, account, *id).await?;
        let Some(file) = found.filter(|file| !pictures || file.kind.is_picture()) else {
            return Err(ApiError::invalid(vec![FieldError {
                pointer: format!("{pointer}/{index}"),
                code: FieldCode::Unknown,
            }]));
        };
        files::give(tx, file.id, place, first + index).await?;
        given.push(file);
    }
    Ok(given)
}
