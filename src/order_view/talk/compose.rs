//! Writing a message. What is typed stays until the server has it, on this page or after coming back to it.

use std::sync::Arc;

use countersign_contract::ProblemKind;
use countersign_contract::conversation::{ListMessages, Message, PostMessage};
use countersign_contract::endpoint::NoQuery;
use countersign_domain::conversation::MAX_MESSAGE;
use leptos::prelude::*;

use crate::api::{Api, ApiError};
use crate::files_view::{FilePicker, standing_words};
use crate::i18n::problems;
use crate::order_view::OrderDesk;
use crate::order_view::error_words;
use crate::order_view::talk::Messages;
use crate::queries::talk::MessageDraft;
use crate::queries::uploads::Standing;
use crate::queries::{self, Cache};
use crate::text;
use crate::ui::{Button, Checkbox, TextArea, Variant};

/// From how many characters on they are counted.
const COUNTED: usize = MAX_MESSAGE - 200;

/// Why nothing was sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    /// There is nothing to send.
    Empty,
    /// Files are on their way or did not get there.
    Files,
}

/// The form below the messages.
#[component]
pub(super) fn Compose(desk: OrderDesk, messages: Messages, draft: MessageDraft) -> impl IntoView {
    let (api, cache) = (expect_context::<Api>(), expect_context::<Cache>());
    let pending = queries::change::<PostMessage>();
    let kept = RwSignal::new(None::<Kept>);
    let length = Memo::new(move |_| draft.text.with(|text| text.trim().chars().count()));
    let send = move || {
        kept.set(None);
        if pending.busy.get_untracked() || length.get_untracked() > MAX_MESSAGE {
            return;
        }
        let Standing::There(files) = untrack(|| draft.uploads.standing()) else {
            kept.set(Some(Kept::Files));
            return;
        };
        if length.get_untracked() == 0 && files.is_empty() {
            kept.set(Some(Kept::Empty));
            return;
        }
        let message = draft.message(files);
        let key = message.id.to_string();
        pending.send_keyed(&key, desk.id, message, None, move |reply, _| {
            // The page may be gone by now; the draft and the cache are not.
            draft.arrived(reply.id);
            show(cache, desk, messages, reply);
        });
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        send();
    };
    let key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            send();
        }
    };
    let too_long = Signal::derive(move || {
        let count = length.get();
        (count > MAX_MESSAGE).then(|| {
            let over = count - MAX_MESSAGE;
            text!(talk.too_long, count = count, over = over, most = MAX_MESSAGE)
        })
    });
    let counted = Signal::derive(move || {
        let count = length.get();
        if (COUNTED..=MAX_MESSAGE).contains(&count) {
            text!(talk.counted, count = count, most = MAX_MESSAGE)
        } else {
            String::new()
        }
    });
    let failed = move || {
        let error = pending.error.get().map(|error| words(&error, desk));
        error.or_else(|| match kept.get()? {
            Kept::Empty => Some(text!(talk.empty)),
            Kept::Files => standing_words(&draft.uploads.standing()),
        })
    };
    let label = Signal::derive(move || {
        if draft.is_internal.get() {
            text!(talk.send_internal)
        } else {
            text!(talk.send)
        }
    });
    let offline = Signal::derive(move || (!api.reachable.get()).then(|| text!(talk.needs_connection)));
    view! {
        <form
            class="talk-form"
            novalidate
            data-internal=move || draft.is_internal.get().then_some("true")
            on:submit=submit
            on:keydown=key
        >
            <TextArea
                label=move || text!(talk.message)
                value=draft.text
                rows=2
                hint=counted
                error=too_long
            />
            <FilePicker uploads=draft.uploads />
            <Show when=move || !desk.is_customer()>
                <Checkbox
                    label=move || text!(talk.make_internal)
                    checked=draft.is_internal
                    on_change=move |is_internal: bool| draft.is_internal.set(is_internal)
                />
            </Show>
            <p class="form-error" role="alert">{failed}</p>
            <Button label=label variant=Variant::Secondary submit=true busy=pending.busy refused=offline />
        </form>
    }
}

/// Why it was not sent.
fn words(error: &ApiError, desk: OrderDesk) -> String {
    match error.kind() {
        // Its text was looked at here: what the server does not know of are files that were thrown away meanwhile.
        Some(ProblemKind::InvalidInput { errors })
            if errors
                .iter()
                .any(|error| error.pointer.split('/').nth(1) == Some("files")) =>
        {
            text!(talk.files.gone)
        }
        Some(_) => desk
            .detail
            .with_untracked(|detail| error_words(error, detail.as_deref().map(|detail| &detail.order))),
        None => problems::words(error),
    }
}

/// Shows a message at once, before the conversation is read again.
fn show(cache: Cache, desk: OrderDesk, messages: Messages, message: Message) {
    let Some(Some(before)) = messages.try_get_untracked() else {
        return;
    };
    if before.iter().any(|known| known.id == message.id) {
        return;
    }
    let mut all = Arc::unwrap_or_clone(before);
    all.push(message);
    if let Ok(text) = serde_json::to_string(&all) {
        cache.put::<ListMessages>(&desk.id, &NoQuery {}, &text);
    }
}
