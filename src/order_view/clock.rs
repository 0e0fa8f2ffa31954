//! Time passing on an open page.

use std::time::Duration;

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::api::now;

/// How often deadlines are looked at again.
const TICK: Duration = Duration::from_secs(20);

/// Now, told again every so often until the current owner goes away.
pub fn passing_now() -> ReadSignal<DateTime<Utc>> {
    let (time, set_time) = signal(now());
    let tick = set_interval_with_handle(
        move || {
            set_time.try_set(now());
        },
        TICK,
    );
    if let Ok(tick) = tick {
        on_cleanup(move || tick.clear());
    }
    time
}
