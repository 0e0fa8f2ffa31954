//! What of a windowed list is in sight: measured in the page, by scrolling and by every change of the list.

use std::ops::Range;

use js_sys::Date;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::heights::{Heights, Spot};

/// Pixels beyond what is in sight in which rows are kept ready: a turn of the wheel the way somebody scrolls, and less the
/// other way.
const AHEAD: i64 = 360;
const BEHIND: i64 = 90;
/// Lines in the page before it is known how many are in sight.
pub(super) const AT_FIRST: usize = 8;

/// Lists of no more lines than these are in the page whole: so they can be read out, searched and printed as any text.
const FEW: usize = 40;

/// Where somebody is in a list: the row at the upper edge of the window, and how much of it is above that edge, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WindowPlace {
    /// The row, from 0.
    pub row: usize,
    /// How much of its line is out of sight.
    pub above: i32,
}

/// The number of the row an element is in, if it is in one.
pub(super) fn row_of(target: &web_sys::EventTarget) -> Option<usize> {
    let element = target.dyn_ref::<Element>()?;
    let row = element.closest("li[aria-posinset]").ok().flatten()?;
    let place: usize = row.get_attribute("aria-posinset")?.parse().ok()?;
    place.checked_sub(1)
}

/// Lines, layout and expected height: what measures are of.
pub(super) type Measured = (usize, &'static str, u32);

/// That somebody went to the end of the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct End {
    /// How far the page was scrolled.
    at: i32,
    /// How far it could be.
    last: i32,
    /// Until when it counts, in milliseconds: lines that come in make the end several places, one after the other, between two
    /// looks.
    until: i64,
}

/// How long lines may take to come in, in milliseconds, with whoever went to the end still meaning the end.
const COMING_IN: i64 = 2_000;

/// What looking at the page takes.
#[derive(Clone, Copy)]
pub(super) struct View {
    pub(super) node: NodeRef<html::Ul>,
    pub(super) columns: RwSignal<usize>,
    pub(super) sight: RwSignal<Range<usize>>,
    pub(super) heights: StoredValue<Heights>,
    pub(super) measured: Memo<Measured>,
    /// What the heights are of, and how wide the list was then.
    pub(super) measures: StoredValue<Option<(Measured, i32)>>,
    /// Counts how often lines out of sight came to be thought of in another way.
    pub(super) learnt: RwSignal<u32>,
    /// The upper edge of the window when it was looked at last.
    pub(super) top: StoredValue<i64>,
    /// Whether the page was scrolled to its end when it was looked at last.
    pub(super) end: StoredValue<Option<End>>,
    pub(super) on_sight: Callback<Range<usize>>,
    pub(super) on_place: Callback<WindowPlace>,
}

impl View {
    /// Measures what is in the page, and puts into it what is in sight.
    pub(super) fn look(self) {
        let Some((list, page)) = self.here() else { return };
        self.stay_at_end(&page);
        let top = i64::from(page.scroll_top()) - top_in_page(&list);
        let bottom = top + i64::from(page.client_height());
        let columns = columns_of(&list);
        if self.columns.get_untracked() != columns {
            // What is in the page is another line now: it is looked at again once the page knows.
            self.columns.set(columns);
            return self.look_again();
        }
        self.learn(&list, columns);
        let goes_up = self.top.get_value() > top;
        self.top.set_value(top);
        let (above, below) = if goes_up { (AHEAD, BEHIND) } else { (BEHIND, AHEAD) };
        let spots = spots(&list, columns);
        let next = self.heights.with_value(|heights| {
            let is_at_edge =
                |spot: &&Spot| spot.top <= top && spot.top + i64::from(heights.height(spot.line)) > top;
            let known = spots.iter().find(is_at_edge).copied();
            let known = known.unwrap_or_else(|| heights.at(top));
            self.on_place.run(WindowPlace {
                row: known.line * columns,
                above: i32::try_from((top - known.top).max(0)).unwrap_or(i32::MAX),
            });
            if heights.lines() <= FEW {
                return 0..heights.lines();
            }
            heights.filling(known, top - above, bottom + below)
        });
        self.on_sight.run(next.start * columns..next.end * columns);
        if self.sight.get_untracked() != next {
            self.sight.set(next);
            // New lines may be lower than was expected; then there is room for more.
            self.look_again();
        }
    }

    /// Whoever went to the end of the page is there, also when lines turn out higher than was expected: without this the
    /// end would move away from them.
    fn stay_at_end(self, page: &Element) {
        let now = page.scroll_top();
        let last = page.scroll_height().saturating_sub(page.client_height());
        // Whole milliseconds are fine enough.
        let time = Date::now() as i64;
        let end = self.end.try_get_value().flatten();
        let was_there = end.is_some_and(|end| now >= end.at || time < end.until);
        if was_there && now < last {
            page.set_scroll_top(last);
        }
        // Where nothing has come in since, the end is where it was: whoever scrolls away by other means than wheel and keys -
        // a screen reader, a script - is held no longer than lines may take.
        let until = end
            .filter(|end| end.last == last)
            .map_or(time.saturating_add(COMING_IN), |end| end.until);
        // Pixels of the screen may be parts of those of the page.
        let now = page.scroll_top();
        let is_there = last > 0 && now >= last.saturating_sub(1);
        self.end
            .try_set_value(is_there.then_some(End { at: now, last, until }));
    }

    /// Somebody is about to go elsewhere.
    pub(super) fn leave_end(self) {
        self.end.try_set_value(None);
    }

    fn look_again(self) {
        request_animation_frame(move || self.look());
    }

    /// Scrolls to a place.
    pub(super) fn go(self, place: WindowPlace) {
        let Some((list, _)) = self.here() else { return };
        let columns = columns_of(&list);
        self.columns.set(columns);
        self.learn(&list, columns);
        let line = place.row / columns;
        self.on_sight.run(line * columns..(line + AT_FIRST) * columns);
        self.sight.set(line..line + AT_FIRST);
        // The lines from there on are in the page in a moment, and those before have the room they are expected to take.
        request_animation_frame(move || {
            let Some((list, page)) = self.here() else { return };
            let spot = self.heights.with_value(|heights| heights.spot(line));
            let top = top_in_page(&list) + spot.top + i64::from(place.above);
            page.set_scroll_top(i32::try_from(top).unwrap_or(i32::MAX));
            self.look();
        });
    }

    /// The list and the page, as long as they are there.
    fn here(self) -> Option<(HtmlElement, Element)> {
        let list: HtmlElement = self.node.try_get_untracked()??.unchecked_into();
        Some((list, document().document_element()?))
    }

    /// Learns how high lines are from those in the page.
    fn learn(self, list: &HtmlElement, columns: usize) {
        let measured = self.measured.get_untracked();
        let now = Some((measured, list.client_width()));
        let is_other = self.measures.get_value() != now;
        self.measures.set_value(now);
        let (lines, _, expected) = measured;
        let spots = spots(list, columns);
        let is_learnt = self.heights.try_update_value(|heights| {
            if is_other {
                *heights = Heights::new(lines, expected);
            }
            for (one, next) in spots.iter().zip(spots.iter().skip(1)) {
                if next.line == one.line + 1
                    && let Ok(height) = u32::try_from(next.top - one.top)
                {
                    heights.see(one.line, height);
                }
            }
            heights.learn()
        });
        if is_other || is_learnt == Some(true) {
            self.learnt.update(|learnt| *learnt = learnt.wrapping_add(1));
        }
    }
}

/// Where each line begins that is in the page.
fn spots(list: &HtmlElement, columns: usize) -> Vec<Spot> {
    let mut found: Vec<Spot> = Vec::new();
    let mut next = list.first_element_child();
    while let Some(element) = next {
        next = element.next_element_sibling();
        let Some(row) = row_of(&element) else { continue };
        let line = row / columns;
        if found.last().is_some_and(|last| last.line == line) {
            continue;
        }
        if let Some(row) = element.dyn_ref::<HtmlElement>() {
            found.push(Spot {
                line,
                top: i64::from(row.offset_top()),
            });
        }
    }
    found
}

/// How many rows stand beside each other.
fn columns_of(list: &HtmlElement) -> usize {
    let styles = window().get_computed_style(list).ok().flatten();
    let tracks = styles.and_then(|styles| styles.get_property_value("grid-template-columns").ok());
    // What is no grid has none.
    tracks.map_or(1, |tracks| tracks.split_whitespace().count().max(1))
}

/// How far the upper edge of an element is from that of the page.
fn top_in_page(element: &HtmlElement) -> i64 {
    let mut top = 0;
    let mut next = Some(element.clone());
    while let Some(element) = next {
        top += i64::from(element.offset_top());
        next = element.offset_parent().and_then(|parent| parent.dyn_into().ok());
    }
    top
}
