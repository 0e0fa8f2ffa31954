//! The panel that is open over an order or a return, and what was known when it was filled in (rule 14).
//!
//! The page behind a panel is live, and what is typed into the panel is not: it answers what its person saw. So a change is
//! sent for the version that was there when the panel opened, and the server says when somebody was faster.

use std::fmt;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// How far somebody has seen what there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The version.
    pub version: u64,
    /// How many entries its history had.
    pub entries: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Opened<D> {
    deed: D,
    seen: Seen,
    /// Counts the forms made for it.
    turn: u32,
}

/// A panel that is closed, or open for a deed.
pub struct Panel<D: Send + Sync + 'static> {
    opened: RwSignal<Option<Opened<D>>>,
    /// Apart from what was seen: that advances while the form stays, with everything typed into it.
    deed: Memo<Option<D>>,
    form: Memo<Option<(D, u32)>>,
    /// Whether something of the form was changed by hand.
    is_touched: StoredValue<bool>,
    /// Whether what was typed is on its way.
    busy: RwSignal<Option<RwSignal<bool>>>,
}

impl<D: Send + Sync + 'static> Clone for Panel<D> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<D: Send + Sync + 'static> Copy for Panel<D> {}

impl<D: Send + Sync + 'static> fmt::Debug for Panel<D> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Panel").finish_non_exhaustive()
    }
}

impl<D: Copy + PartialEq + Send + Sync + 'static> Panel<D> {
    /// Closed, owned by the current component.
    pub fn closed() -> Self {
        let opened: RwSignal<Option<Opened<D>>> = RwSignal::new(None);
        Self {
            opened,
            deed: Memo::new(move |_| opened.with(|opened| opened.as_ref().map(|opened| opened.deed))),
            form: Memo::new(move |_| {
                opened.with(|opened| opened.as_ref().map(|opened| (opened.deed, opened.turn)))
            }),
            is_touched: StoredValue::new(false),
            busy: RwSignal::new(None),
        }
    }

    /// Opens it for `deed`, by somebody who sees so much.
    pub fn open(self, deed: D, seen: Seen) {
        self.busy.set(None);
        self.is_touched.set_value(false);
        self.opened.set(Some(Opened { deed, seen, turn: 0 }));
    }

    /// Closes it. The page may be gone by now.
    pub fn close(self) {
        self.opened.try_set(None);
    }

    /// The deed it is open for.
    pub fn deed(self) -> Option<D> {
        self.deed.get()
    }

    /// The deed whose form is to be there, made anew wherever the number changes.
    pub fn form(self) -> Option<(D, u32)> {
        self.form.get()
    }

    /// Something of the form was changed by hand.
    pub fn touch(self) {
        self.is_touched.try_set_value(true);
    }

    /// What was seen when it was filled in; nothing where it is closed.
    pub fn seen(self) -> Option<Seen> {
        self.opened
            .with(|opened| opened.as_ref().map(|opened| opened.seen))
    }

    /// What happened since was read as well: what is typed is meant for that from now on. Where nothing was, and the deed
    /// `still_stands`, the form is made anew: it asks about what there is now.
    pub fn see(self, seen: Seen, still_stands: bool) {
        let is_anew = still_stands && self.is_touched.try_get_value() == Some(false);
        self.opened.try_update(|opened| {
            if let Some(opened) = opened {
                opened.seen = seen;
                if is_anew {
                    opened.turn = opened.turn.wrapping_add(1);
                }
            }
        });
    }

    /// What was typed is on its way while `busy`.
    pub fn sends(self, busy: RwSignal<bool>) {
        self.busy.set(Some(busy));
    }

    /// Whether what was typed, or what a press meant, is on its way.
    pub fn is_sending(self) -> bool {
        // The form that sends may be gone by now.
        self.busy.get().and_then(|busy| busy.try_get()) == Some(true)
    }

    /// What was seen, where there is more `now` that has to be told. While something is on its way it is not: the desk hears of its own change
    /// before the answer to it comes.
    pub fn behind(self, now: Seen) -> Option<Seen> {
        let seen = self.seen().filter(|seen| now.version > seen.version)?;
        (!self.is_sending()).then_some(seen)
    }
}

/// The form of an open panel, made by `form`. The panel hears of what is changed in it: by typing, or by a button that does
/// not send it.
pub fn panel_form<D>(panel: Panel<D>, form: impl Fn(D) -> AnyView + Send + 'static) -> AnyView
where
    D: Copy + PartialEq + Send + Sync + 'static,
{
    let press = move |event: leptos::ev::MouseEvent| {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        let button = target.and_then(|target| target.closest("button:not([type=submit])").ok().flatten());
        if button.is_some() {
            panel.touch();
        }
    };
    view! {
        <div on:input=move |_| panel.touch() on:change=move |_| panel.touch() on:click=press>
            {move || panel.form().map(|(deed, _)| form(deed))}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: Seen = Seen {
        version: 7,
        entries: 3,
    };
    const LATER: Seen = Seen {
        version: 8,
        entries: 4,
    };

    #[test]
    fn a_panel_keeps_what_was_seen_until_the_news_is_read() {
        let owner = Owner::new();
        owner.set();
        let panel = Panel::closed();
        assert_eq!((panel.deed(), panel.seen()), (None, None));
        panel.open('a', FIRST);
        assert_eq!((panel.deed(), panel.seen()), (Some('a'), Some(FIRST)));
        assert_eq!((panel.behind(FIRST), panel.behind(LATER)), (None, Some(FIRST)));
        panel.see(LATER, false);
        assert_eq!((panel.deed(), panel.seen()), (Some('a'), Some(LATER)));
        assert_eq!(panel.behind(LATER), None);
        panel.close();
        assert_eq!((panel.deed(), panel.behind(LATER)), (None, None));
    }

    #[test]
    fn a_form_is_made_anew_once_the_news_is_read_unless_something_was_typed_into_it() {
        let owner = Owner::new();
        owner.set();
        let panel = Panel::closed();
        assert_eq!(panel.form(), None);
        panel.open('a', FIRST);
        assert_eq!(panel.form(), Some(('a', 0)));
        panel.see(LATER, true);
        assert_eq!(panel.form(), Some(('a', 1)));
        panel.see(LATER, false);
        assert_eq!(panel.form(), Some(('a', 1)), "there is nothing to ask any more");
        panel.touch();
        panel.see(LATER, true);
        assert_eq!(panel.form(), Some(('a', 1)), "what was typed stays");
        panel.open('a', LATER);
        panel.see(LATER, true);
        assert_eq!(panel.form(), Some(('a', 1)));
    }

    #[test]
    fn what_is_on_its_way_is_no_news_to_who_sent_it() {
        let owner = Owner::new();
        owner.set();
        let panel = Panel::closed();
        panel.open('a', FIRST);
        let busy = RwSignal::new(true);
        panel.sends(busy);
        assert_eq!(panel.behind(LATER), None);
        busy.set(false);
        assert_eq!(panel.behind(LATER), Some(FIRST));
    }
}
