//! Yes, no, or not known.

/// What is known of a statement or condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// It does not hold.
    No,
    /// It depends on what is not known.
    Unknown,
    /// It holds.
    Yes,
}

impl Truth {
    /// Both.
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// One of them.
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// The other way round; what is not known stays so.
    pub fn turned(self, turn: bool) -> Self {
        match self {
            Self::Yes if turn => Self::No,
            Self::No if turn => Self::Yes,
            other => other,
        }
    }

    /// One of all.
    pub fn any(all: impl IntoIterator<Item = Self>) -> Self {
        let mut any = Self::No;
        for one in all {
            any = any.or(one);
            if any == Self::Yes {
                break;
            }
        }
        any
    }

    /// Every one.
    pub fn all(all: impl IntoIterator<Item = Self>) -> Self {
        let mut every = Self::Yes;
        for one in all {
            every = every.and(one);
            if every == Self::No {
                break;
            }
        }
        every
    }
}

impl From<bool> for Truth {
    fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}
