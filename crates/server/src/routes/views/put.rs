use countersign_contract::problem::FieldCode;
use countersign_contract::view::{MAX_VIEW_NAME, MAX_VIEW_PAGE, MAX_VIEW_QUERY, MAX_VIEWS, PutView, View};

use crate::error::ApiError;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::http::input::Check;
use crate::http::once::once;
use crate::repo::views;
use crate::state::AppState;

/// `PUT /views/{view_id}`: saves a view of the caller.
pub(super) async fn put(state: AppState, call: Call<PutView>) -> Reply<PutView> {
    let account = call.caller()?.actor.account_id;
    check(&call.body)?;
    let (key, expected) = (call.key()?, call.expected()?);
    let (id, view) = (call.path, call.body);
    once(&state, key, move |tx| {
        Box::pin(async move {
            let stored = views::find(tx, account, id).await?;
            let version = stored.as_ref().map_or(0, |stored| stored.version);
            expected.check(version)?;
            if stored.is_none() && views::count(tx, account).await? >= MAX_VIEWS {
                let mut check = Check::default();
                check.that(false, "/name", FieldCode::TooLarge);
                check.done()?;
            }
            let saved = views::put(tx, account, id, view, version + 1).await?;
            let version = saved.version;
            Ok(Answer::versioned(saved, version).into())
        })
    })
    .await
}

fn check(view: &View) -> Result<(), ApiError> {
    let mut check = Check::default();
    check.required_text(&view.name, MAX_VIEW_NAME, "/name");
    check.required_text(&view.page, MAX_VIEW_PAGE, "/page");
    check.text(&view.query, MAX_VIEW_QUERY, "/query");
    check.done()
}
