//! Files that were sent: pictures as thumbnails that open large, documents to be saved.

use countersign_contract::file::StoredFile;
use countersign_domain::id::FileId;
use leptos::prelude::*;

use crate::api::Api;
use crate::i18n::talk;
use crate::queries::uploads::file_url;
use crate::text;
use crate::ui::{Dialog, Icon, IconName};

/// A file as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownFile {
    /// Its id.
    pub id: FileId,
    /// What it is called.
    pub name: String,
    /// Its size, of a document; pictures show themselves.
    pub document: Option<u64>,
}

impl From<StoredFile> for ShownFile {
    fn from(file: StoredFile) -> Self {
        let is_document = !file.kind.is_picture();
        Self {
            id: file.id,
            document: is_document.then_some(file.size),
            name: file.name,
        }
    }
}

/// Files beside each other.
#[component]
pub fn FileStrip(
    /// The files.
    files: Vec<ShownFile>,
) -> impl IntoView {
    let api = expect_context::<Api>();
    let large = RwSignal::new(None::<ShownFile>);
    let has_pictures = files.iter().any(|file| file.document.is_none());
    let one = move |file: ShownFile| match file.document {
        Some(size) => view! { <Document file=file size=size /> }.into_any(),
        None => view! { <Thumbnail file=file large=large /> }.into_any(),
    };
    let title = Signal::derive(move || {
        large.with(|file| file.as_ref().map(|file| file.name.clone()).unwrap_or_default())
    });
    let picture = move || {
        large.get().map(|file| {
            let url = file_url(api, file.id);
            let (href, saved, name) = (url.clone(), file.name.clone(), file.name.clone());
            view! {
                <img class="file-large" src=url alt=file.name />
                <p>
                    <a href=href download=saved rel="external">
                        {move || text!(talk.files.save, name = name.clone())}
                    </a>
                </p>
            }
        })
    };
    let viewer = move || {
        view! {
            <Dialog
                open=Signal::derive(move || large.with(Option::is_some))
                on_close=move || large.set(None)
                title=title
                close_label=Signal::derive(move || text!(talk.files.close))
            >
                {picture}
            </Dialog>
        }
    };
    view! {
        <ul class="file-strip" aria-label=move || text!(talk.files.list)>
            {files.into_iter().map(|file| view! { <li>{one(file)}</li> }).collect_view()}
        </ul>
        {has_pictures.then(viewer)}
    }
}

#[component]
fn Thumbnail(file: ShownFile, large: RwSignal<Option<ShownFile>>) -> impl IntoView {
    let api = expect_context::<Api>();
    let url = file_url(api, file.id);
    let file = StoredValue::new(file);
    let open = move |_| large.set(Some(file.get_value()));
    let label = move || text!(talk.files.open, name = file.with_value(|file| file.name.clone()));
    view! {
        <button class="file-thumb" type="button" aria-label=label title=label on:click=open>
            <img src=url alt="" width="88" height="88" loading="lazy" decoding="async" />
        </button>
    }
}

#[component]
fn Document(file: ShownFile, size: u64) -> impl IntoView {
    let api = expect_context::<Api>();
    let url = file_url(api, file.id);
    let name = file.name.clone();
    view! {
        <a class="file-document" href=url download=name rel="external">
            <Icon name=IconName::Orders />
            <span class="file-name">{file.name}</span>
            <small>{move || talk::size(size)}</small>
        </a>
    }
}
