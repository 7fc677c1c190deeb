//! Dialogs that are opened from more than one place.

pub mod connect;
pub mod deregister;
pub mod identity;
pub mod key_pair;
pub mod mfa;
pub mod network;
pub mod one_time;
pub mod own_password;
pub mod password;
pub mod remove;
pub mod rotate_key;
pub mod security_group;
pub mod subnet;
pub mod switch_role;
pub mod teardown;
