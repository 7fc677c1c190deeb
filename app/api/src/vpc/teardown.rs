//! A VPC deleted with all that is in it, in the order that the cloud accepts.
//! <https://docs.aws.amazon.com/vpc/latest/userguide/delete-vpc.html>

use super::{Vpc, VpcAction};
use crate::{
    address::{Address, AddressAction},
    instance::{Instance, InstanceAction},
    internet_gateway::{InternetGateway, InternetGatewayAction},
    kind::Kind,
    nat_gateway::{NatGateway, NatGatewayAction},
    network_acl::{NetworkAcl, NetworkAclAction},
    network_interface::{NetworkInterface, NetworkInterfaceAction},
    plan::{Call, Step, Until, called},
    resource::Resource,
    route_table::{RouteTable, RouteTableAction},
    security_group::{SecurityGroup, SecurityGroupAction, teardown},
    subnet::{Subnet, SubnetAction},
    vpc_endpoint::{VpcEndpoint, VpcEndpointAction},
    vpc_peering::{VpcPeering, VpcPeeringAction},
};

/// What is in a VPC. Each list may hold more than that: what is elsewhere, or gone, is left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contents {
    pub vpc: Vpc,
    pub instances: Vec<Instance>,
    pub nat_gateways: Vec<NatGateway>,
    pub network_interfaces: Vec<NetworkInterface>,
    pub endpoints: Vec<VpcEndpoint>,
    pub peerings: Vec<VpcPeering>,
    pub route_tables: Vec<RouteTable>,
    pub subnets: Vec<Subnet>,
    pub internet_gateways: Vec<InternetGateway>,
    pub network_acls: Vec<NetworkAcl>,
    pub security_groups: Vec<SecurityGroup>,
}

/// What goes beside what has to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// Terminates the instances; without it they have to be gone before.
    pub instances: bool,
    /// Releases the elastic addresses of the NAT gateways, which would go on to cost.
    pub addresses: bool,
}

impl Contents {
    fn is_here(&self, vpc: &str) -> bool {
        vpc == self.vpc.id
    }

    /// The instances that keep it from being deleted.
    pub fn blockers(&self) -> impl Iterator<Item = &Instance> {
        self.instances.iter().filter(|row| self.is_here(&row.vpc_id) && row.state != "terminated")
    }

    /// The NAT gateways that are there, also those on their way out.
    fn gateways(&self) -> impl Iterator<Item = &NatGateway> {
        self.nat_gateways.iter().filter(|row| self.is_here(&row.vpc_id) && row.is_there())
    }

    /// Whether an address would stay behind.
    pub fn has_addresses(&self) -> bool {
        self.gateways().any(|row| !row.allocation_id.is_empty())
    }

    /// Everything in order. What was gone already when its turn comes is no failure.
    pub fn steps(&self, extent: Extent) -> Vec<Step> {
        let mut steps = vec![];
        if extent.instances {
            let going = || self.blockers().filter(|row| row.state != "shutting-down");
            steps.extend(
                going().map(|row| Step::act::<Instance>("Terminate instance {name}", called(row), &InstanceAction::Terminate, &row.id)),
            );
            steps.extend(self.blockers().map(|row| gone::<Instance>("Wait until instance {name} is terminated", row)));
        }
        let alive = || self.gateways().filter(|row| row.state != "deleting");
        steps.extend(
            alive().map(|row| Step::act::<NatGateway>("Delete NAT gateway {name}", called(row), &NatGatewayAction::Delete, &row.id)),
        );
        let endpoints = || self.endpoints.iter().filter(|row| self.is_here(&row.vpc_id) && row.is_there());
        steps.extend(
            endpoints().map(|row| Step::act::<VpcEndpoint>("Delete VPC endpoint {name}", called(row), &VpcEndpointAction::Delete, &row.id)),
        );
        steps.extend(self.gateways().map(|row| gone::<NatGateway>("Wait until NAT gateway {name} is deleted", row)));
        steps.extend(endpoints().map(|row| gone::<VpcEndpoint>("Wait until VPC endpoint {name} is deleted", row)));
        if extent.addresses {
            let addresses = self.gateways().filter(|row| !row.allocation_id.is_empty());
            steps.extend(addresses.map(|row| {
                Step::act::<Address>("Release elastic address {name}", &row.public_ip, &AddressAction::Release, &row.allocation_id)
            }));
        }
        steps.extend(self.interfaces().map(|row| {
            Step::act::<NetworkInterface>("Delete network interface {name}", called(row), &NetworkInterfaceAction::Delete, &row.id)
        }));
        steps.extend(self.tables());
        let subnets = self.subnets.iter().filter(|row| self.is_here(&row.vpc_id));
        steps.extend(subnets.map(|row| Step::act::<Subnet>("Delete subnet {name}", called(row), &SubnetAction::Delete, &row.id)));
        for row in self.internet_gateways.iter().filter(|row| self.is_here(&row.vpc_id)) {
            let detach = InternetGatewayAction::Detach { vpc_id: self.vpc.id.clone() };
            steps.push(Step::act::<InternetGateway>("Detach internet gateway {name}", called(row), &detach, &row.id));
            let delete = InternetGatewayAction::Delete;
            steps.push(Step::act::<InternetGateway>("Delete internet gateway {name}", called(row), &delete, &row.id));
        }
        let acls = self.network_acls.iter().filter(|row| self.is_here(&row.vpc_id) && !row.is_default);
        steps.extend(acls.map(|row| Step::act::<NetworkAcl>("Delete network ACL {name}", called(row), &NetworkAclAction::Delete, &row.id)));
        steps.extend(self.groups());
        let peerings = self.peerings.iter().filter(|row| row.connects(&self.vpc.id));
        steps.extend(
            peerings.map(|row| Step::act::<VpcPeering>("Delete VPC peering {name}", called(row), &VpcPeeringAction::Delete, &row.id)),
        );
        steps.push(Step::end::<Vpc>("Delete VPC {name}", called(&self.vpc), &VpcAction::Delete, &self.vpc.id));
        steps
    }

    /// Those that no instance takes with it and no service keeps.
    fn interfaces(&self) -> impl Iterator<Item = &NetworkInterface> {
        let is_own = |row: &&NetworkInterface| !row.requester_managed && matches!(row.interface_type.as_str(), "" | "interface");
        let stays = |row: &&NetworkInterface| row.instance_id.is_empty() || row.delete_on_termination == Some(false);
        self.network_interfaces.iter().filter(|row| self.is_here(&row.vpc_id)).filter(is_own).filter(stays)
    }

    /// A table goes when no subnet has it any more.
    fn tables(&self) -> Vec<Step> {
        let mut steps = vec![];
        for row in self.route_tables.iter().filter(|row| self.is_here(&row.vpc_id) && !row.is_main()) {
            steps.extend(row.associations.iter().map(|association| {
                let action = RouteTableAction::Disassociate { association_id: association.id.clone() };
                let name = format!("{} → {}", association.subnet_id, called(row));
                Step::act::<RouteTable>("Disassociate subnet from route table: {name}", name, &action, &row.id)
            }));
            steps.push(Step::act::<RouteTable>("Delete route table {name}", called(row), &RouteTableAction::Delete, &row.id));
        }
        steps
    }

    fn groups(&self) -> Vec<Step> {
        let here: Vec<_> = self.security_groups.iter().filter(|row| self.is_here(&row.vpc_id)).collect();
        let going: Vec<_> = here.iter().copied().filter(|row| row.name != "default").collect();
        let mut steps = teardown::revocations(&here, &going);
        steps.extend(
            going
                .iter()
                .map(|row| Step::act::<SecurityGroup>("Delete security group {name}", called(*row), &SecurityGroupAction::Delete, &row.id)),
        );
        steps
    }
}

/// A plan that goes on where another stopped: the fresh one, with what that one had still to remove and what is no longer found in the VPC. A
/// gateway that is detached but not deleted would stay behind otherwise, and so would the address of a NAT gateway that is gone.
pub fn resumed(undone: impl IntoIterator<Item = Step>, mut fresh: Vec<Step>) -> Vec<Step> {
    let removes = |step: &Step| {
        matches!(&step.call, Call::Act { kind: Kind::InternetGateway | Kind::Address, action, .. }
            if matches!(action["do"].as_str(), Some("delete" | "release")))
    };
    let left: Vec<_> = undone.into_iter().filter(|step| removes(step) && !fresh.contains(step)).collect();
    // The VPC goes last.
    let end = fresh.len().saturating_sub(1);
    fresh.splice(end..end, left);
    fresh
}

fn gone<T: Resource>(text: &'static str, resource: &T) -> Step {
    Step::wait(text, called(resource), T::KIND, resource.id(), Until::Gone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        plan::unknown,
        route_table::Association,
        security_group::{Peer, Rule},
    };

    const VPC: &str = "vpc-1";

    fn group(id: &str, name: &str, from: &[&str]) -> SecurityGroup {
        let rule = |id: &&str| Rule {
            protocol: "-1".into(),
            peer: Peer::Group { id: (*id).into(), owner: String::new(), name: String::new() },
            ..Rule::default()
        };
        let ingress = from.iter().map(rule).collect();
        SecurityGroup { id: id.into(), name: name.into(), vpc_id: VPC.into(), ingress, ..SecurityGroup::default() }
    }

    fn contents() -> Contents {
        let vpc = || VPC.to_owned();
        let table = |id: &str, subnet: &str| RouteTable {
            id: id.into(),
            vpc_id: vpc(),
            associations: vec![Association { id: format!("assoc-{id}"), subnet_id: subnet.into() }],
            ..RouteTable::default()
        };
        let interface = |id: &str, instance: &str, sort: &str| NetworkInterface {
            id: id.into(),
            vpc_id: vpc(),
            instance_id: instance.into(),
            interface_type: sort.into(),
            requester_managed: sort != "interface",
            ..NetworkInterface::default()
        };
        Contents {
            vpc: Vpc { id: vpc(), ..Vpc::default() },
            instances: vec![
                Instance { id: "i-1".into(), vpc_id: vpc(), state: "running".into(), ..Instance::default() },
                Instance { id: "i-2".into(), vpc_id: vpc(), state: "terminated".into(), ..Instance::default() },
                Instance { id: "i-3".into(), vpc_id: "vpc-2".into(), state: "running".into(), ..Instance::default() },
            ],
            nat_gateways: vec![
                NatGateway {
                    id: "nat-1".into(),
                    vpc_id: vpc(),
                    state: "available".into(),
                    allocation_id: "eipalloc-1".into(),
                    ..Default::default()
                },
                NatGateway { id: "nat-2".into(), vpc_id: vpc(), state: "deleted".into(), ..NatGateway::default() },
            ],
            network_interfaces: vec![
                interface("eni-1", "i-1", "interface"),
                interface("eni-2", "", "interface"),
                interface("eni-3", "", "nat_gateway"),
                NetworkInterface { delete_on_termination: Some(false), ..interface("eni-4", "i-1", "interface") },
            ],
            endpoints: vec![VpcEndpoint { id: "vpce-1".into(), vpc_id: vpc(), state: "available".into(), ..VpcEndpoint::default() }],
            peerings: vec![],
            route_tables: vec![table("rtb-main", ""), table("rtb-1", "subnet-1")],
            subnets: vec![Subnet { id: "subnet-1".into(), vpc_id: vpc(), ..Subnet::default() }],
            internet_gateways: vec![InternetGateway { id: "igw-1".into(), vpc_id: vpc(), ..InternetGateway::default() }],
            network_acls: vec![
                NetworkAcl { id: "acl-0".into(), vpc_id: vpc(), is_default: true, ..NetworkAcl::default() },
                NetworkAcl { id: "acl-1".into(), vpc_id: vpc(), ..NetworkAcl::default() },
            ],
            security_groups: vec![
                group("sg-0", "default", &["sg-1"]),
                group("sg-1", "web", &["sg-2", "sg-1"]),
                group("sg-2", "db", &["sg-1"]),
            ],
        }
    }

    fn lines(steps: &[Step]) -> Vec<String> {
        steps.iter().map(|step| format!("{} {}", step.text.split(" {name}").next().unwrap(), step.name)).collect()
    }

    #[test]
    fn what_holds_something_goes_before_what_it_holds() {
        let steps = contents().steps(Extent { instances: true, addresses: true });
        let expected = [
            "Terminate instance i-1",
            "Wait until instance i-1",
            "Delete NAT gateway nat-1",
            "Delete VPC endpoint vpce-1",
            "Wait until NAT gateway nat-1",
            "Wait until VPC endpoint vpce-1",
            "Release elastic address ",
            "Delete network interface eni-2",
            "Delete network interface eni-4",
            "Disassociate subnet from route table: subnet-1 → rtb-1",
            "Delete route table rtb-1",
            "Delete subnet subnet-1",
            "Detach internet gateway igw-1",
            "Delete internet gateway igw-1",
            "Delete network ACL acl-1",
            "Revoke what refers to others in security group default (sg-0)",
            "Revoke what refers to others in security group web (sg-1)",
            "Revoke what refers to others in security group db (sg-2)",
            "Delete security group web (sg-1)",
            "Delete security group db (sg-2)",
            "Delete VPC vpc-1",
        ];
        assert_eq!(lines(&steps), expected);
        assert!(unknown(&steps).is_empty());
    }

    #[test]
    fn what_is_out_of_the_vpc_but_not_removed_is_not_forgotten() {
        let extent = Extent { instances: true, addresses: true };
        let all = contents().steps(extent);
        // It stopped when the gateway was detached and would not go; the NAT gateway is gone, and its address is not released.
        let undone: Vec<_> = all.iter().filter(|step| !step.text.starts_with("Detach")).cloned().collect();
        let later = Contents { internet_gateways: vec![], nat_gateways: vec![], ..contents() };
        let going_on = lines(&resumed(undone.clone(), later.steps(extent)));
        let end = &going_on[going_on.len() - 3..];
        assert_eq!(end, ["Release elastic address ", "Delete internet gateway igw-1", "Delete VPC vpc-1"]);
        assert_eq!(going_on.len(), later.steps(extent).len() + 2);
        // What is found again is not planned twice.
        assert_eq!(resumed(undone, all.clone()), all);
    }

    #[test]
    fn only_what_was_asked_for_goes() {
        let contents = contents();
        assert_eq!(contents.blockers().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["i-1"]);
        let lines = lines(&contents.steps(Extent::default()));
        assert!(!lines.iter().any(|line| line.starts_with("Terminate") || line.starts_with("Release")), "{lines:?}");
    }
}
