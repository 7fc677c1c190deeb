//! Who can do what: AWS's logic of evaluation over policies that are at hand. It asks nobody, so its answer is as good as the policies that it is given.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>
//!
//! Policies are made ready once ([`Ready`]) and put into an [`Account`], which is then asked. What a request would say beside action and resource is
//! its [`Context`]; a condition on what is not said there makes the answer [`Decision::Depends`], instead of a guess.

mod account;
mod condition;
mod context;
mod decision;
mod pattern;
mod principal;
mod ready;
mod scan;
mod truth;

pub use self::{
    account::{Account, Entity, EntityKind, GroupId, PolicyId, PrincipalId},
    context::Context,
    decision::{Decision, Layer, Question, ResourcePolicy, Session, Source},
    ready::Ready,
};
