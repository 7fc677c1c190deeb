//! What is offered as right: put into its place, it takes the finding away.

use policy::{Catalog, Place, lint};

const FIXED: &str = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*"}]}"#;

fn fix_all(text: &str, place: Place, catalog: &Catalog) -> String {
    let mut text = text.to_owned();
    for _ in 0..8 {
        let findings = lint(&text, place, Some(catalog)).findings;
        let Some((span, fix)) = findings.into_iter().find_map(|finding| Some((finding.span, finding.fix?))) else { break };
        text.replace_range(span.start..span.end, &fix);
    }
    text
}

#[test]
fn what_is_offered_is_right() {
    let catalog = Catalog::read(include_bytes!("../../../public/iam-actions.txt").to_vec()).expect("the list that the generator wrote");
    let broken: &[(&str, &str)] = &[
        ("\"ec2:RunInstances\"", "\"ec2:RunInstance\""),
        ("\"ec2:RunInstances\"", "\"ec22:RunInstances\""),
        ("\"ec2:RunInstances\"", "'ec2:RunInstances'"),
        ("\"Effect\"", "\"Efect\""),
        ("\"Effect\"", "Effect"),
        ("\"Allow\"", "\"allow\""),
        ("\"2012-10-17\"", "\"2008-10-17\""),
        ("\"Allow\",", "\"Allow\""),
        ("\"*\"}", "\"*\",}"),
        ("[{", "[,{"),
    ];
    for (right, wrong) in broken {
        let text = FIXED.replacen(right, wrong, 1);
        assert!(!lint(&text, Place::Managed, Some(&catalog)).findings.is_empty(), "{text}");
        assert_eq!(fix_all(&text, Place::Managed, &catalog), FIXED, "{wrong}");
    }
    let conditions = [
        (r#"{"StringEqual": {"aws:username": "a"}}"#, r#"{"StringEquals": {"aws:username": "a"}}"#),
        (r#"{"foranyvalue:stringlike": {"aws:TagKeys": "a"}}"#, r#"{"ForAnyValue:StringLike": {"aws:TagKeys": "a"}}"#),
        (r#"{"StringEquals": {"aws:usernam": "a"}}"#, r#"{"StringEquals": {"aws:username": "a"}}"#),
        (r#"{"StringEquals": {"ec2:InstanceTyp": "a"}}"#, r#"{"StringEquals": {"ec2:InstanceType": "a"}}"#),
    ];
    for (wrong, right) in conditions {
        let with = |condition: &str| FIXED.replacen("\"*\"}", &format!("\"*\", \"Condition\": {condition}}}"), 1);
        assert_eq!(fix_all(&with(wrong), Place::Managed, &catalog), with(right));
    }
    let trust = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Servic": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}}"#;
    assert_eq!(fix_all(trust, Place::Trust, &catalog), trust.replace("Servic\"", "Service\""));
}
