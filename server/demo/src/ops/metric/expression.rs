//! Metric math, as far as numbers go: ids, numbers, `+ - * /` and brackets. Functions of CloudWatch are refused.
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html>

use std::collections::{BTreeMap, HashMap};

use crate::clock::Millis;

pub type Points = BTreeMap<Millis, f64>;

/// What an expression has come to.
#[derive(Clone, Debug, PartialEq)]
enum Term {
    Number(f64),
    Points(Points),
}

impl Term {
    /// Of two series, the moments that both have.
    fn with(self, other: Self, apply: fn(f64, f64) -> f64) -> Self {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => Self::Number(apply(a, b)),
            (Self::Number(a), Self::Points(b)) => Self::Points(b.into_iter().map(|(at, b)| (at, apply(a, b))).collect()),
            (Self::Points(a), Self::Number(b)) => Self::Points(a.into_iter().map(|(at, a)| (at, apply(a, b))).collect()),
            (Self::Points(a), Self::Points(b)) => {
                Self::Points(a.into_iter().filter_map(|(at, a)| Some((at, apply(a, *b.get(&at)?)))).collect())
            }
        }
    }
}

/// The series that an expression makes of others, by their ids; `None` where it is none that we know. A division by nothing leaves no point.
pub fn evaluate(text: &str, known: &HashMap<String, Points>) -> Option<Points> {
    let mut reader = Reader { rest: text.trim(), known };
    let term = reader.sum()?;
    match term {
        Term::Points(points) if reader.rest.is_empty() => Some(points.into_iter().filter(|(_, value)| value.is_finite()).collect()),
        _ => None,
    }
}

struct Reader<'a> {
    rest: &'a str,
    known: &'a HashMap<String, Points>,
}

impl Reader<'_> {
    fn take(&mut self, sign: char) -> bool {
        let rest = self.rest.strip_prefix(sign);
        if let Some(rest) = rest {
            self.rest = rest.trim_start();
        }
        rest.is_some()
    }

    fn sum(&mut self) -> Option<Term> {
        let mut term = self.product()?;
        loop {
            term = match () {
                () if self.take('+') => term.with(self.product()?, |a, b| a + b),
                () if self.take('-') => term.with(self.product()?, |a, b| a - b),
                () => return Some(term),
            };
        }
    }

    fn product(&mut self) -> Option<Term> {
        let mut term = self.factor()?;
        loop {
            term = match () {
                () if self.take('*') => term.with(self.factor()?, |a, b| a * b),
                () if self.take('/') => term.with(self.factor()?, |a, b| a / b),
                () => return Some(term),
            };
        }
    }

    fn factor(&mut self) -> Option<Term> {
        if self.take('-') {
            return Some(Term::Number(0.0).with(self.factor()?, |a, b| a - b));
        }
        if self.take('(') {
            let term = self.sum()?;
            return self.take(')').then_some(term);
        }
        let end = self.rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '_')).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest.trim_start();
        match word.parse() {
            Ok(number) => Some(Term::Number(number)),
            Err(_) => self.known.get(word).cloned().map(Term::Points),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_reckoned_point_by_point() {
        let points = |pairs: &[(Millis, f64)]| pairs.iter().copied().collect::<Points>();
        let known = HashMap::from([("m1".to_owned(), points(&[(0, 1.0), (60, 2.0)])), ("m2".to_owned(), points(&[(60, 4.0), (120, 8.0)]))]);
        assert_eq!(evaluate("m1*2", &known), Some(points(&[(0, 2.0), (60, 4.0)])));
        assert_eq!(evaluate(" (m1 + m2) / 2 ", &known), Some(points(&[(60, 3.0)])));
        assert_eq!(evaluate("100 - m2 * 10 + -1", &known), Some(points(&[(60, 59.0), (120, 19.0)])));
        assert_eq!(evaluate("m1 / 0", &known), Some(Points::new()));
        for bad in ["", "m3", "m1 +", "(m1", "m1 m2", "2 * 3", "RATE(m1)"] {
            assert_eq!(evaluate(bad, &known), None, "{bad}");
        }
    }
}
