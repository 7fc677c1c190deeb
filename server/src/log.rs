//! Where log lines go: to standard error, so that standard output holds what programs read.

use std::io::IsTerminal;

use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::{
    EnvFilter, Registry, filter::filter_fn, fmt, layer::SubscriberExt, registry::LookupSpan, util::SubscriberInitExt,
};

use crate::config::{Config, LogFormat, Problem};

/// Starts logging as configured.
pub fn start(config: &Config) -> Result<(), Problem> {
    let registry = discreet(config.log_filter()?);
    let layer = fmt::layer().with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal());
    match config.log_format {
        LogFormat::Text => registry.with(layer).init(),
        LogFormat::Json => registry.with(layer.json().flatten_event(true).with_current_span(true).with_span_list(false)).init(),
    }
    Ok(())
}

/// What the filter asks for, and nothing that holds a secret, whatever it asks for.
fn discreet(filter: EnvFilter) -> impl Subscriber + for<'a> LookupSpan<'a> + Send + Sync {
    Registry::default().with(filter).with(filter_fn(may_be_said))
}

/// At its loudest the SDK repeats what it sends and what clouds answer, credentials among it.
fn may_be_said(said: &Metadata<'_>) -> bool {
    *said.level() < Level::TRACE || !said.target().starts_with("aws_")
}

#[cfg(test)]
mod tests {
    use std::{
        io::{self, Write},
        sync::{Arc, Mutex},
    };

    use super::*;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl Write for Lines {
        fn write(&mut self, line: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(line)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn no_filter_makes_the_sdk_repeat_what_clouds_answer() {
        for filter in ["trace", "aws_runtime=trace", "info,aws_runtime::client=trace"] {
            let lines = Lines::default();
            let written = lines.clone();
            let layer = fmt::layer().with_writer(move || written.clone());
            tracing::subscriber::with_default(discreet(EnvFilter::new(filter)).with(layer), || {
                tracing::trace!(target: "aws_runtime::client", "c4nary");
                tracing::debug!(target: "aws_runtime::client", "heard");
            });
            let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
            assert!(text.contains("heard"), "{filter} is not listened to: {text}");
            assert!(!text.contains("c4nary"), "{filter}: {text}");
        }
    }
}
