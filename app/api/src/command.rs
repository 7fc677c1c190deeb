//! A change as the `aws` command lines that would do the same, for *What will be called*: to learn from, to script, to send to a colleague.
//!
//! The lines are shown and copied, never run. Secrets do not belong into them; what is long or comes from a file is named as a file.

use std::fmt::{self, Display, Write};

/// The lines of commands in a region, in their order.
pub fn lines(commands: impl IntoIterator<Item = Command>, region: &str) -> Vec<String> {
    commands.into_iter().map(|command| command.line(region)).collect()
}

/// One call of the AWS CLI. <https://docs.aws.amazon.com/cli/latest/reference/>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command(Vec<String>);

impl Command {
    pub fn new(service: &str, operation: &str) -> Self {
        Self(vec![service.to_owned(), operation.to_owned()])
    }

    pub fn ec2(operation: &str) -> Self {
        Self::new("ec2", operation)
    }

    pub fn iam(operation: &str) -> Self {
        Self::new("iam", operation)
    }

    /// Left out where the value is empty.
    #[must_use]
    pub fn arg(mut self, name: &str, value: impl Display) -> Self {
        let value = value.to_string();
        if !value.is_empty() {
            self.0.extend([name.to_owned(), value]);
        }
        self
    }

    /// Left out where there is no value.
    #[must_use]
    pub fn maybe(self, name: &str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.arg(name, value),
            None => self,
        }
    }

    /// Several values of one argument; left out where there are none.
    #[must_use]
    pub fn args(mut self, name: &str, values: impl IntoIterator<Item = impl Display>) -> Self {
        let mut values = values.into_iter().map(|value| value.to_string()).peekable();
        if values.peek().is_some() {
            self.0.push(name.to_owned());
            self.0.extend(values);
        }
        self
    }

    /// A switch, such as `--force`.
    #[must_use]
    pub fn flag(mut self, name: &str, on: bool) -> Self {
        if on {
            self.0.push(name.to_owned());
        }
        self
    }

    /// The call is made in this region; where the user is stands in `--source-region`. For copies.
    #[must_use]
    pub fn copying_to(mut self, region: &str) -> Self {
        self.0.extend(["--region".to_owned(), region.to_owned()]);
        self
    }

    /// The permission that it needs: `ec2:AttachVolume`.
    pub fn permission(&self) -> String {
        let operation = self.0[1].split('-').map(|word| {
            // Short words that IAM writes in capitals throughout.
            let first = if matches!(word, "mfa" | "ssh") { word.len() } else { word.len().min(1) };
            let (first, rest) = word.split_at(first);
            first.to_ascii_uppercase() + rest
        });
        format!("{}:{}", self.0[0], operation.collect::<String>())
    }

    /// The line for a POSIX shell.
    pub fn line(&self, region: &str) -> String {
        let name = if self.0.iter().any(|word| word == "--region") { "--source-region" } else { "--region" };
        let region = if region.is_empty() || self.0[0] == "iam" { vec![] } else { vec![name.to_owned(), region.to_owned()] };
        let mut line = "aws".to_owned();
        for word in self.0.iter().chain(&region) {
            write!(line, " {}", Quoted(word)).expect("a string takes everything");
        }
        line
    }
}

/// A word as a POSIX shell reads it back.
struct Quoted<'a>(&'a str);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=,@%+".contains(c);
        if !self.0.is_empty() && self.0.chars().all(plain) { f.write_str(self.0) } else { write!(f, "'{}'", self.0.replace('\'', r"'\''")) }
    }
}

/// A structure in the shorthand of the CLI: `Key=env,Value=prod`. Values that the shorthand would misread are quoted.
/// <https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-shorthand.html>
pub fn shorthand<'a>(pairs: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let pair = |(key, value): (&str, String)| {
        let plain = value.chars().all(|c| c.is_alphanumeric() || "-_./:@+ ".contains(c));
        if plain { format!("{key}={value}") } else { format!("{key}=\"{}\"", value.replace('\\', r"\\").replace('"', r#"\""#)) }
    };
    let pairs = pairs.into_iter().filter(|(_, value)| !value.is_empty()).map(pair);
    pairs.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_arguments_are_left_out_and_the_rest_is_quoted() {
        let command = Command::ec2("create-snapshot")
            .arg("--volume-id", "vol-1")
            .arg("--description", "it's \"mine\"; $(rm -rf /)")
            .arg("--outpost-arn", "")
            .args("--tags", [] as [String; 0])
            .flag("--dry-run", false);
        let line = command.line("us-east-1");
        assert_eq!(line, r#"aws ec2 create-snapshot --volume-id vol-1 --description 'it'\''s "mine"; $(rm -rf /)' --region us-east-1"#);
        assert_eq!(command.permission(), "ec2:CreateSnapshot");
        assert_eq!(Command::iam("deactivate-mfa-device").permission(), "iam:DeactivateMFADevice");
    }

    #[test]
    fn a_copy_is_called_where_it_goes() {
        let command = Command::ec2("copy-snapshot").arg("--source-snapshot-id", "snap-1").copying_to("eu-west-1");
        let expected = "aws ec2 copy-snapshot --source-snapshot-id snap-1 --region eu-west-1 --source-region us-east-1";
        assert_eq!(command.line("us-east-1"), expected);
    }

    #[test]
    fn shorthand_quotes_what_would_end_a_value() {
        let tag = |value: &str| shorthand([("Key", "k".to_owned()), ("Value", value.to_owned())]);
        assert_eq!(tag("prod"), "Key=k,Value=prod");
        assert_eq!(tag(r#"a,b="c""#), r#"Key=k,Value="a,b=\"c\"""#);
        assert_eq!(tag(""), "Key=k");
    }
}
