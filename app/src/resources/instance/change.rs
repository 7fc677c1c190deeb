//! What can be changed of an instance that is there.

use api::{
    instance::{Instance, InstanceAction},
    instance_type::InstanceType,
    kind::Kind,
    role::Role,
    security_group::SecurityGroup,
};

use super::is_there;
use crate::{
    detail::user_data,
    spec::{
        Item,
        action::{self, Allow},
        form::{Field, Form, Input, Pick, Values},
    },
};

type Action = action::Action<Instance>;

pub const TYPE: Action = Action::form("type", "Change type", "cpu", ("The type of {name} is changed", ""), &TYPE_FORM, set_type)
    .when(is_stopped)
    .undone_by(|i| Some(set_type(i)));

fn set_type(instance: &Instance) -> InstanceAction {
    InstanceAction::SetType { instance_type: instance.instance_type.clone() }
}

static TYPE_FORM: Form = Form {
    title: "Type of {name}",
    intro: "It starts as this type the next time.",
    submit: "Save",
    fields: &[Field::new("instance_type", "Instance type", Input::Pick(Pick::of(Kind::InstanceType).fits(runs)))
        .help("Those that fit the instance's architecture.")],
};

pub const GROUPS: Action =
    Action::form("groups", "Change security groups", "shield", ("The groups of {name} are changed", ""), &GROUPS_FORM, set_groups)
        .when(|i| match i.network_interfaces.len() {
            _ if i.vpc_id.is_empty() => Allow::No("Outside of a VPC an instance keeps the groups of its launch."),
            0 | 1 => is_there(i),
            _ => Allow::No("It has several network interfaces: change the groups of each of them."),
        })
        .undone_by(|i| Some(set_groups(i)));

fn set_groups(instance: &Instance) -> InstanceAction {
    InstanceAction::SetSecurityGroups { security_group_ids: instance.security_groups.iter().map(|group| group.id.clone()).collect() }
}

static GROUPS_FORM: Form = Form {
    title: "Security groups of {name}",
    intro: "",
    submit: "Save",
    fields: &[Field::new("security_group_ids", "Security groups", Input::Picks(Pick::of(Kind::SecurityGroup).fits(is_in_vpc)))],
};

pub const USER_DATA: Action =
    Action::form("user-data", "Edit user data", "file-text", ("The user data of {name} is changed", ""), &USER_DATA_FORM, |i| {
        let text = i.user_data.as_deref().and_then(user_data::text).unwrap_or_default();
        InstanceAction::SetUserData { user_data: text }
    })
    .undone_by(|i| i.user_data.as_deref().and_then(user_data::text).map(|user_data| InstanceAction::SetUserData { user_data }))
    .when(|i| match i.user_data.as_deref() {
        Some(data) if user_data::text(data).is_none() => Allow::No("Its user data is not text."),
        _ => is_stopped(i),
    })
    .fresh();

static USER_DATA_FORM: Form = Form {
    title: "User data of {name}",
    intro: "Most images run it at their first start only.",
    submit: "Save",
    fields: &[Field::new("user_data", "User data", Input::Area).optional().help("At most 16 KB.")],
};

pub const KERNEL: Action =
    Action::form("kernel", "Change kernel and RAM disk", "settings", ("The kernel of {name} is changed", ""), &KERNEL_FORM, |i| {
        InstanceAction::SetKernel { kernel_id: i.kernel_id.clone(), ramdisk_id: i.ramdisk_id.clone() }
    })
    // Today's instances boot what is on their disk.
    .when(|i| if i.kernel_id.is_empty() && i.ramdisk_id.is_empty() { Allow::Absent } else { is_stopped(i) });

static KERNEL_FORM: Form = Form {
    title: "Kernel of {name}",
    intro: "",
    submit: "Save",
    fields: &[
        Field::new("kernel_id", "Kernel", Input::Code).optional(),
        Field::new("ramdisk_id", "RAM disk", Input::Code).optional().help("What stays empty is left as it is."),
    ],
};

pub const CHECK: Action = Action::send("check", "Turn on source/destination check", "lock", ("{name} passes on nothing", ""), || {
    InstanceAction::SetSourceDestCheck { enabled: true }
})
.when(|i| can_check(i, false))
.single();

pub const UNCHECK: Action =
    Action::send("uncheck", "Turn off source/destination check", "lock-open", ("{name} passes on traffic of others", ""), || {
        InstanceAction::SetSourceDestCheck { enabled: false }
    })
    .when(|i| can_check(i, true))
    .single();

pub const MONITOR: Action = Action::send(
    "monitor",
    "Turn on detailed monitoring",
    "activity",
    ("Turning on detailed monitoring of {name}", "Turning on detailed monitoring of {n} instances"),
    || InstanceAction::SetMonitoring { enabled: true },
)
.when(|i| if i.monitoring { Allow::Absent } else { is_there(i) })
.ask("A value a minute instead of one in five. On AWS it costs extra.");

pub const UNMONITOR: Action = Action::send(
    "unmonitor",
    "Turn off detailed monitoring",
    "activity",
    ("Turning off detailed monitoring of {name}", "Turning off detailed monitoring of {n} instances"),
    || InstanceAction::SetMonitoring { enabled: false },
)
.when(|i| if i.monitoring { is_there(i) } else { Allow::Absent });

pub const ROLE: Action = Action::form("role", "Change role", "id-card", ("The role of {name} is changed", ""), &ROLE_FORM, |i| {
    InstanceAction::SetRole { role: i.role.clone().unwrap_or_default() }
})
.when(|i| Allow::when(matches!(i.state.as_str(), "running" | "stopped"), "Only running and stopped instances can be given a role."))
.undone_by(|i| role_of(i).or(Some(InstanceAction::RemoveRole)))
.fresh();

/// Gives it the role that it has.
fn role_of(instance: &Instance) -> Option<InstanceAction> {
    instance.role.clone().filter(|role| !role.is_empty()).map(|role| InstanceAction::SetRole { role })
}

static ROLE_FORM: Form = Form {
    title: "Role of {name}",
    intro: "What runs on the instance can do what its role may. Keys that it has fetched already are good until they expire.",
    submit: "Save",
    fields: &[Field::new("role", "Role", Input::Pick(Pick::of(Kind::Role).fits(is_for_ec2)))
        .help("Roles that EC2 may take on. Where the role has no instance profile, one is made.")],
};

pub const NO_ROLE: Action =
    Action::send("no-role", "Take the role away", "id-card", ("{name} has no role any more", ""), || InstanceAction::RemoveRole)
        .when(|i| if i.instance_profile_arn.is_empty() { Allow::Absent } else { is_there(i) })
        .ask("What runs on the instance gets no new keys.")
        .undone_by(role_of)
        .single()
        .fresh();

fn is_stopped(instance: &Instance) -> Allow {
    Allow::when(instance.state == "stopped", "It can be changed only while the instance is stopped.")
}

/// Whether the check can be turned from what it is.
fn can_check(instance: &Instance, is: bool) -> Allow {
    match instance.network_interfaces.len() {
        _ if instance.source_dest_check != Some(is) => Allow::Absent,
        0 | 1 => is_there(instance),
        _ => Allow::No("It has several network interfaces: turn the check of each of them."),
    }
}

fn runs(item: &Item, _: &Values, subject: Option<&Item>) -> bool {
    let of = item.get::<InstanceType>();
    let architecture = subject.map(|subject| subject.get::<Instance>().architecture.clone()).unwrap_or_default();
    // Where the cloud says nothing of either, it is the cloud's to refuse.
    architecture.is_empty() || of.architectures.is_empty() || of.architectures.contains(&architecture)
}

fn is_in_vpc(item: &Item, _: &Values, subject: Option<&Item>) -> bool {
    subject.is_none_or(|subject| subject.get::<Instance>().vpc_id == item.get::<SecurityGroup>().vpc_id)
}

fn is_for_ec2(item: &Item, _: &Values, _: Option<&Item>) -> bool {
    item.get::<Role>().for_ec2
}

#[cfg(test)]
mod tests {
    use api::{instance::InterfaceRef, resource::Resource};

    use super::*;

    fn reason(action: &Action, instance: &Instance) -> Option<&'static str> {
        (action.allow)(instance).reason()
    }

    #[test]
    fn what_boots_differently_is_changed_while_it_is_stopped() {
        let running = Instance { kernel_id: "aki-12345678".into(), ..Instance::sample() };
        let stopped = Instance { state: "stopped".into(), ..running.clone() };
        for action in [&TYPE, &USER_DATA, &KERNEL] {
            assert!(reason(action, &running).is_some() && reason(action, &stopped).is_none(), "{}", action.head.key);
        }
        assert_eq!((KERNEL.allow)(&Instance::sample()), Allow::Absent, "it boots from its disk");
        let binary = Instance { user_data: Some("/w==".into()), ..stopped };
        assert_eq!(reason(&USER_DATA, &binary), Some("Its user data is not text."));
    }

    #[test]
    fn a_switch_is_offered_in_the_one_direction_that_there_is() {
        let with = |source_dest_check, monitoring| Instance { source_dest_check, monitoring, ..Instance::sample() };
        let offered = |instance: Instance| {
            let switches = [&CHECK, &UNCHECK, &MONITOR, &UNMONITOR].into_iter().filter(|action| (action.allow)(&instance) == Allow::Yes);
            switches.map(|action| action.head.key).collect::<Vec<_>>()
        };
        assert_eq!(offered(with(Some(true), true)), ["uncheck", "unmonitor"]);
        assert_eq!(offered(with(Some(false), false)), ["check", "monitor"]);
        assert_eq!(offered(with(None, false)), ["monitor"]);
        let two = vec![InterfaceRef::default(), InterfaceRef::default()];
        let crowded = Instance { network_interfaces: two, source_dest_check: Some(true), ..Instance::sample() };
        assert!(reason(&UNCHECK, &crowded).is_some() && reason(&GROUPS, &crowded).is_some());
    }

    #[test]
    fn types_fit_the_architecture_and_groups_the_network() {
        let instance = Item::new(Instance { architecture: "arm64".into(), ..Instance::sample() });
        let of = |architectures: &[&str]| {
            let architectures = architectures.iter().map(|&name| name.to_owned()).collect();
            runs(&Item::new(InstanceType { architectures, ..InstanceType::sample() }), &Values::default(), Some(&instance))
        };
        assert!(of(&["arm64"]) && of(&[]) && !of(&["x86_64"]));
        let group = |vpc_id: &str| Item::new(SecurityGroup { vpc_id: vpc_id.into(), ..SecurityGroup::sample() });
        let fits = |vpc_id: &str| is_in_vpc(&group(vpc_id), &Values::default(), Some(&instance));
        assert!(fits(&Instance::sample().vpc_id) && !fits("vpc-other"));
    }
}
