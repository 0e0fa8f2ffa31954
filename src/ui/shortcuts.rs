//! Keys that do something, and the list of them.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::dialog::Dialog;

#[derive(Clone)]
struct Shortcut {
    number: u32,
    key: String,
    label: Signal<String>,
    run: Callback<()>,
    how: How,
}

/// How a key is pressed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// By itself; held down, it goes on.
    Held,
    /// By itself, once for each press.
    Pressed,
    /// With Ctrl, or with the command key of a Mac; held down, it goes on.
    Command,
}

impl Shortcut {
    /// What is on the keys.
    fn shown(&self) -> String {
        if self.how != How::Command {
            return self.key.clone();
        }
        let letter = self.key.to_ascii_uppercase();
        let with_shift = letter == self.key;
        match (is_mac(), with_shift) {
            (true, false) => format!("⌘{letter}"),
            (true, true) => format!("⇧⌘{letter}"),
            (false, false) => format!("Ctrl+{letter}"),
            (false, true) => format!("Ctrl+Shift+{letter}"),
        }
    }
}

fn is_mac() -> bool {
    let platform = window().navigator().platform().unwrap_or_default();
    platform.starts_with("Mac") || platform.starts_with("iP")
}

/// The keys that do something now, provided at the root of the app.
///
/// A key acts only while nothing is being typed and nothing lies over the page. Of two for one key the younger acts.
#[derive(Clone, Copy)]
pub struct Shortcuts {
    list: StoredValue<Vec<Shortcut>>,
    next: StoredValue<u32>,
    help: RwSignal<bool>,
}

impl Default for Shortcuts {
    fn default() -> Self {
        Self::new()
    }
}

impl Shortcuts {
    /// No keys but `?`. Listens until the current owner goes away.
    pub fn new() -> Self {
        let shortcuts = Self {
            list: StoredValue::new(Vec::new()),
            next: StoredValue::new(0),
            help: RwSignal::new(false),
        };
        let listener = window_event_listener(leptos::ev::keydown, move |event| shortcuts.press(&event));
        on_cleanup(move || listener.remove());
        shortcuts
    }

    /// Makes `key` do something until the current owner goes away. Upper case means with Shift.
    pub fn on(self, key: &str, label: Signal<String>, run: Callback<()>) {
        self.add(key, label, run, How::Held);
    }

    /// The same for something that is done once for each press, however long the key is held down.
    pub fn on_press(self, key: &str, label: Signal<String>, run: Callback<()>) {
        self.add(key, label, run, How::Pressed);
    }

    /// Makes `key` do something when it is pressed with Ctrl, or with the command key of a Mac.
    pub fn on_command(self, key: &str, label: Signal<String>, run: Callback<()>) {
        self.add(key, label, run, How::Command);
    }

    fn add(self, key: &str, label: Signal<String>, run: Callback<()>, how: How) {
        let number = self.next.get_value();
        self.next.set_value(number.wrapping_add(1));
        self.list.update_value(|list| {
            list.push(Shortcut {
                number,
                key: key.to_owned(),
                label,
                run,
                how,
            })
        });
        on_cleanup(move || {
            self.list
                .try_update_value(|list| list.retain(|shortcut| shortcut.number != number));
        });
    }

    /// Opens the list of the keys.
    pub fn open_help(self) {
        self.help.set(true);
    }

    fn press(self, event: &leptos::ev::KeyboardEvent) {
        if event.alt_key() || event.is_composing() || is_taken(event) {
            return;
        }
        let is_command = event.ctrl_key() || event.meta_key();
        let key = if is_command { command(event) } else { event.key() };
        if key == "?" && !is_command {
            event.prevent_default();
            self.help.set(true);
            return;
        }
        let run = self.list.with_value(|list| {
            list.iter()
                .rev()
                .find(|shortcut| shortcut.key == key && (shortcut.how == How::Command) == is_command)
                .map(|shortcut| (shortcut.run, shortcut.how))
        });
        if let Some((run, how)) = run {
            event.prevent_default();
            if how != How::Pressed || !event.repeat() {
                run.run(());
            }
        }
    }
}

/// The key beside Ctrl or the command key. Browsers don't agree whether Shift makes it upper case then.
fn command(event: &leptos::ev::KeyboardEvent) -> String {
    if event.shift_key() {
        event.key().to_ascii_uppercase()
    } else {
        event.key().to_ascii_lowercase()
    }
}

/// Whether the key belongs to somebody else: a field, or a dialog over the page.
fn is_taken(event: &leptos::ev::KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let in_field = target.is_some_and(|element| {
        element
            .matches("input:not([type=checkbox], [type=radio]), textarea, select")
            .unwrap_or(false)
    });
    in_field || document().query_selector("dialog[open]").ok().flatten().is_some()
}

/// The list of the keys, opened by `?`.
#[component]
pub fn ShortcutHelp(
    /// The keys.
    shortcuts: Shortcuts,
    /// The title of the list.
    #[prop(into)]
    title: Signal<String>,
    /// What the cross says.
    #[prop(into)]
    close_label: Signal<String>,
) -> impl IntoView {
    let rows = move || {
        let row = |shortcut: Shortcut| {
            let key = shortcut.shown();
            let label = shortcut.label;
            // A signal of a page that has gone meanwhile has nothing to say.
            view! { <div><dt><kbd class="kbd">{key}</kbd></dt><dd>{move || label.try_get()}</dd></div> }
        };
        shortcuts.list.get_value().into_iter().map(row).collect_view()
    };
    view! {
        <Dialog open=shortcuts.help on_close=move || shortcuts.help.set(false) title=title close_label=close_label>
            <dl class="key-values shortcut-list">{rows}</dl>
        </Dialog>
    }
}
