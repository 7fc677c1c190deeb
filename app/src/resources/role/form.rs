//! The forms of roles.

use policy::Place;

use crate::spec::form::{Field, Form, Input, Values};

const SESSION: &str = "From 3,600, an hour, to 43,200, twelve hours.";

pub static CREATE: Form = Form {
    title: "Create role",
    intro: "",
    submit: "Create role",
    fields: &[
        Field::new("name", "Name", Input::Text),
        Field::new("description", "Description", Input::Text).optional(),
        Field::new(
            "trusts",
            "Who may take it on",
            Input::Choice(&[
                ("service", "A service of the cloud"),
                ("account", "Another account"),
                ("provider", "Users of an identity provider"),
            ]),
        ),
        Field::new(
            "service",
            "Service",
            Input::Choice(&[
                ("ec2.amazonaws.com", "EC2: for instances"),
                ("lambda.amazonaws.com", "Lambda"),
                ("ecs-tasks.amazonaws.com", "ECS tasks"),
                ("cloudformation.amazonaws.com", "CloudFormation"),
                ("autoscaling.amazonaws.com", "Auto Scaling"),
                ("events.amazonaws.com", "EventBridge"),
                ("states.amazonaws.com", "Step Functions"),
                ("vpc-flow-logs.amazonaws.com", "VPC flow logs"),
                ("other", "Another service"),
            ]),
        )
        .when(|values| trusts(values, "service")),
        Field::new("other_service", "Name of the service", Input::Code)
            .help("As its policies name it, such as glue.amazonaws.com.")
            .when(|values| trusts(values, "service") && values.text("service") == "other"),
        Field::new("account", "Account ID", Input::Code)
            .help("Twelve digits. Which of its users may, that account says.")
            .when(|values| trusts(values, "account")),
        Field::new("external_id", "External ID", Input::Code)
            .optional()
            .help("A word that a third party has to send along, so that it cannot be made to act for somebody else.")
            .when(|values| trusts(values, "account")),
        Field::new("mfa", "Only after an MFA code", Input::Check).when(|values| trusts(values, "account")),
        Field::new("provider", "Identity provider", Input::Code)
            .help("The ARN of a provider of OpenID Connect.")
            .when(|values| trusts(values, "provider")),
        Field::new("audience", "Audience", Input::Code)
            .optional()
            .help("For whom the provider's tokens have to be made out.")
            .when(|values| trusts(values, "provider")),
        Field::new("subject", "Subject", Input::Code)
            .optional()
            .help("Whose tokens, with * for any: repo:octo-org/*. Left empty, everybody of the provider may.")
            .when(|values| trusts(values, "provider")),
        Field::new("max_session", "Longest session", Input::Number("seconds")).optional().help(SESSION),
        Field::new("path", "Path", Input::Code).optional().help("To tell parts of an organisation apart: /engineering/."),
        Field::new("tags", "Tags", Input::Tags).optional(),
    ],
};

fn trusts(values: &Values, whom: &str) -> bool {
    values.text("trusts") == whom
}

pub static TRUST: Form = Form {
    title: "Trust policy of {name}",
    intro: "It says who may take the role on.",
    submit: "Save trust policy",
    fields: &[Field::new("document", "Trust policy", Input::Policy(Place::Trust))],
};

pub static DESCRIBE: Form = Form {
    title: "Edit {name}",
    intro: "",
    submit: "Save",
    fields: &[
        Field::new("description", "Description", Input::Text).optional(),
        Field::new("max_session", "Longest session", Input::Number("seconds")).optional().help(SESSION),
    ],
};
