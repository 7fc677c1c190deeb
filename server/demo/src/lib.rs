//! The demo cloud: a cloud in the process that speaks the AWS wire protocols, for the one-click demo, for tests and for boto3.
//!
//! It is an [`axum::Router`] that answers POST `/` as EC2, IAM and STS do, and `/services/…` as Eucalyptus does; it verifies signatures, keeps a world per account and region, and
//! moves instances from state to state by a clock. What it does not have it refuses as AWS would. It knows nothing of Canopy and is reached as any
//! cloud is, through the SDK; `docs/demo-differences.md` says where it differs from AWS.

mod account;
mod auth;
mod clock;
mod cloud;
mod fault;
mod filter;
mod iam;
mod noun;
mod ops;
mod page;
mod password;
mod protocol;
mod region;
mod seed;
mod serve;
mod tag;
#[cfg(test)]
mod testing;
mod world;

pub use clock::Clock;
pub use cloud::{AccountKeys, DemoCloud, DemoConfig, PARTNER_ACCOUNT, STANDING_ACCOUNT};
pub use fault::BadFaults;
pub use iam::mfa::MFA_CODE;
pub use region::EUCALYPTUS;
pub use seed::iam::{STANDING_KEYS, STANDING_NAME, STANDING_PASSWORDS};
