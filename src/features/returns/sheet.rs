//! A whole return, laid out: head, track, lines, what stands beside them, history, and the bar.

use countersign_contract::returns::ReturnDetail;
use leptos::html;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::features::returns::bar::ReturnActions;
use crate::features::returns::desk::ReturnDesk;
use crate::features::returns::facts::ReturnFacts;
use crate::features::returns::history::ReturnHistory;
use crate::features::returns::lines::ReturnLines;
use crate::features::returns::model::status_tone;
use crate::features::returns::moving::Onward;
use crate::features::returns::track::ReturnTrack;
use crate::i18n::{format, local, problems, returns};
use crate::queries::Remote;
use crate::text;
use crate::ui::{Badge, ErrorState, Notice, Skeleton, Tone};

#[derive(Clone, PartialEq)]
enum Shown {
    Loading,
    Failed(ApiError),
    Open,
}

/// The open return: skeleton, error, or everything about it. Built once; live changes change its parts. Its heading takes the
/// focus where `focused`, so that a person who works through a queue is told what they look at now.
pub fn sheet(desk: ReturnDesk, onward: Onward, focused: bool) -> AnyView {
    let shown = Memo::new(move |_| {
        desk.read.state.with(|state| match state {
            Remote::Loading => Shown::Loading,
            Remote::Failed(error) => Shown::Failed(error.clone()),
            Remote::Ready(_) => Shown::Open,
        })
    });
    let nameless = || view! { <h1 class="visually-hidden">{move || text!(returns.page)}</h1> };
    let view = move || match shown.get() {
        Shown::Loading => view! {
            {nameless()}
            <Skeleton label=move || text!(returns.loading) lines=9 />
        }
        .into_any(),
        Shown::Failed(error) => view! {
            {nameless()}
            <ErrorState
                message=Signal::derive(move || problems::words(&error))
                retry_label=move || text!(returns.retry)
                on_retry=move || desk.read.retry()
            />
        }
        .into_any(),
        Shown::Open => view! {
            <article class="order-sheet">
                <Head desk=desk focused=focused />
                <ReturnTrack desk=desk />
                <EndReason desk=desk />
                <div class="order-columns">
                    <div class="order-main">
                        <ReturnLines desk=desk />
                        <ReturnHistory desk=desk />
                    </div>
                    <aside class="order-aside" aria-label=move || text!(returns.beside)>
                        <ReturnFacts desk=desk />
                    </aside>
                </div>
                <ReturnActions desk=desk onward=onward />
            </article>
        }
        .into_any(),
    };
    view.into_any()
}

#[component]
fn Head(desk: ReturnDesk, focused: bool) -> impl IntoView {
    let heading: NodeRef<html::H1> = NodeRef::new();
    Effect::new(move |taken: Option<bool>| match heading.get() {
        Some(heading) if focused && taken != Some(true) => heading.focus().is_ok(),
        _ => taken.unwrap_or_default(),
    });
    let part = move |words: fn(&ReturnDetail) -> String| {
        Signal::derive(move || {
            desk.detail
                .with(|detail| detail.as_deref().map(words).unwrap_or_default())
        })
    };
    let number = part(|detail| detail.subject.number.clone());
    let customer = part(|detail| local(&detail.customer.name));
    let title = move || {
        if desk.is_customer() {
            number.get()
        } else {
            customer.get()
        }
    };
    let below = move || (!desk.is_customer()).then(|| number.get());
    let lead = part(|detail| {
        text!(
            returns.lead,
            at = format::moment(detail.subject.submitted_at),
            order = detail.subject.order_number.clone()
        )
    });
    let tone = Signal::derive(move || {
        desk.detail
            .with(|detail| detail.as_deref().map(|detail| status_tone(detail.subject.status)))
            .unwrap_or_default()
    });
    let total = part(|detail| format::money(detail.subject.total, &detail.subject.currency));
    view! {
        <header class="order-head">
            <div class="order-name">
                <h1 node_ref=heading tabindex="-1">{title}</h1>
                <p class="order-number">{below}</p>
                <p class="order-lead">{move || lead.get()}</p>
                <p class="order-state">
                    <Badge text=part(|detail| returns::status(detail.subject.status)) tone=tone />
                </p>
            </div>
            <p class="order-total">
                <span class="visually-hidden">{move || text!(returns.total)} " "</span>
                {move || total.get()}
            </p>
        </header>
    }
}

/// Why the return was refused or voided, in that person's words.
#[component]
fn EndReason(desk: ReturnDesk) -> impl IntoView {
    let reason = Memo::new(move |_| {
        desk.detail
            .with(|detail| detail.as_deref().and_then(|detail| detail.subject.reason.clone()))
    });
    move || {
        reason.get().filter(|reason| !reason.is_empty()).map(|reason| {
            view! {
                <Notice tone=Tone::Bad>
                    <p>{move || text!(returns.end_reason)}</p>
                    <blockquote>{reason}</blockquote>
                </Notice>
            }
        })
    }
}
