//! Many events of one kind taken together.

use std::time::Duration;

use leptos::prelude::*;

/// How long what follows an event is gathered.
const WINDOW: Duration = Duration::from_millis(250);

/// Gathers what happens: the first is told at once, what follows within a moment is told together at its end.
///
/// Lives as long as its owner; what is still gathered then is told to nobody.
pub struct Gather<T: Send + Sync + 'static> {
    /// What was gathered since the window opened; `None` while none is open.
    gathered: StoredValue<Option<Vec<T>>>,
    tell: Callback<Vec<T>>,
}

impl<T: Send + Sync + 'static> Clone for Gather<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Gather<T> {}

impl<T: Send + Sync + 'static> Gather<T> {
    /// Gathers for `tell`.
    pub fn new(tell: impl Fn(Vec<T>) + Send + Sync + 'static) -> Self {
        Self {
            gathered: StoredValue::new(None),
            tell: Callback::new(tell),
        }
    }

    /// Takes in something that happened.
    pub fn add(self, item: T) {
        let first = self.gathered.try_update_value(|gathered| match gathered {
            Some(gathered) => {
                gathered.push(item);
                None
            }
            None => {
                *gathered = Some(Vec::new());
                Some(item)
            }
        });
        if let Some(Some(item)) = first {
            self.tell.run(vec![item]);
            set_timeout(move || self.close(), WINDOW);
        }
    }

    /// The window is over. Another opens where something was gathered in it, as more may follow.
    fn close(self) {
        let gathered = self.gathered.try_update_value(|gathered| {
            let items = gathered.take().unwrap_or_default();
            if !items.is_empty() {
                *gathered = Some(Vec::new());
            }
            items
        });
        if let Some(items) = gathered.filter(|items| !items.is_empty()) {
            self.tell.try_run(items);
            set_timeout(move || self.close(), WINDOW);
        }
    }
}
