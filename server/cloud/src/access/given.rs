//! Condition keys as the question gives them, for the evaluator and for the cloud's simulator.

use api::access::Given;
use aws_sdk_iam::types::{ContextEntry, ContextKeyTypeEnum};
use policy::{
    evaluate::Context,
    written::{Network, boolean, moment, number},
};

/// What is known of the request.
pub fn context(given: &[Given]) -> Context {
    given.iter().fold(Context::new(), |context, given| context.with_all(&given.key, given.values.iter().cloned()))
}

/// The same, as the simulator takes it.
pub fn entries(given: &[Given]) -> Option<Vec<ContextEntry>> {
    let entry = |given: &Given| {
        let values = Some(given.values.clone());
        ContextEntry::builder().context_key_name(&given.key).set_context_key_values(values).context_key_type(sort(given)).build()
    };
    (!given.is_empty()).then(|| given.iter().map(entry).collect())
}

/// The simulator wants to be told what sort of values they are. What looks like a number may be the number of an account, or a tag.
fn sort(given: &Given) -> ContextKeyTypeEnum {
    let all = |is: fn(&str) -> bool| given.values.iter().all(|value| is(value));
    let is_several = given.values.len() > 1;
    let is_name = given.key.contains("Tag/") || given.key.to_ascii_lowercase().ends_with("account");
    let of = |one, several| if is_several { several } else { one };
    if is_name {
        of(ContextKeyTypeEnum::String, ContextKeyTypeEnum::StringList)
    } else if all(|value| boolean(value).is_some()) {
        of(ContextKeyTypeEnum::Boolean, ContextKeyTypeEnum::BooleanList)
    } else if all(|value| number(value).is_some()) {
        of(ContextKeyTypeEnum::Numeric, ContextKeyTypeEnum::NumericList)
    } else if all(|value| Network::parse(value).is_some()) {
        of(ContextKeyTypeEnum::Ip, ContextKeyTypeEnum::IpList)
    } else if all(|value| moment(value).is_some()) {
        of(ContextKeyTypeEnum::Date, ContextKeyTypeEnum::DateList)
    } else {
        of(ContextKeyTypeEnum::String, ContextKeyTypeEnum::StringList)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_say_of_what_sort_they_are() {
        let sort =
            |key: &str, values: &[&str]| sort(&Given { key: key.into(), values: values.iter().map(|&value| value.into()).collect() });
        assert_eq!(sort("aws:SourceIp", &["192.0.2.1"]), ContextKeyTypeEnum::Ip);
        assert_eq!(sort("aws:SourceIp", &["192.0.2.1", "2001:db8::/32"]), ContextKeyTypeEnum::IpList);
        assert_eq!(sort("aws:SecureTransport", &["true"]), ContextKeyTypeEnum::Boolean);
        assert_eq!(sort("s3:max-keys", &["10"]), ContextKeyTypeEnum::Numeric);
        assert_eq!(sort("aws:SourceAccount", &["123456789012"]), ContextKeyTypeEnum::String);
        assert_eq!(sort("aws:RequestTag/cost", &["10", "20"]), ContextKeyTypeEnum::StringList);
        assert_eq!(sort("aws:CurrentTime", &["2026-11-23T12:00:00Z"]), ContextKeyTypeEnum::Date);
        assert_eq!(sort("ec2:InstanceType", &["t3.micro"]), ContextKeyTypeEnum::String);
    }
}
