//! A list of any length, of which only the rows in sight are in the page.

use std::collections::HashSet;
use std::hash::Hash;
use std::ops::Range;

use leptos::html;
use leptos::prelude::*;

use super::heights::Heights;
use super::window_focus::Held;
use super::window_view::{AT_FIRST, View, WindowPlace};

/// A part of the list as it is in the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Piece<K> {
    /// Room for rows that are not in the page.
    Room(Place),
    /// A row.
    Row(K),
}

/// Where room is. Named so that a row never changes places with it, whatever comes into the page or goes: what is moved in a
/// page loses the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Place {
    /// Above everything.
    Above,
    /// Between what is in sight and the line somebody is in.
    Between,
    /// Below everything.
    Below,
}

/// What is in the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Shown {
    /// Lines in sight or nearly so, or with somebody in them: by rising number, none touching another.
    parts: Vec<Range<usize>>,
}

impl Shown {
    fn of(sight: Range<usize>, focused: Option<usize>) -> Self {
        let mut parts = vec![sight.clone()];
        match focused {
            Some(line) if line < sight.start => parts.insert(0, line..line + 1),
            Some(line) if line >= sight.end => parts.push(line..line + 1),
            Some(_) | None => {}
        }
        parts.retain(|part| !part.is_empty());
        Self { parts }
    }

    /// Lines that are not in the page, before each part and behind the last.
    fn rooms(&self, lines: usize) -> Vec<Range<usize>> {
        let ends = std::iter::once(0).chain(self.parts.iter().map(|part| part.end));
        let starts = self
            .parts
            .iter()
            .map(|part| part.start)
            .chain(std::iter::once(lines));
        ends.zip(starts).map(|(end, start)| end..start.max(end)).collect()
    }
}

/// A list of which only what is in sight is in the page, and the row somebody is in, wherever they scroll to. The page
/// scrolls, not the list. Rows may differ in height and stand beside each other where the list is a grid.
///
/// A row is built once for its key and stays as long as it is in the page.
#[component]
pub fn Windowed<K, F, R>(
    /// What the list is called.
    #[prop(into)]
    label: Signal<String>,
    /// How many rows there are.
    #[prop(into)]
    count: Signal<usize>,
    /// What a line is high as long as none was seen, in pixels.
    #[prop(into)]
    expected: Signal<u32>,
    /// The key of a row; tracked.
    key: F,
    /// What is in a row: its key, and which it is from 0.
    row: R,
    /// The class of the list.
    class: &'static str,
    /// The class of a row.
    #[prop(into)]
    row_class: Signal<&'static str>,
    /// How it is laid out, for the styles; another layout is measured anew.
    #[prop(into)]
    layout: Signal<&'static str>,
    /// Whether it is about to be replaced.
    #[prop(into)]
    busy: Signal<bool>,
    /// Told which rows are in the page.
    #[prop(into)]
    on_sight: Callback<Range<usize>>,
    /// Told where somebody is.
    #[prop(into)]
    on_place: Callback<WindowPlace>,
    /// Asked once, when the list is there, where to begin; the page stays as it is without an answer.
    #[prop(into)]
    begin: Callback<(), Option<WindowPlace>>,
) -> impl IntoView
where
    K: Clone + Eq + Hash + Send + Sync + 'static,
    F: Fn(usize) -> K + Clone + Send + Sync + 'static,
    R: Fn(K, Signal<usize>) -> AnyView + Clone + Send + Sync + 'static,
{
    let node: NodeRef<html::Ul> = NodeRef::new();
    let columns = RwSignal::new(1_usize);
    let lines = Memo::new(move |_| count.get().div_ceil(columns.get().max(1)));
    let sight = RwSignal::new(0..AT_FIRST);
    let held = Held::<K>::new();
    let heights = StoredValue::new(Heights::default());
    // What was measured is of no use for another layout, or for another number of lines.
    let measured = Memo::new(move |_| (lines.get(), layout.get(), expected.get()));
    let shown = Memo::new(move |_| {
        let lines = lines.get();
        let sight = sight.get();
        let sight = sight.start.min(lines)..sight.end.min(lines);
        let line = held.row.get().map(|row| row / columns.get().max(1));
        Shown::of(sight, line.filter(|line| *line < lines))
    });
    let rows_of = move |part: &Range<usize>| {
        let columns = columns.get();
        part.start * columns..(part.end * columns).min(count.get())
    };
    let key_at_place = key.clone();
    let rows = Memo::new(move |_| {
        let parts = shown.with(|shown| shown.parts.clone());
        let all = parts.iter().flat_map(rows_of);
        let mut keys = HashSet::new();
        // While a list changes, one row may be in it at its old place and at its new one.
        all.map(|number| (held.key_of(number).unwrap_or_else(|| key(number)), number))
            .filter(|(key, _)| keys.insert(key.clone()))
            .collect::<Vec<_>>()
    });
    let learnt = RwSignal::new(0_u32);
    let rooms = Memo::new(move |_| {
        learnt.track();
        let (lines, ..) = measured.get();
        let rooms = shown.with(|shown| shown.rooms(lines));
        heights.with_value(|heights| {
            rooms
                .into_iter()
                .map(|room| heights.room(room))
                .collect::<Vec<_>>()
        })
    });
    let pieces = move || {
        let parts = shown.with(|shown| shown.parts.clone());
        let mut all = vec![Piece::Room(Place::Above)];
        rows.with(|rows| {
            for (number, part) in (1..).zip(&parts) {
                let part = rows_of(part);
                let inside = rows.iter().filter(|(_, row)| part.contains(row));
                all.extend(inside.map(|(key, _)| Piece::Row(key.clone())));
                let is_last = number == parts.len();
                all.push(Piece::Room(if is_last { Place::Below } else { Place::Between }));
            }
        });
        all
    };
    let view = View {
        node,
        columns,
        sight,
        heights,
        measured,
        measures: StoredValue::new(None),
        learnt,
        top: StoredValue::new(0),
        end: StoredValue::new(None),
        on_sight,
        on_place,
    };
    let look = move || view.look();
    let started = StoredValue::new(false);
    Effect::new(move |_| {
        measured.track();
        // A row that comes in the place of one that was asked for is higher or lower than that.
        rows.track();
        if node.get().is_none() {
            return;
        }
        // What is in the page now is there to be measured in a moment.
        request_animation_frame(move || {
            if started.try_get_value() == Some(false) {
                started.set_value(true);
                if let Some(place) = begin.run(()) {
                    return view.go(place);
                }
            }
            look();
        });
    });
    let scroll = window_event_listener(leptos::ev::scroll, move |_| look());
    let resize = window_event_listener(leptos::ev::resize, move |_| look());
    // Whatever scrolls is done by one of these, but for the page's own bar.
    let wheel = window_event_listener(leptos::ev::wheel, move |_| view.leave_end());
    let keyboard = window_event_listener(leptos::ev::keydown, move |_| view.leave_end());
    let touch = window_event_listener(leptos::ev::touchstart, move |_| view.leave_end());
    on_cleanup(move || {
        for listener in [scroll, resize, wheel, keyboard, touch] {
            listener.remove();
        }
    });
    let piece = move |piece: Piece<K>| match piece {
        Piece::Room(place) => {
            let height = move || {
                let pixels = rooms.with(|rooms| match place {
                    Place::Above => rooms.first().copied(),
                    Place::Between => rooms.get(1).copied(),
                    Place::Below => rooms.last().copied(),
                });
                format!("{}px", pixels.unwrap_or_default())
            };
            view! { <li class="window-room" aria-hidden="true" style:height=height></li> }.into_any()
        }
        Piece::Row(key) => {
            let wanted = key.clone();
            let place = Memo::new(move |before: Option<&usize>| {
                let found = rows.with(|rows| rows.iter().find(|(key, _)| *key == wanted).map(|row| row.1));
                found.or(before.copied()).unwrap_or_default()
            });
            let inside = row(key, place.into());
            view! {
                <li
                    class=move || row_class.get()
                    aria-posinset=move || (place.get() + 1).to_string()
                    aria-setsize=move || count.get().to_string()
                >
                    {inside}
                </li>
            }
            .into_any()
        }
    };
    view! {
        <ul
            class=class
            node_ref=node
            aria-label=move || label.get()
            data-view=move || layout.get()
            aria-busy=move || busy.get().then_some("true")
            on:focusin=move |event| held.enter(&event, key_at_place.clone())
            on:focusout=move |event| held.leave(&event)
        >
            <For each=pieces key=|piece| piece.clone() children=piece />
        </ul>
    }
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::Shown;

    #[test]
    fn the_line_somebody_is_in_stays() {
        let rooms = |sight, focused| Shown::of(sight, focused).rooms(100);
        assert_eq!(rooms(10..20, None), [0..10, 20..100]);
        assert_eq!(rooms(10..20, Some(12)), [0..10, 20..100]);
        assert_eq!(rooms(10..20, Some(3)), [0..3, 4..10, 20..100]);
        assert_eq!(rooms(10..20, Some(9)), [0..9, 10..10, 20..100]);
        assert_eq!(rooms(10..20, Some(20)), [0..10, 20..20, 21..100]);
        assert_eq!(rooms(90..100, None), [0..90, 100..100]);
        assert_eq!(Shown::of(0..0, None).rooms(0), vec![Range { start: 0, end: 0 }]);
    }
}
