//! Files that go along with the order: the customer's own purchase order, a drawing, a photo.

use countersign_contract::ProblemKind;
use countersign_contract::file::StoredFile;
use countersign_domain::file::{MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

use crate::api::{Api, ApiError};
use crate::files_view::{ChooseFiles, FILES, SendAgain};
use crate::i18n::{problems, talk};
use crate::offline::export;
use crate::queries::draft::{Cart, FileStanding, NotAttached};
use crate::queries::uploads::file_url;
use crate::text;
use crate::ui::{Card, IconButton, IconName, Toasts, Variant};

/// The files of the draft, and the button that adds some.
#[component]
pub fn DraftFiles(
    /// The cart.
    cart: Cart,
) -> impl IntoView {
    let files = Memo::new(move |_| {
        cart.with(|kept| kept.draft.attachments.clone())
            .unwrap_or_default()
    });
    let row = move |file: StoredFile| view! { <DraftFile cart=cart file=file /> }.into_any();
    view! {
        <Card title=move || text!(cart.files.title)>
            <Add cart=cart />
            <Show when=move || files.with(|files| !files.is_empty())>
                <ul class="file-chosen" aria-label=move || text!(cart.files.title)>
                    <For each=move || files.get() key=|file| file.id children=row />
                </ul>
            </Show>
        </Card>
    }
}

#[component]
fn Add(cart: Cart) -> impl IntoView {
    let busy = RwSignal::new(false);
    // What was not taken when files were chosen last, each by its name.
    let refused = RwSignal::new(Vec::<(String, NotAttached)>::new());
    let count = Memo::new(move |_| cart.with(|kept| kept.draft.attachments.len()).unwrap_or_default());
    let take = move |chosen: Vec<File>| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        refused.set(Vec::new());
        spawn_local(async move {
            for file in chosen {
                let name = file.name();
                if let Err(why) = cart.attach(file).await {
                    // The page may be gone by now.
                    refused.try_update(|refused| refused.push((name, why)));
                }
            }
            busy.try_set(false);
        });
    };
    let full =
        move || (count.get() >= MAX_ATTACHMENTS).then(|| text!(cart.files.most, most = MAX_ATTACHMENTS));
    let faults = move || {
        let row = |(name, why): (String, NotAttached)| view! { <p>{name} ": " {fault(why)}</p> };
        refused.get().into_iter().map(row).collect_view()
    };
    view! {
        <p class="file-buttons">
            <ChooseFiles
                label=move || text!(cart.files.add)
                accept=FILES
                variant=Variant::Secondary
                refused=Signal::derive(full)
                busy=busy
                on_files=take
            />
            <small>
                {move || {
                    let size = talk::size(MAX_ATTACHMENT_BYTES as u64);
                    text!(cart.files.hint, most = MAX_ATTACHMENTS, size = size)
                }}
            </small>
        </p>
        <div class="cart-file-faults field-error" role="alert">{faults}</div>
    }
}

#[component]
fn DraftFile(cart: Cart, file: StoredFile) -> impl IntoView {
    let api = expect_context::<Api>();
    let toasts = expect_context::<Toasts>();
    let (id, size) = (file.id, file.size);
    let name = StoredValue::new(file.name.clone());
    let standing = Memo::new(move |_| cart.file_standing(id));
    let said = move || match standing.get() {
        FileStanding::Elsewhere => Some(text!(cart.files.elsewhere)),
        FileStanding::Waiting => Some(text!(cart.files.waiting)),
        FileStanding::Sending => Some(text!(talk.files.sending)),
        FileStanding::Sent => Some(text!(cart.files.sent)),
        FileStanding::Refused(_) => None,
    };
    let failed = move || match standing.get() {
        FileStanding::Refused(problem) => Some(refusal(&problem)),
        _ => None,
    };
    let is_refused = move || matches!(standing.get(), FileStanding::Refused(_));
    let file = StoredValue::new(file);
    let open = move |_| {
        let file = file.get_value();
        spawn_local(async move { open(cart, api, file).await });
    };
    let remove = move |()| {
        if let Some(back) = cart.detach(id) {
            toasts.say_with_undo(
                text!(cart.removed, name = name.get_value()),
                text!(cart.undo),
                back,
            );
        }
    };
    view! {
        <li aria-busy=move || (standing.get() == FileStanding::Sending).then_some("true")>
            <span class="file-what">
                <button
                    class="file-open"
                    type="button"
                    aria-label=move || text!(talk.files.save, name = name.get_value())
                    on:click=open
                >
                    <span class="file-name">{name.get_value()}</span>
                </button>
                <small>{move || talk::size(size)}</small>
                " "
                <small class="cart-file-said" role="status">{said}</small>
                <span class="field-error" role="alert">{failed}</span>
            </span>
            <Show when=is_refused>
                <SendAgain name=name on_press=move |()| cart.retry_file(id) />
            </Show>
            <IconButton
                icon=IconName::Close
                label=move || text!(talk.files.remove, name = name.get_value())
                on_press=remove
            />
        </li>
    }
}

/// Saves a file from this device, or from the server where another one has it.
async fn open(cart: Cart, api: Api, file: StoredFile) {
    match cart.file_body(file.id).await {
        Some(body) => export::save_bytes(&file.name, file.kind.media_type(), &body),
        None => export::save_from(&file.name, &file_url(api, file.id)),
    };
}

/// Why the server does not take a file.
fn refusal(problem: &ProblemKind) -> String {
    match problem {
        ProblemKind::FileRefused { fault } => talk::file_fault(*fault),
        other => problems::words(&ApiError::Problem(Box::new(other.clone().into()))),
    }
}

/// Why a file was not taken.
fn fault(why: NotAttached) -> String {
    match why {
        NotAttached::TooMany => text!(talk.files.fault.too_many_here, most = MAX_ATTACHMENTS),
        NotAttached::Empty => text!(talk.files.fault.empty),
        NotAttached::TooLarge => {
            let size = talk::size(MAX_ATTACHMENT_BYTES as u64);
            text!(talk.files.fault.too_large, size = size)
        }
        NotAttached::WrongType => text!(talk.files.fault.wrong_type),
        NotAttached::Unreadable => text!(cart.files.unreadable),
        NotAttached::NoRoom => text!(cart.files.no_room),
        NotAttached::NotKept => text!(cart.files.not_kept),
    }
}
