use std::collections::BTreeSet;

use countersign_contract::ProblemKind;
use countersign_contract::notice::{KeptNotice, MAX_TARGETS, MAX_TEXT, MAX_TITLE, PutManagedNotice};
use countersign_contract::problem::FieldCode;
use countersign_domain::id::RegionId;
use countersign_domain::notice::{Notice, NoticeAudience};
use countersign_domain::text::LocalText;
use sqlx::SqliteConnection;

use super::regions_of;
use crate::error::ApiError;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::http::input::Check;
use crate::notices::changed;
use crate::repo::notices;
use crate::state::AppState;

/// `PUT /managed-notices/{notice_id}`: makes a notice, changes it, takes it back. Putting what is there already changes nothing and is
/// never stale, so that a repeat after a lost reply is no conflict. Whoever has read it keeps having read it.
pub async fn put(state: AppState, call: Call<PutManagedNotice>) -> Reply<PutManagedNotice> {
    let caller = call.caller()?;
    let regions = regions_of(caller)?;
    let by = caller.actor.account_id;
    let expected = call.expected()?;
    let (id, body) = (call.path, call.body);
    let now = state.clock.now();
    let kept = state
        .db
        .write(move |tx| {
            Box::pin(async move {
                let stored = notices::find(tx, id).await?;
                if let Some(stored) = &stored
                    && !stored.notice.audience.is_within(&regions)
                {
                    return Err(ProblemKind::NotFound.into());
                }
                let from = stored.as_ref().map_or(now, |stored| stored.notice.from);
                let notice = trimmed(body.with_id(id, from));
                if let Some(stored) = &stored
                    && stored.notice == notice
                {
                    return Ok(stored.clone());
                }
                expected.check(stored.as_ref().map_or(0, |stored| stored.version))?;
                check(tx, &notice, &regions).await?;
                let version = notices::put(tx, &notice, by, now).await?;
                tx.announce(changed());
                Ok::<_, ApiError>(KeptNotice {
                    version,
                    readers: stored.map_or(0, |stored| stored.readers),
                    notice,
                })
            })
        })
        .await?;
    let version = kept.version;
    Ok(Answer::versioned(kept, version))
}

/// Without the blanks around its texts.
fn trimmed(mut notice: Notice) -> Notice {
    for text in [&mut notice.title, &mut notice.text] {
        for one in [&mut text.zh, &mut text.en] {
            *one = one.trim().to_owned();
        }
    }
    notice
}

async fn check(
    connection: &mut SqliteConnection,
    notice: &Notice,
    regions: &[RegionId],
) -> Result<(), ApiError> {
    let mut check = Check::default();
    check_text(&mut check, &notice.title, MAX_TITLE, "/title");
    check_text(&mut check, &notice.text, MAX_TEXT, "/text");
    let is_line = |text: &str| !text.contains(['\n', '\r', '\t']);
    let is_title = is_line(&notice.title.zh) && is_line(&notice.title.en);
    check.that(is_title, "/title", FieldCode::Invalid);
    let lasts = notice.until.is_none_or(|until| until > notice.from);
    check.that(lasts, "/until", FieldCode::TooSmall);
    if let NoticeAudience::Customers {
        levels,
        regions: named,
    } = &notice.audience
    {
        let known = notices::levels(connection).await?;
        let are_known = levels.iter().all(|id| known.iter().any(|level| level.id == *id));
        check_targets(&mut check, levels, are_known, "/audience/levels");
        let known = notices::regions(connection).await?;
        // A region these staff don't act in looks unknown.
        let is_own = |id: &RegionId| regions.is_empty() || regions.contains(id);
        let are_known = (named.iter()).all(|id| is_own(id) && known.iter().any(|region| region.id == *id));
        check_targets(&mut check, named, are_known, "/audience/regions");
        let is_narrow = regions.is_empty() || !named.is_empty();
        check.that(is_narrow, "/audience/regions", FieldCode::Required);
    } else {
        check.that(
            notice.audience.is_within(regions),
            "/audience/for",
            FieldCode::Invalid,
        );
    }
    check.done()
}

/// At least one of the languages.
fn check_text(check: &mut Check, text: &LocalText, most: usize, pointer: &str) {
    let is_there = !text.zh.is_empty() || !text.en.is_empty();
    check.that(is_there, pointer, FieldCode::Required);
    check.text(&text.zh, most, format!("{pointer}/zh"));
    check.text(&text.en, most, format!("{pointer}/en"));
}

fn check_targets<Id: Ord>(check: &mut Check, named: &[Id], are_known: bool, pointer: &str) {
    let distinct: BTreeSet<&Id> = named.iter().collect();
    check.that(distinct.len() == named.len(), pointer, FieldCode::Duplicate);
    check.that(named.len() <= MAX_TARGETS, pointer, FieldCode::TooLong);
    check.that(are_known, pointer, FieldCode::Unknown);
}
