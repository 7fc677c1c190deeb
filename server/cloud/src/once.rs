//! For calls that must not be made twice: without a client token, a second try would make a second thing, or be refused because the first one
//! exists already, with the new private key lost on the way.

use aws_smithy_runtime_api::client::{
    interceptors::context::InterceptorContext,
    retries::classifiers::{ClassifyRetry, RetryAction, RetryClassifierPriority, RetryReason},
};
use aws_smithy_types::retry::ErrorKind;

/// Forbids every retry but one: that of a call which the cloud turned away for coming too fast, and so did not carry out.
#[derive(Debug)]
pub struct Once;

impl ClassifyRetry for Once {
    fn classify_retry(&self, _: &InterceptorContext) -> RetryAction {
        RetryAction::RetryForbidden
    }

    fn classify_retry_v2(&self, _: &InterceptorContext, previous: &RetryAction) -> RetryAction {
        match previous {
            RetryAction::RetryIndicated(RetryReason::RetryableError { kind: ErrorKind::ThrottlingError, .. }) => {
                RetryAction::NoActionIndicated
            }
            _ => RetryAction::RetryForbidden,
        }
    }

    fn name(&self) -> &'static str {
        "once"
    }

    fn priority(&self) -> RetryClassifierPriority {
        RetryClassifierPriority::run_after(RetryClassifierPriority::transient_error_classifier())
    }
}

/// What an EC2 call is customised with to be made once.
pub fn ec2() -> aws_sdk_ec2::config::Builder {
    aws_sdk_ec2::config::Builder::new().retry_classifier(Once)
}

/// What an IAM call is customised with to be made once.
pub fn iam() -> aws_sdk_iam::config::Builder {
    aws_sdk_iam::config::Builder::new().retry_classifier(Once)
}
