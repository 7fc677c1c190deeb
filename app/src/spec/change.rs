//! A change to a cloud without its type: what forms, confirmations and undo work on.
//!
//! To hold one costs nothing. What is done with it needs the code of its type, which is loaded with the dialogs ([`crate::lazy`]): the methods
//! are for them, not for lists and menus.

use api::{
    command::{self, Command},
    error::{ApiError, FieldErrors},
    kind::Kind,
    outcome::{Created, Outcome},
    resource::{Mutation, Resource},
    tag::TagChange,
    vpc::network::Network,
    with_kind,
};
use serde_json::Value;

use super::{Local, form::Values};
use crate::client;

/// A draft or an action, as the values of its JSON form.
#[derive(Clone)]
pub struct Change {
    pub values: Values,
    sort: Sort,
    /// The field whose resource it is made to, where that is not the one that the form was opened for.
    on: Option<&'static str>,
}

/// Which type the values are of.
#[derive(Clone, Copy)]
enum Sort {
    Draft(Kind),
    Action(Kind),
    /// Of resources of this kind.
    Tags(Kind),
    Network,
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
        Self { values: Values::of(draft), sort: Sort::Draft(T::KIND), on: None }
    }

    /// Acts on existing ones.
    pub fn act<T: Resource>(action: &T::Action) -> Self {
        Self { values: Values::of(action), sort: Sort::Action(T::KIND), on: None }
    }

    /// Acts on a resource that is chosen in the form, by the field of this key: a volume to attach, on the page of an instance.
    pub fn act_on<T: Resource>(action: &T::Action, field: &'static str) -> Self {
        let mut change = Self { on: Some(field), ..Self::act::<T>(action) };
        change.values.0.insert(field.to_owned(), Value::String(String::new()));
        change
    }

    /// Changes tags, which goes the same way for every kind.
    pub fn tags(kind: Kind, change: &TagChange) -> Self {
        Self { values: Values::of(change), sort: Sort::Tags(kind), on: None }
    }

    fn of(&self) -> &'static Of {
        match self.sort {
            Sort::Draft(kind) => with_kind!(kind, T => const { &Of::draft::<T>() }),
            Sort::Action(kind) => with_kind!(kind, T => const { &Of::action::<T>() }),
            Sort::Tags(_) => const { &Of::mutation::<TagChange>() },
            Sort::Network => const { &Of::mutation::<Network>() },
        }
    }

    /// A network, which is carried out as a plan of other changes and sent by none.
    pub fn network(network: &Network) -> Self {
        Self { values: Values::of(network), sort: Sort::Network, on: None }
    }

    /// The change with its type.
    pub fn read<M: Mutation>(&self) -> Option<M> {
        read(&self.values).ok()
    }

    /// The same change with other values.
    #[must_use]
    pub fn with(&self, values: Values) -> Self {
        Self { values, ..*self }
    }

    /// The kinds whose lists it makes stale.
    pub fn touches(&self) -> &'static [Kind] {
        match self.sort {
            Sort::Tags(kind) => with_kind!(kind, T => const { &[T::KIND] }),
            _ => (self.of().touches)(&self.values),
        }
    }

    /// What would be refused, by field; the empty field where the values make no such change at all.
    pub fn check(&self) -> FieldErrors {
        let mut errors = (self.of().check)(&self.values);
        if let Some(field) = self.on.filter(|field| self.values.text(field).is_empty()) {
            errors.insert(field.to_owned(), "Choose one.".to_owned());
        }
        errors
    }

    /// What it is made to, when it was opened for these.
    fn ids(&self, ids: &[String]) -> Vec<String> {
        self.on.map_or_else(|| ids.to_vec(), |field| vec![self.values.text(field).to_owned()])
    }

    /// The command lines that would do the same.
    pub fn commands(&self, ids: &[String], region: &str) -> Vec<String> {
        let commands = match self.sort {
            Sort::Tags(kind) => self.read::<TagChange>().map(|change| change.commands_for(kind, ids)).unwrap_or_default(),
            _ => (self.of().commands)(&self.values, &self.ids(ids)),
        };
        command::lines(commands, region)
    }

    /// The calls that it makes, as IAM policies name them.
    #[cfg(test)]
    pub fn permissions(&self, ids: &[String]) -> Vec<String> {
        (self.of().commands)(&self.values, &self.ids(ids)).iter().map(Command::permission).collect()
    }

    /// The change that takes this one back, where there is one.
    pub fn inverse(&self) -> Option<Self> {
        let mut values = (self.of().inverse)(&self.values)?;
        if let Some(field) = self.on {
            values.0.insert(field.to_owned(), Value::String(self.values.text(field).to_owned()));
        }
        Some(self.with(values))
    }

    pub fn send(self, region: String, ids: Vec<String>) -> Local<Result<Sent, ApiError>> {
        let ids = self.ids(&ids);
        match self.sort {
            Sort::Tags(kind) => Box::pin(async move {
                let change: TagChange = read(&self.values).map_err(refused)?;
                client::retag(kind, &region, &change, &ids).await.map(Sent::Done)
            }),
            _ => (self.of().send)(self.values, region, ids),
        }
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
    use api::{
        instance::{Instance, InstanceAction},
        volume::{Volume, VolumeAction},
    };

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
    fn a_change_of_another_kind_is_made_to_what_the_form_chooses() {
        let action = VolumeAction::Attach { instance_id: "i-1".into(), device: "/dev/sdf".into() };
        let empty = Change::act_on::<Volume>(&action, "volume_id");
        assert!(empty.check().contains_key("volume_id"));
        let mut values = empty.values.clone();
        values.0.insert("volume_id".into(), "vol-1".into());
        let chosen = empty.with(values);
        assert!(chosen.check().is_empty());
        let opened_for = ["i-1".to_owned()];
        let line = "aws ec2 attach-volume --volume-id vol-1 --instance-id i-1 --device /dev/sdf";
        assert_eq!(chosen.commands(&opened_for, ""), [line]);
        let back = chosen.inverse().expect("what is attached can be detached");
        assert_eq!(back.commands(&opened_for, ""), ["aws ec2 detach-volume --volume-id vol-1"]);
        assert_eq!(back.read::<VolumeAction>(), Some(VolumeAction::Detach { force: false }));
    }

    #[test]
    fn values_that_make_no_change_are_an_error_and_no_panic() {
        let start = Change::act::<Instance>(&InstanceAction::Start);
        let broken = start.with(Values::default());
        assert!(broken.check().contains_key(""));
        assert!(broken.inverse().is_none());
    }
}
