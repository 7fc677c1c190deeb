//! The credential report, which is made at once. The account's root is in it, and has nothing.

#![expect(clippy::unnecessary_wraps, reason = "operations share one signature, also those that cannot fail")]

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::{
    clock::{Millis, iso},
    iam::{Iam, User},
    ops::{Call, Reply},
    protocol::value::map,
};

const HEADS: &str = "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,\
    access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,\
    access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,\
    cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated";

pub fn generate(_: &mut Call<'_>) -> Reply {
    Ok(map! { "State" => "COMPLETE" })
}

pub fn get(call: &mut Call<'_>) -> Reply {
    let iam = &*call.iam;
    let none = ",N/A,N/A,N/A,N/A";
    let root = format!(
        "<root_account>,arn:aws:iam::{}:root,2020-01-01T00:00:00+00:00,not_supported,no_information,not_supported,not_supported,false,\
         false{none},false{none},false,N/A,false,N/A",
        iam.account
    );
    let lines = iam.users.iter().map(|(name, user)| line(iam, name, user));
    let report = [HEADS.to_owned(), root].into_iter().chain(lines).collect::<Vec<_>>().join("\n");
    Ok(map! { "Content" => STANDARD.encode(report), "ReportFormat" => "text/csv", "GeneratedTime" => iso(call.world.now) })
}

fn line(iam: &Iam, name: &str, user: &User) -> String {
    let at = |at: Option<Millis>| at.map_or_else(|| "N/A".to_owned(), |at| iso(at).replace(".000Z", "+00:00"));
    let mut fields = vec![
        name.to_owned(),
        user.entity.arn(&iam.account, "user", name),
        at(Some(user.entity.created_at)),
        user.password.is_some().to_string(),
        at(user.password_last_used.filter(|_| user.password.is_some())),
        at(user.password.as_ref().map(|password| password.created_at)),
        "N/A".to_owned(),
        user.mfa_device.is_some().to_string(),
    ];
    for number in 0..2 {
        let key = user.keys.get(number);
        let used = key.and_then(|key| key.last_used_at);
        let said = |text: &str| if used.is_some() { text } else { "N/A" }.to_owned();
        fields.extend([
            key.is_some_and(|key| key.is_active).to_string(),
            at(key.map(|key| key.created_at)),
            at(used),
            said("us-east-1"),
            said("ec2"),
        ]);
    }
    fields.extend(["false", "N/A", "false", "N/A"].map(str::to_owned));
    fields.join(",")
}
