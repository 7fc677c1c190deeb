//! The forms of volumes: making one, attaching it, modifying it.

use api::{
    instance::Instance,
    kind::Kind,
    snapshot::Snapshot,
    volume::{Volume, find_type, free_device},
};

use crate::spec::{
    Item,
    form::{Field, Form, Input, Pick, Values},
};

const SSD_IOPS: &str = "How many operations a second it can do. Empty for what comes with the type.";

pub static CREATE: Form = Form {
    title: "Create volume",
    intro: "",
    submit: "Create volume",
    fields: &[
        Field::new("name", "Name", Input::Text).optional(),
        Field::new("zone", "Zone", Input::Pick(Pick::of(Kind::Zone))).help("A volume can be attached to instances of its own zone."),
        Field::new(
            "snapshot_id",
            "Snapshot",
            Input::Pick(Pick::of(Kind::Snapshot).fits(is_complete).none("None: an empty volume").suggests("size", size_of_snapshot)),
        )
        .optional()
        .help("What is on the volume from the start."),
        Field::new("size", "Size", Input::Number("GiB")).help("With a snapshot, at least the size of the snapshot."),
        Field::new(
            "volume_type",
            "Type",
            Input::Choice(&[
                ("", "The cloud's default"),
                ("gp3", "General purpose SSD (gp3)"),
                ("gp2", "General purpose SSD (gp2)"),
                ("io2", "Provisioned IOPS SSD (io2)"),
                ("io1", "Provisioned IOPS SSD (io1)"),
                ("st1", "Throughput optimized HDD (st1)"),
                ("sc1", "Cold HDD (sc1)"),
                ("standard", "Magnetic (standard)"),
            ]),
        ),
        Field::new("iops", "IOPS", Input::Number("")).optional().when(takes_iops).help(SSD_IOPS),
        Field::new("throughput", "Throughput", Input::Number("MiB/s")).optional().when(takes_throughput),
        Field::new("encrypted", "Encrypted", Input::Check).help("A volume of an encrypted snapshot is encrypted in any case."),
        Field::new("tags", "Tags", Input::Tags).optional(),
    ],
};

pub static ATTACH: Form = Form {
    title: "Attach {name}",
    intro: "",
    submit: "Attach",
    fields: &[
        Field::new(
            "instance_id",
            "Instance",
            Input::Pick(Pick::of(Kind::Instance).fits(can_take).suggests("device", |item| device_of(item.get()))),
        )
        .help("Running and stopped instances in the zone of the volume."),
        Field::new("device", "Device", Input::Code)
            .optional()
            .help("Empty for the first that is free. The system may give it another name, such as /dev/xvdf or /dev/nvme1n1."),
    ],
};

pub static MODIFY: Form = Form {
    title: "Modify {name}",
    intro: "A volume can grow, but not shrink. It stays in use meanwhile; the system has to extend its file system afterwards.",
    submit: "Modify",
    fields: &[
        Field::new(
            "volume_type",
            "Type",
            Input::Choice(&[
                ("gp3", "General purpose SSD (gp3)"),
                ("gp2", "General purpose SSD (gp2)"),
                ("io2", "Provisioned IOPS SSD (io2)"),
                ("io1", "Provisioned IOPS SSD (io1)"),
                ("st1", "Throughput optimized HDD (st1)"),
                ("sc1", "Cold HDD (sc1)"),
                ("standard", "Magnetic (standard)"),
            ]),
        ),
        Field::new("size", "Size", Input::Number("GiB")),
        Field::new("iops", "IOPS", Input::Number("")).optional().when(takes_iops).help(SSD_IOPS),
        Field::new("throughput", "Throughput", Input::Number("MiB/s")).optional().when(takes_throughput),
    ],
};

fn takes_iops(values: &Values) -> bool {
    find_type(values.text("volume_type")).is_some_and(|known| known.iops.is_some())
}

fn takes_throughput(values: &Values) -> bool {
    find_type(values.text("volume_type")).is_some_and(|known| known.throughput.is_some())
}

fn is_complete(item: &Item, _: &Values, _: Option<&Item>) -> bool {
    item.get::<Snapshot>().state == "completed"
}

fn size_of_snapshot(item: &Item) -> String {
    item.get::<Snapshot>().size.to_string()
}

/// Whether the instance can take the volume.
fn can_take(item: &Item, _: &Values, subject: Option<&Item>) -> bool {
    let instance = item.get::<Instance>();
    matches!(instance.state.as_str(), "running" | "stopped") && subject.is_none_or(|item| item.get::<Volume>().zone == instance.zone)
}

fn device_of(instance: &Instance) -> String {
    let taken: Vec<_> = instance.block_devices.iter().map(|device| device.device.as_str()).collect();
    free_device(&taken).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use api::resource::Resource;

    use super::*;

    #[test]
    fn a_volume_goes_to_instances_of_its_zone_that_run_or_are_stopped() {
        let volume = Item::new(Volume { zone: "us-east-1a".into(), ..Volume::sample() });
        let fits = |zone: &str, state: &str| {
            let instance = Instance { zone: zone.into(), state: state.into(), ..Instance::sample() };
            can_take(&Item::new(instance), &Values::default(), Some(&volume))
        };
        assert!(fits("us-east-1a", "running") && fits("us-east-1a", "stopped"));
        assert!(!fits("us-east-1b", "running") && !fits("us-east-1a", "terminated") && !fits("us-east-1a", "pending"));
    }

    #[test]
    fn the_first_free_device_is_suggested() {
        assert_eq!(device_of(&Instance::sample()), "/dev/sdf");
    }
}
