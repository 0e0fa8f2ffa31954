//! Returning received goods: how much of each line, why, and a note (domain.md section 4).

use countersign_contract::endpoint::NoQuery;
use countersign_contract::file::MAX_PHOTOS;
use countersign_contract::returns::{ListOrderReturns, NewReturnRequest, ReturnableLine, SubmitReturn};
use countersign_domain::order::OrderLine;
use countersign_domain::quantity::Quantity;
use countersign_domain::returns::{NewReturnLine, ReturnReason};
use leptos::prelude::*;

use crate::api::Api;
use crate::files_view::{FilePicker, standing_words};
use crate::i18n::{format, problems, returns};
use crate::order_view::input;
use crate::order_view::{DeedForm, OrderDesk, Typed, Wrong, line_name, line_unit, read_all};
use crate::queries::live::invalidate_return_lists;
use crate::queries::uploads::{Standing, Uploads, Wanted};
use crate::queries::{self, Cache, Remote};
use crate::route::{Route, use_navigator};
use crate::text;
use crate::ui::{
    Choice, EmptyState, ErrorState, IconName, NumberField, SelectField, Skeleton, TextArea, TextField,
};

/// The reasons a person may give; what was short is said on receipt.
const REASONS: [(ReturnReason, &str); 7] = [
    (ReturnReason::Quality, "quality"),
    (ReturnReason::Damaged, "damaged"),
    (ReturnReason::WrongGoods, "wrong_goods"),
    (ReturnReason::Expired, "expired"),
    (ReturnReason::OrderedByMistake, "ordered_by_mistake"),
    (ReturnReason::Unsold, "unsold"),
    (ReturnReason::Other, "other"),
];

#[derive(Clone, Copy)]
struct Fields {
    line: StoredValue<OrderLine>,
    most: Quantity,
    quantity: Typed,
    reason: RwSignal<ReturnReason>,
    note: Typed,
    photos: Uploads,
}

impl Fields {
    /// What comes back of the line; nothing where nothing is typed.
    fn read(&self) -> Result<Option<NewReturnLine>, Wrong> {
        let most = self.most;
        let quantity = self.quantity.read(|typed| match typed.trim() {
            "" => Ok(Quantity::ZERO),
            typed => input::quantity(typed, Some(most)),
        })?;
        if quantity.is_zero() {
            self.note.tell(None);
            return Ok(None);
        }
        let Standing::There(photos) = untrack(|| self.photos.standing()) else {
            return Err(Wrong);
        };
        let reason = self.reason.get_untracked();
        let note = self.note.read(|typed| match reason {
            ReturnReason::Other => input::words(typed),
            _ => Ok(typed.trim().to_owned()),
        })?;
        Ok(Some(NewReturnLine {
            line_id: self.line.with_value(|line| line.id),
            quantity,
            reason,
            note,
            photos,
        }))
    }
}

/// The panel: what can be returned is asked of the server each time it opens.
#[component]
pub(super) fn ReturnGoodsForm(desk: OrderDesk) -> impl IntoView {
    let read = queries::read::<ListOrderReturns>(move || Some((desk.id, NoQuery {})));
    // What is typed must not go away because something else changed: the first answer counts.
    let first = Memo::new(move |before: Option<&Option<Vec<ReturnableLine>>>| {
        before.cloned().flatten().or_else(|| {
            read.state
                .with(|state| state.ready().map(|found| found.returnable.clone()))
        })
    });
    // Nor because the connection went once it was there.
    let failed = Memo::new(move |_| match read.state.get() {
        Remote::Failed(error) if first.with(Option::is_none) => Some(error),
        Remote::Failed(_) | Remote::Loading | Remote::Ready(_) => None,
    });
    move || match (first.get(), failed.get()) {
        (Some(lines), _) if lines.is_empty() => view! {
            <EmptyState
                title=move || text!(returns.ask.nothing_left)
                hint=move || text!(returns.ask.nothing_left_hint)
                icon=IconName::Return
            />
        }
        .into_any(),
        (Some(lines), _) => view! { <Lines desk=desk lines=lines /> }.into_any(),
        (None, Some(error)) => view! {
            <ErrorState
                message=Signal::derive(move || problems::words(&error))
                retry_label=move || text!(returns.retry)
                on_retry=move || read.retry()
            />
        }
        .into_any(),
        (None, None) => view! { <Skeleton label=move || text!(returns.loading) lines=4 /> }.into_any(),
    }
}

#[component]
fn Lines(desk: OrderDesk, lines: Vec<ReturnableLine>) -> impl IntoView {
    let pending = queries::change::<SubmitReturn>();
    let (api, cache) = (expect_context::<Api>(), expect_context::<Cache>());
    let navigator = use_navigator();
    let fields = desk.detail.with_untracked(|detail| {
        let order = &detail.as_deref()?.order;
        let field = |part: &ReturnableLine| {
            Some(Fields {
                line: StoredValue::new(order.line(part.line_id)?.clone()),
                most: part.quantity,
                quantity: Typed::new(""),
                reason: RwSignal::new(ReturnReason::Quality),
                note: Typed::new(""),
                photos: Uploads::new(api, Wanted::Pictures, MAX_PHOTOS),
            })
        };
        Some(lines.iter().filter_map(field).collect::<Vec<_>>())
    });
    let rows = StoredValue::new(fields.unwrap_or_default());
    // Said only once somebody wants to submit: that they are on their way shows beside them.
    let is_waiting = RwSignal::new(false);
    let photos_wrong = move || {
        let wrong = |fields: &Fields| standing_words(&fields.photos.standing());
        let wrong = rows.with_value(|rows| rows.iter().find_map(wrong));
        wrong.filter(|_| is_waiting.get())
    };
    let note = RwSignal::new(String::new());
    let nothing = RwSignal::new(false);
    let submit = move || {
        is_waiting.set(true);
        let Ok(read) = read_all(rows, Fields::read) else {
            return;
        };
        let lines: Vec<_> = read.into_iter().flatten().collect();
        nothing.set(lines.is_empty());
        if lines.is_empty() {
            return;
        }
        let body = NewReturnRequest {
            lines,
            note: note.get_untracked().trim().to_owned(),
        };
        pending.send(desk.id, body, None, move |reply, _| {
            invalidate_return_lists(cache);
            // The panel goes with its page: told to close in the same moment, it would ask for what is not there any more.
            navigator.go(&Route::Return(reply.subject.id));
        });
    };
    let row = |fields: Fields| view! { <LineRow fields=fields /> }.into_any();
    view! {
        <DeedForm
            desk=desk
            button=move || text!(returns.ask.submit)
            busy=pending.busy
            error=pending.error
            on_submit=submit
        >
            <p>{move || text!(returns.ask.lead)}</p>
            <ul class="deed-lines">
                <For each=move || rows.get_value() key=|fields| fields.line.with_value(|line| line.id) children=row />
            </ul>
            <TextArea label=move || text!(returns.ask.note) value=note rows=2 />
            <p class="form-error" role="alert">{photos_wrong}</p>
            <p class="form-error" role="alert">{move || nothing.get().then(|| text!(returns.rejection.no_lines))}</p>
        </DeedForm>
    }
}

#[component]
fn LineRow(fields: Fields) -> impl IntoView {
    let most = fields.most;
    let options = || {
        let choice = |(reason, name)| Choice::new(name, returns::reason(reason));
        REASONS.map(choice).to_vec()
    };
    let selected = move || {
        let found = REASONS.iter().find(|(reason, _)| *reason == fields.reason.get());
        found.map(|(_, name)| (*name).to_owned()).unwrap_or_default()
    };
    let choose = move |name: String| {
        if let Some((reason, _)) = REASONS.iter().find(|(_, known)| *known == name) {
            fields.reason.set(*reason);
        }
    };
    let name = line_name(fields.line);
    view! {
        <li>
            <fieldset>
                <legend>{move || name.get()}</legend>
                <div class="deed-line-fields">
                    <NumberField
                        label=move || text!(returns.ask.quantity)
                        hint=Signal::derive(move || text!(returns.ask.at_most, most = format::quantity(most)))
                        value=fields.quantity.value
                        unit=line_unit(fields.line)
                        error=fields.quantity.wrong()
                    />
                    <SelectField
                        label=move || text!(returns.ask.why)
                        options=Signal::derive(options)
                        selected=Signal::derive(selected)
                        on_select=choose
                    />
                    <TextField
                        label=move || text!(returns.ask.line_note)
                        value=fields.note.value
                        error=fields.note.wrong()
                    />
                </div>
                <FilePicker uploads=fields.photos />
            </fieldset>
        </li>
    }
}
