//! A change to a cloud without its type: what forms, confirmations and undo work on.

use api::{
    command::Command,
    error::{ApiError, FieldErrors},
    kind::Kind,
    outcome::{Created, Outcome},
    resource::{Mutation, Resource},
    tag::TagChange,
};
use serde_json::Value;

use super::{Local, form::Values};
use crate::client;

/// A draft or an action, as the values of its JSON form.
#[derive(Clone)]
pub struct Change {
    pub values: Values,
    of: &'static Of,
}

/// What became of a change.
pub enum Sent {
    Created(Created),
    Done(Vec<Outcome>),
}

/// Sends the values, in a region, for these ids.
type Send = fn(Values, String, Vec<String>) -> Local<Result<Sent, ApiError>>;

/// What is known of the type behind the values.
struct Of {
    touches: fn(&Values) -> &'static [Kind],
    check: fn(&Values) -> FieldErrors,
    commands: fn(&Values, &[String]) -> Vec<Command>,
    inverse: fn(&Values) -> Option<Values>,
    send: Send,
}

impl Change {
    /// Makes new resources.
    pub fn create<T: Resource>(draft: &T::Draft) -> Self {
        Self { values: Values::of(draft), of: const { &Of::draft::<T>() } }
    }

    /// Acts on existing ones.
    pub fn act<T: Resource>(action: &T::Action) -> Self {
        Self { values: Values::of(action), of: const { &Of::action::<T>() } }
    }

    /// Changes tags, of whatever kind; sent by its own way.
    pub fn tags(change: &TagChange) -> Self {
        Self { values: Values::of(change), of: const { &Of::mutation::<TagChange>() } }
    }

    /// The change with its type.
    pub fn read<M: Mutation>(&self) -> Option<M> {
        read(&self.values).ok()
    }

    /// The same change with other values.
    #[must_use]
    pub fn with(&self, values: Values) -> Self {
        Self { values, of: self.of }
    }

    /// The kinds whose lists it makes stale.
    pub fn touches(&self) -> &'static [Kind] {
        (self.of.touches)(&self.values)
    }

    /// What would be refused, by field; the empty field where the values make no such change at all.
    pub fn check(&self) -> FieldErrors {
        (self.of.check)(&self.values)
    }

    /// The command lines that would do the same.
    pub fn commands(&self, ids: &[String], region: &str) -> Vec<String> {
        (self.of.commands)(&self.values, ids).iter().map(|command| command.line(region)).collect()
    }

    /// The calls that it makes, as IAM policies name them.
    #[cfg(test)]
    pub fn permissions(&self, ids: &[String]) -> Vec<String> {
        (self.of.commands)(&self.values, ids).iter().map(Command::permission).collect()
    }

    /// The change that takes this one back, where there is one.
    pub fn inverse(&self) -> Option<Self> {
        (self.of.inverse)(&self.values).map(|values| self.with(values))
    }

    pub fn send(self, region: String, ids: Vec<String>) -> Local<Result<Sent, ApiError>> {
        (self.of.send)(self.values, region, ids)
    }
}

impl Of {
    const fn draft<T: Resource>() -> Self {
        let mut of = Self::mutation::<T::Draft>();
        of.send = |values, region, _| {
            Box::pin(async move { client::create::<T>(&region, &read(&values).map_err(refused)?).await.map(Sent::Created) })
        };
        of
    }

    const fn action<T: Resource>() -> Self {
        let mut of = Self::mutation::<T::Action>();
        of.send = |values, region, ids| {
            Box::pin(async move { client::act::<T>(&region, &read(&values).map_err(refused)?, &ids).await.map(Sent::Done) })
        };
        of
    }

    const fn mutation<M: Mutation>() -> Self {
        Self {
            touches: |values| read::<M>(values).map_or(&[], |change| change.touches()),
            check: |values| read::<M>(values).map_or_else(|error| error, |change| change.check()),
            commands: |values, ids| read::<M>(values).map(|change| change.commands(ids)).unwrap_or_default(),
            inverse: |values| read::<M>(values).ok()?.inverse().map(|change| Values::of(&change)),
            send: |_, _, _| Box::pin(async { Ok(Sent::Done(Vec::new())) }),
        }
    }
}

fn read<M: Mutation>(values: &Values) -> Result<M, FieldErrors> {
    serde_json::from_value(Value::Object(values.0.clone())).map_err(|error| FieldErrors::from([(String::new(), error.to_string())]))
}

fn refused(fields: FieldErrors) -> ApiError {
    let message = fields.values().next().cloned().unwrap_or_default();
    ApiError { fields, ..ApiError::new(api::error::ErrorCode::Invalid, message) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use api::instance::{Instance, InstanceAction};

    #[test]
    fn a_change_keeps_its_meaning_without_its_type() {
        let protect = Change::act::<Instance>(&InstanceAction::SetTerminationProtection { enabled: true });
        assert!(protect.values.flag("enabled"));
        assert_eq!(protect.touches(), [Kind::Instance]);
        let back = protect.inverse().expect("protection can be lifted");
        let lines = back.commands(&["i-1".to_owned()], "us-east-1");
        assert_eq!(lines, ["aws ec2 modify-instance-attribute --instance-id i-1 --no-disable-api-termination --region us-east-1"]);
    }

    #[test]
    fn values_that_make_no_change_are_an_error_and_no_panic() {
        let start = Change::act::<Instance>(&InstanceAction::Start);
        let broken = start.with(Values::default());
        assert!(broken.check().contains_key(""));
        assert!(broken.inverse().is_none());
    }
}
