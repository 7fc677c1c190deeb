//! Which field of a form a refusal is about. Only for calls that a form makes: elsewhere there is no field to show it at.

/// The key of the field, as the draft of the operation names it.
pub fn of(operation: &str, code: &str, message: &str) -> Option<&'static str> {
    let message = message.to_ascii_lowercase();
    match operation {
        "ec2:RunInstances" => launch(code, &message),
        "ec2:CreateKeyPair" | "ec2:ImportKeyPair" => key_pair(code, &message),
        "ec2:CreateSecurityGroup" => security_group(code, &message),
        "ec2:CreateVolume" | "ec2:ModifyVolume" => volume(code, &message),
        "ec2:AttachVolume" => attachment(code, &message),
        "ec2:ModifyInstanceAttribute" => instance(code, &message),
        "ec2:AssociateIamInstanceProfile" | "ec2:ReplaceIamInstanceProfileAssociation" if about_profile(code, &message) => Some("role"),
        "ec2:CreateSnapshot" if code.starts_with("InvalidVolume") => Some("volume_id"),
        "ec2:CreateImage" | "ec2:RegisterImage" | "ec2:CopyImage" => image(code, &message),
        "ec2:ModifyImageAttribute" | "ec2:ModifySnapshotAttribute" if code.starts_with("InvalidUserID") => Some("add"),
        "ec2:CreateVpc" | "ec2:CreateSubnet" => block(code, &message),
        "ec2:CreateRoute" => route(code, &message),
        "ec2:CreateNetworkAclEntry" => acl_rule(code, &message),
        "ec2:CreateNatGateway" => nat_gateway(code),
        "ec2:CreateLaunchTemplate" => code.starts_with("InvalidLaunchTemplateName").then_some("name"),
        "ec2:AuthorizeSecurityGroupIngress" => rules(code).then_some("ingress"),
        "ec2:AuthorizeSecurityGroupEgress" => rules(code).then_some("egress"),
        "ec2:AssociateAddress" => address(code, &message),
        "ec2:CreateNetworkInterface" => network_interface(code, &message),
        "iam:CreateUser" if code == "EntityAlreadyExists" => Some("names"),
        "iam:CreateGroup"
        | "iam:CreateRole"
        | "iam:CreatePolicy"
        | "iam:UpdateUser"
        | "iam:UpdateGroup"
        | "iam:UploadServerCertificate"
        | "iam:UpdateServerCertificate"
            if code == "EntityAlreadyExists" =>
        {
            Some("name")
        }
        "iam:CreateVirtualMFADevice" if code == "EntityAlreadyExists" => Some("name"),
        "iam:EnableMFADevice" | "iam:ResyncMFADevice" if code == "InvalidAuthenticationCode" => Some("code2"),
        "iam:UploadServerCertificate" => certificate(code, &message),
        "iam:PutUserPolicy"
        | "iam:PutGroupPolicy"
        | "iam:PutRolePolicy"
        | "iam:CreatePolicy"
        | "iam:CreatePolicyVersion"
        | "iam:UpdateAssumeRolePolicy"
            if is_about_document(code, &message) =>
        {
            Some("document")
        }
        "iam:ChangePassword" => password(code, &message),
        "sts:AssumeRole" => role(&message),
        "ec2:AttachNetworkInterface" if message.contains("index") => Some("device_index"),
        _ => None,
    }
}

/// What is found only by whoever verifies signatures.
fn certificate(code: &str, message: &str) -> Option<&'static str> {
    match code {
        "KeyPairMismatch" => Some("private_key"),
        "MalformedCertificate" if message.contains("chain") => Some("chain"),
        "MalformedCertificate" if message.contains("private key") => Some("private_key"),
        "MalformedCertificate" => Some("body"),
        _ => None,
    }
}

/// Too long, or not in the language of policies.
fn is_about_document(code: &str, message: &str) -> bool {
    code == "MalformedPolicyDocument" || (code == "LimitExceeded" && (message.contains("policy size") || message.contains("policysize")))
}

fn launch(code: &str, message: &str) -> Option<&'static str> {
    // By the code's subject first: "InvalidAMIID.NotFound" is about the image whatever the message says.
    let by_code: &[(&str, &str)] = &[
        ("InvalidLaunchTemplate", "launch_template_version"),
        ("InvalidAMIID", "image_id"),
        ("InvalidKeyPair", "key_name"),
        ("InvalidGroup", "security_group_ids"),
        ("InvalidSecurityGroup", "security_group_ids"),
        ("SecurityGroupsPerI", "security_group_ids"),
        ("InvalidSubnet", "subnet_id"),
        ("InsufficientFreeAddressesInSubnet", "subnet_id"),
        ("InvalidUserData", "user_data"),
        ("InvalidInstanceType", "instance_type"),
        ("InsufficientInstanceCapacity", "instance_type"),
        ("InvalidBlockDevice", "block_devices"),
        ("InvalidSnapshot", "block_devices"),
        ("InvalidZone", "zone"),
        ("InvalidAvailabilityZone", "zone"),
        ("InvalidTag", "tags"),
        ("TagLimitExceeded", "tags"),
        ("TagPolicyViolation", "tags"),
        ("InstanceLimitExceeded", "count"),
        ("VcpuLimitExceeded", "count"),
    ];
    if let Some((_, field)) = by_code.iter().find(|(start, _)| code.starts_with(start)) {
        return Some(field);
    }
    // Then, where the code says only that some parameter is wrong or missing, by the name of the parameter.
    let by_message: &[(&str, &str)] = &[
        ("instanceprofile", "role"),
        ("instance profile", "role"),
        ("blockdevice", "block_devices"),
        ("block device", "block_devices"),
        ("snapshot", "block_devices"),
        ("volume", "block_devices"),
        ("user data", "user_data"),
        ("userdata", "user_data"),
        ("availability zone", "zone"),
        ("availabilityzone", "zone"),
        ("subnet", "subnet_id"),
        ("security group", "security_group_ids"),
        ("securitygroup", "security_group_ids"),
        ("key pair", "key_name"),
        ("keyname", "key_name"),
        ("instance type", "instance_type"),
        ("instancetype", "instance_type"),
        ("imageid", "image_id"),
        ("tag", "tags"),
        ("mincount", "count"),
        ("maxcount", "count"),
    ];
    let about_a_parameter = code.starts_with("InvalidParameter")
        || matches!(code, "MissingParameter" | "Unsupported" | "UnsupportedOperation" | "InvalidRequest");
    let named = by_message.iter().find(|(word, _)| message.contains(word)).map(|&(_, field)| field);
    named.filter(|_| about_a_parameter)
}

/// An attribute of an instance that is there.
fn instance(code: &str, message: &str) -> Option<&'static str> {
    match code {
        _ if code.starts_with("InvalidGroup") || code.starts_with("SecurityGroupsPerI") => Some("security_group_ids"),
        _ if code.starts_with("InvalidUserData") => Some("user_data"),
        _ if code.starts_with("InvalidAMIID") || code.starts_with("InvalidKernel") => Some("kernel_id"),
        "InvalidInstanceAttributeValue" | "InvalidInstanceType" | "InsufficientInstanceCapacity" | "VcpuLimitExceeded" => {
            Some("instance_type")
        }
        "InvalidParameterCombination" | "InvalidParameterValue" | "InvalidParameter" | "Unsupported" => {
            let words = [
                ("user data", "user_data"),
                ("security group", "security_group_ids"),
                ("kernel", "kernel_id"),
                ("ramdisk", "ramdisk_id"),
                ("instance type", "instance_type"),
                ("instancetype", "instance_type"),
            ];
            words.iter().find(|(word, _)| message.contains(word)).map(|&(_, field)| field)
        }
        _ => None,
    }
}

fn about_profile(code: &str, message: &str) -> bool {
    code.starts_with("InvalidParameter") && (message.contains("instanceprofile") || message.contains("instance profile"))
}

fn key_pair(code: &str, message: &str) -> Option<&'static str> {
    match code {
        "InvalidKeyPair.Duplicate" => Some("name"),
        "InvalidKey.Format" | "InvalidKeyPair.Format" => Some("public_key"),
        "MissingParameter" | "InvalidParameterValue" if message.contains("keyname") || message.contains("key name") => Some("name"),
        "MissingParameter" | "InvalidParameterValue" if message.contains("keytype") || message.contains("key type") => Some("key_type"),
        "MissingParameter" | "InvalidParameterValue" if message.contains("material") => Some("public_key"),
        _ => None,
    }
}

fn security_group(code: &str, message: &str) -> Option<&'static str> {
    match code {
        "InvalidGroup.Duplicate" | "InvalidGroup.Reserved" | "SecurityGroupLimitExceeded" => Some("name"),
        _ if code.starts_with("InvalidVpc") => Some("vpc_id"),
        "VPCIdNotSpecified" => Some("vpc_id"),
        "MissingParameter" | "InvalidParameterValue" if message.contains("description") => Some("description"),
        "MissingParameter" | "InvalidParameterValue" if message.contains("groupname") || message.contains("group name") => Some("name"),
        "InvalidParameterValue" if message.contains("vpc") => Some("vpc_id"),
        _ => None,
    }
}

fn volume(code: &str, message: &str) -> Option<&'static str> {
    match code {
        "InvalidZone.NotFound" => Some("zone"),
        "UnknownVolumeType" => Some("volume_type"),
        _ if code.starts_with("InvalidSnapshot") => Some("snapshot_id"),
        _ if code.starts_with("InvalidTag") || code.starts_with("TagLimit") => Some("tags"),
        _ if code.starts_with("InvalidParameter") || code == "MissingParameter" => {
            let words = [("iops", "iops"), ("throughput", "throughput"), ("size", "size"), ("zone", "zone"), ("type", "volume_type")];
            words.iter().find(|(word, _)| message.contains(word)).map(|&(_, field)| field)
        }
        _ => None,
    }
}

fn attachment(code: &str, message: &str) -> Option<&'static str> {
    match code {
        "InvalidDevice.InUse" => Some("device"),
        "InvalidParameterValue" if message.contains("device") => Some("device"),
        "InvalidVolume.ZoneMismatch" => Some("instance_id"),
        _ if code.starts_with("InvalidInstanceID") => Some("instance_id"),
        "IncorrectState" | "IncorrectInstanceState" if message.contains("instance") => Some("instance_id"),
        _ => None,
    }
}

fn address(code: &str, message: &str) -> Option<&'static str> {
    match code {
        "Resource.AlreadyAssociated" => Some("reassociate"),
        _ if code.starts_with("InvalidInstanceID") => Some("instance_id"),
        _ if code.starts_with("InvalidNetworkInterfaceI") => Some("network_interface_id"),
        "InvalidParameterValue" if message.contains("private") => Some("private_ip"),
        _ => None,
    }
}

fn image(code: &str, message: &str) -> Option<&'static str> {
    match code {
        _ if code.starts_with("InvalidAMIName") => Some("name"),
        _ if code.starts_with("InvalidSnapshot") => Some("snapshot_id"),
        _ if code.starts_with("InvalidInstanceID") => Some("instance_id"),
        "InvalidBlockDeviceMapping" => Some("root_device"),
        "InvalidParameterValue" | "MissingParameter" if message.contains("rootdevice") => Some("root_device"),
        "InvalidParameterValue" | "MissingParameter" if message.contains("architecture") => Some("architecture"),
        _ => None,
    }
}

fn network_interface(code: &str, message: &str) -> Option<&'static str> {
    match code {
        "InvalidIPAddress.InUse" => Some("private_ip"),
        _ if code.starts_with("InvalidSubnet") || code == "InsufficientFreeAddressesInSubnet" => Some("subnet_id"),
        _ if code.starts_with("InvalidGroup") || code.starts_with("InvalidSecurityGroup") => Some("security_group_ids"),
        "InvalidParameterValue" if message.contains("address") => Some("private_ip"),
        "InvalidParameterValue" if message.contains("different networks") => Some("security_group_ids"),
        _ => None,
    }
}

fn rules(code: &str) -> bool {
    let about_rules =
        ["InvalidPermission", "InvalidParameter", "MissingParameter", "RulesPerSecurityGroup", "InvalidGroup", "InvalidPrefixList"];
    about_rules.iter().any(|start| code.starts_with(start))
}

fn block(code: &str, message: &str) -> Option<&'static str> {
    match code {
        "InvalidVpc.Range" | "InvalidSubnet.Range" | "InvalidSubnet.Conflict" => Some("cidr_block"),
        "InvalidVpcID.NotFound" => Some("vpc_id"),
        "InvalidParameterValue" if message.contains("cidr") => Some("cidr_block"),
        "InvalidParameterValue" if message.contains("zone") => Some("zone"),
        _ => None,
    }
}

fn route(code: &str, message: &str) -> Option<&'static str> {
    match code {
        "RouteAlreadyExists" => Some("destination"),
        "InvalidParameterValue" if message.contains("cidr") || message.contains("destination") => Some("destination"),
        _ => None,
    }
}

fn acl_rule(code: &str, message: &str) -> Option<&'static str> {
    match code {
        "NetworkAclEntryAlreadyExists" | "NetworkAclEntryLimitExceeded" => Some("number"),
        "InvalidParameterValue" if message.contains("cidr") => Some("cidr"),
        "InvalidParameterValue" if message.contains("protocol") => Some("protocol"),
        _ => None,
    }
}

fn nat_gateway(code: &str) -> Option<&'static str> {
    match code {
        "InvalidSubnetID.NotFound" => Some("subnet_id"),
        "InvalidAllocationID.NotFound" | "Resource.AlreadyAssociated" | "InvalidElasticIpID.NotFound" => Some("allocation_id"),
        _ => None,
    }
}

fn password(code: &str, message: &str) -> Option<&'static str> {
    match code {
        "PasswordPolicyViolation" => Some("new_password"),
        "ValidationError" if message.contains("newpassword") => Some("new_password"),
        "AccessDenied" | "InvalidPassword" if message.contains("old password") => Some("password"),
        _ => None,
    }
}

fn role(message: &str) -> Option<&'static str> {
    let words = [
        ("rolesessionname", "session_name"),
        ("durationseconds", "seconds"),
        ("maxsessionduration", "seconds"),
        ("session limit", "seconds"),
        ("externalid", "external_id"),
        ("rolearn", "role"),
    ];
    words.iter().find(|(word, _)| message.contains(word)).map(|&(_, field)| field)
}
