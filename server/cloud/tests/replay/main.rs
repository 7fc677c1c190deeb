//! What the crate asks of a cloud and makes of its answers, on replies in the words of the API documentation's examples.

mod error;
mod health;
mod image;
mod instance;
mod key_pair;
mod launch;
mod network;
mod protocol;
mod read_only;
mod recorded;
mod retry;
mod security_group;
mod sign_in;
mod tag;
