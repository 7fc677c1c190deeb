//! The numbers as Prometheus reads them: <https://prometheus.io/docs/instrumenting/exposition_formats/>.

use std::{
    fmt::{Display, Write},
    sync::atomic::Ordering::Relaxed,
};

use api::kind::Kind;

use super::{Telemetry, cache::Found, requests::BOUNDS};

/// Text under way. Labels are words of ours and need no escapes.
struct Text(String);

impl Text {
    fn family(&mut self, name: &str, kind: &str, help: &str) {
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    fn sample(&mut self, name: &str, labels: &str, value: impl Display) {
        let _ = if labels.is_empty() { writeln!(self.0, "{name} {value}") } else { writeln!(self.0, "{name}{{{labels}}} {value}") };
    }

    fn one(&mut self, name: &str, kind: &str, help: &str, value: impl Display) {
        self.family(name, kind, help);
        self.sample(name, "", value);
    }
}

impl Telemetry {
    /// Everything, with what only others know.
    pub fn text(&self, sessions: u64, draining: bool) -> String {
        let mut text = Text(String::new());
        self.requests(&mut text);
        self.caches(&mut text);
        text.one("canopy_sessions", "gauge", "Sessions that this process knows.", sessions);
        text.one("canopy_draining", "gauge", "1 while the process is ending.", u8::from(draining));
        text.one("canopy_sign_ins_total", "counter", "Sign-ins.", self.sign_ins.load(Relaxed));
        let refused = self.sign_ins_refused.load(Relaxed);
        text.one("canopy_sign_ins_refused_total", "counter", "Sign-ins that were refused by the cloud or as malformed.", refused);
        let throttled = self.sign_ins_throttled.load(Relaxed);
        text.one("canopy_sign_ins_throttled_total", "counter", "Sign-ins that came too fast to be tried.", throttled);
        text.one("canopy_changes_total", "counter", "Changes sent to clouds.", self.changes.load(Relaxed));
        if self.store_is_set.load(Relaxed) {
            text.one("canopy_store_up", "gauge", "Whether the shared store answers.", u8::from(self.store_up.load(Relaxed)));
            let errors = self.store_errors.load(Relaxed);
            text.one("canopy_store_errors_total", "counter", "Calls to the shared store that failed or took too long.", errors);
            let unreadable = self.store_unreadable.load(Relaxed);
            text.one("canopy_store_unreadable_total", "counter", "Entries of the shared store that no key opens.", unreadable);
        }
        text.0
    }

    fn requests(&self, text: &mut Text) {
        let name = "canopy_request_seconds";
        text.family(name, "histogram", "Time until the answer began, by route.");
        for (label, latency) in self.requests.all() {
            let labels = format!("route=\"{}\",method=\"{}\",status=\"{}\"", label.route, label.method, label.status);
            let mut so_far = 0;
            for (bound, count) in BOUNDS.iter().zip(latency.buckets) {
                so_far += count;
                text.sample(&format!("{name}_bucket"), &format!("{labels},le=\"{bound}\""), so_far);
            }
            text.sample(&format!("{name}_bucket"), &format!("{labels},le=\"+Inf\""), latency.count);
            text.sample(&format!("{name}_sum"), &labels, latency.seconds);
            text.sample(&format!("{name}_count"), &labels, latency.count);
        }
    }

    fn caches(&self, text: &mut Text) {
        let mut family = |name: &str, kind: &str, help: &str, samples: &dyn Fn(Kind) -> Vec<(String, i64)>| {
            text.family(name, kind, help);
            for of in Kind::ALL {
                for (more, value) in samples(*of) {
                    text.sample(name, &format!("namespace=\"{}\"{more}", of.slug()), value);
                }
            }
        };
        let number = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
        let only = |value: i64| vec![(String::new(), value)];
        family("canopy_lists_total", "counter", "Lists that were asked for, by where they were found.", &|kind| {
            let counts = &self.cache.of(kind).found;
            Found::ALL.iter().map(|(found, word)| (format!(",found=\"{word}\""), number(counts[*found as usize].load(Relaxed)))).collect()
        });
        family("canopy_lists_age_seconds_total", "counter", "How old the lists were that were found here, in all.", &|kind| {
            only(number(self.cache.of(kind).age_seconds.load(Relaxed)))
        });
        family("canopy_lists_kept", "gauge", "Lists kept in this process.", &|kind| only(self.cache.of(kind).entries.load(Relaxed)));
        family("canopy_lists_kept_bytes", "gauge", "What they take.", &|kind| only(self.cache.of(kind).bytes.load(Relaxed)));
        family("canopy_lists_evicted_total", "counter", "Lists let go for want of room.", &|kind| {
            only(number(self.cache.of(kind).evicted.load(Relaxed)))
        });
    }
}
