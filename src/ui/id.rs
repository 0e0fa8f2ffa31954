//! Ids that tie a label, a hint or an error to its control.

use std::cell::Cell;

thread_local! {
    static NEXT: Cell<u32> = const { Cell::new(0) };
}

/// An id no other element of the page has.
pub fn unique_id() -> String {
    NEXT.with(|next| {
        let number = next.get();
        next.set(number.wrapping_add(1));
        format!("ui{number}")
    })
}
