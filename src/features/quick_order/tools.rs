//! What can be done with the whole sheet, and how it stands.

use leptos::html;
use leptos::prelude::*;

use crate::features::quick_order::grid::{Cell, Focus};
use crate::features::quick_order::model::Counts;
use crate::features::quick_order::save;
use crate::features::quick_order::state::{Added, Imported, QuickOrder};
use crate::features::quick_order::words;
use crate::i18n::format;
use crate::queries::draft::Cart;
use crate::session::SessionContext;
use crate::text;
use crate::ui::{ActionBar, Button, IconName, Notice, ProgressBar, Toasts, Tone, Variant};

/// Puts the focus into the last row, which is empty, or the first that needs attention.
fn go_on(state: QuickOrder, focus: Focus) {
    let row = state.sheet.with_untracked(|sheet| {
        let bad = sheet.bad().next().map(|(row, _)| row.id);
        bad.or_else(|| sheet.rows().last().map(|row| row.id))
    });
    if let Some(row) = row {
        focus.go(row, Cell::Code);
    }
}

/// A file to read, and an example of one.
#[component]
pub fn Files(
    /// Where it goes.
    state: QuickOrder,
) -> impl IntoView {
    let input: NodeRef<html::Input> = NodeRef::new();
    let toasts = expect_context::<Toasts>();
    let choose = move |()| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let open = move |_| {
        let Some(input) = input.get_untracked() else {
            return;
        };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            state.open(file);
        }
        // The same file may be chosen again once it was mended.
        input.set_value("");
    };
    let sample = move |()| {
        if !save::sample() {
            toasts.warn(text!(quick_order.not_saved));
        }
    };
    view! {
        <input type="file" hidden node_ref=input accept=".xlsx,.csv,.txt,.tsv" on:change=open />
        <Button
            label=move || text!(quick_order.open)
            icon=IconName::Orders
            busy=state.is_reading
            on_press=choose
        />
        <Button label=move || text!(quick_order.sample) variant=Variant::Quiet on_press=sample />
    }
}

/// What went wrong, what is under way, and what the last import came to.
#[component]
pub fn News(
    /// Of what.
    state: QuickOrder,
) -> impl IntoView {
    let failed = move || {
        state.failed.get().map(|error| {
            view! {
                <Notice tone=Tone::Bad>
                    <p role="alert">{move || words::failure(&error)}</p>
                    <Button label=move || text!(quick_order.retry) on_press=move |()| state.look_up() />
                </Notice>
            }
        })
    };
    let percent = move || {
        let (done, all) = state.progress.get().unwrap_or_default();
        let percent = done.saturating_mul(100).checked_div(all).unwrap_or_default();
        u32::try_from(percent).unwrap_or(100)
    };
    let is_looking = Memo::new(move |_| state.progress.with(Option::is_some));
    let progress = move || {
        is_looking.get().then(|| {
            let said = move || {
                let (done, all) = state.progress.get().unwrap_or_default();
                text!(quick_order.looking_up, done = done, all = all)
            };
            view! {
                <div class="quick-progress">
                    <ProgressBar label=move || text!(quick_order.looking) percent=Signal::derive(percent) />
                    <small>{said}</small>
                </div>
            }
        })
    };
    let kept = move || {
        state.kept_at.get().map(|at| {
            view! { <Notice tone=Tone::Warn>{move || text!(quick_order.kept, when = format::moment(at))}</Notice> }
        })
    };
    let imported = move || {
        state.imported.get().map(|imported| {
            let otherwise = move |()| state.import_otherwise();
            view! {
                <Notice tone=Tone::Accent>
                    <p role="status">{came_to(&imported)}</p>
                    <Button label=move || text!(quick_order.import.otherwise) variant=Variant::Quiet on_press=otherwise />
                </Notice>
            }
        })
    };
    view! {
        {failed}
        {progress}
        {kept}
        {imported}
    }
}

fn came_to(imported: &Imported) -> String {
    let mut said = text!(
        quick_order.import.done,
        rows = imported.rows,
        empty = imported.empty
    );
    if imported.over > 0 {
        said.push(' ');
        said.push_str(&text!(quick_order.import.over, rows = imported.over));
    }
    said
}

/// How the rows stand, and what mends several of them at once.
#[component]
pub fn Mending(
    /// Of what.
    state: QuickOrder,
    /// How the rows stand.
    counts: Memo<Counts>,
    /// Where somebody is.
    focus: Focus,
) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let merge = move |()| {
        let before = state.sheet.get_untracked();
        state.sheet.update(|sheet| sheet.merge());
        toasts.say_with_undo(text!(quick_order.merged), text!(quick_order.undo), move || {
            state.sheet.try_set(before.clone());
        });
        go_on(state, focus);
    };
    let smallest = move |()| {
        state.sheet.update(|sheet| sheet.fill_smallest());
        go_on(state, focus);
    };
    let without = move |()| {
        let before = state.sheet.get_untracked();
        state.sheet.update(|sheet| sheet.drop_without_quantity());
        toasts.say_with_undo(text!(quick_order.dropped), text!(quick_order.undo), move || {
            state.sheet.try_set(before.clone());
        });
        go_on(state, focus);
    };
    let faults = move |()| {
        if !state.sheet.with_untracked(save::faults) {
            toasts.warn(text!(quick_order.not_saved));
        }
    };
    let clear = move |()| {
        let before = state.clear();
        toasts.say_with_undo(text!(quick_order.cleared), text!(quick_order.undo), move || {
            state.sheet.try_set(before.clone());
        });
        go_on(state, focus);
    };
    let has = move |of: fn(&Counts) -> usize| move || counts.with(of) > 0;
    let summary = move || {
        counts.with(|counts| {
            text!(
                quick_order.summary,
                filled = counts.filled,
                good = counts.good,
                bad = counts.bad
            )
        })
    };
    view! {
        <p class="quick-summary" role="status">{summary}</p>
        <div class="quick-tools" role="group" aria-label=move || text!(quick_order.mend)>
            <Show when=has(|counts| counts.surplus)>
                <Button
                    label=move || text!(quick_order.merge, rows = counts.with(|counts| counts.surplus))
                    on_press=merge
                />
            </Show>
            <Show when=has(|counts| counts.without_quantity)>
                <Button
                    label=move || text!(quick_order.smallest, rows = counts.with(|counts| counts.without_quantity))
                    on_press=smallest
                />
                <Button
                    label=move || text!(quick_order.without, rows = counts.with(|counts| counts.without_quantity))
                    on_press=without
                />
            </Show>
            <Show when=has(|counts| counts.bad)>
                <Button
                    label=move || text!(quick_order.download, rows = counts.with(|counts| counts.bad))
                    on_press=faults
                />
            </Show>
            <Show when=has(|counts| counts.filled)>
                <Button label=move || text!(quick_order.clear) variant=Variant::Quiet on_press=clear />
            </Show>
        </div>
    }
}

/// Puts everything that can be ordered into the cart.
#[component]
pub fn AddBar(
    /// From where.
    state: QuickOrder,
    /// How the rows stand.
    counts: Memo<Counts>,
    /// Where somebody is.
    focus: Focus,
) -> impl IntoView {
    let cart = expect_context::<Cart>();
    let session = expect_context::<SessionContext>();
    let toasts = expect_context::<Toasts>();
    let add = move |()| {
        let Added { rows, left } = state.add_all(cart);
        if rows > 0 {
            toasts.say(text!(quick_order.added, rows = rows));
        }
        if left > 0 {
            toasts.warn(text!(quick_order.full, rows = left));
        }
        go_on(state, focus);
    };
    let refused = move || counts.with(|counts| (counts.good == 0).then(|| text!(quick_order.nothing)));
    let total = move || format::money(counts.with(|counts| counts.total), &session.currency());
    view! {
        <ActionBar label=move || text!(quick_order.title)>
            <Button
                label=move || text!(quick_order.add, rows = counts.with(|counts| counts.good))
                icon=IconName::Cart
                variant=Variant::Primary
                refused=Signal::derive(refused)
                on_press=add
            />
            <b class="cart-bar-total">{total}</b>
        </ActionBar>
    }
}
