//! Managed policies: a few of AWS's in every account, and those of the shop.

use crate::{
    clock::{DAY, Millis},
    iam::{Grants, Iam, ManagedPolicy},
};

/// Name, path and what is allowed: a few of AWS's, shortened.
const AWS_POLICIES: &[(&str, &str, &str)] = &[
    ("AdministratorAccess", "/", r#""Action":"*""#),
    ("AmazonEC2FullAccess", "/", r#""Action":"ec2:*""#),
    ("AmazonEC2ReadOnlyAccess", "/", r#""Action":"ec2:Describe*""#),
    ("AmazonS3FullAccess", "/", r#""Action":"s3:*""#),
    ("AmazonS3ReadOnlyAccess", "/", r#""Action":["s3:Get*","s3:List*"]"#),
    ("AWSLambdaBasicExecutionRole", "/service-role/", r#""Action":["logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents"]"#),
    ("CloudWatchReadOnlyAccess", "/", r#""Action":["cloudwatch:Describe*","cloudwatch:Get*","cloudwatch:List*"]"#),
    ("IAMReadOnlyAccess", "/", r#""Action":["iam:Get*","iam:List*"]"#),
    ("PowerUserAccess", "/", r#""NotAction":["iam:*","organizations:*","account:*"]"#),
    ("ReadOnlyAccess", "/", r#""Action":["*:Describe*","*:Get*","*:List*"]"#),
    ("SecurityAudit", "/", r#""Action":["iam:Get*","iam:List*","ec2:Describe*"]"#),
    ("ViewOnlyAccess", "/job-function/", r#""Action":["ec2:Describe*","s3:ListAllMyBuckets"]"#),
];

/// Name, what for, what is allowed, and the role that has it, if any.
const OWN_POLICIES: &[(&str, &str, &str, &str)] = &[
    ("read-site-bucket", "Reads the site's bucket", r#""Action":"s3:GetObject""#, "web-server"),
    (
        "use-queues",
        "Sends to and takes from the queues",
        r#""Action":["sqs:SendMessage","sqs:ReceiveMessage","sqs:DeleteMessage"]"#,
        "api-server",
    ),
    ("batch-buckets", "Reads and writes the batch buckets", r#""Action":["s3:GetObject","s3:PutObject"]"#, "batch-worker"),
    ("write-backups", "Writes backups and nothing else", r#""Action":"s3:PutObject""#, "database-backup"),
    ("old-reports", "For the reports that are no longer made", r#""Action":"s3:GetObject""#, ""),
];

fn statement(allowed: &str) -> String {
    format!(r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow",{allowed},"Resource":"*"}}]}}"#)
}

pub fn furnish(iam: &mut Iam, furnished: bool, opened_at: Millis) {
    for (name, path, allowed) in AWS_POLICIES {
        let entity = iam.entity("ANPA", path, opened_at - 3_000 * DAY);
        let arn = entity.arn("aws", "policy", name);
        let policy = ManagedPolicy { is_aws: true, ..ManagedPolicy::new(name, entity, &statement(allowed)) };
        iam.policies.insert(arn.into(), policy);
    }
    for (name, description, allowed, _) in OWN_POLICIES.iter().filter(|_| furnished) {
        let entity = iam.entity("ANPA", "/", opened_at - 700 * DAY);
        let arn = entity.arn(&iam.account, "policy", name);
        let mut policy = ManagedPolicy { description: (*description).to_owned(), ..ManagedPolicy::new(name, entity, &statement(allowed)) };
        if *name == "read-site-bucket" {
            policy.add(&statement(r#""Action":["s3:GetObject","s3:ListBucket"]"#), opened_at - 90 * DAY);
            policy.default = policy.newest;
        }
        iam.policies.insert(arn.into(), policy);
    }
}

/// What the account's own policies let a role do.
pub fn owned(account: &str, role: &str) -> Grants {
    let own = OWN_POLICIES.iter().filter(|(.., of)| *of == role);
    Grants { attached: own.map(|(name, ..)| format!("arn:aws:iam::{account}:policy/{name}").into()).collect(), ..Grants::default() }
}
