//! A cloud as one session sees it in one region: target, credentials, and the SDK clients made of them.

use std::{
    fmt,
    sync::{Arc, OnceLock},
};

use api::{
    Timestamp,
    error::{ApiError, ErrorCode, FieldErrors},
    session::CloudKind,
};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_ec2::config::retry::{RetryPartition, TokenBucket};
use aws_types::SdkConfig;
use secrecy::{ExposeSecret, SecretString};

use crate::{
    operations::Operations,
    target::{Service, Target},
};

/// Keys to sign with. `Debug` shows no secret.
#[derive(Clone, Debug)]
pub struct Credentials {
    pub access_key_id: String,
    pub secret: SecretString,
    /// Only with temporary credentials.
    pub token: Option<SecretString>,
    /// When the cloud stops taking them, where it said so.
    pub expires_at: Option<Timestamp>,
}

/// A handle to a cloud: cheap to clone, its SDK clients made when first used and shared by all clones.
#[derive(Clone)]
pub struct Cloud(Arc<Inner>);

struct Inner {
    target: Arc<Target>,
    region: String,
    config: SdkConfig,
    /// A budget of retries of its own. The SDK's default is one per service for the whole process, which would let one failing cloud use up
    /// the retries of all others.
    retries: RetryPartition,
    operations: Operations,
    ec2: OnceLock<aws_sdk_ec2::Client>,
    cloudwatch: OnceLock<aws_sdk_cloudwatch::Client>,
    iam: OnceLock<aws_sdk_iam::Client>,
    sts: OnceLock<aws_sdk_sts::Client>,
}

impl Cloud {
    /// Refuses a region that could not be one: it goes into host names.
    pub fn new(target: Arc<Target>, credentials: &Credentials, region: impl Into<String>) -> Result<Self, ApiError> {
        Self::noted(target, credentials, region, Operations::default())
    }

    /// The same, with what is carried out noted in a record that others may share.
    pub fn noted(
        target: Arc<Target>,
        credentials: &Credentials,
        region: impl Into<String>,
        operations: Operations,
    ) -> Result<Self, ApiError> {
        let region = region.into();
        if !is_region(&region) {
            return Err(ApiError::invalid(FieldErrors::from([("region".to_owned(), "This is not the name of a region.".to_owned())])));
        }
        let config = target.sdk_config(&region, provider(credentials));
        let retries = RetryPartition::custom("cloud").token_bucket(TokenBucket::default()).build();
        Ok(Self::of(target, region, config, retries, operations))
    }

    fn of(target: Arc<Target>, region: String, config: SdkConfig, retries: RetryPartition, operations: Operations) -> Self {
        let (ec2, cloudwatch, iam, sts) = (OnceLock::new(), OnceLock::new(), OnceLock::new(), OnceLock::new());
        Self(Arc::new(Inner { target, region, config, retries, operations, ec2, cloudwatch, iam, sts }))
    }

    pub fn target(&self) -> &Arc<Target> {
        &self.0.target
    }

    /// The same session in another region of the same cloud: for copies, which are asked for where they go.
    ///
    /// A region that the cloud does not have would send the session's signatures to a host that nobody chose.
    pub(crate) async fn in_region(&self, region: &str) -> Result<Self, ApiError> {
        if region == self.region() {
            return Ok(self.clone());
        }
        let configured = &self.0.target.info.regions;
        let is_known = if configured.is_empty() {
            crate::regions(self).await?.iter().any(|known| known == region)
        } else {
            configured.iter().any(|known| known == region)
        };
        if !is_known || !is_region(region) {
            return Err(ApiError::invalid(FieldErrors::from([("region".to_owned(), "The cloud has no region of this name.".to_owned())])));
        }
        let config = self.0.config.to_builder().region(aws_types::region::Region::new(region.to_owned())).build();
        let (target, retries) = (Arc::clone(&self.0.target), self.0.retries.clone());
        Ok(Self::of(target, region.to_owned(), config, retries, self.0.operations.clone()))
    }

    pub fn region(&self) -> &str {
        &self.0.region
    }

    /// How many rows to ask for at once, where the cloud knows pages and the operation takes at most so many.
    pub(crate) fn page_size(&self, most: u16) -> Option<i32> {
        self.0.target.settings.page_size.map(|size| size.min(most).into())
    }

    pub(crate) fn ec2(&self) -> &aws_sdk_ec2::Client {
        self.0.ec2.get_or_init(|| {
            let config = aws_sdk_ec2::config::Builder::from(&self.config_of(Service::Ec2));
            aws_sdk_ec2::Client::from_conf(config.retry_partition(self.0.retries.clone()).interceptor(self.0.operations.clone()).build())
        })
    }

    /// CloudWatch, where there is one: a cloud of one's own may be configured without, and must then not be looked for at AWS.
    pub(crate) fn cloudwatch(&self) -> Result<&aws_sdk_cloudwatch::Client, ApiError> {
        let target = &self.0.target;
        if target.info.kind != CloudKind::Aws && target.endpoint(Service::CloudWatch, self.region()).is_none() {
            return Err(ApiError::new(ErrorCode::Unsupported, "No endpoint of CloudWatch is configured for this cloud."));
        }
        Ok(self.0.cloudwatch.get_or_init(|| {
            let config = aws_sdk_cloudwatch::config::Builder::from(&self.config_of(Service::CloudWatch));
            aws_sdk_cloudwatch::Client::from_conf(
                config.retry_partition(self.0.retries.clone()).interceptor(self.0.operations.clone()).build(),
            )
        }))
    }

    pub(crate) fn iam(&self) -> &aws_sdk_iam::Client {
        self.0.iam.get_or_init(|| {
            let config = aws_sdk_iam::config::Builder::from(&self.config_of(Service::Iam));
            aws_sdk_iam::Client::from_conf(config.retry_partition(self.0.retries.clone()).interceptor(self.0.operations.clone()).build())
        })
    }

    pub(crate) fn sts(&self) -> &aws_sdk_sts::Client {
        self.0.sts.get_or_init(|| {
            let config = aws_sdk_sts::config::Builder::from(&self.config_of(Service::Sts));
            aws_sdk_sts::Client::from_conf(config.retry_partition(self.0.retries.clone()).interceptor(self.0.operations.clone()).build())
        })
    }

    pub(crate) fn config_of(&self, service: Service) -> SdkConfig {
        let mut config = self.0.config.to_builder();
        config.set_endpoint_url(self.0.target.endpoint(service, &self.0.region));
        config.build()
    }
}

impl fmt::Debug for Cloud {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cloud").field("target", &self.0.target.info.key).field("region", &self.0.region).finish_non_exhaustive()
    }
}

fn provider(credentials: &Credentials) -> SharedCredentialsProvider {
    // Without the expiry: whether a key still holds is the cloud's to say, and its clock may differ from ours.
    SharedCredentialsProvider::new(aws_credential_types::Credentials::new(
        &credentials.access_key_id,
        credentials.secret.expose_secret(),
        credentials.token.as_ref().map(|token| token.expose_secret().to_owned()),
        None,
        "session",
    ))
}

/// Letters, digits and inner hyphens, as in host names: `us-east-1`, `eucalyptus`.
fn is_region(text: &str) -> bool {
    let inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=63).contains(&text.len()) && text.chars().all(inner) && !text.starts_with('-') && !text.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_fits_into_a_host_name_is_a_region() {
        for good in ["us-east-1", "eucalyptus", "regionone", "r1"] {
            assert!(is_region(good), "{good}");
        }
        for bad in ["", "-a", "a-", "us-east-1.evil.example", "a/b", "a@b", "a#", "US-EAST-1", "ü", &"a".repeat(64)] {
            assert!(!is_region(bad), "{bad:?} was accepted");
        }
    }

    #[test]
    fn debug_shows_no_secret() {
        let credentials =
            Credentials { access_key_id: "AKIA".into(), secret: "s3cret".into(), token: Some("t0ken".into()), expires_at: None };
        let shown = format!("{credentials:?}");
        assert!(!shown.contains("s3cret") && !shown.contains("t0ken"), "{shown}");
    }
}
