//! The policies to begin with: nothing is wrong with them, and they let people do what they say.

use policy::{
    Catalog, Place, Rule, Severity,
    catalog::Level,
    evaluate::{Account, Context, Entity, Question, Ready},
    json::compact,
    lint,
    model::Policy,
    template::{Template, of_calls, trust_account, trust_service, trust_web_identity},
};

fn catalog() -> Catalog {
    Catalog::read(include_bytes!("../../../public/iam-actions.txt").to_vec()).expect("the list that the generator wrote")
}

fn allows(policy: &Policy, action: &str) -> bool {
    let mut account = Account::new();
    let policies = vec![account.add_policy(Ready::new(policy))];
    let anna = account.add_principal(Entity { arn: "arn:aws:iam::123456789012:user/Anna", policies, ..Entity::default() });
    let question = Question { action, resource: "*", context: &Context::new(), resource_policy: None, session: None, guardrails: &[] };
    account.ask(anna, &question).is_allowed()
}

#[test]
fn nothing_is_wrong_with_them() {
    let catalog = catalog();
    for template in Template::ALL {
        let findings = lint(&template.policy().to_text(2), Place::Managed, Some(&catalog)).findings;
        // That they give much is what they are for.
        assert!(findings.iter().all(|found| found.rule == Rule::Broad && found.severity != Severity::Error), "{template:?} {findings:?}");
    }
    let trust = [
        trust_service("ec2.amazonaws.com"),
        trust_account("aws", "123456789012", None),
        trust_account("aws", "123456789012", Some("order-66")),
        trust_web_identity("arn:aws:iam::123456789012:oidc-provider/token.example.com/id", "sts.amazonaws.com"),
    ];
    for policy in trust {
        let findings = lint(&policy.to_text(2), Place::Trust, None).findings;
        assert!(findings.is_empty(), "{findings:?}");
    }
}

#[test]
fn they_allow_what_they_say() {
    let [administrator, power, read] = Template::ALL.map(Template::policy);
    assert!(allows(&administrator, "iam:CreateUser") && allows(&administrator, "ec2:RunInstances"));
    assert!(
        allows(&power, "ec2:RunInstances")
            && allows(&power, "iam:ListRoles")
            && !allows(&power, "iam:CreateUser")
            && !allows(&power, "organizations:LeaveOrganization")
    );
    assert!(
        allows(&read, "ec2:DescribeInstances")
            && allows(&read, "iam:ListUsers")
            && !allows(&read, "ec2:RunInstances")
            && !allows(&read, "iam:CreateUser")
    );
}

/// No wildcard of the policy that only reads stands for an action that changes something.
#[test]
fn read_only_only_reads() {
    let catalog = catalog();
    let actions = Template::ReadOnly.policy().statements[0].actions.clone().expect("it has actions").values;
    for pattern in actions {
        let found = catalog.matching(&pattern);
        assert!(!found.is_empty(), "{pattern}");
        let changing: Vec<&str> =
            found.iter().filter(|(_, action)| action.level >= Level::Tagging).map(|(_, action)| action.name).collect();
        assert!(changing.is_empty(), "{pattern}: {changing:?}");
    }
}

#[test]
fn what_was_called() {
    let policy = of_calls(["ec2:RunInstances", "iam:PassRole", "ec2:DescribeImages", "ec2:RunInstances", "odd"]);
    let wanted = concat!(
        r#"{"Version":"2012-10-17","Statement":["#,
        r#"{"Effect":"Allow","Action":["ec2:DescribeImages","ec2:RunInstances"],"Resource":"*"},"#,
        r#"{"Effect":"Allow","Action":"iam:PassRole","Resource":"*"}]}"#
    );
    assert_eq!(compact(&policy.write()), wanted);
}
