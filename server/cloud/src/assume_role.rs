//! Taking a role on. <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>

use api::{
    error::{ApiError, ErrorCode},
    session::AssumeRole,
};

use crate::{
    Cloud, Signed,
    error::failed,
    sign_in::{about_mfa, given, identify},
};

/// Takes on the role of this ARN. What was typed has been checked by [`AssumeRole::check`].
pub async fn assume_role(cloud: &Cloud, role: &str, wanted: &AssumeRole) -> Result<Signed, ApiError> {
    let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let call = cloud
        .sts()
        .assume_role()
        .role_arn(role)
        .role_session_name(wanted.session_name.trim())
        .set_external_id(text(&wanted.external_id))
        .set_serial_number(text(&wanted.mfa_serial))
        .set_token_code(text(&wanted.mfa_code))
        .set_duration_seconds(wanted.seconds.and_then(|seconds| i32::try_from(seconds).ok()));
    let answer = call.send().await.map_err(failed("sts:AssumeRole")).map_err(|err| match err.code {
        ErrorCode::Forbidden | ErrorCode::Invalid => about_mfa(err, &wanted.mfa_code),
        _ => err,
    })?;
    let credentials = given(answer.credentials)?;
    identify(&Cloud::new(cloud.target().clone(), &credentials, cloud.region())?, credentials).await
}
