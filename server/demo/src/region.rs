//! Regions and their zones.

/// A region of the demo cloud.
#[derive(Debug, PartialEq, Eq)]
pub struct Region {
    pub name: &'static str,
    /// What zone ids begin with, such as `use1` of `use1-az1`.
    pub short: &'static str,
    /// What host names of instances end with, without the first dot.
    private_domain: Option<&'static str>,
    /// Whether a new account has things here; elsewhere it has a default VPC and nothing in it.
    pub furnished: bool,
    /// Whether it is the one region of the face that is Eucalyptus.
    pub is_eucalyptus: bool,
}

const fn region(name: &'static str, short: &'static str, furnished: bool) -> Region {
    Region { name, short, private_domain: None, furnished, is_eucalyptus: false }
}

pub static REGIONS: &[Region] = &[
    Region { private_domain: Some("ec2.internal"), ..region("us-east-1", "use1", true) },
    region("eu-west-1", "euw1", true),
    region("us-east-2", "use2", false),
    region("us-west-2", "usw2", false),
    region("eu-central-1", "euc1", false),
    region("ap-northeast-1", "apne1", false),
    Region { private_domain: Some("eucalyptus.internal"), is_eucalyptus: true, ..region(EUCALYPTUS, "euca", true) },
];

/// What Eucalyptus calls its region when nobody names it.
pub const EUCALYPTUS: &str = "eucalyptus";

/// Those that accounts would have to opt in to, which the demo cloud has by name alone.
pub const CLOSED: [&str; 3] = ["af-south-1", "eu-south-1", "me-central-1"];

/// The zones of every region, by the letter that ends their names.
pub const ZONES: [char; 3] = ['a', 'b', 'c'];

impl Region {
    pub fn find(name: &str) -> Option<&'static Self> {
        REGIONS.iter().find(|region| region.name == name)
    }

    pub fn zones(&self) -> impl Iterator<Item = String> {
        ZONES.iter().map(move |letter| format!("{}{letter}", self.name))
    }

    pub fn private_dns(&self, address: std::net::Ipv4Addr) -> String {
        let host = address.to_string().replace('.', "-");
        match self.private_domain {
            Some(domain) => format!("ip-{host}.{domain}"),
            None => format!("ip-{host}.{}.compute.internal", self.name),
        }
    }

    pub fn public_dns(&self, address: std::net::Ipv4Addr) -> String {
        let host = address.to_string().replace('.', "-");
        match self.private_domain {
            Some(_) if self.is_eucalyptus => format!("euca-{host}.{}.cloud.example", self.name),
            Some(_) => format!("ec2-{host}.compute-1.amazonaws.com"),
            None => format!("ec2-{host}.{}.compute.amazonaws.com", self.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_names_follow_the_region() {
        let address = std::net::Ipv4Addr::new(10, 0, 1, 17);
        let [us, eu] = ["us-east-1", "eu-west-1"].map(|name| Region::find(name).unwrap());
        assert_eq!(us.private_dns(address), "ip-10-0-1-17.ec2.internal");
        assert_eq!(eu.private_dns(address), "ip-10-0-1-17.eu-west-1.compute.internal");
        assert_eq!(us.public_dns(address), "ec2-10-0-1-17.compute-1.amazonaws.com");
        let eucalyptus = Region::find(EUCALYPTUS).unwrap();
        assert_eq!(eucalyptus.public_dns(address), "euca-10-0-1-17.eucalyptus.cloud.example");
        assert_eq!(Region::find("mars-north-1"), None);
    }
}
