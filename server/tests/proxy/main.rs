//! The proxy as a browser meets it: through its router, with the demo cloud behind it.

mod browser;
mod coverage;
mod eucalyptus;
mod files;
mod forms;
mod headers;
mod hostile;
mod journey;
mod lists;
mod metrics;
mod operations;
mod pages;
mod pushdown;
mod replicas;
mod secrets;
mod sessions;
mod stores;
