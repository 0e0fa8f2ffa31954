//! Money, quantities and times as people of the language write them, through the browser's `Intl`.
//!
//! Decimals go in as strings, so that no amount passes through a binary float.

use chrono::{DateTime, NaiveDate, Utc};
use countersign_domain::money::{Currency, Money, Rate};
use countersign_domain::quantity::{Quantity, Unit};
use js_sys::{Array, Date, Intl, Object, Reflect};
use rust_decimal::Decimal;
use wasm_bindgen::{JsCast, JsValue};

use crate::i18n::language::{language, local, tag};

/// An amount with its currency sign: `¥6,318.50`.
pub fn money(amount: Money, currency: &Currency) -> String {
    let digits = u32::max(currency.minor_digits, amount.0.normalize().scale());
    number(
        amount.0,
        &[
            ("style", "currency".into()),
            ("currency", currency.code.as_str().into()),
            ("currencyDisplay", "narrowSymbol".into()),
            ("minimumFractionDigits", currency.minor_digits.into()),
            ("maximumFractionDigits", digits.into()),
        ],
    )
}

/// A quantity without its unit: `1,200`.
pub fn quantity(quantity: Quantity) -> String {
    number(
        quantity.get(),
        &[("maximumFractionDigits", Quantity::MAX_SCALE.into())],
    )
}

/// A quantity with its unit: `60 cases`.
pub fn quantity_of(amount: Quantity, unit: &Unit) -> String {
    format!("{} {}", quantity(amount), local(&unit.name))
}

/// A share: `15%`.
pub fn share(rate: Rate) -> String {
    number(
        rate.get(),
        &[("style", "percent".into()), ("maximumFractionDigits", 2.into())],
    )
}

/// A day: `Wed, 25 Nov 2026`.
pub fn date(date: NaiveDate) -> String {
    let midnight = date
        .and_hms_opt(0, 0, 0)
        .map_or(0, |time| time.and_utc().timestamp_millis());
    time_with(
        midnight,
        &[
            ("weekday", "short".into()),
            ("day", "numeric".into()),
            ("month", "short".into()),
            ("year", "numeric".into()),
            ("timeZone", "UTC".into()),
        ],
    )
}

/// A moment in the reader's time zone: `22 Nov 2026, 09:12`.
pub fn moment(at: DateTime<Utc>) -> String {
    time_with(
        at.timestamp_millis(),
        &[("dateStyle", "medium".into()), ("timeStyle", "short".into())],
    )
}

/// How far `at` is from `now`: `3 hours ago`, `in 25 minutes`.
pub fn relative(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let seconds = (at - now).num_seconds();
    let (count, unit) = match seconds.unsigned_abs() {
        0..3_600 => (seconds / 60, "minute"),
        3_600..86_400 => (seconds / 3_600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    let format = Intl::RelativeTimeFormat::new(&locales(), &options(&[("numeric", "auto".into())]));
    // Never more than a few million: exact in the browser's numbers.
    let count = f64::from(i32::try_from(count).unwrap_or_default());
    format.format(count, unit).into()
}

fn number(value: Decimal, entries: &[(&str, JsValue)]) -> String {
    let format = Intl::NumberFormat::new(&locales(), &options(entries));
    let text = JsValue::from_str(&value.to_string());
    let formatted = format.format().call1(&JsValue::UNDEFINED, &text);
    formatted
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_else(|| value.to_string())
}

fn time_with(millis: i64, entries: &[(&str, JsValue)]) -> String {
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds of any real date are exact"
    )]
    let at = Date::new(&JsValue::from_f64(millis as f64));
    let format = Intl::DateTimeFormat::new(&locales(), &options(entries));
    let formatted = format.format().call1(&JsValue::UNDEFINED, &at);
    formatted
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

fn locales() -> Array {
    Array::of1(&tag(language()).into())
}

fn options(entries: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in entries {
        // Setting a field of a fresh plain object can't fail.
        let _ = Reflect::set(object.unchecked_ref(), &(*name).into(), value);
    }
    object
}
