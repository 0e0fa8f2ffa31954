//! The server, used wrongly: what happens around a request that it answers.

use countersign_contract::ProblemKind;
use countersign_contract::submission::{Accepted, DraftWithdrawal, Submission};
use countersign_sync::Reply;

use super::Breakage;
use crate::fixture::Session;
use crate::server::{Came, Server};
use crate::slot::Request;

/// Delivers `request`, with `breakage` if there is one.
///
/// # Errors
/// What the database said.
pub fn deliver(
    server: &Server,
    breakage: Option<Breakage>,
    request: &Request,
    session: Session,
) -> Result<Came, String> {
    match (breakage, request) {
        (Some(Breakage::KeyWithoutRevision), Request::Submit { body, .. }) => {
            by_draft_alone(server, body, session)
        }
        (Some(Breakage::RejectionsNotStored), Request::Submit { key, .. }) => {
            let came = server.deliver(request, session);
            if came.status == http::StatusCode::CONFLICT {
                forget(server, "DELETE FROM idempotency_keys WHERE key = $1", key.clone())?;
            }
            Ok(came)
        }
        (Some(Breakage::WithdrawWithoutTombstone), Request::Withdraw { draft, .. }) => {
            let came = server.deliver(request, session);
            if came.reply() == Reply::Answered(DraftWithdrawal::Withdrawn) {
                forget(
                    server,
                    "DELETE FROM withdrawn_drafts WHERE draft_id = $1",
                    draft.to_string(),
                )?;
            }
            Ok(came)
        }
        (Some(Breakage::CopyGoesWithOrder), Request::Submit { .. }) => {
            let came = server.deliver(request, session);
            if let Reply::Answered(accepted) = came.reply::<Accepted>() {
                let draft = accepted.draft_id.to_string();
                forget(server, "DELETE FROM drafts WHERE id = $1", draft)?;
            }
            Ok(came)
        }
        (Some(Breakage::IdempotencyAfterIfMatch), Request::Change { order, version, .. }) => {
            match server.version_of(order.0)? {
                Some(now) if now != *version && session.cookie().is_some() => {
                    Ok(Came::problem(ProblemKind::Stale { version: now }))
                }
                _ => Ok(server.deliver(request, session)),
            }
        }
        _ => Ok(server.deliver(request, session)),
    }
}

fn forget(server: &Server, statement: &'static str, key: String) -> Result<(), String> {
    server.write(move |tx| {
        Box::pin(async move {
            sqlx::query(statement).bind(key).execute(&mut **tx).await?;
            Ok(())
        })
    })
}

/// A server that knows a submission by its draft: whatever came first is what the key stands for.
fn by_draft_alone(server: &Server, body: &str, session: Session) -> Result<Came, String> {
    let Ok(submission) = serde_json::from_str::<Submission>(body) else {
        return Ok(Came::problem(ProblemKind::NotJson));
    };
    let draft = submission.draft_id;
    let first = format!("{draft}.1");
    let used = server.write(move |tx| {
        Box::pin(async move {
            let row = sqlx::query("SELECT 1 FROM idempotency_keys WHERE key = $1")
                .bind(first)
                .fetch_optional(&mut **tx)
                .await?;
            Ok(row.is_some())
        })
    })?;
    if used && submission.rev > 1 {
        return Ok(Came::problem(ProblemKind::KeyReused));
    }
    let key = format!("{draft}.{}", submission.rev);
    let body = body.to_owned();
    Ok(server.deliver(&Request::Submit { key, body }, session))
}
