//! The operations that the cloud has carried out for a session, by the names that policies have for them.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

use aws_smithy_runtime_api::{
    box_error::BoxError,
    client::{
        interceptors::{Intercept, context::FinalizerInterceptorContextRef},
        orchestrator::Metadata,
        runtime_components::RuntimeComponents,
    },
};
use aws_smithy_types::config_bag::ConfigBag;

/// Which operations were carried out: names and nothing of what they were asked with. Clones are the same record.
#[derive(Clone, Debug, Default)]
pub struct Operations(Arc<Mutex<BTreeSet<String>>>);

impl Operations {
    /// As actions of policies, in alphabetical order: `ec2:DescribeInstances`.
    pub fn all(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

impl Intercept for Operations {
    fn name(&self) -> &'static str {
        "operations"
    }

    /// What was refused is no use of a permission.
    fn read_after_execution(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let (Some(Ok(_)), Some(call)) = (context.output_or_error(), config.load::<Metadata>()) {
            // Policies call the services of ours as their SDKs do: `EC2`, `IAM`, `STS`, `CloudWatch`.
            let action = format!("{}:{}", call.service().to_ascii_lowercase(), call.name());
            self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(action);
        }
        Ok(())
    }
}
