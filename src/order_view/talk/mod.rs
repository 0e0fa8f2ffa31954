//! The conversation of the open order: what both sides wrote, and what is being written.

mod compose;
mod list;
mod reading;

use std::sync::Arc;

use countersign_contract::conversation::{ListMessages, Message};
use countersign_contract::endpoint::NoQuery;
use countersign_domain::id::OrderId;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::i18n::problems;
use crate::order_view::OrderDesk;
use crate::order_view::talk::compose::Compose;
use crate::order_view::talk::list::MessageLog;
use crate::queries::talk::Talk;
use crate::queries::{self, Remote};
use crate::text;
use crate::ui::{Card, ErrorState, Skeleton};

/// What there is to show of a conversation.
#[derive(Clone, PartialEq)]
enum Shown {
    Loading,
    Failed(ApiError),
    Empty,
    Messages,
}

/// The conversation of the open order.
#[component]
pub fn OrderTalk(
    /// The order.
    desk: OrderDesk,
) -> impl IntoView {
    let talk = expect_context::<Talk>();
    talk.want();
    let read = queries::read::<ListMessages>(move || Some((desk.id, NoQuery {})));
    let messages = Memo::new(move |_| read.state.with(|state| state.ready().map(Arc::clone)));
    let shown = Memo::new(move |_| {
        read.state.with(|state| match state {
            Remote::Loading => Shown::Loading,
            Remote::Failed(error) => Shown::Failed(error.clone()),
            Remote::Ready(all) if all.is_empty() => Shown::Empty,
            Remote::Ready(_) => Shown::Messages,
        })
    });
    let draft = talk.draft(desk.id);
    // Not derived but an answer that was lost and arrives another way.
    Effect::watch(
        move || messages.get(),
        move |all, _, _| {
            let all = all.as_deref().map(|all| all.as_slice()).unwrap_or_default();
            all.iter()
                .filter(|message| message.is_own)
                .for_each(|message| draft.arrived(message.id));
        },
        true,
    );
    let body = move || match shown.get() {
        Shown::Loading => view! { <Skeleton label=move || text!(talk.loading) lines=3 /> }.into_any(),
        Shown::Failed(error) => view! {
            <ErrorState
                message=Signal::derive(move || problems::words(&error))
                retry_label=move || text!(talk.retry)
                on_retry=move || read.retry()
            />
        }
        .into_any(),
        Shown::Empty => view! {
            <p class="talk-nothing">
                {move || text!(talk.nothing)} <small>{move || text!(talk.nothing_hint)}</small>
            </p>
        }
        .into_any(),
        Shown::Messages => view! { <MessageLog desk=desk messages=messages /> }.into_any(),
    };
    view! {
        <Card title=move || text!(talk.title)>
            {body}
            // What stands below the messages comes with them.
            <div hidden=move || shown.with(|shown| *shown == Shown::Loading)>
                <Compose desk=desk messages=messages draft=draft />
            </div>
        </Card>
    }
}

/// Most that the mark has room for.
const MOST_MARKED: u32 = 9;

/// How many messages of an order this account has not read; nothing where it has read all. A mark and not a word: it is known
/// later than the order, and must find room without moving anything.
#[component]
pub fn UnreadBadge(
    /// The order.
    id: OrderId,
) -> impl IntoView {
    let talk = expect_context::<Talk>();
    talk.want();
    let count = Memo::new(move |_| talk.unread(id));
    let words = move || text!(talk.unread, count = count.get());
    let mark = move || match count.get() {
        count if count > MOST_MARKED => format!("{MOST_MARKED}+"),
        count => count.to_string(),
    };
    view! {
        <Show when=move || { count.get() > 0 }>
            <span class="unread-mark" title=words>
                <span aria-hidden="true">{mark}</span>
                <span class="visually-hidden">{words}</span>
            </span>
        </Show>
    }
}

/// The messages of a conversation as they are now.
type Messages = Memo<Option<Arc<Vec<Message>>>>;
