//! What the crate asks of a cloud and makes of its answers, on replies in the words of the API documentation's examples.

#![expect(clippy::unwrap_used, reason = "what is set up for a test may fail only by failing it")]

mod access;
mod address;
mod assume_role;
mod error;
mod eucalyptus;
mod guard;
mod health;
mod hostile;
mod identity;
mod image;
mod image_change;
mod instance;
mod instance_change;
mod key_pair;
mod launch;
mod launch_template;
mod metric;
mod network;
mod network_interface;
mod policy;
mod protocol;
mod read_only;
mod recorded;
mod retry;
mod role;
mod security_group;
mod server_certificate;
mod sign_in;
mod snapshot;
mod tag;
mod volume;
mod vpc;
