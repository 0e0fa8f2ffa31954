//! Keeping the sheet on the device: a moment after each change, and before the page goes out of sight.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::features::quick_order::model::Sheet;
use crate::features::quick_order::state::QuickOrder;
use crate::queries::draft::Cart;
use crate::queries::quick_sheet::SheetKeeping;
use crate::text;

/// A pause in typing, after which the sheet is written down. Ten thousand rows are a megabyte: not with every key.
const PAUSE: Duration = Duration::from_millis(150);

impl QuickOrder {
    /// Puts the rows that are kept for the owner of `cart` into the sheet.
    pub async fn restore(self, cart: Cart) {
        let rows = self.keeper.open(cart).await;
        if !rows.is_empty() {
            self.sheet.try_update(|sheet| sheet.restore(rows));
        }
    }

    /// Keeps every change from now on.
    pub(super) fn keep_from_now_on(self) {
        let waiting = StoredValue::new(None::<TimeoutHandle>);
        let now = move || {
            if let Some(Some(handle)) = waiting.try_update_value(Option::take) {
                handle.clear();
            }
            self.save();
        };
        // Not derived but an event: something was written, looked up or scanned.
        Effect::watch(
            move || self.sheet.track(),
            move |(), _, _| {
                self.keeper.touch();
                if waiting.with_value(Option::is_none) {
                    waiting.set_value(set_timeout_with_handle(now, PAUSE).ok());
                }
            },
            false,
        );
        let hide = window_event_listener(leptos::ev::pagehide, move |_| now());
        on_cleanup(move || {
            hide.remove();
            if let Some(Some(handle)) = waiting.try_update_value(Option::take) {
                handle.clear();
            }
        });
    }

    /// Keeps the sheet as it is now, and once more where it has changed meanwhile.
    fn save(self) {
        // Whoever signed out meanwhile has no sheet any more. What changes during a write begins another one by itself.
        if self.is_saving.try_get_value() != Some(false) {
            return;
        }
        self.is_saving.set_value(true);
        spawn_local(async move {
            loop {
                let Some(rows) = self.sheet.try_with_untracked(Sheet::written) else {
                    return;
                };
                let written = rows.clone();
                match self.keeper.keep(rows).await {
                    Some(theirs) if !theirs.is_empty() => {
                        self.sheet.try_update(|sheet| sheet.restore(theirs));
                    }
                    Some(_) => {}
                    None => {
                        let is_same = self.sheet.try_with_untracked(|sheet| sheet.written() == written);
                        if is_same != Some(false) {
                            break;
                        }
                    }
                }
            }
            self.is_saving.try_set_value(false);
        });
    }
}

/// Whether the sheet is kept.
#[component]
pub fn KeepingNote(state: QuickOrder) -> impl IntoView {
    let keeping = state.keeper.keeping;
    let words = move || match keeping.get() {
        SheetKeeping::Kept => text!(quick_order.keeping.kept),
        SheetKeeping::Writing => text!(quick_order.keeping.writing),
        SheetKeeping::Fleeting => text!(quick_order.keeping.fleeting),
        SheetKeeping::Refused => text!(quick_order.keeping.refused),
        SheetKeeping::Newer => text!(quick_order.keeping.newer),
    };
    let is_lost = move || {
        matches!(
            keeping.get(),
            SheetKeeping::Fleeting | SheetKeeping::Refused | SheetKeeping::Newer
        )
    };
    view! {
        <p class="quick-kept" data-tone=move || is_lost().then_some("warn")><small>{words}</small></p>
    }
}
