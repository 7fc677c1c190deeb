//! Answers that are none.

use api::{error::ErrorCode, instance::Instance, role::Role, vpc::Vpc};
use cloud::{Args, Backend, Cloud, console_output};

use crate::recorded::{AGES, Recorded, all};

async fn of(cloud: &Cloud) -> api::error::ApiError {
    Vpc::get(cloud, "vpc-1").await.unwrap_err()
}

#[tokio::test]
async fn a_page_of_html_is_a_failure_of_the_cloud() {
    let (cloud, _) = Recorded::new().fail("DescribeVpcs", 500, "<!doctype html><title>500 Internal Server Error</title>").cloud();
    let error = of(&cloud).await;
    assert_eq!((error.code, error.message.as_str()), (ErrorCode::CloudFailure, "The cloud failed (HTTP 500) and did not say why."));
    assert_eq!(error.operation.as_deref(), Some("ec2:DescribeVpcs"));
}

#[tokio::test]
async fn an_error_wrapped_as_another_service_wraps_it_is_understood() {
    // STS and IAM put one <Error> into an <ErrorResponse>, EC2 several into <Response><Errors>; moto once mixes the two.
    let mixed =
        "<ErrorResponse><Errors><Error><Code>UnauthorizedOperation</Code><Message>Not you.</Message></Error></Errors></ErrorResponse>";
    for body in [mixed, "<ErrorResponse><Error><Code>UnauthorizedOperation</Code><Message>Not you.</Message></Error></ErrorResponse>"] {
        let (cloud, _) = Recorded::new().fail("DescribeVpcs", 403, body).cloud();
        let error = of(&cloud).await;
        assert_eq!((error.code, error.cloud_code.as_deref()), (ErrorCode::Forbidden, Some("UnauthorizedOperation")), "{body}");
        assert!(error.message.contains("Not you."), "{}", error.message);
    }
}

#[tokio::test]
async fn a_good_status_with_an_answer_that_is_none_is_a_failure_too() {
    for garbage in ["", "<html>", "{\"vpcs\":[]}", "<DescribeVpcsResponse><vpcSet>"] {
        let (cloud, _) = Recorded::new().answer("DescribeVpcs", garbage).cloud();
        assert_eq!(of(&cloud).await.code, ErrorCode::CloudFailure, "{garbage:?}");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let (cloud, _) = Recorded::new().fail("DescribeVpcs", 302, "").cloud();
    assert_eq!(of(&cloud).await.code, ErrorCode::CloudFailure);
}

#[tokio::test(start_paused = true)]
async fn a_cloud_that_never_answers_is_given_up() {
    let (cloud, _) = Recorded::new().never("DescribeVpcs").cloud();
    let error = tokio::time::timeout(AGES, of(&cloud)).await.unwrap();
    assert_eq!((error.code, error.message.as_str()), (ErrorCode::Timeout, "The cloud did not answer in time."));
}

#[tokio::test]
async fn an_operation_that_the_cloud_does_not_have_is_unsupported() {
    let (cloud, _) = Recorded::new().refuse("DescribeVpcs", 400, "InvalidAction", "The action DescribeVpcs is not valid").cloud();
    assert_eq!(of(&cloud).await.code, ErrorCode::Unsupported);
}

#[tokio::test]
async fn console_output_that_is_no_base64_is_a_failure() {
    let (cloud, _) =
        Recorded::new().answer("GetConsoleOutput", "<GetConsoleOutputResponse><output>%%%</output></GetConsoleOutputResponse>").cloud();
    assert_eq!(console_output(&cloud, "i-1").await.unwrap_err().code, ErrorCode::CloudFailure);
}

#[tokio::test]
async fn identities_closed_to_a_session_without_mfa_do_not_end_the_session() {
    let refused = "The security token included in the request is invalid";
    let recorded = Recorded::new().refuse("ListRoles", 403, "InvalidClientTokenId", refused);
    let (cloud, _) = recorded.refuse("GetAccountAuthorizationDetails", 403, "InvalidClientTokenId", refused).cloud();
    let error = all(Role::list(&cloud, &Args::new())).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::Forbidden);
    assert!(error.message.contains("MFA"));
}

#[tokio::test]
async fn somebody_elses_resource_does_not_end_the_session_either() {
    let nothing = "<DescribeInstanceAttributeResponse/>";
    let recorded = Recorded::new().answer("DescribeInstanceAttribute", nothing).answer("DescribeInstanceAttribute", nothing);
    let (cloud, _) = recorded.refuse("DescribeInstances", 403, "AuthFailure", "Not authorized for images: [ami-1]").cloud();
    assert_eq!(Instance::get(&cloud, "i-1").await.unwrap_err().code, ErrorCode::Forbidden);
}
