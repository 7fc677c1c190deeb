//! What instances write to their serial console.

use std::fmt::Write as _;

use crate::world::{
    World,
    instance::{Instance, mac},
    instance_type,
};

/// A boot log, the same every time for the same instance.
pub fn boot_log(id: &str, instance: &Instance, world: &World) -> String {
    if instance.windows {
        return windows(id, instance, world);
    }
    let host = world.region.private_dns(instance.private_ip);
    let short = host.split('.').next().unwrap_or_default();
    let (vcpus, memory) = instance_type::find(&instance.instance_type).map_or((2, 4_096), |known| (known.vcpus, known.memory));
    let (kernel, machine) = match instance.architecture {
        "arm64" => ("6.1.0-18-cloud-arm64", "aarch64"),
        _ => ("6.1.0-18-cloud-amd64", "x86_64"),
    };
    let name = world.images.get(&instance.image).map_or("Linux", |image| match &*image.name {
        name if name.starts_with("al2023") => "Amazon Linux 2023",
        name if name.starts_with("amzn2") => "Amazon Linux 2",
        name if name.starts_with("ubuntu") => "Ubuntu 24.04.1 LTS",
        name if name.starts_with("RHEL") => "Red Hat Enterprise Linux 9.6 (Plow)",
        _ => "Debian GNU/Linux 12",
    });
    let mut log = String::with_capacity(4_096);
    let mut at = 0.0;
    let mut line = |step: f64, text: &str| {
        at += step;
        let _ = writeln!(log, "[{at:12.6}] {text}");
    };
    line(0.0, &format!("Linux version {kernel} (build@{machine}) (gcc 12.2.0, GNU ld 2.40) #1 SMP PREEMPT_DYNAMIC"));
    line(
        0.0,
        &format!(
            "Command line: BOOT_IMAGE=/boot/vmlinuz-{kernel} root=PARTUUID=a0b1c2d3-02 ro console=tty0 console=ttyS0,115200 nvme_core.io_timeout=4294967295"
        ),
    );
    line(0.000_001, "BIOS-provided physical RAM map:");
    line(0.000_001, "DMI: Amazon EC2 /, BIOS 1.0 10/16/2017");
    line(0.000_4, "Hypervisor detected: KVM");
    line(0.011, &format!("Memory: {}K/{}K available", memory * 1_024 - 91_432, memory * 1_024));
    line(0.04, &format!("smp: Brought up 1 node, {vcpus} CPUs"));
    line(0.2, "PCI: Using configuration type 1 for base access");
    line(0.1, &format!("nvme nvme0: pci function 0000:00:04.0, {} queues", vcpus.min(8)));
    line(0.02, "nvme0n1: p1 p14 p15");
    line(0.3, &format!("ena 0000:00:05.0: Elastic Network Adapter (ENA) found at mem febf4000, mac addr {}", mac(instance.interface.mac)));
    line(0.2, "EXT4-fs (nvme0n1p1): mounted filesystem with ordered data mode. Quota mode: none.");
    line(0.3, "systemd[1]: Inserted module 'autofs4'");
    line(
        0.01,
        &format!("systemd[1]: Detected virtualization amazon, architecture {}.", if machine == "aarch64" { "arm64" } else { "x86-64" }),
    );
    let _ = write!(log, "\nWelcome to {name}!\n\n");
    let _ = writeln!(log, "[  OK  ] Created slice system-getty.slice - Slice /system/getty.");
    let _ = writeln!(log, "[  OK  ] Reached target network-pre.target - Preparation for Network.");
    let _ = writeln!(log, "[  OK  ] Started systemd-networkd.service - Network Configuration.");
    let _ = writeln!(log, "[  OK  ] Mounted boot-efi.mount - /boot/efi.");
    let _ = writeln!(log, "         Starting cloud-init.service - Initial cloud-init job (metadata service crawler)...");
    let _ = writeln!(log, "[    4.812009] cloud-init[412]: Cloud-init v. 22.4.2 running 'init'. Up 4.77 seconds.");
    let _ = writeln!(log, "ci-info: | ens5 | True | {} | . | global |", instance.private_ip);
    let _ = writeln!(log, "ci-info: instance-id {id}, type {}, zone {}", instance.instance_type, instance.zone);
    if let Some(key) = &instance.key_name {
        let _ = writeln!(log, "ci-info: Authorized keys from /home/admin/.ssh/authorized_keys for user admin: ssh-ed25519 {key}");
    }
    if instance.user_data.is_some() {
        let _ = writeln!(log, "[    6.240117] cloud-init[498]: running user-data script part-001");
    }
    let _ = writeln!(log, "[  OK  ] Started ssh.service - OpenBSD Secure Shell server.");
    let _ = writeln!(log, "[  OK  ] Reached target multi-user.target - Multi-User System.");
    let _ = writeln!(log, "[    7.930554] cloud-init[530]: Cloud-init v. 22.4.2 finished. Datasource DataSourceEc2Local.  Up 7.91 seconds");
    let _ = write!(log, "\n{name} {short} ttyS0\n\n{short} login: ");
    log
}

fn windows(id: &str, instance: &Instance, world: &World) -> String {
    let started = crate::clock::iso(instance.launched_at);
    let date = &started[..19];
    let host = format!("EC2AMAZ-{:07X}", instance.interface.mac & 0x0fff_ffff);
    [
        format!("{date}Z: Windows sysprep configuration complete."),
        format!("{date}Z: Message: Windows is being prepared to be used"),
        format!("{date}Z: OsProductName: {}", world.images.get(&instance.image).map_or("Windows Server", |image| &image.description)),
        format!("{date}Z: Hostname: {host}"),
        format!("{date}Z: Instance-ID: {id}, Instance-Type: {}", instance.instance_type),
        format!("{date}Z: Driver: AWS PV Driver Package v8.4.3, ENA 2.7.0, NVMe 1.5.1"),
        format!("{date}Z: RDPCERTIFICATE-SUBJECTNAME: {host}"),
        format!("{date}Z: EC2Launch: EC2Launch v2 is running user data"),
        format!("{date}Z: Message: Windows is Ready to use\r\n"),
    ]
    .join("\r\n")
}
