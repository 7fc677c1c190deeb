//! Instance types: the families on sale and their sizes, with the figures of
//! <https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html>.

use std::sync::LazyLock;

use crate::{
    filter::Names,
    noun::Noun,
    page::Table,
    protocol::{
        refusal::Refusal,
        value::{Value, map},
    },
    world::World,
};

pub struct InstanceType {
    pub vcpus: u32,
    /// MiB
    pub memory: u64,
    pub family: &'static Family,
    /// GiB of instance store.
    storage: u32,
    network: String,
    bare_metal: bool,
}

#[expect(clippy::struct_excessive_bools, reason = "each is a column of AWS's table")]
pub struct Family {
    name: &'static str,
    pub arm: bool,
    /// As the type says it: `x86_64` types of the first generations run 32-bit images too.
    i386: bool,
    current: bool,
    burstable: bool,
    nitro: bool,
    ghz: &'static str,
    /// Size, vCPUs, GiB of memory, GiB of instance store, network.
    sizes: &'static [(&'static str, u32, f32, u32, &'static str)],
}

const X86: Family = Family { name: "", arm: false, i386: false, current: true, burstable: false, nitro: true, ghz: "3.1", sizes: &[] };
const ARM: Family = Family { arm: true, ghz: "2.6", ..X86 };

const BURST: &str = "Up to 5 Gigabit";
const UP10: &str = "Up to 10 Gigabit";
const UP12: &str = "Up to 12.5 Gigabit";

static FAMILIES: &[Family] = &[
    Family {
        name: "m1",
        i386: true,
        current: false,
        nitro: false,
        ghz: "2.0",
        sizes: &[("small", 1, 1.75, 0, "Low"), ("medium", 1, 3.75, 0, "Moderate"), ("large", 2, 7.5, 0, "Moderate")],
        ..X86
    },
    Family {
        name: "t2",
        i386: true,
        burstable: true,
        nitro: false,
        ghz: "2.3",
        sizes: &[
            ("nano", 1, 0.5, 0, "Low to Moderate"),
            ("micro", 1, 1.0, 0, "Low to Moderate"),
            ("small", 1, 2.0, 0, "Low to Moderate"),
            ("medium", 2, 4.0, 0, "Low to Moderate"),
            ("large", 2, 8.0, 0, "Low to Moderate"),
            ("xlarge", 4, 16.0, 0, "Moderate"),
            ("2xlarge", 8, 32.0, 0, "Moderate"),
        ],
        ..X86
    },
    Family { name: "t3", burstable: true, ghz: "2.5", sizes: T_SIZES, ..X86 },
    Family { name: "t3a", burstable: true, ghz: "2.2", sizes: T_SIZES, ..X86 },
    Family { name: "t4g", burstable: true, ghz: "2.5", sizes: T_SIZES, ..ARM },
    Family {
        name: "m4",
        current: false,
        nitro: false,
        ghz: "2.4",
        sizes: &[
            ("large", 2, 8.0, 0, "Moderate"),
            ("xlarge", 4, 16.0, 0, "High"),
            ("2xlarge", 8, 32.0, 0, "High"),
            ("4xlarge", 16, 64.0, 0, "High"),
        ],
        ..X86
    },
    Family {
        name: "m5",
        sizes: &[
            ("large", 2, 8.0, 0, UP10),
            ("xlarge", 4, 16.0, 0, UP10),
            ("2xlarge", 8, 32.0, 0, UP10),
            ("4xlarge", 16, 64.0, 0, UP10),
            ("8xlarge", 32, 128.0, 0, "10 Gigabit"),
            ("12xlarge", 48, 192.0, 0, "12 Gigabit"),
            ("16xlarge", 64, 256.0, 0, "20 Gigabit"),
            ("24xlarge", 96, 384.0, 0, "25 Gigabit"),
            ("metal", 96, 384.0, 0, "25 Gigabit"),
        ],
        ..X86
    },
    Family { name: "m6i", ghz: "3.5", sizes: M6_SIZES, ..X86 },
    Family { name: "m6a", ghz: "3.6", sizes: M6_SIZES, ..X86 },
    Family { name: "m7g", sizes: M7G_SIZES, ..ARM },
    Family {
        name: "c5",
        ghz: "3.4",
        sizes: &[
            ("large", 2, 4.0, 0, UP10),
            ("xlarge", 4, 8.0, 0, UP10),
            ("2xlarge", 8, 16.0, 0, UP10),
            ("4xlarge", 16, 32.0, 0, UP10),
            ("9xlarge", 36, 72.0, 0, "12 Gigabit"),
            ("12xlarge", 48, 96.0, 0, "12 Gigabit"),
            ("18xlarge", 72, 144.0, 0, "25 Gigabit"),
            ("24xlarge", 96, 192.0, 0, "25 Gigabit"),
            ("metal", 96, 192.0, 0, "25 Gigabit"),
        ],
        ..X86
    },
    Family {
        name: "c6i",
        ghz: "3.5",
        sizes: &[
            ("large", 2, 4.0, 0, UP12),
            ("xlarge", 4, 8.0, 0, UP12),
            ("2xlarge", 8, 16.0, 0, UP12),
            ("4xlarge", 16, 32.0, 0, UP12),
            ("8xlarge", 32, 64.0, 0, "12.5 Gigabit"),
            ("12xlarge", 48, 96.0, 0, "18.75 Gigabit"),
            ("16xlarge", 64, 128.0, 0, "25 Gigabit"),
            ("24xlarge", 96, 192.0, 0, "37.5 Gigabit"),
            ("32xlarge", 128, 256.0, 0, "50 Gigabit"),
        ],
        ..X86
    },
    Family {
        name: "c7g",
        sizes: &[
            ("medium", 1, 2.0, 0, UP12),
            ("large", 2, 4.0, 0, UP12),
            ("xlarge", 4, 8.0, 0, UP12),
            ("2xlarge", 8, 16.0, 0, "Up to 15 Gigabit"),
            ("4xlarge", 16, 32.0, 0, "Up to 15 Gigabit"),
            ("8xlarge", 32, 64.0, 0, "15 Gigabit"),
            ("12xlarge", 48, 96.0, 0, "22.5 Gigabit"),
            ("16xlarge", 64, 128.0, 0, "30 Gigabit"),
        ],
        ..ARM
    },
    Family {
        name: "r5",
        sizes: &[
            ("large", 2, 16.0, 0, UP10),
            ("xlarge", 4, 32.0, 0, UP10),
            ("2xlarge", 8, 64.0, 0, UP10),
            ("4xlarge", 16, 128.0, 0, UP10),
            ("8xlarge", 32, 256.0, 0, "10 Gigabit"),
            ("12xlarge", 48, 384.0, 0, "12 Gigabit"),
            ("16xlarge", 64, 512.0, 0, "20 Gigabit"),
            ("24xlarge", 96, 768.0, 0, "25 Gigabit"),
        ],
        ..X86
    },
    Family {
        name: "r6i",
        ghz: "3.5",
        sizes: &[
            ("large", 2, 16.0, 0, UP12),
            ("xlarge", 4, 32.0, 0, UP12),
            ("2xlarge", 8, 64.0, 0, UP12),
            ("4xlarge", 16, 128.0, 0, UP12),
            ("8xlarge", 32, 256.0, 0, "12.5 Gigabit"),
            ("12xlarge", 48, 384.0, 0, "18.75 Gigabit"),
            ("16xlarge", 64, 512.0, 0, "25 Gigabit"),
            ("24xlarge", 96, 768.0, 0, "37.5 Gigabit"),
            ("32xlarge", 128, 1024.0, 0, "50 Gigabit"),
        ],
        ..X86
    },
    Family {
        name: "r7g",
        sizes: &[
            ("medium", 1, 8.0, 0, UP12),
            ("large", 2, 16.0, 0, UP12),
            ("xlarge", 4, 32.0, 0, UP12),
            ("2xlarge", 8, 64.0, 0, "Up to 15 Gigabit"),
            ("4xlarge", 16, 128.0, 0, "Up to 15 Gigabit"),
            ("8xlarge", 32, 256.0, 0, "15 Gigabit"),
            ("12xlarge", 48, 384.0, 0, "22.5 Gigabit"),
            ("16xlarge", 64, 512.0, 0, "30 Gigabit"),
        ],
        ..ARM
    },
    Family {
        name: "i3",
        nitro: false,
        ghz: "2.3",
        sizes: &[
            ("large", 2, 15.25, 475, UP10),
            ("xlarge", 4, 30.5, 950, UP10),
            ("2xlarge", 8, 61.0, 1_900, UP10),
            ("4xlarge", 16, 122.0, 3_800, UP10),
            ("8xlarge", 32, 244.0, 7_600, "10 Gigabit"),
            ("16xlarge", 64, 488.0, 15_200, "25 Gigabit"),
        ],
        ..X86
    },
    Family {
        name: "g4dn",
        ghz: "2.5",
        sizes: &[
            ("xlarge", 4, 16.0, 125, "Up to 25 Gigabit"),
            ("2xlarge", 8, 32.0, 225, "Up to 25 Gigabit"),
            ("4xlarge", 16, 64.0, 225, "Up to 25 Gigabit"),
            ("8xlarge", 32, 128.0, 900, "50 Gigabit"),
            ("12xlarge", 48, 192.0, 900, "50 Gigabit"),
        ],
        ..X86
    },
];

const T_SIZES: &[(&str, u32, f32, u32, &str)] = &[
    ("nano", 2, 0.5, 0, BURST),
    ("micro", 2, 1.0, 0, BURST),
    ("small", 2, 2.0, 0, BURST),
    ("medium", 2, 4.0, 0, BURST),
    ("large", 2, 8.0, 0, BURST),
    ("xlarge", 4, 16.0, 0, BURST),
    ("2xlarge", 8, 32.0, 0, BURST),
];

const M6_SIZES: &[(&str, u32, f32, u32, &str)] = &[
    ("large", 2, 8.0, 0, UP12),
    ("xlarge", 4, 16.0, 0, UP12),
    ("2xlarge", 8, 32.0, 0, UP12),
    ("4xlarge", 16, 64.0, 0, UP12),
    ("8xlarge", 32, 128.0, 0, "12.5 Gigabit"),
    ("12xlarge", 48, 192.0, 0, "18.75 Gigabit"),
    ("16xlarge", 64, 256.0, 0, "25 Gigabit"),
    ("24xlarge", 96, 384.0, 0, "37.5 Gigabit"),
    ("32xlarge", 128, 512.0, 0, "50 Gigabit"),
];

const M7G_SIZES: &[(&str, u32, f32, u32, &str)] = &[
    ("medium", 1, 4.0, 0, UP12),
    ("large", 2, 8.0, 0, UP12),
    ("xlarge", 4, 16.0, 0, UP12),
    ("2xlarge", 8, 32.0, 0, "Up to 15 Gigabit"),
    ("4xlarge", 16, 64.0, 0, "Up to 15 Gigabit"),
    ("8xlarge", 32, 128.0, 0, "15 Gigabit"),
    ("12xlarge", 48, 192.0, 0, "22.5 Gigabit"),
    ("16xlarge", 64, 256.0, 0, "30 Gigabit"),
    ("metal", 64, 256.0, 0, "30 Gigabit"),
];

static TYPES: LazyLock<Table<InstanceType>> = LazyLock::new(|| {
    let of = |family: &'static Family| {
        family.sizes.iter().map(move |&(size, vcpus, gib, storage, network)| {
            // GiB are given in quarters, which floats hold exactly.
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive multiple of 256")]
            let memory = (gib * 1024.0) as u64;
            let row = InstanceType { vcpus, memory, family, storage, network: network.to_owned(), bare_metal: size == "metal" };
            (format!("{}.{size}", family.name).into(), row)
        })
    };
    FAMILIES.iter().flat_map(of).collect()
});

/// The type with this name.
pub fn find(name: &str) -> Option<&'static InstanceType> {
    TYPES.get(name)
}

impl InstanceType {
    pub fn runs(&self, architecture: &str) -> bool {
        match architecture {
            "arm64" => self.family.arm,
            "i386" => self.family.i386,
            _ => !self.family.arm,
        }
    }
}

impl Noun for InstanceType {
    const ID: &'static str = "InstanceType";
    const SHAPE: Option<(&'static str, &'static str)> = None;
    const MAX_RESULTS: (usize, usize) = (5, 100);
    const DEFAULT_RESULTS: usize = 100;
    const FILTERS: Names = &[
        ("instance-type", "instanceType"),
        ("current-generation", "currentGeneration"),
        ("free-tier-eligible", "freeTierEligible"),
        ("bare-metal", "bareMetal"),
        ("hypervisor", "hypervisor"),
        ("burstable-performance-supported", "burstablePerformanceSupported"),
        ("instance-storage-supported", "instanceStorageSupported"),
        ("instance-storage-info.total-size-in-gb", "instanceStorageInfo.totalSizeInGB"),
        ("processor-info.supported-architecture", "processorInfo.supportedArchitectures"),
        ("vcpu-info.default-vcpus", "vCpuInfo.defaultVCpus"),
        ("memory-info.size-in-mib", "memoryInfo.sizeInMiB"),
        ("network-info.network-performance", "networkInfo.networkPerformance"),
        ("supported-root-device-type", "supportedRootDeviceTypes"),
        ("supported-virtualization-type", "supportedVirtualizationTypes"),
        ("supported-usage-class", "supportedUsageClasses"),
    ];

    fn table(_: &World) -> &Table<Self> {
        &TYPES
    }

    fn unknown(id: &str) -> Refusal {
        Refusal::new("InvalidInstanceType", format!("The following supplied instance types do not exist: [{id}]"))
    }

    fn show(&self, id: &str, _: &World) -> Value {
        let architectures: &[&str] = match self.family {
            Family { arm: true, .. } => &["arm64"],
            Family { i386: true, .. } => &["i386", "x86_64"],
            _ => &["x86_64"],
        };
        let threads = if self.family.arm || self.vcpus == 1 { 1 } else { 2 };
        map! {
            "instanceType" => id,
            "currentGeneration" => self.family.current,
            "freeTierEligible" => matches!(id, "t2.micro" | "t3.micro"),
            "supportedUsageClasses" => Value::list(["on-demand", "spot"]),
            "supportedRootDeviceTypes" => Value::list(["ebs"]),
            "supportedVirtualizationTypes" => Value::list(["hvm"]),
            "bareMetal" => self.bare_metal,
            "hypervisor" => (!self.bare_metal).then_some(if self.family.nitro { "nitro" } else { "xen" }),
            "processorInfo" => map! {
                "supportedArchitectures" => Value::list(architectures.iter().copied()),
                "sustainedClockSpeedInGhz" => self.family.ghz,
            },
            "vCpuInfo" => map! {
                "defaultVCpus" => self.vcpus,
                "defaultCores" => self.vcpus / threads,
                "defaultThreadsPerCore" => threads,
            },
            "memoryInfo" => map! { "sizeInMiB" => self.memory },
            "instanceStorageSupported" => self.storage > 0,
            "instanceStorageInfo" => (self.storage > 0).then(|| map! { "totalSizeInGB" => self.storage, "nvmeSupport" => "required" }),
            "ebsInfo" => map! {
                "ebsOptimizedSupport" => if self.family.nitro { "default" } else { "unsupported" },
                "encryptionSupport" => "supported",
                "nvmeSupport" => if self.family.nitro { "required" } else { "unsupported" },
            },
            "networkInfo" => map! {
                "networkPerformance" => &self.network,
                "maximumNetworkInterfaces" => (self.vcpus * 2).clamp(2, 15),
                "ipv4AddressesPerInterface" => (self.vcpus * 2).clamp(2, 50),
                "ipv6Supported" => true,
                "enaSupport" => if self.family.nitro { "required" } else { "supported" },
            },
            "burstablePerformanceSupported" => self.family.burstable,
            "dedicatedHostsSupported" => !self.family.burstable,
            "autoRecoverySupported" => !self.bare_metal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_many_and_the_well_known_ones_are_right() {
        assert!(TYPES.len() >= 120, "{}", TYPES.len());
        let micro = find("t3.micro").unwrap();
        assert_eq!((micro.vcpus, micro.memory), (2, 1024));
        assert_eq!(find("t2.nano").unwrap().memory, 512);
        assert_eq!(find("i3.large").unwrap().memory, 15_616);
        assert!(find("t4g.micro").unwrap().runs("arm64") && !find("t4g.micro").unwrap().runs("x86_64"));
        assert!(find("t2.micro").unwrap().runs("i386") && !micro.runs("i386"));
    }
}
