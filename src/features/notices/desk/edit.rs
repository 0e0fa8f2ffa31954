//! The form of a notice.

use std::sync::Arc;

use countersign_contract::ProblemKind;
use countersign_contract::endpoint::NoQuery;
use countersign_contract::notice::{
    GetManagedNotice, KeptNotice, ListNoticeTargets, NoticeTargets, PutManagedNotice,
};
use countersign_domain::actor::Side;
use countersign_domain::id::NoticeId;
use countersign_domain::notice::NoticeCategory;
use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::api::ApiError;
use crate::features::notices::desk::days::{day_of, midnight};
use crate::features::notices::desk::fields::Fields;
use crate::features::notices::desk::model::{Calendar, Field, Readers, Typed, of_server, withdrawn};
use crate::features::notices::model::{category_name, category_named};
use crate::i18n::{local, notices as words, problems};
use crate::queries::live::is_of_notices;
use crate::queries::{self, Cache, Pending, Read};
use crate::route::{Route, use_navigator};
use crate::session::SessionContext;
use crate::text;
use crate::ui::{
    ActionBar, Button, Card, Checkbox, Choice, InputKind, RadioGroup, SelectField, Switch, TextArea,
    TextField, Toasts, Variant,
};

/// Where this device is.
const CALENDAR: Calendar = Calendar { midnight, day_of };

/// The form. Somebody else's change meanwhile is said, and saving again replaces it.
#[component]
pub fn EditNotice(
    /// Which.
    id: NoticeId,
    /// The read behind it.
    read: Read<KeptNotice>,
    /// As it is kept; nothing while it is new.
    kept: Memo<Option<Arc<KeptNotice>>>,
) -> impl IntoView {
    let session = expect_context::<SessionContext>();
    let cache = expect_context::<Cache>();
    let toasts = expect_context::<Toasts>();
    let navigator = use_navigator();
    let sheet: NodeRef<html::Form> = NodeRef::new();
    let is_regional = untrack(|| session.current())
        .is_some_and(|who| matches!(&who.actor.side, Side::Supplier { regions, .. } if !regions.is_empty()));
    let typed = kept.with_untracked(|kept| match kept {
        Some(kept) => Typed::of(&kept.notice, CALENDAR),
        None => Typed::default(),
    });
    let fields = Fields::new(typed);
    let targets = queries::read::<ListNoticeTargets>(|| Some(((), NoQuery {})));
    let targets = Memo::new(move |_| {
        let known = targets.state.with(|state| state.ready().cloned());
        known.map(|known| (*known).clone()).unwrap_or_default()
    });
    let pending = queries::change_of::<PutManagedNotice, _>(read);
    watch_errors(fields, pending, sheet);
    let save = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let before = kept.get_untracked();
        let notice = before.as_deref().map(|kept| &kept.notice);
        match fields.typed().read(notice, CALENDAR) {
            Err(errors) => {
                fields.mark(errors);
                show_first_error(sheet);
            }
            Ok(body) => {
                fields.mark(Vec::new());
                let version = before.as_deref().map_or(0, |kept| kept.version);
                pending.send(id, body, Some(version), move |kept, text| {
                    cache.put::<GetManagedNotice>(&id, &NoQuery {}, text);
                    navigator.go(&Route::ManagedNotices);
                    cache.invalidate(is_of_notices);
                    toasts.say(untrack(|| {
                        text!(notice_desk.saved, title = local(&kept.notice.title))
                    }));
                });
            }
        }
    };
    view! {
        <form class="notice-form" novalidate node_ref=sheet on:submit=save>
            <Content fields=fields />
            <Audience fields=fields targets=targets is_regional=is_regional />
            <Time fields=fields />
            <p class="form-error" role="alert">{move || failure(pending)}</p>
            <ActionBar label=move || text!(notice_desk.actions)>
                <Button
                    label=move || text!(notice_desk.save)
                    variant=Variant::Primary
                    submit=true
                    busy=pending.busy
                />
                <Button
                    label=move || text!(notice_desk.cancel)
                    on_press=move || navigator.go(&Route::ManagedNotices)
                />
                <Withdraw kept=kept pending=pending />
            </ActionBar>
        </form>
    }
}

#[component]
fn Content(fields: Fields) -> impl IntoView {
    let options = || {
        let each = |category: NoticeCategory| Choice::new(category_name(category), words::category(category));
        NoticeCategory::ALL.map(each).to_vec()
    };
    let choose = move |name: String| {
        if let Some(category) = category_named(&name) {
            fields.category.set(category);
        }
    };
    view! {
        <Card title=move || text!(notice_desk.content)>
            <SelectField
                label=move || text!(notice_desk.about)
                options=Signal::derive(options)
                selected=Signal::derive(move || category_name(fields.category.get()).to_owned())
                on_select=choose
            />
            <p class="notice-hint">{move || text!(notice_desk.languages_hint)}</p>
            <div class="notice-languages">
                <div>
                    <TextField
                        label=move || text!(notice_desk.title_zh)
                        value=fields.title_zh
                        error=fields.error(Field::TitleZh)
                    />
                    <TextArea
                        label=move || text!(notice_desk.text_zh)
                        value=fields.text_zh
                        error=fields.error(Field::TextZh)
                        rows=8
                    />
                </div>
                <div>
                    <TextField
                        label=move || text!(notice_desk.title_en)
                        value=fields.title_en
                        error=fields.error(Field::TitleEn)
                    />
                    <TextArea
                        label=move || text!(notice_desk.text_en)
                        value=fields.text_en
                        error=fields.error(Field::TextEn)
                        rows=8
                    />
                </div>
            </div>
        </Card>
    }
}

/// Staff who act in some regions only write to customers there.
#[component]
fn Audience(fields: Fields, targets: Memo<NoticeTargets>, is_regional: bool) -> impl IntoView {
    let options = move || {
        let label = |readers| match readers {
            Readers::Everyone => text!(notice_desk.for_everyone),
            Readers::Customers => text!(notice_desk.choose_customers),
            Readers::Staff => text!(notice_desk.for_staff),
        };
        let may = |readers: Readers| !is_regional || readers == Readers::Customers;
        let each = Readers::ALL.into_iter().filter(|(readers, _)| may(*readers));
        each.map(|(readers, name)| Choice::new(name, label(readers)))
            .collect::<Vec<_>>()
    };
    let selected = move || {
        let readers = fields.readers.get();
        let found = Readers::ALL.into_iter().find(|(own, _)| *own == readers);
        found.map(|(_, name)| name.to_owned()).unwrap_or_default()
    };
    let choose = move |chosen: String| {
        if let Some((readers, _)) = Readers::ALL.into_iter().find(|(_, name)| *name == chosen) {
            fields.readers.set(readers);
        }
    };
    let levels = move || {
        let boxes = |targets: &NoticeTargets| {
            let each = targets
                .levels
                .iter()
                .map(|one| target(local(&one.name), one.id, fields.levels));
            each.collect::<Vec<_>>()
        };
        targets.with(boxes)
    };
    let regions = move || {
        let boxes = |targets: &NoticeTargets| {
            let each = targets
                .regions
                .iter()
                .map(|one| target(local(&one.name), one.id, fields.regions));
            each.collect::<Vec<_>>()
        };
        targets.with(boxes)
    };
    let (levels_error, regions_error) = (fields.error(Field::Levels), fields.error(Field::Regions));
    let regions_hint = move || {
        if is_regional {
            text!(notice_desk.regions_own)
        } else {
            text!(notice_desk.regions_hint)
        }
    };
    view! {
        <Card title=move || text!(notice_desk.audience)>
            <RadioGroup
                label=move || text!(notice_desk.choose_for)
                options=Signal::derive(options)
                selected=Signal::derive(selected)
                on_select=choose
            />
            <Show when=move || fields.readers.get() == Readers::Customers>
                <fieldset class="notice-targets">
                    <legend class="field-label">{move || text!(notice_desk.levels)}</legend>
                    <div>{levels}</div>
                    <p class="field-error" role="alert">{move || levels_error.get()}</p>
                    <p class="field-hint">{move || text!(notice_desk.levels_hint)}</p>
                </fieldset>
                <fieldset class="notice-targets">
                    <legend class="field-label">{move || text!(notice_desk.regions)}</legend>
                    <div>{regions}</div>
                    <p class="field-error" role="alert">{move || regions_error.get()}</p>
                    <p class="field-hint">{regions_hint}</p>
                </fieldset>
            </Show>
        </Card>
    }
}

/// A level or region to tick.
fn target<Id>(name: String, id: Id, chosen: RwSignal<Vec<Id>>) -> AnyView
where
    Id: Copy + PartialEq + Send + Sync + 'static,
{
    let change = move |is_chosen: bool| {
        chosen.update(|chosen| {
            chosen.retain(|one| *one != id);
            chosen.extend(is_chosen.then_some(id));
        });
    };
    let checked = move || chosen.with(|chosen| chosen.contains(&id));
    view! { <Checkbox label=name checked=Signal::derive(checked) on_change=change /> }.into_any()
}

#[component]
fn Time(fields: Fields) -> impl IntoView {
    view! {
        <Card title=move || text!(notice_desk.time)>
            <div class="notice-days">
                <TextField
                    label=move || text!(notice_desk.from)
                    value=fields.from
                    kind=InputKind::Date
                    hint=move || text!(notice_desk.from_hint)
                    error=fields.error(Field::From)
                />
                <TextField
                    label=move || text!(notice_desk.until)
                    value=fields.until
                    kind=InputKind::Date
                    hint=move || text!(notice_desk.until_hint)
                    error=fields.error(Field::Until)
                />
            </div>
            <Switch
                label=move || text!(notice_desk.pinned)
                checked=fields.is_pinned
                on_change=move |on: bool| fields.is_pinned.set(on)
                hint=move || text!(notice_desk.pinned_hint)
            />
        </Card>
    }
}

/// Takes the notice back as it is kept, or shows it again; what is typed is not saved with it.
#[component]
fn Withdraw(kept: Memo<Option<Arc<KeptNotice>>>, pending: Pending<PutManagedNotice>) -> impl IntoView {
    let cache = expect_context::<Cache>();
    let toasts = expect_context::<Toasts>();
    let is_withdrawn =
        Memo::new(move |_| kept.with(|kept| kept.as_ref().map(|kept| kept.notice.is_withdrawn)));
    let label = move || match is_withdrawn.get() {
        Some(true) => text!(notice_desk.show_again),
        _ => text!(notice_desk.withdraw),
    };
    let press = move || {
        let Some(before) = kept.get_untracked() else {
            return;
        };
        let (id, to) = (before.notice.id, !before.notice.is_withdrawn);
        let body = withdrawn(&before.notice, to);
        pending.send(id, body, Some(before.version), move |kept, text| {
            cache.put::<GetManagedNotice>(&id, &NoQuery {}, text);
            cache.invalidate(is_of_notices);
            toasts.say(untrack(|| {
                let title = local(&kept.notice.title);
                if to {
                    text!(notice_desk.was_withdrawn, title = title)
                } else {
                    text!(notice_desk.was_shown_again, title = title)
                }
            }));
        });
    };
    view! {
        <Show when=move || is_withdrawn.get().is_some()>
            <Button label=label variant=Variant::Danger busy=pending.busy on_press=press />
        </Show>
    }
}

/// What the answer to a save asks for: the fields it is about are marked.
fn watch_errors(fields: Fields, pending: Pending<PutManagedNotice>, sheet: NodeRef<html::Form>) {
    // Not derived but an answer that arrives once.
    Effect::watch(
        move || pending.error.get(),
        move |error, _, _| {
            if let Some(ProblemKind::InvalidInput { errors }) = error.as_ref().and_then(ApiError::kind) {
                fields.mark(of_server(errors).unwrap_or_default());
                show_first_error(sheet);
            }
        },
        false,
    );
}

/// Why the last save did not succeed; what is wrong with a field of the form is said there.
fn failure(pending: Pending<PutManagedNotice>) -> Option<String> {
    pending.error.with(|error| {
        let error = error.as_ref()?;
        match error.kind() {
            Some(ProblemKind::Stale { .. }) => Some(text!(notice_desk.stale)),
            Some(ProblemKind::InvalidInput { errors }) if of_server(errors).is_some() => {
                Some(text!(notice_desk.look_at_fields))
            }
            _ => Some(problems::words(error)),
        }
    })
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
