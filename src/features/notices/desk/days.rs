//! Days where this device is, for times that people choose by the day.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeZone, Utc};
use js_sys::Date;
use wasm_bindgen::JsValue;

/// The day of a moment.
pub fn day_of(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&offset_at(at)).date_naive()
}

/// When a day begins.
pub fn midnight(day: NaiveDate) -> DateTime<Utc> {
    let local = day.and_time(NaiveTime::MIN);
    // The clock may be changed during the day: what counts is where it stands when the day begins.
    let offset = offset_at(local.and_utc());
    let at = |offset: FixedOffset| {
        let at = offset.from_local_datetime(&local).earliest();
        at.map_or_else(|| local.and_utc(), |at| at.to_utc())
    };
    at(offset_at(at(offset)))
}

/// How far the clocks are ahead of UTC at a moment.
fn offset_at(at: DateTime<Utc>) -> FixedOffset {
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds of any real date are exact"
    )]
    let date = Date::new(&JsValue::from_f64(at.timestamp_millis() as f64));
    #[expect(clippy::cast_possible_truncation, reason = "minutes within a day")]
    let west = date.get_timezone_offset() as i32;
    FixedOffset::west_opt(west.saturating_mul(60)).unwrap_or_else(|| {
        // No place on earth is a day away from UTC.
        chrono::Offset::fix(&Utc)
    })
}
