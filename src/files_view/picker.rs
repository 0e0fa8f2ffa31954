//! Choosing files, from the device or by its camera, and how each of them fares.

use countersign_contract::ProblemKind;
use countersign_domain::file::MAX_FILE_BYTES;
use leptos::html;
use leptos::prelude::*;
use web_sys::File;

use crate::api::Api;
use crate::i18n::{problems, talk};
use crate::queries::uploads::{Standing, Upload, UploadError, UploadState, Uploads, Wanted, file_url};
use crate::text;
use crate::ui::{Button, IconButton, IconName, Variant};

/// Pictures, by their media types. Phones offer their camera for these.
const PICTURES: &str = "image/jpeg,image/png,image/webp";

/// Pictures, documents and tables. Not every device knows the media types of tables.
pub const FILES: &str = "image/jpeg,image/png,image/webp,application/pdf,.xlsx,.csv";

/// Why what goes with these files can't be sent yet; nothing where they are all there. Tracks the language.
pub fn standing_words(standing: &Standing) -> Option<String> {
    match standing {
        Standing::Sending => Some(text!(talk.files.wait)),
        Standing::Failed => Some(text!(talk.files.mend)),
        Standing::There(_) => None,
    }
}

/// Buttons that choose files, and what was chosen.
#[component]
pub fn FilePicker(
    /// Where they go.
    uploads: Uploads,
) -> impl IntoView {
    let is_pictures = uploads.wanted == Wanted::Pictures;
    let label = Signal::derive(move || {
        if is_pictures {
            text!(talk.files.photos)
        } else {
            text!(talk.files.attach)
        }
    });
    let hint = move || {
        let size = talk::size(MAX_FILE_BYTES as u64);
        if is_pictures {
            text!(talk.files.photos_hint, size = size)
        } else {
            text!(talk.files.hint, size = size)
        }
    };
    let accept = if is_pictures { PICTURES } else { FILES };
    let refused = Signal::derive(move || {
        uploads
            .is_full()
            .then(|| text!(talk.files.most, most = uploads.most))
    });
    let add = move |files: Vec<File>| files.into_iter().for_each(|file| uploads.add(file));
    view! {
        <div class="file-picker">
            <p class="file-buttons">
                <ChooseFiles label=label accept=accept variant=Variant::Quiet refused=refused on_files=add />
                // A mouse has no camera at hand.
                <span class="file-camera">
                    <ChooseFiles
                        label=move || text!(talk.files.camera)
                        accept=PICTURES
                        camera=true
                        variant=Variant::Quiet
                        refused=refused
                        on_files=add
                    />
                </span>
                <small>{hint}</small>
            </p>
            <Show when=move || uploads.all.with(|all| !all.is_empty())>
                <Chosen uploads=uploads />
            </Show>
        </div>
    }
}

/// A button that chooses files, from the device or by its camera.
#[component]
pub fn ChooseFiles(
    /// What it says.
    #[prop(into)]
    label: Signal<String>,
    /// Which files are offered, as the browser has it.
    accept: &'static str,
    /// Whether the camera is asked at once.
    #[prop(optional)]
    camera: bool,
    /// How it looks.
    variant: Variant,
    /// Why no more can be chosen.
    #[prop(into)]
    refused: Signal<Option<String>>,
    /// Whether those chosen last are still being taken in.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Takes what was chosen, never nothing.
    #[prop(into)]
    on_files: Callback<Vec<File>>,
) -> impl IntoView {
    let input: NodeRef<html::Input> = NodeRef::new();
    let choose = move |()| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let take = move |_| {
        let Some(input) = input.get_untracked() else {
            return;
        };
        let list = input.files();
        let chosen: Vec<File> = list
            .iter()
            .flat_map(|list| (0..list.length()).filter_map(|place| list.get(place)))
            .collect();
        // The same file may be chosen again.
        input.set_value("");
        if !chosen.is_empty() {
            on_files.run(chosen);
        }
    };
    view! {
        <input
            type="file"
            hidden
            node_ref=input
            accept=accept
            multiple=!camera
            capture=camera.then_some("environment")
            on:change=take
        />
        <Button label=label variant=variant icon=IconName::Plus busy=busy refused=refused on_press=choose />
    }
}

/// A button that sends a file once more.
#[component]
pub fn SendAgain(
    /// The file.
    name: StoredValue<String>,
    /// Sends it.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            class="button"
            type="button"
            data-variant="quiet"
            aria-label=move || text!(talk.files.again_named, name = name.get_value())
            on:click=move |_| on_press.run(())
        >
            {move || text!(talk.files.again)}
        </button>
    }
}

#[component]
fn Chosen(uploads: Uploads) -> impl IntoView {
    let row = move |upload: Upload| view! { <ChosenFile uploads=uploads upload=upload /> }.into_any();
    view! {
        <ul class="file-chosen" aria-label=move || text!(talk.files.chosen)>
            <For each=move || uploads.all.get() key=|upload| upload.id children=row />
        </ul>
    }
}

#[component]
fn ChosenFile(uploads: Uploads, upload: Upload) -> impl IntoView {
    let api = expect_context::<Api>();
    let Upload { id, name, size, .. } = upload;
    let name = StoredValue::new(name);
    let state = Memo::new(move |_| uploads.state(id));
    let picture = move || match state.get() {
        Some(UploadState::There(file)) if file.kind.is_picture() => {
            let url = file_url(api, file.id);
            view! { <img class="file-mini" src=url alt="" width="40" height="40" /> }.into_any()
        }
        _ => view! { <span class="file-mini" aria-hidden="true"></span> }.into_any(),
    };
    let said = move || match state.get() {
        Some(UploadState::Sending) => Some(text!(talk.files.sending)),
        Some(UploadState::There(_)) => Some(text!(talk.files.ready)),
        Some(UploadState::Failed(_)) | None => None,
    };
    let failed = move || match state.get() {
        Some(UploadState::Failed(error)) => Some(error_words(&error, uploads)),
        _ => None,
    };
    let is_sending = move || matches!(state.get(), Some(UploadState::Sending));
    let may_pass = move || matches!(state.get(), Some(UploadState::Failed(error)) if error.may_pass());
    view! {
        <li aria-busy=move || is_sending().then_some("true")>
            {picture}
            <span class="file-what">
                <span class="file-name">{name.get_value()}</span>
                " "
                <small>{move || talk::size(size)}</small>
                " "
                <small role="status">{said}</small>
                <span class="field-error" role="alert">{failed}</span>
            </span>
            <Show when=may_pass>
                <SendAgain name=name on_press=move |()| uploads.retry(id) />
            </Show>
            <IconButton
                icon=IconName::Close
                label=move || text!(talk.files.remove, name = name.get_value())
                on_press=move |()| uploads.remove(id)
            />
        </li>
    }
}

fn error_words(error: &UploadError, uploads: Uploads) -> String {
    match error {
        UploadError::Empty => text!(talk.files.fault.empty),
        UploadError::TooLarge => {
            text!(
                talk.files.fault.too_large,
                size = talk::size(MAX_FILE_BYTES as u64)
            )
        }
        UploadError::WrongType if uploads.wanted == Wanted::Files => text!(talk.files.fault.wrong_type),
        UploadError::WrongType | UploadError::NoPicture => text!(talk.files.fault.no_picture),
        UploadError::TooMany => text!(talk.files.fault.too_many_here, most = uploads.most),
        UploadError::Api(error) => match error.kind() {
            Some(ProblemKind::FileRefused { fault }) => talk::file_fault(*fault),
            _ => problems::words(error),
        },
    }
}
