use countersign_contract::ProblemKind;
use countersign_contract::file::{FileBytes, FileFault, MAX_WAITING_FILES, StoredFile, UploadFile};
use countersign_domain::file::FileKind;
use countersign_domain::id::FileId;

use crate::error::ApiError;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::http::once::once;
use crate::repo::files::{self, NewFile};
use crate::state::AppState;

/// `POST /files`: keeps a file. What it is, its bytes say; its name is only what people read.
pub(super) async fn upload(state: AppState, call: Call<UploadFile>) -> Reply<UploadFile> {
    let account = call.caller()?.actor.account_id;
    let key = call.key()?;
    let FileBytes(body) = call.body;
    if body.is_empty() {
        return Err(refused(FileFault::Empty));
    }
    let named = call.query.name.unwrap_or_default();
    let kind = FileKind::of_whole(&body, &named).ok_or_else(|| refused(FileFault::WrongType))?;
    let new = NewFile {
        file: StoredFile {
            id: FileId(state.new_id()),
            name: kind.name_of(&named),
            kind,
            size: u64::try_from(body.len()).unwrap_or(u64::MAX),
        },
        digest: call.fingerprint,
        body,
        account,
        at: state.clock.now(),
    };
    once(&state, key, move |tx| {
        Box::pin(async move {
            if files::count_waiting(tx, account).await? >= u64::from(MAX_WAITING_FILES) {
                return Err(refused(FileFault::TooMany));
            }
            files::insert(tx, &new).await?;
            Ok(Answer::new(new.file).into())
        })
    })
    .await
}

fn refused(fault: FileFault) -> ApiError {
    ProblemKind::FileRefused { fault }.into()
}
