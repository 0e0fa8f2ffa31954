//! The camera's picture, and what was scanned last.

use std::time::Duration;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::now;
use crate::features::quick_order::scan::camera::{CameraFault, Sight};
use crate::features::quick_order::scan::reader::Reader;
use crate::features::quick_order::scan::reads::Reads;
use crate::features::quick_order::state::{LastScan, QuickOrder};
use crate::i18n::format;
use crate::queries::pause::pause;
use crate::text;
use crate::ui::{Button, Notice, Tone};

/// Time between two looks: often enough for a hand, seldom enough for a phone's battery.
const LOOK: Duration = Duration::from_millis(150);

/// How far the camera is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Camera {
    Off,
    Asking,
    On,
    Failed(CameraFault),
}

/// Scanning by camera, with what was scanned last by any means.
#[component]
pub fn ScanPanel(
    /// Where codes go.
    state: QuickOrder,
) -> impl IntoView {
    let camera = RwSignal::new(Camera::Off);
    let video: NodeRef<html::Video> = NodeRef::new();
    let sight = StoredValue::new_local(None::<Sight>);
    let let_go = move || {
        if let Some(Some(sight)) = sight.try_update_value(Option::take) {
            sight.stop();
        }
    };
    // Nothing is told to a page on its way out: what shows it would look at it once more when it is gone.
    on_cleanup(let_go);
    let stop = move || {
        let_go();
        camera.set(Camera::Off);
    };
    let start = move || {
        camera.set(Camera::Asking);
        spawn_local(async move {
            // The page may be gone by now, or its person may have thought better of it.
            let is_over = || camera.try_get_untracked() != Some(Camera::Asking);
            let opened = match Reader::new().await {
                Ok(_) if is_over() => return,
                Ok(reader) => Sight::open().await.map(|opened| (reader, opened)),
                Err(fault) => Err(fault),
            };
            match opened {
                Ok((_, opened)) if is_over() => opened.stop(),
                Ok((reader, opened)) => {
                    sight.try_set_value(Some(opened));
                    camera.try_set(Camera::On);
                    watch(state, reader, video, sight, camera).await;
                }
                Err(_) if is_over() => {}
                Err(fault) => {
                    camera.try_set(Camera::Failed(fault));
                }
            }
        });
    };
    let toggle = move |()| match camera.get_untracked() {
        Camera::Off | Camera::Failed(_) => start(),
        Camera::Asking | Camera::On => stop(),
    };
    let label = move || match camera.get() {
        Camera::Off | Camera::Failed(_) => text!(quick_order.scan.start),
        Camera::Asking | Camera::On => text!(quick_order.scan.stop),
    };
    let picture = move || {
        (camera.get() == Camera::On).then(|| {
            view! {
                <video
                    class="quick-video"
                    node_ref=video
                    autoplay
                    muted
                    playsinline
                    aria-label=move || text!(quick_order.scan.picture)
                ></video>
                <p class="field-hint">{move || text!(quick_order.scan.hint)}</p>
            }
        })
    };
    let fault = move || match camera.get() {
        Camera::Failed(fault) => {
            let words = move || words(fault);
            Some(view! { <Notice tone=Tone::Warn>{words}</Notice> })
        }
        Camera::Off | Camera::Asking | Camera::On => None,
    };
    view! {
        <section class="quick-scan" aria-label=move || text!(quick_order.scan.title)>
            <Button label=Signal::derive(label) on_press=toggle />
            {fault}
            {picture}
            <p class="quick-scanned" role="status">{move || state.scanned.get().map(|scanned| last(&scanned))}</p>
        </section>
    }
}

/// Looks until the camera is stopped.
async fn watch(
    state: QuickOrder,
    mut reader: Reader,
    video: NodeRef<html::Video>,
    sight: StoredValue<Option<Sight>, LocalStorage>,
    camera: RwSignal<Camera>,
) {
    let mut reads = Reads::default();
    let mut is_shown = false;
    while camera.try_get_untracked() == Some(Camera::On) {
        if let Some(Some(video)) = video.try_get_untracked() {
            if !is_shown {
                sight.try_with_value(|sight| {
                    if let Some(sight) = sight {
                        sight.show_in(&video);
                    }
                });
                is_shown = true;
            }
            let found = reader.look(&video).await;
            for code in reads.take(found, now().timestamp_millis()) {
                state.scan(&code);
            }
        }
        pause(LOOK).await;
    }
}

/// The last scan. Its mark is made anew with each one, so that the same code twice is seen twice.
fn last(scanned: &LastScan) -> AnyView {
    let words = text!(
        quick_order.scan.added,
        code = scanned.code.clone(),
        quantity = format::quantity(scanned.quantity)
    );
    view! { <mark data-scan=scanned.number.to_string()>{words}</mark> }.into_any()
}

fn words(fault: CameraFault) -> String {
    match fault {
        CameraFault::NotFetched => text!(quick_order.scan.not_fetched),
        CameraFault::Insecure => text!(quick_order.scan.insecure),
        CameraFault::Refused => text!(quick_order.scan.refused),
        CameraFault::Missing => text!(quick_order.scan.missing),
        CameraFault::Busy => text!(quick_order.scan.busy),
        CameraFault::Unknown => text!(quick_order.scan.unknown),
    }
}
