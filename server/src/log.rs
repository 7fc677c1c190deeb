//! Where log lines go: to standard error, so that standard output holds what programs read.

use std::io::IsTerminal;

use tracing_subscriber::{fmt, layer::SubscriberExt, util::SubscriberInitExt};

use crate::config::{Config, LogFormat, Problem};

/// Starts logging as configured.
pub fn start(config: &Config) -> Result<(), Problem> {
    let filter = config.log_filter()?;
    let registry = tracing_subscriber::registry().with(filter);
    let layer = fmt::layer().with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal());
    match config.log_format {
        LogFormat::Text => registry.with(layer).init(),
        LogFormat::Json => registry.with(layer.json().flatten_event(true).with_current_span(true).with_span_list(false)).init(),
    }
    Ok(())
}
