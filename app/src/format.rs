//! Numbers, sizes, moments and lists as the user's locale writes them, by the browser's `Intl`.
//!
//! What is painted on the server holds no data of the cloud, so nothing here needs to agree with it: outside a browser the functions that
//! can, answer plainly, and those about time must not be called.

use std::thread::LocalKey;

use api::Timestamp;
use js_sys::{Array, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::locale;

/// Whole numbers of any width that the wire types use.
pub trait Count: Copy {
    fn count(self) -> u64;
}

impl Count for u32 {
    fn count(self) -> u64 {
        u64::from(self)
    }
}

impl Count for u64 {
    fn count(self) -> u64 {
        self
    }
}

impl Count for usize {
    fn count(self) -> u64 {
        self as u64
    }
}

impl Count for i32 {
    fn count(self) -> u64 {
        u64::try_from(self).unwrap_or_default()
    }
}

thread_local! {
    // Making a formatter costs about a hundred times what using it does.
    static NUMBER: Function = Intl::NumberFormat::new(&locales(), &Object::new()).format();
    static DECIMAL: Function = Intl::NumberFormat::new(&locales(), &options(&[("maximumFractionDigits", &JsValue::from(1))])).format();
    static COMPACT: Function = Intl::NumberFormat::new(
        &locales(),
        &options(&[("notation", &"compact".into()), ("maximumSignificantDigits", &JsValue::from(3))]),
    )
    .format();
    static TIME: Function = Intl::DateTimeFormat::new(&locales(), &parts(&[HOUR, MINUTE])).format();
    static DAY: Function = Intl::DateTimeFormat::new(&locales(), &parts(&[MONTH, DAY_OF_MONTH])).format();
    static DAY_AND_TIME: Function = Intl::DateTimeFormat::new(&locales(), &parts(&[MONTH, DAY_OF_MONTH, HOUR, MINUTE])).format();
    static DATE_TIME: Function = Intl::DateTimeFormat::new(&locales(), &parts(&[YEAR, MONTH, DAY_OF_MONTH, HOUR, MINUTE, SECOND, ZONE])).format();
    static RELATIVE: Intl::RelativeTimeFormat = Intl::RelativeTimeFormat::new(&locales(), &options(&[("numeric", &"auto".into())]));
}

fn locales() -> Array {
    Array::of1(&locale::current().tag().into())
}

fn parts(entries: &[(&str, &str)]) -> Object {
    let entries: Vec<_> = entries.iter().map(|(key, value)| (*key, JsValue::from(*value))).collect();
    options(&entries.iter().map(|(key, value)| (*key, value)).collect::<Vec<_>>())
}

fn options(entries: &[(&str, &JsValue)]) -> Object {
    let object = Object::new();
    for (key, value) in entries {
        Reflect::set(&object, &(*key).into(), value).expect("a plain object takes any property");
    }
    object
}

/// The parts of a moment that are written, and how.
const YEAR: (&str, &str) = ("year", "numeric");
const MONTH: (&str, &str) = ("month", "short");
const DAY_OF_MONTH: (&str, &str) = ("day", "numeric");
const HOUR: (&str, &str) = ("hour", "numeric");
const MINUTE: (&str, &str) = ("minute", "2-digit");
const SECOND: (&str, &str) = ("second", "2-digit");
const ZONE: (&str, &str) = ("timeZoneName", "short");

const fn in_browser() -> bool {
    cfg!(target_arch = "wasm32")
}

/// Calls a formatter's bound `format`, which answers a string for every number.
fn written(format: &'static LocalKey<Function>, value: &JsValue) -> String {
    format.with(|format| format.call1(&JsValue::UNDEFINED, value)).ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// `14,000`
pub fn number(n: impl Count) -> String {
    let n = n.count();
    #[expect(clippy::cast_precision_loss, reason = "counts and sizes stay far below 2^53")]
    if in_browser() { written(&NUMBER, &JsValue::from(n as f64)) } else { n.to_string() }
}

/// At most one decimal: `1.5`.
fn decimal(value: f64) -> String {
    if in_browser() { written(&DECIMAL, &JsValue::from(value)) } else { format!("{value:.1}").trim_end_matches(".0").to_owned() }
}

/// In three digits: `0.125`, `12.3`, `1.2M`.
pub fn compact(value: f64) -> String {
    if in_browser() { written(&COMPACT, &JsValue::from(value)) } else { format!("{value:.3}") }
}

/// The units of memory and storage, each 1,024 times the one before.
const UNITS: [&str; 6] = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

/// In the largest unit of which there is at least one, counted from the unit at `start`.
fn sized(n: u64, start: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "sizes stay far below 2^53 of their unit")]
    let mut value = n as f64;
    let mut unit = start;
    while value >= 1024.0 && unit + 1 < UNITS.len() {
        value /= 1024.0;
        unit += 1;
    }
    format!("{} {}", decimal(value), UNITS[unit])
}

/// `1.5 KiB` of 1,536 bytes.
pub fn bytes(n: impl Count) -> String {
    sized(n.count(), 0)
}

/// `512 MiB`, `1 GiB` of MiB.
pub fn mib(n: impl Count) -> String {
    sized(n.count(), 2)
}

/// `8 GiB`, `1.5 TiB` of GiB.
pub fn gib(n: impl Count) -> String {
    sized(n.count(), 3)
}

fn milliseconds(at: Timestamp) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "seconds since 1970 stay far below 2^53")]
    let seconds = at as f64;
    seconds * 1000.0
}

/// To the second, with the time zone. In a browser only.
pub fn date_time(at: Timestamp) -> String {
    written(&DATE_TIME, &JsValue::from(milliseconds(at)))
}

/// `20:15`. In a browser only.
pub fn time(at: Timestamp) -> String {
    written(&TIME, &JsValue::from(milliseconds(at)))
}

/// `Nov 22`. In a browser only.
pub fn day(at: Timestamp) -> String {
    written(&DAY, &JsValue::from(milliseconds(at)))
}

/// `Nov 22, 20:15`. In a browser only.
pub fn day_and_time(at: Timestamp) -> String {
    written(&DAY_AND_TIME, &JsValue::from(milliseconds(at)))
}

/// How many seconds the user's clocks are ahead of UTC at that moment. In a browser only.
pub fn offset(at: Timestamp) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "minutes of a day")]
    let minutes = js_sys::Date::new(&JsValue::from(milliseconds(at))).get_timezone_offset() as i64;
    -60 * minutes
}

/// `2026-11-22T20:15:00Z`, for `<time datetime>`. In a browser only.
pub fn iso(at: Timestamp) -> String {
    js_sys::Date::new(&JsValue::from(milliseconds(at))).to_iso_string().into()
}

/// `3 hours ago`, `in 5 minutes`. In a browser only.
pub fn relative(at: Timestamp) -> String {
    let (amount, unit) = distance(at - now());
    #[expect(clippy::cast_precision_loss, reason = "distances in time stay far below 2^53")]
    RELATIVE.with(|format| format.format(amount as f64, unit)).into()
}

/// This moment by the browser's clock. In a browser only.
pub fn now() -> Timestamp {
    #[expect(clippy::cast_possible_truncation, reason = "seconds since 1970 fit")]
    let seconds = (js_sys::Date::now() / 1000.0) as Timestamp;
    seconds
}

/// A distance in the largest unit of which there is at least one, towards zero.
const fn distance(seconds: i64) -> (i64, &'static str) {
    const UNITS: [(i64, &str); 5] = [(31_557_600, "year"), (2_629_800, "month"), (86_400, "day"), (3_600, "hour"), (60, "minute")];
    let mut index = 0;
    while index < UNITS.len() {
        let (size, unit) = UNITS[index];
        if seconds.abs() >= size {
            return (seconds / size, unit);
        }
        index += 1;
    }
    (seconds, "second")
}

/// `a, b, and c`.
pub fn list(items: &[String]) -> String {
    if !in_browser() {
        return items.join(", ");
    }
    let items: Array = items.iter().map(JsValue::from).collect();
    let format: JsValue = Intl::ListFormat::new(&locales(), &Object::new()).into();
    Reflect::get(&format, &"format".into())
        .and_then(|function| function.unchecked_into::<Function>().call1(&format, &items))
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_take_the_largest_unit_that_fits() {
        assert_eq!(bytes(0_u32), "0 B");
        assert_eq!(bytes(1023_u32), "1023 B");
        assert_eq!(bytes(1536_u32), "1.5 KiB");
        assert_eq!(mib(1024_u32), "1 GiB");
        assert_eq!(gib(1536_u32), "1.5 TiB");
        assert_eq!(gib(u64::MAX), "17592186044416 PiB");
    }

    #[test]
    fn distances_take_the_largest_whole_unit() {
        assert_eq!(distance(0), (0, "second"));
        assert_eq!(distance(-59), (-59, "second"));
        assert_eq!(distance(-3 * 3600 - 10), (-3, "hour"));
        assert_eq!(distance(86_400), (1, "day"));
        assert_eq!(distance(-400 * 86_400), (-1, "year"));
    }
}
