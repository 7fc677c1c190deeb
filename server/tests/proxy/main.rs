//! The proxy as a browser meets it: through its router, with the demo cloud behind it.

mod access;
mod browser;
mod coverage;
mod custom;
mod elsewhere;
mod eucalyptus;
mod files;
mod forms;
mod headers;
mod hostile;
mod identities;
mod journey;
mod lists;
mod matrix;
mod metrics;
mod operations;
mod pages;
mod pushdown;
mod replicas;
mod secrets;
mod sessions;
mod stores;
mod watch;
