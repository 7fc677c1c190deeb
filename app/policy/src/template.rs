//! Policies to begin with.

use crate::model::{Condition, Effect, List, Policy, Principals, Statement};

/// A policy to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Template {
    /// Everything.
    Administrator,
    /// Everything but users, roles, the organization and the account.
    PowerUser,
    /// Looking at what the console shows, without changing it.
    ReadOnly,
}

/// What reads, of the services that the console shows. The service of an action takes no wildcard, so each is named.
const READ: [&str; 21] = [
    "autoscaling:Describe*",
    "cloudformation:Describe*",
    "cloudformation:Get*",
    "cloudformation:List*",
    "cloudwatch:Describe*",
    "cloudwatch:Get*",
    "cloudwatch:List*",
    "ec2:Describe*",
    "ec2:Get*",
    "ec2:List*",
    "ec2:Search*",
    "elasticloadbalancing:Describe*",
    "iam:GenerateCredentialReport",
    "iam:GenerateServiceLastAccessedDetails",
    "iam:Get*",
    "iam:List*",
    "iam:Simulate*",
    "s3:Get*",
    "s3:List*",
    "sts:GetCallerIdentity",
    "tag:Get*",
];

impl Template {
    /// All, from most to least.
    pub const ALL: [Self; 3] = [Self::Administrator, Self::PowerUser, Self::ReadOnly];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Administrator => "Administrator",
            Self::PowerUser => "Power user",
            Self::ReadOnly => "Read-only",
        }
    }

    /// What it lets somebody do.
    pub fn description(self) -> &'static str {
        match self {
            Self::Administrator => "Everything on everything.",
            Self::PowerUser => "Everything but users, groups, roles and policies, the organization and the account.",
            Self::ReadOnly => "Looking at what this console shows, without changing anything.",
        }
    }

    /// The policy.
    pub fn policy(self) -> Policy {
        let on_all = |actions| Statement::new(Effect::Allow, actions, List::of(["*"]));
        of(match self {
            Self::Administrator => vec![on_all(List::of(["*"]))],
            // As AWS's own: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/PowerUserAccess.html
            Self::PowerUser => vec![
                on_all(List::all_but(["iam:*", "organizations:*", "account:*"])),
                on_all(List::of([
                    "account:GetAccountInformation",
                    "account:GetPrimaryEmail",
                    "account:ListRegions",
                    "iam:CreateServiceLinkedRole",
                    "iam:DeleteServiceLinkedRole",
                    "iam:ListRoles",
                    "organizations:DescribeEffectivePolicy",
                    "organizations:DescribeOrganization",
                ])),
            ],
            Self::ReadOnly => vec![on_all(List::of(READ))],
        })
    }
}

/// What was seen being called, and nothing else: a statement for each service.
pub fn of_calls<'a>(actions: impl IntoIterator<Item = &'a str>) -> Policy {
    let mut actions: Vec<&str> = actions.into_iter().filter(|action| action.contains(':')).collect();
    actions.sort_unstable();
    actions.dedup();
    let services = actions.chunk_by(|one, next| one.split(':').next() == next.split(':').next());
    of(services.map(|actions| Statement::new(Effect::Allow, List::of(actions.iter().copied()), List::of(["*"]))).collect())
}

/// Lets a service take a role: `ec2.amazonaws.com`.
pub fn trust_service(service: &str) -> Policy {
    of(vec![Statement::trust(Principals::of("Service", [service]), List::of(["sts:AssumeRole"]), Vec::new())])
}

/// Lets an account say who of it may take a role. A third party proves by the external id for whom it asks.
pub fn trust_account(partition: &str, account: &str, external_id: Option<&str>) -> Policy {
    let conditions = external_id.map(|id| Condition::new("StringEquals", "sts:ExternalId", [id])).into_iter().collect();
    let principals = Principals::of("AWS", [format!("arn:{partition}:iam::{account}:root")]);
    of(vec![Statement::trust(principals, List::of(["sts:AssumeRole"]), conditions)])
}

/// Lets those whom an identity provider knows take a role, if they come by the application that the audience names.
pub fn trust_web_identity(provider_arn: &str, audience: &str) -> Policy {
    let provider = provider_arn.split_once("oidc-provider/").map_or(provider_arn, |(_, url)| url);
    let condition = Condition::new("StringEquals", &format!("{provider}:aud"), [audience]);
    let action = List::of(["sts:AssumeRoleWithWebIdentity"]);
    of(vec![Statement::trust(Principals::of("Federated", [provider_arn]), action, vec![condition])])
}

fn of(statements: Vec<Statement>) -> Policy {
    let mut policy = Policy::new();
    policy.statements = statements;
    policy
}
