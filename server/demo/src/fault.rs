//! Faults on request: the demo cloud fails by operation, by rate and from a given call on, so that every error can be visited by hand.

use std::fmt;

use fastrand::Rng;

use crate::{
    filter,
    protocol::refusal::{Refusal, status_of},
};

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// An AWS error code.
    Error(String),
    /// No answer, ever.
    Hang,
    /// The answer breaks off in the middle.
    Truncate,
    /// An answer that is not XML.
    Garbage,
}

impl Fault {
    /// The refusal that an error code stands for, in AWS's words where it has some.
    pub fn refusal(code: &str) -> Refusal {
        let message = match code {
            "RequestLimitExceeded" => "Request limit exceeded.",
            "Throttling" | "ThrottlingException" => "Rate exceeded",
            "Unavailable" | "ServiceUnavailable" => "The service is unavailable. Please try again shortly.",
            "InternalError" | "InternalFailure" => "An internal error has occurred",
            "InsufficientInstanceCapacity" => "We currently do not have sufficient capacity in the Availability Zone you requested.",
            "ExpiredToken" => "The security token included in the request is expired",
            "RequestExpired" => "Request has expired.",
            "AuthFailure" => "AWS was not able to validate the provided access credentials",
            "UnauthorizedOperation" => "You are not authorized to perform this operation.",
            "InstanceLimitExceeded" => "You have requested more instances than your current instance limit allows.",
            _ => "",
        };
        let message = if message.is_empty() { format!("The demo cloud was asked to answer with {code}.") } else { message.to_owned() };
        Refusal { status: status_of(code), ..Refusal::new(code.to_owned(), message) }
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Rule {
    /// May hold wildcards.
    operation: String,
    fault: Fault,
    rate: f64,
    /// The first call that fails, from 1.
    from: u64,
    calls: u64,
}

/// The faults of an account: `Operation:Fault[@rate][#from]`, separated by commas.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Faults(Vec<Rule>);

/// What is wrong with a text that should name faults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadFaults(String);

impl fmt::Display for BadFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "faults: {}", self.0)
    }
}

impl Faults {
    /// Reads the grammar; an operation that none of `operations` is, is an error: it would never fail.
    pub fn parse(text: &str, operations: &[&str]) -> Result<Self, BadFaults> {
        text.split(',')
            .map(str::trim)
            .filter(|rule| !rule.is_empty())
            .map(|rule| parse_rule(rule, operations))
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// The fault that this call meets, if any; counts the call.
    pub fn meet(&mut self, operation: &str, rng: &mut Rng) -> Option<Fault> {
        let mut met = None;
        for rule in self.0.iter_mut().filter(|rule| filter::matches(&rule.operation, operation)) {
            rule.calls += 1;
            if met.is_none() && rule.calls >= rule.from && rng.f64() < rule.rate {
                met = Some(rule.fault.clone());
            }
        }
        met
    }
}

fn parse_rule(text: &str, operations: &[&str]) -> Result<Rule, BadFaults> {
    let bad = |why: String| Err(BadFaults(format!("{text:?} {why}")));
    let Some((operation, rest)) = text.split_once(':') else {
        return bad("has no colon; write Operation:Fault[@rate][#from], such as DescribeInstances:RequestLimitExceeded@0.5".into());
    };
    let (rest, from) = rest.split_once('#').map_or((rest, "1"), |(rest, from)| (rest, from));
    let (name, rate) = rest.split_once('@').map_or((rest, "1"), |(name, rate)| (name, rate));
    if !operations.iter().any(|known| filter::matches(operation, known)) {
        return bad(format!("names the operation {operation:?}, which the demo cloud does not have"));
    }
    let fault = match name {
        "hang" => Fault::Hang,
        "truncate" => Fault::Truncate,
        "garbage" => Fault::Garbage,
        code if code.starts_with(|c: char| c.is_ascii_uppercase()) && code.chars().all(|c| c.is_ascii_alphanumeric() || c == '.') => {
            Fault::Error(code.to_owned())
        }
        _ => return bad(format!("names the fault {name:?}; it is an AWS error code, or hang, truncate or garbage")),
    };
    let Some(rate) = rate.parse::<f64>().ok().filter(|rate| (0.0..=1.0).contains(rate)) else {
        return bad(format!("has the rate {rate:?}; a rate is a number from 0 to 1"));
    };
    let Some(from) = from.parse::<u64>().ok().filter(|&from| from > 0) else {
        return bad(format!("starts at call {from:?}; calls are counted from 1"));
    };
    Ok(Rule { operation: operation.to_owned(), fault, rate, from, calls: 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPERATIONS: &[&str] = &["DescribeInstances", "DescribeImages", "RunInstances"];

    fn parse(text: &str) -> Result<Faults, BadFaults> {
        Faults::parse(text, OPERATIONS)
    }

    #[test]
    fn the_grammar() {
        assert_eq!(parse(""), Ok(Faults::default()));
        let faults = parse("DescribeInstances:RequestLimitExceeded@0.5#3, RunInstances:hang").unwrap();
        assert_eq!(
            faults.0[0],
            Rule {
                operation: "DescribeInstances".into(),
                fault: Fault::Error("RequestLimitExceeded".into()),
                rate: 0.5,
                from: 3,
                calls: 0
            }
        );
        assert_eq!((&faults.0[1].fault, faults.0[1].from), (&Fault::Hang, 1));
        assert!(parse("Describe*:garbage").is_ok());
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (text, part) in [
            ("DescribeInstances", "no colon"),
            ("DescribeInstance:hang", "does not have"),
            ("RunInstances:explode", "an AWS error code, or hang"),
            ("RunInstances:", "an AWS error code, or hang"),
            ("RunInstances:hang@1.5", "from 0 to 1"),
            ("RunInstances:hang@x", "from 0 to 1"),
            ("RunInstances:hang#0", "from 1"),
        ] {
            let message = parse(text).unwrap_err().to_string();
            assert!(message.contains(part), "{text}: {message}");
        }
    }

    #[test]
    fn calls_are_counted_and_the_rate_is_kept() {
        let mut rng = Rng::with_seed(1);
        let mut faults = parse("DescribeInstances:truncate#3").unwrap();
        let met: Vec<_> = (0..4).map(|_| faults.meet("DescribeInstances", &mut rng).is_some()).collect();
        assert_eq!(met, [false, false, true, true]);
        assert_eq!(faults.meet("DescribeImages", &mut rng), None);

        let mut faults = parse("RunInstances:Unavailable@0.25").unwrap();
        let met = (0..1000).filter(|_| faults.meet("RunInstances", &mut rng).is_some()).count();
        assert!((200..300).contains(&met), "{met} of 1000");
    }

    #[test]
    fn codes_have_the_status_aws_gives_them() {
        assert_eq!(Fault::refusal("RequestLimitExceeded").status, 503);
        assert_eq!(Fault::refusal("InternalError").status, 500);
        assert_eq!(Fault::refusal("InvalidParameterValue").status, 400);
    }
}
