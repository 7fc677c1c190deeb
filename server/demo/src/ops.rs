//! The operations, by service. One file per noun; [`find`] is the list of all there is.

pub mod access_key;
pub mod address;
pub mod attachment;
pub mod authorization;
pub mod credential_report;
pub mod document;
pub mod evaluation;
pub mod grant;
pub mod group;
pub mod iam;
pub mod image;
pub mod image_making;
pub mod instance;
pub mod internet_gateway;
pub mod key_pair;
pub mod launch;
pub mod launch_template;
pub mod login_profile;
pub mod metric;
pub mod mfa;
pub mod nat_gateway;
pub mod network_acl;
pub mod network_interface;
pub mod password;
pub mod permission;
pub mod policy;
pub mod prefix_list;
pub mod profile_association;
pub mod region;
pub mod role;
pub mod route_table;
pub mod security_group;
pub mod security_group_rule;
pub mod server_certificate;
pub mod simulation;
pub mod snapshot;
pub mod subnet;
pub mod tag;
pub mod token;
pub mod trust;
pub mod user;
pub mod volume;
pub mod vpc;
pub mod vpc_endpoint;
pub mod vpc_peering;

use crate::{
    account::Principal,
    cloud::DemoCloud,
    iam::Iam,
    noun,
    protocol::{
        params::{Params, Scope},
        refusal::Refusal,
        value::Value,
        xml::Style,
    },
    world::{
        Text, World, internet_gateway::InternetGateway, launch_template::LaunchTemplate, nat_gateway::NatGateway, network_acl::NetworkAcl,
        route_table::RouteTable, subnet::Subnet, vpc::Vpc, vpc_endpoint::VpcEndpoint, vpc_peering::VpcPeering,
    },
};

/// What an operation of an account has at hand.
pub struct Call<'a> {
    pub params: &'a Params,
    pub principal: &'a Principal,
    pub world: &'a mut World,
    pub iam: &'a mut Iam,
}

impl<'a> Call<'a> {
    pub fn scope(&self) -> Scope<'a> {
        self.params.scope()
    }
}

/// What an operation of STS has at hand: it may concern other accounts, and holds no lock.
pub struct TokenCall<'a> {
    pub params: &'a Params,
    pub principal: &'a Principal,
    pub cloud: &'a DemoCloud,
    pub now: crate::clock::Millis,
}

pub type Reply = Result<Value, Refusal>;

#[derive(Clone, Copy)]
pub enum Operation {
    Account(fn(&mut Call<'_>) -> Reply),
    Token(fn(&TokenCall<'_>) -> Reply),
    /// A copy: called first where the original is, then where the copy is to be.
    Copy(fn(&mut Call<'_>) -> Result<Parcel, Refusal>, fn(&mut Call<'_>, Parcel) -> Reply),
}

/// What goes from one region to another.
pub enum Parcel {
    Snapshot {
        size: u32,
        description: Text,
        encrypted: bool,
    },
    Image {
        id: Text,
        description: Text,
        architecture: &'static str,
        windows: bool,
        platform_details: &'static str,
        root_device: &'static str,
        /// Device, GiB, type, and whether it is encrypted.
        devices: Vec<(Text, u32, &'static str, bool)>,
    },
}

/// One service: what its actions are called, and how it writes.
pub struct Service {
    /// As in the scope of a signature.
    pub name: &'static str,
    pub style: Style,
    operations: &'static [(&'static str, Operation)],
}

impl Service {
    pub fn find(name: &str) -> Option<&'static Self> {
        SERVICES.iter().find(|service| service.name == name)
    }

    /// Its name before the colon in policies.
    pub fn prefix(&self) -> &'static str {
        if self.name == "monitoring" { "cloudwatch" } else { self.name }
    }

    pub fn operation(&self, action: &str) -> Option<Operation> {
        self.operations.iter().find(|(name, _)| *name == action).map(|(_, operation)| *operation)
    }
}

/// The names of all operations.
pub fn names() -> Vec<&'static str> {
    SERVICES.iter().flat_map(|service| service.operations.iter().map(|(name, _)| *name)).collect()
}

const fn account(operation: fn(&mut Call<'_>) -> Reply) -> Operation {
    Operation::Account(operation)
}

static SERVICES: &[Service] = &[
    Service {
        name: "sts",
        style: Style::Query { namespace: "https://sts.amazonaws.com/doc/2011-06-15/" },
        operations: &[
            ("AssumeRole", Operation::Token(token::assume_role)),
            ("GetCallerIdentity", Operation::Token(token::get_caller_identity)),
            ("GetSessionToken", Operation::Token(token::get_session_token)),
        ],
    },
    Service {
        name: "iam",
        style: Style::Query { namespace: "https://iam.amazonaws.com/doc/2010-05-08/" },
        operations: &[
            ("AddRoleToInstanceProfile", account(iam::add_role_to_instance_profile)),
            ("AddUserToGroup", account(group::add)),
            ("AttachGroupPolicy", account(grant::attach::<grant::Group>)),
            ("AttachRolePolicy", account(grant::attach::<grant::Role>)),
            ("AttachUserPolicy", account(grant::attach::<grant::User>)),
            ("ChangePassword", account(login_profile::change_own)),
            ("CreateAccessKey", Operation::Token(access_key::create)),
            ("CreateGroup", account(group::create)),
            ("CreateInstanceProfile", account(iam::create_instance_profile)),
            ("CreateLoginProfile", account(login_profile::create)),
            ("CreatePolicy", account(policy::create)),
            ("CreatePolicyVersion", account(policy::create_version)),
            ("CreateRole", account(role::create)),
            ("CreateUser", account(user::create)),
            ("CreateVirtualMFADevice", account(mfa::create)),
            ("DeactivateMFADevice", account(mfa::deactivate)),
            ("DeleteAccessKey", Operation::Token(access_key::delete)),
            ("DeleteGroup", account(group::delete)),
            ("DeleteGroupPolicy", account(grant::delete::<grant::Group>)),
            ("DeleteInstanceProfile", account(iam::delete_instance_profile)),
            ("DeleteLoginProfile", account(login_profile::delete)),
            ("DeletePolicy", account(policy::delete)),
            ("DeletePolicyVersion", account(policy::delete_version)),
            ("DeleteRole", account(role::delete)),
            ("DeleteRolePermissionsBoundary", account(grant::unbind::<grant::Role>)),
            ("DeleteRolePolicy", account(grant::delete::<grant::Role>)),
            ("DeleteServerCertificate", account(server_certificate::delete)),
            ("DeleteUser", account(user::delete)),
            ("DeleteUserPermissionsBoundary", account(grant::unbind::<grant::User>)),
            ("DeleteUserPolicy", account(grant::delete::<grant::User>)),
            ("DeleteVirtualMFADevice", account(mfa::delete)),
            ("DetachGroupPolicy", account(grant::detach::<grant::Group>)),
            ("DetachRolePolicy", account(grant::detach::<grant::Role>)),
            ("DetachUserPolicy", account(grant::detach::<grant::User>)),
            ("EnableMFADevice", account(mfa::enable)),
            ("GenerateCredentialReport", account(credential_report::generate)),
            ("GetAccessKeyLastUsed", account(access_key::last_used)),
            ("GetAccountAuthorizationDetails", account(authorization::details)),
            ("GetAccountSummary", account(iam::get_account_summary)),
            ("GetCredentialReport", account(credential_report::get)),
            ("GetGroup", account(group::get)),
            ("GetGroupPolicy", account(grant::get::<grant::Group>)),
            ("GetInstanceProfile", account(iam::get_instance_profile)),
            ("GetLoginProfile", account(login_profile::get)),
            ("GetPolicy", account(policy::get)),
            ("GetPolicyVersion", account(policy::get_version)),
            ("GetRole", account(role::get)),
            ("GetRolePolicy", account(grant::get::<grant::Role>)),
            ("GetServerCertificate", account(server_certificate::get)),
            ("GetUser", account(user::get)),
            ("GetUserPolicy", account(grant::get::<grant::User>)),
            ("ListAccessKeys", account(access_key::list)),
            ("ListAccountAliases", account(iam::list_account_aliases)),
            ("ListAttachedGroupPolicies", account(grant::attached::<grant::Group>)),
            ("ListAttachedRolePolicies", account(grant::attached::<grant::Role>)),
            ("ListAttachedUserPolicies", account(grant::attached::<grant::User>)),
            ("ListEntitiesForPolicy", account(policy::entities)),
            ("ListGroupPolicies", account(grant::list::<grant::Group>)),
            ("ListGroups", account(group::list)),
            ("ListGroupsForUser", account(group::of_user)),
            ("ListInstanceProfiles", account(iam::list_instance_profiles)),
            ("ListInstanceProfilesForRole", account(iam::list_instance_profiles_for_role)),
            ("ListMFADevices", account(mfa::list)),
            ("ListPolicies", account(policy::list)),
            ("ListPolicyVersions", account(policy::list_versions)),
            ("ListRolePolicies", account(grant::list::<grant::Role>)),
            ("ListRoles", account(role::list)),
            ("ListSSHPublicKeys", account(user::no_ssh_keys)),
            ("ListServerCertificates", account(server_certificate::list)),
            ("ListServiceSpecificCredentials", account(user::no_service_credentials)),
            ("ListSigningCertificates", account(user::no_certificates)),
            ("ListUserPolicies", account(grant::list::<grant::User>)),
            ("ListUsers", account(user::list)),
            ("ListVirtualMFADevices", account(mfa::list_virtual)),
            ("PutGroupPolicy", account(grant::put::<grant::Group>)),
            ("PutRolePermissionsBoundary", account(grant::bind::<grant::Role>)),
            ("PutRolePolicy", account(grant::put::<grant::Role>)),
            ("PutUserPermissionsBoundary", account(grant::bind::<grant::User>)),
            ("PutUserPolicy", account(grant::put::<grant::User>)),
            ("RemoveRoleFromInstanceProfile", account(iam::remove_role_from_instance_profile)),
            ("RemoveUserFromGroup", account(group::remove)),
            ("ResyncMFADevice", account(mfa::resync)),
            ("SetDefaultPolicyVersion", account(policy::set_default)),
            ("SimulatePrincipalPolicy", account(simulation::of_principal)),
            ("TagPolicy", account(policy::set_tags)),
            ("TagRole", account(role::set_tags)),
            ("TagServerCertificate", account(server_certificate::tag)),
            ("TagUser", account(user::tag)),
            ("UntagPolicy", account(policy::unset_tags)),
            ("UntagRole", account(role::unset_tags)),
            ("UntagServerCertificate", account(server_certificate::untag)),
            ("UntagUser", account(user::untag)),
            ("UpdateAccessKey", Operation::Token(access_key::update)),
            ("UpdateAssumeRolePolicy", account(role::set_trust)),
            ("UpdateGroup", account(group::update)),
            ("UpdateLoginProfile", account(login_profile::update)),
            ("UpdateRole", account(role::update)),
            ("UpdateServerCertificate", account(server_certificate::update)),
            ("UpdateUser", Operation::Token(user::update)),
            ("UploadServerCertificate", account(server_certificate::upload)),
        ],
    },
    Service {
        name: "monitoring",
        style: Style::Query { namespace: "http://monitoring.amazonaws.com/doc/2010-08-01/" },
        operations: &[
            ("GetMetricData", account(metric::get_data)),
            ("GetMetricStatistics", account(metric::get_statistics)),
            ("ListMetrics", account(metric::list)),
            ("PutMetricData", account(metric::put)),
        ],
    },
    Service {
        name: "ec2",
        style: Style::Ec2,
        operations: &[
            ("AllocateAddress", account(address::allocate)),
            ("AssociateAddress", account(address::associate)),
            ("AssociateIamInstanceProfile", account(profile_association::associate)),
            ("AssociateRouteTable", account(route_table::associate)),
            ("AttachInternetGateway", account(internet_gateway::attach)),
            ("AttachNetworkInterface", account(network_interface::attach)),
            ("AttachVolume", account(attachment::attach)),
            ("AuthorizeSecurityGroupEgress", account(security_group_rule::authorize_egress)),
            ("AuthorizeSecurityGroupIngress", account(security_group_rule::authorize_ingress)),
            ("CopyImage", Operation::Copy(image_making::take, image_making::put)),
            ("CopySnapshot", Operation::Copy(snapshot::take, snapshot::put)),
            ("CreateImage", account(image_making::create)),
            ("CreateInternetGateway", account(internet_gateway::create)),
            ("CreateKeyPair", account(key_pair::create)),
            ("CreateLaunchTemplate", account(launch_template::create)),
            ("CreateLaunchTemplateVersion", account(launch_template::create_version)),
            ("CreateNatGateway", account(nat_gateway::create)),
            ("CreateNetworkAcl", account(network_acl::create)),
            ("CreateNetworkAclEntry", account(network_acl::create_entry)),
            ("CreateNetworkInterface", account(network_interface::create)),
            ("CreateRoute", account(route_table::create_route)),
            ("CreateRouteTable", account(route_table::create)),
            ("CreateSecurityGroup", account(security_group::create)),
            ("CreateSnapshot", account(snapshot::create)),
            ("CreateSubnet", account(subnet::create)),
            ("CreateTags", account(tag::create)),
            ("CreateVolume", account(volume::create)),
            ("CreateVpc", account(vpc::create)),
            ("DeleteInternetGateway", account(internet_gateway::delete)),
            ("DeleteKeyPair", account(key_pair::delete)),
            ("DeleteLaunchTemplate", account(launch_template::delete)),
            ("DeleteNatGateway", account(nat_gateway::delete)),
            ("DeleteNetworkAcl", account(network_acl::delete)),
            ("DeleteNetworkAclEntry", account(network_acl::delete_entry)),
            ("DeleteNetworkInterface", account(network_interface::delete)),
            ("DeleteRoute", account(route_table::delete_route)),
            ("DeleteRouteTable", account(route_table::delete)),
            ("DeleteSecurityGroup", account(security_group::delete)),
            ("DeleteSnapshot", account(snapshot::delete)),
            ("DeleteSubnet", account(subnet::delete)),
            ("DeleteTags", account(tag::delete)),
            ("DeleteVolume", account(volume::delete)),
            ("DeleteVpc", account(vpc::delete)),
            ("DeleteVpcEndpoints", account(vpc_endpoint::delete)),
            ("DeleteVpcPeeringConnection", account(vpc_peering::delete)),
            ("DeregisterImage", account(image::deregister)),
            ("DescribeAccountAttributes", account(region::describe_account_attributes)),
            ("DescribeAddresses", account(address::describe)),
            ("DescribeAvailabilityZones", account(region::describe_availability_zones)),
            ("DescribeIamInstanceProfileAssociations", account(profile_association::describe)),
            ("DescribeImageAttribute", account(image::describe_attribute)),
            ("DescribeImages", account(image::describe)),
            ("DescribeInstanceAttribute", account(instance::describe_attribute)),
            ("DescribeInstanceStatus", account(instance::describe_status)),
            ("DescribeInstanceTypeOfferings", account(instance::describe_type_offerings)),
            ("DescribeInstanceTypes", account(instance::describe_types)),
            ("DescribeInstances", account(instance::describe)),
            ("DescribeInternetGateways", account(|call| noun::list::<InternetGateway>(call, "internetGatewaySet"))),
            ("DescribeKeyPairs", account(key_pair::describe)),
            ("DescribeLaunchTemplateVersions", account(launch_template::describe_versions)),
            ("DescribeLaunchTemplates", account(|call| noun::list::<LaunchTemplate>(call, "launchTemplates"))),
            ("DescribeManagedPrefixLists", account(prefix_list::describe)),
            ("DescribeNatGateways", account(|call| noun::list::<NatGateway>(call, "natGatewaySet"))),
            ("DescribeNetworkAcls", account(|call| noun::list::<NetworkAcl>(call, "networkAclSet"))),
            ("DescribeNetworkInterfaces", account(network_interface::describe)),
            ("DescribeRegions", account(region::describe_regions)),
            ("DescribeRouteTables", account(|call| noun::list::<RouteTable>(call, "routeTableSet"))),
            ("DescribeSecurityGroupRules", account(security_group_rule::describe)),
            ("DescribeSecurityGroups", account(security_group::describe)),
            ("DescribeSnapshotAttribute", account(snapshot::describe_attribute)),
            ("DescribeSnapshots", account(snapshot::describe)),
            ("DescribeSubnets", account(|call| noun::list::<Subnet>(call, "subnetSet"))),
            ("DescribeTags", account(tag::describe)),
            ("DescribeVolumes", account(volume::describe)),
            ("DescribeVpcAttribute", account(vpc::describe_attribute)),
            ("DescribeVpcEndpoints", account(|call| noun::list::<VpcEndpoint>(call, "vpcEndpointSet"))),
            ("DescribeVpcPeeringConnections", account(|call| noun::list::<VpcPeering>(call, "vpcPeeringConnectionSet"))),
            ("DescribeVpcs", account(|call| noun::list::<Vpc>(call, "vpcSet"))),
            ("DetachInternetGateway", account(internet_gateway::detach)),
            ("DetachNetworkInterface", account(network_interface::detach)),
            ("DetachVolume", account(attachment::detach)),
            ("DisassociateAddress", account(address::disassociate)),
            ("DisassociateIamInstanceProfile", account(profile_association::disassociate)),
            ("DisassociateRouteTable", account(route_table::disassociate)),
            ("GetConsoleOutput", account(instance::get_console_output)),
            ("GetLaunchTemplateData", account(launch_template::get_data)),
            ("GetManagedPrefixListEntries", account(prefix_list::entries)),
            ("GetPasswordData", account(password::get_data)),
            ("ImportKeyPair", account(key_pair::import)),
            ("ModifyImageAttribute", account(image::modify_attribute)),
            ("ModifyInstanceAttribute", account(instance::modify_attribute)),
            ("ModifyNetworkInterfaceAttribute", account(network_interface::modify_attribute)),
            ("ModifySnapshotAttribute", account(snapshot::modify_attribute)),
            ("ModifySubnetAttribute", account(subnet::modify_attribute)),
            ("ModifyVolume", account(volume::modify)),
            ("ModifyVpcAttribute", account(vpc::modify_attribute)),
            ("MonitorInstances", account(instance::monitor)),
            ("RebootInstances", account(instance::reboot)),
            ("RegisterImage", account(image_making::register)),
            ("ReleaseAddress", account(address::release)),
            ("ReplaceIamInstanceProfileAssociation", account(profile_association::replace)),
            ("ReplaceNetworkAclAssociation", account(network_acl::replace_association)),
            ("ReplaceRoute", account(route_table::replace_route)),
            ("ReplaceRouteTableAssociation", account(route_table::replace_association)),
            ("RevokeSecurityGroupEgress", account(security_group_rule::revoke_egress)),
            ("RevokeSecurityGroupIngress", account(security_group_rule::revoke_ingress)),
            ("RunInstances", account(launch::run)),
            ("StartInstances", account(instance::start)),
            ("StopInstances", account(instance::stop)),
            ("TerminateInstances", account(instance::terminate)),
            ("UnmonitorInstances", account(instance::unmonitor)),
            ("UpdateSecurityGroupRuleDescriptionsEgress", account(security_group_rule::describe_egress)),
            ("UpdateSecurityGroupRuleDescriptionsIngress", account(security_group_rule::describe_ingress)),
        ],
    },
];
