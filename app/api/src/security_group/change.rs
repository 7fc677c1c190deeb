//! From the rules that a group has to the rules that it is to have, by the fewest calls and without a gap: what is new is let in before what
//! is old is shut out, so that traffic of both states never stops.

use serde::{Deserialize, Serialize};

use super::{Rule, draft::check_rules};
use crate::{command::Command, error::FieldErrors};

/// A change of rules in both directions. It names what differs and nothing else, so that two people who edit different rules do not collide.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RulesChange {
    pub ingress: Delta,
    pub egress: Delta,
}

/// What changes in one direction.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Delta {
    pub add: Vec<Rule>,
    /// The same traffic, described otherwise.
    pub describe: Vec<Described>,
    pub remove: Vec<Rule>,
}

/// A rule with its new description.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Described {
    pub rule: Rule,
    /// What it was described as.
    pub was: String,
}

/// What a call does to the rules that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Authorize,
    Describe,
    Revoke,
}

/// One call of the API.
#[derive(Clone, Debug, PartialEq)]
pub struct Call<'a> {
    pub step: Step,
    pub egress: bool,
    pub rules: Vec<&'a Rule>,
}

impl Delta {
    /// The smallest one that leads from one list to the other.
    pub fn between(before: &[Rule], after: &[Rule]) -> Self {
        let mut delta = Self::default();
        for (index, rule) in after.iter().enumerate() {
            if after[..index].iter().any(|other| other.same_traffic(rule)) {
                continue;
            }
            match before.iter().find(|old| old.same_traffic(rule)) {
                None => delta.add.push(rule.canonical()),
                Some(old) if old.description != rule.description => {
                    let rule = Rule { description: rule.description.clone(), ..old.clone() };
                    delta.describe.push(Described { rule, was: old.description.clone() });
                }
                Some(_) => {}
            }
        }
        delta.remove = before.iter().filter(|old| !after.iter().any(|rule| rule.same_traffic(old))).cloned().collect();
        delta
    }

    pub fn is_empty(&self) -> bool {
        self.add.is_empty() && self.describe.is_empty() && self.remove.is_empty()
    }

    fn inverse(&self) -> Self {
        let back = |change: &Described| Described {
            rule: Rule { description: change.was.clone(), ..change.rule.clone() },
            was: change.rule.description.clone(),
        };
        Self { add: self.remove.clone(), describe: self.describe.iter().map(back).collect(), remove: self.add.clone() }
    }
}

impl RulesChange {
    pub fn is_empty(&self) -> bool {
        self.ingress.is_empty() && self.egress.is_empty()
    }

    /// The calls, in their order: at most one of each kind and direction, and none that shuts anything out before all is let in.
    pub fn calls(&self) -> Vec<Call<'_>> {
        let sides = [(false, &self.ingress), (true, &self.egress)];
        let calls = [Step::Authorize, Step::Describe, Step::Revoke].into_iter().flat_map(|step| {
            sides.map(|(egress, delta)| {
                let rules = match step {
                    Step::Authorize => delta.add.iter().collect(),
                    Step::Describe => delta.describe.iter().map(|change| &change.rule).collect(),
                    Step::Revoke => delta.remove.iter().collect(),
                };
                Call { step, egress, rules }
            })
        });
        calls.filter(|call| !call.rules.is_empty()).collect()
    }

    pub fn commands(&self, id: &str) -> Vec<Command> {
        let command = |call: Call<'_>| {
            Command::ec2(call.command()).arg("--group-id", id).args("--ip-permissions", call.rules.into_iter().map(Rule::shorthand))
        };
        self.calls().into_iter().map(command).collect()
    }

    pub fn check(&self) -> FieldErrors {
        let mut errors = check_rules("ingress", &self.ingress.add);
        errors.extend(check_rules("egress", &self.egress.add));
        let described = self.ingress.describe.iter().chain(&self.egress.describe);
        if described.clone().any(|change| change.rule.description.chars().count() > 255) {
            errors.insert("ingress".into(), "A description has at most 255 characters.".into());
        }
        if self.is_empty() {
            errors.insert(String::new(), "Nothing is changed.".into());
        }
        errors
    }

    #[must_use]
    pub fn inverse(&self) -> Self {
        Self { ingress: self.ingress.inverse(), egress: self.egress.inverse() }
    }
}

impl Call<'_> {
    const fn command(&self) -> &'static str {
        match (self.step, self.egress) {
            (Step::Authorize, false) => "authorize-security-group-ingress",
            (Step::Authorize, true) => "authorize-security-group-egress",
            (Step::Describe, false) => "update-security-group-rule-descriptions-ingress",
            (Step::Describe, true) => "update-security-group-rule-descriptions-egress",
            (Step::Revoke, false) => "revoke-security-group-ingress",
            (Step::Revoke, true) => "revoke-security-group-egress",
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::security_group::Peer;

    /// Rules of a small world, so that two lists often share some and differ in descriptions.
    fn rule() -> impl Strategy<Value = Rule> {
        let protocol = prop::sample::select(vec!["tcp", "6", "udp", "-1", "icmp", "50"]);
        let block = prop::sample::select(vec!["10.0.0.0/8", "10.1.2.3/8", "0.0.0.0/0", "::/0", "2001:db8::1/32"]);
        let peer = prop_oneof![
            block.prop_map(|block| Peer::Cidr(block.to_owned())),
            (0..2u8, prop::bool::ANY).prop_map(|(n, known)| Peer::Group {
                id: format!("sg-{n}"),
                owner: if known { "123456789012".into() } else { String::new() },
                name: String::new(),
            }),
            Just(Peer::PrefixList("pl-1".into())),
        ];
        (protocol, prop::sample::select(vec![22, 80]), peer, prop::sample::select(vec!["", "office", "bastion"])).prop_map(
            |(protocol, port, peer, description)| Rule {
                protocol: protocol.into(),
                from_port: Some(port),
                to_port: Some(port),
                peer,
                description: description.into(),
            },
        )
    }

    /// A list as a cloud keeps it: no traffic twice.
    fn rules() -> impl Strategy<Value = Vec<Rule>> {
        prop::collection::vec(rule(), 0..8).prop_map(|rules| {
            let mut kept: Vec<Rule> = vec![];
            for rule in rules {
                if !kept.iter().any(|other| other.same_traffic(&rule)) {
                    kept.push(rule);
                }
            }
            kept
        })
    }

    fn position(rules: &[Rule], wanted: &Rule) -> Option<usize> {
        rules.iter().position(|rule| rule.same_traffic(wanted))
    }

    /// What a cloud does with a call; it refuses to let in what is in, and to shut out what is not.
    fn apply(rules: &mut Vec<Rule>, call: &Call<'_>) {
        for rule in &call.rules {
            match (call.step, position(rules, rule)) {
                (Step::Authorize, None) => rules.push((*rule).clone()),
                (Step::Describe, Some(index)) => rules[index].description.clone_from(&rule.description),
                (Step::Revoke, Some(index)) => _ = rules.remove(index),
                (step, found) => panic!("{step:?} of {rule:?}, which is at {found:?}"),
            }
        }
    }

    fn is_same(one: &[Rule], other: &[Rule]) -> bool {
        let within = |one: &[Rule], other: &[Rule]| {
            one.iter().all(|rule| position(other, rule).is_some_and(|index| other[index].description == rule.description))
        };
        within(one, other) && within(other, one)
    }

    proptest! {
        #[test]
        fn the_calls_lead_to_the_target_and_back_without_a_gap(
            before in rules(), after in rules(), before_out in rules(), after_out in rules()
        ) {
            let change = RulesChange { ingress: Delta::between(&before, &after), egress: Delta::between(&before_out, &after_out) };
            for (change, from, to) in
                [(change.clone(), [&before, &before_out], [&after, &after_out]), (change.inverse(), [&after, &after_out], [&before, &before_out])]
            {
                let mut now = from.map(Clone::clone);
                for call in change.calls() {
                    apply(&mut now[usize::from(call.egress)], &call);
                    for side in 0..2 {
                        let kept = from[side].iter().filter(|rule| position(to[side], rule).is_some());
                        prop_assert!(kept.clone().all(|rule| position(&now[side], rule).is_some()), "{call:?} interrupts");
                    }
                }
                prop_assert!(is_same(&now[0], to[0]) && is_same(&now[1], to[1]));
            }
        }

        #[test]
        fn no_call_is_made_for_nothing(before in rules(), after in rules()) {
            let change = RulesChange { ingress: Delta::between(&before, &after), ..RulesChange::default() };
            prop_assert_eq!(change.is_empty(), is_same(&before, &after));
            prop_assert!(change.calls().len() <= 3);
            prop_assert!(change.ingress.add.iter().all(|rule| position(&before, rule).is_none()));
            prop_assert!(change.ingress.remove.iter().all(|rule| position(&after, rule).is_none()));
        }
    }

    #[test]
    fn a_description_is_changed_in_place() {
        let rule = super::super::everywhere();
        let after = Rule { description: "out".into(), ..rule.clone() };
        let change = RulesChange { egress: Delta::between(&[rule], &[after]), ..RulesChange::default() };
        let lines: Vec<_> = change.commands("sg-1").iter().map(|command| command.line("")).collect();
        assert_eq!(lines.len(), 1);
        assert!(lines[0].starts_with("aws ec2 update-security-group-rule-descriptions-egress --group-id sg-1"), "{}", lines[0]);
    }
}
