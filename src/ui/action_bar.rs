//! What may be done, in one bar.

use std::hash::Hash;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::button::Variant;
use super::menu::Menu;

/// Up to this width the bar lies under the thumb and has one row. The style sheet says the same.
const PHONE: f64 = 900.0;

/// The bar at the bottom of the page, under the thumb on a phone. Its children are buttons, the main one first.
#[component]
pub fn ActionBar(
    /// What is acted on.
    #[prop(into)]
    label: Signal<String>,
    /// The buttons.
    children: Children,
) -> impl IntoView {
    view! { <div class="action-bar" role="group" aria-label=move || label.get()>{children()}</div> }
}

/// The same bar for any number of buttons: on a phone those that don't fit beside the first ones are behind another.
#[component]
pub fn FoldingBar<T, K, N, B>(
    /// What is acted on.
    #[prop(into)]
    label: Signal<String>,
    /// What the button says that has the rest behind it.
    #[prop(into)]
    more: Signal<String>,
    /// What there is a button for, the main thing first.
    #[prop(into)]
    each: Signal<Vec<T>>,
    /// What tells one from another.
    key: N,
    /// Makes the button of one.
    button: B,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    K: Eq + Hash + Send + 'static,
    N: Fn(&T) -> K + Clone + Send + Sync + 'static,
    B: Fn(T) -> AnyView + Clone + Send + Sync + 'static,
{
    let bar: NodeRef<html::Div> = NodeRef::new();
    let fits = RwSignal::new(usize::MAX);
    let measure = move || {
        // The page may be gone by now.
        if let Some(bar) = bar.try_get_untracked().flatten() {
            let room = if is_phone() { fitting(&bar) } else { usize::MAX };
            if fits.try_get_untracked() != Some(room) {
                fits.try_set(room);
            }
        }
    };
    // Not derived but seen: how wide words are is known once they are on the page.
    Effect::new(move |_| {
        each.track();
        more.track();
        request_animation_frame(measure);
    });
    let resized = window_event_listener(leptos::ev::resize, move |_| measure());
    on_cleanup(move || resized.remove());
    let shown = move || each.get().into_iter().take(fits.get()).collect::<Vec<_>>();
    let rest = move || each.get().into_iter().skip(fits.get()).collect::<Vec<_>>();
    let is_empty = move || each.with(Vec::len) <= fits.get();
    let (name, folded) = (key.clone(), button.clone());
    view! {
        <div class="action-bar" role="group" aria-label=move || label.get() node_ref=bar>
            <For each=shown key=key children=button />
            <div class="action-more" data-empty=move || is_empty().then_some("true")>
                <Menu label=more variant=Variant::Secondary>
                    <For each=rest key=name children=folded />
                </Menu>
            </div>
        </div>
    }
}

fn is_phone() -> bool {
    let width = window().inner_width().ok().and_then(|width| width.as_f64());
    width.is_some_and(|width| width <= PHONE)
}

/// How many buttons fit one row of `bar`, the one for the rest beside them where that is needed; the first always does.
/// For that moment all of them lie in one row as wide as they are, which nobody sees.
fn fitting(bar: &HtmlElement) -> usize {
    let list = bar.query_selector(".menu-list").ok().flatten();
    let was_hidden = list.as_ref().is_some_and(|list| list.has_attribute("hidden"));
    // None of these can fail for a fixed, valid name.
    let _ = bar.set_attribute("data-measuring", "true");
    if let (Some(list), true) = (&list, was_hidden) {
        let _ = list.remove_attribute("hidden");
    }
    let frames = spans(bar, ".button-frame");
    let more = spans(bar, ".menu > .button");
    let row = frames.first().map_or(0, |first| {
        // As much room on the right as on the left.
        let inset = first.start - bar.offset_left();
        bar.offset_width() - 2 * inset
    });
    if let (Some(list), true) = (&list, was_hidden) {
        let _ = list.set_attribute("hidden", "");
    }
    let _ = bar.remove_attribute("data-measuring");
    let widths: Vec<i32> = frames.iter().map(Span::width).collect();
    let gap = gap_of(&frames, &more);
    room(&widths, more.first().map_or(0, Span::width), gap, row)
}

/// From where to where something reaches.
#[derive(Clone, Copy, Debug)]
struct Span {
    start: i32,
    end: i32,
}

impl Span {
    fn width(&self) -> i32 {
        self.end - self.start
    }
}

fn spans(bar: &HtmlElement, selector: &str) -> Vec<Span> {
    let Ok(found) = bar.query_selector_all(selector) else {
        return Vec::new();
    };
    let elements =
        (0..found.length()).filter_map(|position| found.get(position)?.dyn_into::<HtmlElement>().ok());
    elements
        .map(|element| Span {
            start: element.offset_left(),
            end: element.offset_left() + element.offset_width(),
        })
        .collect()
}

/// What lies between two neighbours.
fn gap_of(frames: &[Span], more: &[Span]) -> i32 {
    let mut all: Vec<Span> = frames.iter().chain(more).copied().collect();
    all.sort_by_key(|span| span.start);
    match all.as_slice() {
        [one, other, ..] => (other.start - one.end).max(0),
        _ => 0,
    }
}

/// How many of `widths` fit a row; with `more` beside them where not all do.
fn room(widths: &[i32], more: i32, gap: i32, row: i32) -> usize {
    let reach = |count: usize| {
        let gaps = i32::try_from(count.saturating_sub(1)).unwrap_or(i32::MAX);
        widths.iter().take(count).sum::<i32>() + gap.saturating_mul(gaps)
    };
    if reach(widths.len()) <= row {
        return usize::MAX;
    }
    let beside = |count: &usize| reach(*count) + gap + more <= row;
    (1..widths.len()).rev().find(beside).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_holds_all_needs_no_other_button() {
        assert_eq!(room(&[100, 90, 114], 80, 12, 328), usize::MAX);
        assert_eq!(room(&[], 80, 12, 328), usize::MAX);
    }

    #[test]
    fn what_does_not_fit_beside_the_button_for_the_rest_is_behind_it() {
        assert_eq!(room(&[100, 90, 115], 80, 12, 328), 2);
        assert_eq!(room(&[100, 150, 70], 80, 12, 328), 1);
    }

    #[test]
    fn the_first_button_stays_however_wide_it_is() {
        assert_eq!(room(&[400, 90], 80, 12, 328), 1);
        assert_eq!(room(&[400], 80, 12, 328), 1);
    }
}
