//! Changes of which it has to become known what came of them.

use std::time::Duration;

use crate::api::{Api, ApiError, Change};
use crate::queries::pause::pause;

/// How long to wait before the same change is sent again, time after time.
const PAUSES: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(3)];

/// Sends `change`, a few times where no answer says what came of it: the same key and bytes, so that the server acts once.
///
/// # Errors
/// See [`ApiError`]; where [`ApiError::is_unknown`], it is still not known, and the same change may be delivered again.
pub async fn deliver(api: Api, change: &Change) -> Result<String, ApiError> {
    for wait in PAUSES {
        match api.send(change).await {
            Err(error) if error.is_unknown() => pause(wait).await,
            answer => return answer,
        }
    }
    api.send(change).await
}
