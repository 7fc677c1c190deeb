//! Certificates for TLS that IAM keeps. That a chain leads on from its certificate is not verified.

use crate::{
    clock::iso,
    iam::{
        self, Iam,
        certificate::{Read, ServerCertificate},
        exists, no_such, show_tags,
    },
    ops::{
        Call, Reply,
        iam::{drop_tags, keep_tags, new_name, path, renamed, tags},
    },
    protocol::{
        refusal::Refusal,
        value::{Value, map},
    },
};

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
const MOST: usize = 20;
const KIND: &str = "Server Certificate";
const NAME: &str = "ServerCertificateName";

fn show(iam: &Iam, name: &str, certificate: &ServerCertificate) -> Value {
    map! {
        "Path" => &certificate.entity.path,
        "ServerCertificateName" => name,
        "ServerCertificateId" => &certificate.entity.id,
        "Arn" => certificate.entity.arn(&iam.account, "server-certificate", name),
        "UploadDate" => iso(certificate.entity.created_at),
        "Expiration" => iso(certificate.expires_at),
    }
}

pub fn list(call: &mut Call<'_>) -> Reply {
    let show = |name: &str, certificate: &ServerCertificate| show(call.iam, name, certificate);
    iam::list(&call.scope(), &call.iam.certificates, "ServerCertificateMetadataList", |row| &row.entity.path, show)
}

pub fn get(call: &mut Call<'_>) -> Reply {
    let name = call.scope().require(NAME)?;
    let certificate = call.iam.certificates.get(name).ok_or_else(|| no_such(KIND, name))?;
    let shown = map! {
        "ServerCertificateMetadata" => show(call.iam, name, certificate),
        "CertificateBody" => &certificate.body,
        "CertificateChain" => certificate.chain.as_deref(),
        "Tags" => show_tags(&certificate.tags),
    };
    Ok(map! { "ServerCertificate" => shown })
}

pub fn upload(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let name = new_name(&scope, NAME, "serverCertificateName")?;
    let (body, key) = (scope.require("CertificateBody")?, scope.require("PrivateKey")?);
    let malformed =
        |what: &str| Refusal::new("MalformedCertificate", format!("Unable to parse {what}. Please ensure it is in PEM format."));
    let read = Read::pem(body).ok_or_else(|| malformed("certificate"))?;
    if !read.fits(key).ok_or_else(|| malformed("private key"))? {
        return Err(Refusal::new("KeyPairMismatch", "The public key certificate and the private key do not match."));
    }
    if call.iam.certificates.contains_key(name) {
        return Err(exists(KIND, name));
    }
    if call.iam.certificates.len() >= MOST {
        return Err(Refusal::new("LimitExceeded", format!("Cannot exceed quota for ServerCertificatesPerAccount: {MOST}")));
    }
    let certificate = ServerCertificate {
        entity: call.iam.entity("ASCA", path(&scope)?, call.world.now),
        body: body.to_owned(),
        chain: scope.text("CertificateChain").map(str::to_owned),
        expires_at: read.expires_at,
        tags: tags(&scope),
    };
    let shown = show(call.iam, name, &certificate);
    call.iam.certificates.insert(name.into(), certificate);
    Ok(map! { "ServerCertificateMetadata" => shown })
}

pub fn update(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    let name = scope.require(NAME)?;
    let new = renamed(&scope, "NewServerCertificateName", "newServerCertificateName")?;
    iam::rename(&mut call.iam.certificates, KIND, name, new, |row| &mut row.entity).map(|_| Value::Absent)
}

pub fn delete(call: &mut Call<'_>) -> Reply {
    let name = call.scope().require(NAME)?;
    call.iam.certificates.remove(name).map(|_| Value::Absent).ok_or_else(|| no_such(KIND, name))
}

fn find<'a>(call: &'a mut Call<'_>) -> Result<&'a mut ServerCertificate, Refusal> {
    let name = call.scope().require(NAME)?;
    call.iam.certificates.get_mut(name).ok_or_else(|| no_such(KIND, name))
}

pub fn tag(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    keep_tags(&mut find(call)?.tags, &scope)
}

pub fn untag(call: &mut Call<'_>) -> Reply {
    let scope = call.scope();
    drop_tags(&mut find(call)?.tags, &scope)
}
