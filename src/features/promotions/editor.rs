//! The form of a promotion with what saves it, and the button that switches it.

use std::sync::Arc;

use countersign_contract::catalog::Category;
use countersign_contract::endpoint::NoQuery;
use countersign_contract::promotion::{
    GetManagedPromotion, KeptPromotion, PromotionBody, PutManagedPromotion,
};
use countersign_contract::promotion_desk::PromotionLevel;
use countersign_contract::{FieldError, ProblemKind};
use countersign_domain::id::PromotionId;
use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::api::ApiError;
use crate::features::promotions::clock::Clock;
use crate::features::promotions::fields::{AudienceFields, Basics};
use crate::features::promotions::form::Form;
use crate::features::promotions::preview::Preview;
use crate::features::promotions::rule_fields::RuleFields;
use crate::features::promotions::typed::{Fault, place};
use crate::i18n::problems;
use crate::queries::live::is_of_promotions;
use crate::queries::{self, Cache, Pending};
use crate::route::{Route, use_navigator};
use crate::session::SessionContext;
use crate::text;
use crate::ui::{ActionBar, Button, Notice, Toasts, Tone, Variant};

/// What is kept, if anything is.
pub type Kept = Memo<Option<Arc<KeptPromotion>>>;

/// The form and, beside it, the sample cart.
#[component]
pub fn Editor(
    /// The form.
    form: Form,
    /// The promotion.
    id: PromotionId,
    /// What is kept of it; nothing of a new one.
    kept: Option<Kept>,
    /// The levels of customers.
    levels: StoredValue<Vec<PromotionLevel>>,
    /// The company's clock.
    clock: Clock,
    /// The tree of categories.
    categories: Signal<Vec<Category>>,
    /// Counts how often what is kept took the place of what was typed.
    generation: RwSignal<u32>,
) -> impl IntoView {
    let session = expect_context::<SessionContext>();
    let (cache, toasts) = (expect_context::<Cache>(), expect_context::<Toasts>());
    let navigator = use_navigator();
    let currency = StoredValue::new(untrack(|| session.currency()));
    let pending = queries::change::<PutManagedPromotion>();
    let sheet: NodeRef<html::Form> = NodeRef::new();
    watch_errors(form, pending, cache, sheet);
    let save = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(body) = currency.with_value(|currency| form.read(currency, clock)) else {
            show_first_error(sheet);
            return;
        };
        let version =
            kept.and_then(|kept| kept.with_untracked(|kept| kept.as_ref().map(|kept| kept.version)));
        pending.send(id, body, Some(version.unwrap_or_default()), move |_, text| {
            if kept.is_none() {
                navigator.replace(&Route::Promotion(id));
            }
            cache.put::<GetManagedPromotion>(&id, &NoQuery {}, text);
            cache.invalidate(is_of_promotions);
            toasts.say(untrack(|| text!(promotion_desk.saved)));
        });
    };
    let is_stale = move || {
        pending
            .error
            .with(|error| error.as_ref().is_some_and(ApiError::is_stale))
    };
    let take_kept = move |()| generation.update(|generation| *generation = generation.wrapping_add(1));
    view! {
        <div class="promo">
            <form class="promo-form" novalidate node_ref=sheet on:submit=save>
                <Show when=is_stale>
                    <Notice tone=Tone::Warn>
                        <p>{move || text!(promotion_desk.stale)}</p>
                        <Button label=move || text!(promotion_desk.take_kept) on_press=take_kept />
                    </Notice>
                </Show>
                <Basics form=form clock=clock />
                <RuleFields form=form categories=categories currency=currency />
                <AudienceFields form=form levels=levels />
                <p class="form-error" role="alert">{move || failure(form, pending)}</p>
                <ActionBar label=move || text!(promotion_desk.actions)>
                    <Button
                        label=move || text!(promotion_desk.save)
                        variant=Variant::Primary
                        submit=true
                        busy=pending.busy
                    />
                    {kept.map(|kept| view! { <SwitchButton form=form kept=kept /> })}
                </ActionBar>
            </form>
            <aside class="promo-preview" aria-label=move || text!(promotion_desk.preview.title)>
                <Preview form=form id=id clock=clock currency=currency />
            </aside>
        </div>
    }
}

/// What the answer to a save asks for: the fields it is about are marked, and what somebody else saved is read.
fn watch_errors(form: Form, pending: Pending<PutManagedPromotion>, cache: Cache, sheet: NodeRef<html::Form>) {
    // Not derived but an answer that arrives once.
    Effect::watch(
        move || pending.error.get(),
        move |error, _, _| match error.as_ref().and_then(ApiError::kind) {
            Some(ProblemKind::Stale { .. }) => cache.invalidate(is_of_promotions),
            Some(ProblemKind::InvalidInput { errors }) => {
                form.faults.set(errors.iter().map(of_server).collect());
                show_first_error(sheet);
            }
            _ => {}
        },
        false,
    );
}

/// What the server says of a field.
pub fn of_server(error: &FieldError) -> Fault {
    Fault {
        at: place(&error.pointer).to_owned(),
        code: error.code,
    }
}

/// Why the last attempt to save did not succeed; what is wrong with a field is said there.
fn failure(form: Form, pending: Pending<PutManagedPromotion>) -> Option<String> {
    let error = pending.error.get();
    match error.as_ref().and_then(ApiError::kind) {
        Some(ProblemKind::Stale { .. }) => None,
        Some(ProblemKind::InvalidInput { .. }) | None if form.faults.with(|faults| !faults.is_empty()) => {
            Some(text!(promotion_desk.look_at_fields))
        }
        _ => error.map(|error| problems::words(&error)),
    }
}

/// Puts the cursor into the first field with an error, once it is marked.
fn show_first_error(sheet: NodeRef<html::Form>) {
    request_animation_frame(move || {
        let form = sheet.try_get_untracked().flatten();
        let first = form.and_then(|form| form.query_selector("[aria-invalid=true]").ok().flatten());
        if let Some(field) = first.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
            // Fails only for a field that is no longer in the page.
            let _ = field.focus();
        }
    });
}

/// Switches what is kept on or off. What else is typed stays typed.
#[component]
fn SwitchButton(form: Form, kept: Kept) -> impl IntoView {
    let (cache, toasts) = (expect_context::<Cache>(), expect_context::<Toasts>());
    let pending = queries::change::<PutManagedPromotion>();
    // Not derived but an answer that arrives once: who was faster is read, and the next press is about that.
    Effect::watch(
        move || {
            pending
                .error
                .with(|error| error.as_ref().is_some_and(ApiError::is_stale))
        },
        move |stale, _, _| {
            if *stale {
                cache.invalidate(is_of_promotions);
            }
        },
        false,
    );
    let is_on = Memo::new(move |_| kept.with(|kept| kept.as_ref().is_some_and(|kept| kept.promotion.is_on)));
    let label = move || {
        if is_on.get() {
            text!(promotion_desk.switch_off)
        } else {
            text!(promotion_desk.switch_on)
        }
    };
    let switch = move |()| {
        let Some(now) = kept.get_untracked() else { return };
        let id = now.promotion.id;
        let mut body = PromotionBody::from(now.promotion.clone());
        body.is_on = !body.is_on;
        pending.send(id, body, Some(now.version), move |saved, text| {
            // The page may be gone by now.
            form.is_on.try_set(saved.promotion.is_on);
            cache.put::<GetManagedPromotion>(&id, &NoQuery {}, text);
            cache.invalidate(is_of_promotions);
            toasts.say(untrack(|| {
                if saved.promotion.is_on {
                    text!(promotion_desk.switched_on)
                } else {
                    text!(promotion_desk.switched_off)
                }
            }));
        });
    };
    let error = move || pending.error.get().map(|error| problems::words(&error));
    view! {
        <Button label=Signal::derive(label) busy=pending.busy on_press=switch />
        <span class="form-error" role="alert">{error}</span>
    }
}
