//! A state as a dot and a word, never as a colour alone.

use leptos::prelude::*;

/// What a state means to those who look at it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    Good,
    /// In transition: the dot moves.
    Busy,
    /// At rest, on purpose.
    Idle,
    Bad,
    Warn,
    #[default]
    Neutral,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Good => "status status-good",
            Self::Busy => "status status-busy",
            Self::Idle => "status status-idle",
            Self::Bad => "status status-bad",
            Self::Warn => "status status-warn",
            Self::Neutral => "status status-neutral",
        }
    }
}

/// The text is the cloud's own word, or a text already translated. Drawn anew where they change: a row of a table has no need to listen.
#[component]
pub fn Status(tone: Tone, text: String) -> impl IntoView {
    view! {
        <span class=tone.class()>
            <span class="status-dot" aria-hidden="true"></span>
            <span class="status-word">{text}</span>
        </span>
    }
}
