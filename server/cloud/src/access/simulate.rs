//! The cloud's own simulator, and which statements it means.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html>

use api::{
    access::{Answer, Deciding, Layer, Question, Verdict},
    error::ApiError,
};
use aws_sdk_iam::types::{EvaluationResult, PolicyEvaluationDecisionType, PolicySourceType, Position, Statement};
use policy::{Lines, evaluate::PolicyId, model};

use super::{
    given::entries,
    known::{Known, Text},
    told,
};
use crate::{Cloud, error::failed, once};

/// What the simulator says, on all of its pages. A cloud that does not have it may answer with a failure, which is not asked for again.
pub async fn simulate(cloud: &Cloud, question: &Question) -> Result<Vec<EvaluationResult>, ApiError> {
    let (mut results, mut marker) = (vec![], None);
    loop {
        let call = cloud.iam().simulate_principal_policy().policy_source_arn(&question.principal);
        let call = call.set_action_names(Some(question.actions.clone())).resource_arns(question.resource());
        let call = call.set_context_entries(entries(&question.given)).set_marker(marker);
        let page = call.customize().config_override(once::iam()).send().await.map_err(failed("iam:SimulatePrincipalPolicy"))?;
        results.extend(page.evaluation_results.unwrap_or_default());
        marker = page.marker.filter(|_| page.is_truncated);
        if marker.is_none() {
            return Ok(results);
        }
    }
}

/// One answer for each action, in the order of the question.
pub fn told(question: &Question, results: Vec<EvaluationResult>, known: Option<&Known>) -> Vec<Answer> {
    let mut answers: Vec<_> = results.into_iter().map(|result| answer(question, result, known)).collect();
    let place = |answer: &Answer| question.actions.iter().position(|action| action.eq_ignore_ascii_case(&answer.action));
    answers.sort_by_key(|answer| place(answer).unwrap_or(usize::MAX));
    answers
}

fn answer(question: &Question, result: EvaluationResult, known: Option<&Known>) -> Answer {
    let verdict = match result.eval_decision {
        PolicyEvaluationDecisionType::Allowed => Verdict::Allowed,
        PolicyEvaluationDecisionType::ExplicitDeny => Verdict::Denied,
        _ => Verdict::NotAllowed,
    };
    let is_out_of_boundary = result.permissions_boundary_decision_detail.is_some_and(|detail| !detail.allowed_by_permissions_boundary);
    let is_out_of_organization = result.organizations_decision_detail.is_some_and(|detail| !detail.allowed_by_organizations);
    let layer = if is_out_of_organization {
        Layer::Organization
    } else if is_out_of_boundary {
        Layer::Boundary
    } else {
        Layer::Identity
    };
    let statements = result.matched_statements.unwrap_or_default();
    Answer {
        action: result.eval_action_name,
        verdict,
        statements: statements.iter().map(|statement| deciding(question, statement, known)).collect(),
        not_by: (verdict == Verdict::NotAllowed).then_some(layer),
        missing: result.missing_context_values.unwrap_or_default(),
    }
}

/// The statement that is meant, or at least the name of its policy.
fn deciding(question: &Question, statement: &Statement, known: Option<&Known>) -> Deciding {
    let id = statement.source_policy_id.as_deref().unwrap_or_default();
    let found = known.and_then(|known| find(known, &question.principal, id, statement.source_policy_type.as_ref()));
    let Some((text, layer, through)) = found else {
        let layer = if statement.source_policy_type == Some(PolicySourceType::Resource) { Layer::Resource } else { Layer::Identity };
        return Deciding {
            layer,
            policy: id.to_owned(),
            arn: String::new(),
            holder: None,
            statement: None,
            sid: String::new(),
            text: String::new(),
        };
    };
    let number = statement.start_position.as_ref().and_then(|start| number(&text.document, start));
    told::of_policy(text, layer, through, number)
}

/// The policy of a principal that the simulator calls so: a managed one by its name or ARN, one of an identity's own as `user_amara_look`.
fn find<'k>(known: &'k Known, principal: &str, id: &str, sort: Option<&PolicySourceType>) -> Option<(&'k Text, Layer, Option<&'k str>)> {
    let person = known.person(principal)?;
    let text = |policy: &PolicyId| &known.policies[policy.0];
    let own = person.policies.iter().map(|policy| (text(policy), Layer::Identity, None));
    let of_groups = person.groups.iter().map(|group| &known.groups[group.0]);
    let of_groups =
        of_groups.flat_map(|group| group.policies.iter().map(|policy| (text(policy), Layer::Identity, Some(group.name.as_str()))));
    let boundary = person.boundary.iter().map(|policy| (text(policy), Layer::Boundary, None));
    let all: Vec<_> = own.chain(of_groups).chain(boundary).filter(|(text, ..)| fits(text, sort)).collect();
    let in_full = |text: &Text| {
        let own = text.holder.as_ref().map(|holder| format!("{}_{}_{}", holder.kind.one().to_lowercase(), holder.name, text.name));
        text.arn == id || own.as_deref() == Some(id)
    };
    all.iter().find(|(text, ..)| in_full(text)).or_else(|| all.iter().find(|(text, ..)| text.name == id)).copied()
}

fn fits(text: &Text, sort: Option<&PolicySourceType>) -> bool {
    match sort {
        Some(PolicySourceType::AwsManaged) => api::policy::is_aws(&text.arn),
        Some(PolicySourceType::UserManaged) => !text.arn.is_empty() && !api::policy::is_aws(&text.arn),
        Some(PolicySourceType::Resource) => false,
        _ => true,
    }
}

/// Which statement is at a place: the first that does not end before it, whether columns are counted from 0 or from 1.
fn number(document: &str, at: &Position) -> Option<usize> {
    let lines = Lines::new(document);
    let ends = model::places(document).into_iter().map(|span| lines.position(span.end));
    let place = |number: i32| usize::try_from(number).unwrap_or_default();
    ends.into_iter().position(|end| (end.line, end.column) > (place(at.line), place(at.column)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_is_found_by_its_place() {
        let document = "{\"Statement\":[{\"Effect\":\"Allow\"},{\"Effect\":\"Deny\"},\n {\"Sid\":\"a\"}]}";
        let at = |line: i32, column: i32| number(document, &Position::builder().line(line).column(column).build());
        // The first begins in column 15 where columns are counted from 1, and is 18 characters long.
        assert_eq!([at(1, 14), at(1, 15), at(1, 33), at(1, 34), at(2, 2)], [Some(0), Some(0), Some(1), Some(1), Some(2)]);
        assert_eq!((at(3, 1), number("no JSON", &Position::builder().line(1).column(1).build())), (None, None));
    }
}
