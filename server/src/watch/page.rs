//! The administrators' page: plain HTML, made here, without a script.

use std::{
    fmt::{Display, Write},
    sync::atomic::Ordering::Relaxed,
};

use api::kind::Kind;

use super::guard::Token;
use crate::{
    app::App,
    telemetry::{Found, Numbers},
};

/// It may show itself in its own style, and send its own forms.
pub const POLICY: &str = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEAD: [&str; 9] =
    ["Namespace", "Kept for", "Asked for", "Hit rate", "Found here, shared, joined, nowhere", "Lists", "Size", "Mean age", "Evicted"];

/// The whole page. `dropped` was dropped just now.
pub fn page(app: &App, token: &Token, dropped: Option<Kind>) -> String {
    let mut html = String::from(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Canopy: what it keeps</title><link rel=\"stylesheet\" href=\"/watch.css\"></head><body><main><h1>What Canopy keeps</h1>",
    );
    if let Some(kind) = dropped {
        let said = format!("Lists of {} are dropped: whoever asks next has them from the cloud.", kind.many());
        let _ = write!(html, "<p role=\"status\">{}</p>", escaped(said));
    }
    html.push_str("<dl>");
    for (what, value) in facts(app) {
        let _ = write!(html, "<div><dt>{}</dt><dd>{}</dd></div>", escaped(what), escaped(value));
    }
    html.push_str("</dl><div class=\"table\" tabindex=\"0\"><table><caption>Lists, by what they are of</caption><thead><tr>");
    for title in HEAD {
        let _ = write!(html, "<th scope=\"col\">{}</th>", escaped(title));
    }
    html.push_str("<th scope=\"col\">Drop</th></tr></thead><tbody>");
    for &kind in Kind::ALL {
        let numbers = app.telemetry.cache.numbers(kind);
        let term = app.lists.term(kind);
        if term.is_some() || numbers.asked() > 0 {
            row(&mut html, kind, term, &numbers, token);
        }
    }
    html.push_str(
        "</tbody></table></div><p>A namespace is dropped at every replica; the others give its room back when its term is over. \
         The same numbers for Prometheus: <a href=\"/metrics\">/metrics</a>.</p></main></body></html>",
    );
    html
}

fn facts(app: &App) -> Vec<(&'static str, String)> {
    let seen = &app.telemetry;
    let store = match (seen.store_is_set.load(Relaxed), seen.store_up.load(Relaxed)) {
        (false, _) => "none: this process is alone",
        (true, true) => "up",
        (true, false) => "down",
    };
    vec![
        ("Version", env!("CARGO_PKG_VERSION").to_owned()),
        ("State", if app.draining.load(Relaxed) { "ending" } else { "serving" }.to_owned()),
        ("Sessions", app.sessions.count().to_string()),
        ("Shared store", store.to_owned()),
        ("Errors of the store", seen.store_errors.load(Relaxed).to_string()),
    ]
}

fn row(html: &mut String, kind: Kind, term: Option<u32>, numbers: &Numbers, token: &Token) {
    const NONE: &str = "–";
    let or_none = |value: Option<String>| value.unwrap_or_else(|| NONE.to_owned());
    let found = [Found::Here, Found::Shared, Found::Joined, Found::Nowhere].map(|place| numbers.found(place).to_string()).join(", ");
    let cells = [
        or_none(term.map(|seconds| span(seconds.into()))),
        numbers.asked().to_string(),
        or_none(numbers.hit_percent().map(|percent| format!("{percent} %"))),
        found,
        numbers.entries.to_string(),
        size(numbers.bytes),
        or_none(numbers.age().map(span)),
        numbers.evicted.to_string(),
    ];
    let _ = write!(html, "<tr><th scope=\"row\">{}</th>", escaped(kind.slug()));
    for cell in cells {
        let _ = write!(html, "<td>{}</td>", escaped(cell));
    }
    if term.is_some() {
        let (slug, token) = (escaped(kind.slug()), escaped(token.expose()));
        let _ = write!(
            html,
            "<td><form method=\"post\" action=\"/namespaces/{slug}/drop\"><input type=\"hidden\" name=\"token\" value=\"{token}\">\
             <button aria-label=\"Drop {slug}\">Drop</button></form></td></tr>"
        );
    } else {
        html.push_str("<td>not kept</td></tr>");
    }
}

fn span(seconds: u64) -> String {
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7200 => format!("{} min", seconds / 60),
        _ => format!("{} h", seconds / 3600),
    }
}

fn size(bytes: u64) -> String {
    match bytes {
        0..10_240 => format!("{bytes} B"),
        10_240..10_485_760 => format!("{} KiB", bytes / 1024),
        _ => format!("{} MiB", bytes / 1_048_576),
    }
}

/// All that goes into the page goes through this, also what is ours.
fn escaped(text: impl Display) -> String {
    text.to_string().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_element_or_attribute() {
        assert_eq!(escaped("</td><a href='x'>\"&amp;"), "&lt;/td&gt;&lt;a href=&#39;x&#39;&gt;&quot;&amp;amp;");
    }

    #[test]
    fn numbers_are_said_in_units_that_one_reads() {
        assert_eq!([0, 119, 120, 7199, 7200, 43_200].map(span), ["0 s", "119 s", "2 min", "119 min", "2 h", "12 h"]);
        assert_eq!([1024, 10_240, 20_971_520].map(size), ["1024 B", "10 KiB", "20 MiB"]);
    }
}
