//! How a value is compared.

/// What a token asks of a value. Each can be negated, so there is no operator for *not*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `=`: the very value; for dates, the day or the span that is named; for addresses, within the network.
    Is,
    /// `:`: contains, in any case.
    Has,
    /// `^`: begins with, in any case.
    Starts,
    /// `:` with a `*` in the value: fits the pattern as a whole, in any case.
    Like,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    /// A tag's key alone: the tag is there, whatever its value.
    Exists,
}

impl Operator {
    /// As it is written.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Is => "=",
            Self::Has | Self::Like => ":",
            Self::Starts => "^",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
            Self::Exists => "",
        }
    }

    /// As it is written negated, where that is a sign of its own; the others take a `-` before the token.
    pub fn negated_sign(self) -> Option<&'static str> {
        match self {
            Self::Is => Some("!="),
            Self::Has | Self::Like => Some("!:"),
            Self::Starts => Some("!^"),
            _ => None,
        }
    }

    /// Whether several of it on one field are alternatives. Bounds are not: `size>1 size<9` asks for what is between.
    pub fn is_alternative(self) -> bool {
        !matches!(self, Self::Less | Self::LessEqual | Self::Greater | Self::GreaterEqual)
    }

    /// The operator that the text begins with, whether it is negated, and its length.
    pub(super) fn read(text: &str) -> Option<(Self, bool, usize)> {
        // The longer ones first, so that `<=` is not `<`.
        const SIGNS: [(&str, Operator, bool); 10] = [
            ("!=", Operator::Is, true),
            ("!:", Operator::Has, true),
            ("!^", Operator::Starts, true),
            ("<=", Operator::LessEqual, false),
            (">=", Operator::GreaterEqual, false),
            ("=", Operator::Is, false),
            (":", Operator::Has, false),
            ("^", Operator::Starts, false),
            ("<", Operator::Less, false),
            (">", Operator::Greater, false),
        ];
        SIGNS.iter().find(|(sign, ..)| text.starts_with(sign)).map(|&(sign, operator, negated)| (operator, negated, sign.len()))
    }
}
