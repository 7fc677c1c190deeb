//! Instance profiles: what EC2 wants where people mean a role. They are found, or made, without the console showing them.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html>

use api::error::{ApiError, ErrorCode};

use crate::{Cloud, error::failed, once};

/// How many seconds to wait, again and again. IAM tells EC2 of a new instance profile within seconds, but not at once; until then EC2 says that there is no such profile.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency>
pub const PROFILE_WAITS: [u64; 6] = [2, 2, 4, 4, 8, 8];

pub struct Profile {
    pub name: String,
    role: String,
    /// Whether it was made just now, so that EC2 may not know of it yet, and a failed launch should leave none behind.
    pub made: bool,
}

/// The first profile that holds the role, or a new one of the role's name.
pub async fn of_role(cloud: &Cloud, role: &str) -> Result<Profile, ApiError> {
    let call = cloud.iam().list_instance_profiles_for_role().role_name(role);
    let found = call.send().await.map_err(failed("iam:ListInstanceProfilesForRole"))?;
    if let Some(profile) = found.instance_profiles.into_iter().next() {
        return Ok(Profile { name: profile.instance_profile_name, role: role.to_owned(), made: false });
    }
    make(cloud, role).await
}

async fn make(cloud: &Cloud, role: &str) -> Result<Profile, ApiError> {
    let call = cloud.iam().create_instance_profile().instance_profile_name(role).customize().config_override(once::iam());
    let made = match call.send().await.map_err(failed("iam:CreateInstanceProfile")) {
        Ok(_) => true,
        // A profile of that name, without the role in it: it gets the role, but is not ours to delete.
        Err(err) if err.code == ErrorCode::Conflict => false,
        Err(err) => return Err(err),
    };
    let profile = Profile { name: role.to_owned(), role: role.to_owned(), made };
    let call = cloud.iam().add_role_to_instance_profile().instance_profile_name(role).role_name(role);
    match call.customize().config_override(once::iam()).send().await.map_err(failed("iam:AddRoleToInstanceProfile")) {
        Ok(_) => Ok(profile),
        Err(err) => {
            if made {
                delete(cloud, &profile).await;
            }
            Err(err)
        }
    }
}

/// Takes a made profile away again. What fails here is logged: the launch's own error is the one to show.
pub async fn unmake(cloud: &Cloud, profile: &Profile) {
    let call = cloud.iam().remove_role_from_instance_profile().instance_profile_name(&profile.name).role_name(&profile.role);
    if let Err(err) = call.send().await.map_err(failed("iam:RemoveRoleFromInstanceProfile")) {
        tracing::warn!(profile = profile.name, %err, "an instance profile is left behind");
        return;
    }
    delete(cloud, profile).await;
}

/// Takes the role out of its profile, and deletes that: a profile without a role is of no use.
pub async fn remove(cloud: &Cloud, profile: &str, role: &str) -> Result<(), ApiError> {
    let call = cloud.iam().remove_role_from_instance_profile().instance_profile_name(profile).role_name(role);
    match call.send().await.map_err(failed("iam:RemoveRoleFromInstanceProfile")) {
        // It is out of it already: a second try goes on where the first one stopped.
        Err(error) if error.code != ErrorCode::NotFound => return Err(error),
        _ => {}
    }
    let call = cloud.iam().delete_instance_profile().instance_profile_name(profile);
    call.send().await.map(drop).map_err(failed("iam:DeleteInstanceProfile"))
}

async fn delete(cloud: &Cloud, profile: &Profile) {
    let call = cloud.iam().delete_instance_profile().instance_profile_name(&profile.name);
    if let Err(err) = call.send().await.map_err(failed("iam:DeleteInstanceProfile")) {
        tracing::warn!(profile = profile.name, %err, "an instance profile is left behind");
    }
}
