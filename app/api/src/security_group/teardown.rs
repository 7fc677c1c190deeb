//! Security groups that refer to each other keep each other from being deleted: the rules that do so go first.

use super::{Delta, Peer, Rule, RulesChange, SecurityGroup, SecurityGroupAction};
use crate::plan::Step;

/// Revokes what rules of these groups say about those that are to go. A group that refers to itself stands in nobody's way.
pub fn revocations(groups: &[&SecurityGroup], going: &[&SecurityGroup]) -> Vec<Step> {
    let refers = |group: &SecurityGroup, rule: &Rule| matches!(&rule.peer, Peer::Group { id, .. } if *id != group.id && going.iter().any(|other| other.id == *id));
    let revoke = |group: &&SecurityGroup| {
        let of = |rules: &[Rule]| Delta { remove: rules.iter().filter(|rule| refers(group, rule)).cloned().collect(), ..Delta::default() };
        let change = RulesChange { ingress: of(&group.ingress), egress: of(&group.egress) };
        (!change.is_empty()).then(|| {
            let name = if group.name.is_empty() { group.id.clone() } else { format!("{} ({})", group.name, group.id) };
            let action = SecurityGroupAction::ChangeRules(change);
            Step::act::<SecurityGroup>("Revoke what refers to others in security group {name}", name, &action, &group.id)
        })
    };
    groups.iter().filter_map(revoke).collect()
}

/// Deletes a group that others refer to.
pub fn steps(group: &SecurityGroup, others: &[SecurityGroup]) -> Vec<Step> {
    let others: Vec<_> = others.iter().collect();
    let mut steps = revocations(&others, &[group]);
    let name = format!("{} ({})", group.name, group.id);
    steps.push(Step::end::<SecurityGroup>("Delete security group {name}", name, &SecurityGroupAction::Delete, &group.id));
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(id: &str, from: &[&str]) -> SecurityGroup {
        let peer = |id: &&str| Peer::Group { id: (*id).into(), owner: "1".into(), name: String::new() };
        let ingress = from.iter().map(|id| Rule { protocol: "-1".into(), peer: peer(id), ..Rule::default() }).collect();
        SecurityGroup { id: id.into(), name: id.replace("sg-", "group-"), ingress, ..SecurityGroup::default() }
    }

    #[test]
    fn only_the_rules_that_stand_in_the_way_are_revoked() {
        let (web, db) = (group("sg-1", &["sg-1", "sg-2"]), group("sg-2", &["sg-1", "sg-3"]));
        let steps = steps(&web, &[web.clone(), db, group("sg-3", &["sg-2"])]);
        let lines: Vec<_> = steps.iter().flat_map(Step::commands).map(|command| command.line("")).collect();
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(lines[0].starts_with("aws ec2 revoke-security-group-ingress --group-id sg-2 ") && lines[0].contains("GroupId=sg-1"));
        assert_eq!(lines[1], "aws ec2 delete-security-group --group-id sg-1");
    }
}
