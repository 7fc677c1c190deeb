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

/// A state that does not change while it is drawn, as in a cell: nothing listens for it.
pub fn status(tone: Tone, text: String) -> AnyView {
    view! {
        <span class=tone.class()>
            <span class="status-dot" aria-hidden="true"></span>
            <span class="status-word">{text}</span>
        </span>
    }
    .into_any()
}

/// The text is the cloud's own word, or a text already translated.
#[component]
pub fn Status(#[prop(into)] tone: Signal<Tone>, #[prop(into)] text: Signal<String>) -> impl IntoView {
    view! {
        <span class=move || tone.get().class()>
            <span class="status-dot" aria-hidden="true"></span>
            <span class="status-word">{move || text.get()}</span>
        </span>
    }
}
