use countersign_contract::file::{FileBytes, FileFault, MAX_WAITING_FILES, StoredFile, UploadFile};
use countersign_contract::problem::FieldCode;
use countersign_contract::{FieldError, ProblemKind};
use countersign_domain::file::{FileKind, MAX_ATTACHMENT_BYTES};
use countersign_domain::id::FileId;

use crate::db::Tx;
use crate::error::ApiError;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::http::once::once;
use crate::repo::files::{self, NewFile};
use crate::repo::order_files;
use crate::state::AppState;

/// Most files of an account's drafts that went along with no order. Older ones make room: their devices have them.
const MAX_IN_DRAFTS: usize = 100;

/// `POST /files`: keeps a file. What it is, its bytes say; its name is only what people read.
///
/// A file of a draft has the id its device gave it, and that makes it once, however often it comes: a device that asks again
/// after the file was thrown away here wants it kept again, not told of the first time.
pub(super) async fn upload(state: AppState, call: Call<UploadFile>) -> Reply<UploadFile> {
    let account = call.caller()?.actor.account_id;
    let key = call.key()?;
    let in_draft = call.query.id.is_some();
    if in_draft && call.query.owner != Some(account) {
        return Err(ProblemKind::WrongOwner.into());
    }
    let FileBytes(body) = call.body;
    if body.is_empty() {
        return Err(refused(FileFault::Empty));
    }
    if in_draft && body.len() > MAX_ATTACHMENT_BYTES {
        return Err(ProblemKind::TooLarge.into());
    }
    let named = call.query.name.unwrap_or_default();
    let kind = FileKind::of_whole(&body, &named).ok_or_else(|| refused(FileFault::WrongType))?;
    let new = NewFile {
        file: StoredFile {
            id: call.query.id.unwrap_or_else(|| FileId(state.new_id())),
            name: kind.name_of(&named),
            kind,
            size: u64::try_from(body.len()).unwrap_or(u64::MAX),
        },
        digest: call.fingerprint,
        body,
        account,
        at: state.clock.now(),
        in_draft,
    };
    if in_draft {
        let kept = state.db.write(move |tx| Box::pin(keep_of_draft(tx, new)));
        return kept.await.map(Answer::new);
    }
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

async fn keep_of_draft(tx: &mut Tx, new: NewFile) -> Result<StoredFile, ApiError> {
    if let Some(known) = order_files::known(tx, new.file.id).await? {
        if known.account != new.account || known.digest != new.digest {
            return Err(ApiError::invalid(vec![FieldError {
                pointer: "?id".to_owned(),
                code: FieldCode::Duplicate,
            }]));
        }
        order_files::touch(tx, new.file.id, new.at).await?;
        return Ok(known.file);
    }
    files::insert(tx, &new).await?;
    order_files::make_room(tx, new.account, new.file.id, MAX_IN_DRAFTS).await?;
    Ok(new.file)
}

fn refused(fault: FileFault) -> ApiError {
    ProblemKind::FileRefused { fault }.into()
}
