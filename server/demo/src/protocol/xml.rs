//! Writes replies: EC2's style and that of the query services (STS, IAM).

use std::fmt::Write as _;

use crate::protocol::{refusal::Refusal, value::Value};

/// Which of the two protocols.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Lists are `<item>`s, errors are in `<Response><Errors>`, the result's fields stand beside the request id.
    Ec2,
    /// Lists are `<member>`s, errors are in `<ErrorResponse>`, the result is in `<XResult>`.
    Query { namespace: &'static str },
}

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const EC2_NAMESPACE: &str = "http://ec2.amazonaws.com/doc/2016-11-15/";

impl Style {
    /// A reply. `Value::Absent` stands for an operation that returns nothing.
    pub fn reply(self, action: &str, request_id: &str, result: &Value) -> String {
        let mut out = String::with_capacity(1024);
        out.push_str(DECLARATION);
        match self {
            Self::Ec2 => {
                let _ = write!(out, "<{action}Response xmlns=\"{EC2_NAMESPACE}\"><requestId>{request_id}</requestId>");
                match result {
                    Value::Absent => out.push_str("<return>true</return>"),
                    result => write_value(&mut out, "item", result),
                }
                let _ = write!(out, "</{action}Response>");
            }
            Self::Query { namespace } => {
                let _ = write!(out, "<{action}Response xmlns=\"{namespace}\">");
                if *result != Value::Absent {
                    let _ = write!(out, "<{action}Result>");
                    write_value(&mut out, "member", result);
                    let _ = write!(out, "</{action}Result>");
                }
                let _ = write!(out, "<ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata></{action}Response>");
            }
        }
        out
    }

    /// A refusal.
    pub fn refuse(self, request_id: &str, refusal: &Refusal) -> String {
        let mut error = String::new();
        if let Self::Query { .. } = self {
            let _ = write!(error, "<Type>{}</Type>", if refusal.status < 500 { "Sender" } else { "Receiver" });
        }
        error.push_str("<Code>");
        escape(&mut error, &refusal.code);
        error.push_str("</Code><Message>");
        escape(&mut error, &refusal.message);
        error.push_str("</Message>");
        match self {
            Self::Ec2 => {
                format!("{DECLARATION}<Response><Errors><Error>{error}</Error></Errors><RequestID>{request_id}</RequestID></Response>")
            }
            Self::Query { namespace } => format!(
                "{DECLARATION}<ErrorResponse xmlns=\"{namespace}\"><Error>{error}</Error><RequestId>{request_id}</RequestId></ErrorResponse>"
            ),
        }
    }
}

fn write_value(out: &mut String, entry: &str, value: &Value) {
    match value {
        Value::Absent => {}
        Value::Text(text) => escape(out, text),
        Value::Map(fields) => fields.iter().for_each(|(name, value)| write_element(out, name, entry, value)),
        Value::List(values) => values.iter().for_each(|value| write_element(out, entry, entry, value)),
    }
}

fn write_element(out: &mut String, name: &str, entry: &str, value: &Value) {
    match value {
        Value::Absent => return,
        Value::List(values) if values.is_empty() => {
            let _ = write!(out, "<{name}/>");
            return;
        }
        _ => {}
    }
    let _ = write!(out, "<{name}>");
    write_value(out, entry, value);
    let _ = write!(out, "</{name}>");
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // As a bare carriage return a parser would read it as a line feed.
            '\r' => out.push_str("&#xD;"),
            // XML 1.0 cannot hold the other control characters, not even escaped.
            c if c < ' ' && c != '\n' && c != '\t' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::value::map;

    const STS: Style = Style::Query { namespace: "https://sts.amazonaws.com/doc/2011-06-15/" };

    fn body(xml: &str) -> &str {
        xml.strip_prefix(DECLARATION).expect("a declaration")
    }

    #[test]
    fn ec2_lists_are_items_and_absent_values_are_left_out() {
        let result =
            map! { "tagSet" => Value::list([map! { "key" => "a<b", "value" => "\u{1}" }]), "none" => None::<&str>, "empty" => vec![] };
        assert_eq!(
            body(&Style::Ec2.reply("DescribeTags", "r-1", &result)),
            "<DescribeTagsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>r-1</requestId><tagSet><item><key>a&lt;b</key>\
             <value>\u{fffd}</value></item></tagSet><empty/></DescribeTagsResponse>"
        );
        assert!(Style::Ec2.reply("CreateTags", "r", &Value::Absent).contains("<return>true</return>"));
    }

    #[test]
    fn query_lists_are_members_in_a_result() {
        let result = map! { "Users" => Value::list(["a"]) };
        assert_eq!(
            body(&STS.reply("ListUsers", "r-1", &result)),
            "<ListUsersResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><ListUsersResult><Users><member>a</member></Users>\
             </ListUsersResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></ListUsersResponse>"
        );
    }

    #[test]
    fn refusals_have_a_shape_of_their_own_in_each_style() {
        let refusal = Refusal::new("InvalidGroup.NotFound", "The security group 'x' & more");
        assert_eq!(
            body(&Style::Ec2.refuse("r", &refusal)),
            "<Response><Errors><Error><Code>InvalidGroup.NotFound</Code><Message>The security group 'x' &amp; more</Message></Error></Errors>\
             <RequestID>r</RequestID></Response>"
        );
        assert!(STS.refuse("r", &refusal).contains("<Error><Type>Sender</Type><Code>InvalidGroup.NotFound</Code>"));
        assert!(STS.refuse("r", &Refusal::new("InternalFailure", "")).contains("<Type>Receiver</Type>"));
    }
}
