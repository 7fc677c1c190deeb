//! The credential report, which the cloud makes when it is asked for, and hands out as a table.

use std::{collections::HashMap, time::Duration};

use api::{
    Timestamp,
    credential_report::{CredentialReport, ReportedKey},
    error::{ApiError, ErrorCode},
};
use aws_sdk_iam::types::ReportStateType;

use crate::{
    Args, Backend, Cloud, Pages,
    described::only_looked_at,
    error::{failed, not_found},
    paging::single,
    time::{parsed, seconds},
};

const GET: &str = "iam:GetCredentialReport";
/// A report takes seconds, also of large accounts.
const PAUSE: Duration = Duration::from_millis(1_500);
const TRIES: usize = 12;

impl Backend for CredentialReport {
    fn list(cloud: &Cloud, _: &Args) -> Pages<Self> {
        let cloud = cloud.clone();
        single(async move { report(&cloud).await })
    }

    async fn get(cloud: &Cloud, id: &str) -> Result<Self, ApiError> {
        report(cloud).await?.into_iter().find(|line| line.user == id).ok_or_else(|| not_found(GET, id))
    }

    only_looked_at!();
}

async fn report(cloud: &Cloud) -> Result<Vec<CredentialReport>, ApiError> {
    make(cloud).await?;
    let answer = cloud.iam().get_credential_report().send().await.map_err(failed(GET))?;
    let made_at = seconds(answer.generated_time.as_ref());
    let unreadable = || ApiError::new(ErrorCode::CloudFailure, "The cloud's report is not the table that it should be.");
    let text = answer.content.and_then(|content| String::from_utf8(content.into_inner()).ok()).ok_or_else(unreadable)?;
    read(&text, made_at).ok_or_else(unreadable)
}

/// Waits until there is one that is no older than the cloud keeps them.
async fn make(cloud: &Cloud) -> Result<(), ApiError> {
    for _ in 0..TRIES {
        let answer = cloud.iam().generate_credential_report().send().await.map_err(failed("iam:GenerateCredentialReport"))?;
        if answer.state == Some(ReportStateType::Complete) {
            return Ok(());
        }
        tokio::time::sleep(PAUSE).await;
    }
    Err(ApiError::new(ErrorCode::Timeout, "The cloud is still at work on the report. Look again in a minute."))
}

/// A head, and a line for each user. Names have neither commas nor quotes, and nothing else does.
fn read(text: &str, made_at: Option<Timestamp>) -> Option<Vec<CredentialReport>> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let heads: Vec<_> = lines.next()?.split(',').map(str::trim).collect();
    heads.contains(&"user").then(|| lines.map(|line| row(&heads.iter().copied().zip(line.split(',')).collect(), made_at)).collect())
}

fn row(fields: &HashMap<&str, &str>, made_at: Option<Timestamp>) -> CredentialReport {
    // What there is not is `N/A`, what nobody noted `no_information`, and what a root cannot have `not_supported`.
    let text = |name: &str| {
        fields.get(name).copied().filter(|text| !matches!(*text, "N/A" | "no_information" | "not_supported")).unwrap_or_default()
    };
    let is = |name: &str| text(name).eq_ignore_ascii_case("true");
    let at = |name: &str| parsed(Some(text(name)));
    let key = |number: u8| ReportedKey {
        active: is(&format!("access_key_{number}_active")),
        rotated_at: at(&format!("access_key_{number}_last_rotated")),
        used_at: at(&format!("access_key_{number}_last_used_date")),
        used_for: text(&format!("access_key_{number}_last_used_service")).to_owned(),
        used_in: text(&format!("access_key_{number}_last_used_region")).to_owned(),
    };
    CredentialReport {
        user: text("user").to_owned(),
        arn: text("arn").to_owned(),
        created_at: at("user_creation_time"),
        password: Some(text("password_enabled")).filter(|said| !said.is_empty()).map(|_| is("password_enabled")),
        password_used_at: at("password_last_used"),
        password_changed_at: at("password_last_changed"),
        password_due_at: at("password_next_rotation"),
        mfa: is("mfa_active"),
        keys: [key(1), key(2)],
        certificates: u8::from(is("cert_1_active")) + u8::from(is("cert_2_active")),
        made_at,
    }
}
