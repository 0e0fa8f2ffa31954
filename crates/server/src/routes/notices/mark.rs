use std::collections::BTreeSet;

use countersign_contract::event::LiveEvent;
use countersign_contract::notice::{MAX_SHOWN, MarkNoticeRead, MarkNoticesRead};
use countersign_contract::problem::FieldCode;
use countersign_contract::{NoContent, ProblemKind};
use countersign_domain::actor::Actor;
use countersign_domain::id::NoticeId;

use crate::error::ApiError;
use crate::events::{Audience, Notice};
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::http::input::Check;
use crate::notices::reader;
use crate::repo::notices;
use crate::state::AppState;

/// `PUT /notices/{notice_id}/read`: the caller has read a notice. One that is not meant for it looks unknown.
pub async fn mark(state: AppState, call: Call<MarkNoticeRead>) -> Reply<MarkNoticeRead> {
    let actor = call.caller()?.actor.clone();
    let marked = mark_shown(&state, actor, BTreeSet::from([call.path])).await?;
    if marked.is_empty() {
        return Err(ProblemKind::NotFound.into());
    }
    Ok(Answer::new(NoContent {}))
}

/// `PUT /notices/read`: the caller has read these. One that was withdrawn meanwhile must not keep the others unread.
pub async fn mark_these(state: AppState, call: Call<MarkNoticesRead>) -> Reply<MarkNoticesRead> {
    let actor = call.caller()?.actor.clone();
    let mut check = Check::default();
    check.that(
        call.body.notices.len() <= MAX_SHOWN,
        "/notices",
        FieldCode::TooLong,
    );
    check.done()?;
    mark_shown(&state, actor, call.body.notices.into_iter().collect()).await?;
    Ok(Answer::new(NoContent {}))
}

/// Marks those of `wanted` that `actor` sees, tells its other devices, and gives which these are.
async fn mark_shown(
    state: &AppState,
    actor: Actor,
    wanted: BTreeSet<NoticeId>,
) -> Result<BTreeSet<NoticeId>, ApiError> {
    let now = state.clock.now();
    state
        .db
        .write(move |tx| {
            Box::pin(async move {
                let account_id = actor.account_id;
                let reader = reader(tx, &actor).await?;
                let shown = notices::shown(tx, account_id, reader, now).await?;
                let ids = shown.into_iter().map(|notice| notice.id);
                let marked: BTreeSet<NoticeId> = ids.filter(|id| wanted.contains(id)).collect();
                if notices::mark_read(tx, account_id, &marked, now).await? {
                    tx.announce(Notice::Changed {
                        audience: Audience::Account(account_id),
                        event: LiveEvent::NoticesChanged,
                    });
                }
                Ok::<_, ApiError>(marked)
            })
        })
        .await
}
