//! The dialogs of the document, opened from anywhere and drawn in one place, so that they outlive the row or menu they were opened from.

use std::sync::{Arc, Mutex};

use leptos::{children::ViewFnOnce, prelude::*};

use super::Each;

/// Opens and closes dialogs; the last one opened lies on top.
#[derive(Clone, Copy)]
pub struct Dialogs {
    stack: RwSignal<Vec<Open>>,
    opened: StoredValue<usize>,
    /// The dialog in which this was taken from the context.
    this: Option<usize>,
}

#[derive(Clone)]
struct Open {
    key: usize,
    /// Taken by the host when it draws it, once.
    view: Arc<Mutex<Option<ViewFnOnce>>>,
}

pub fn provide() {
    provide_context(Dialogs { stack: RwSignal::new(Vec::new()), opened: StoredValue::new(0), this: None });
}

pub fn use_dialogs() -> Dialogs {
    expect_context()
}

impl Dialogs {
    /// Opens a dialog. It finds the contexts of the document, not those of its opener.
    pub fn open(self, dialog: impl FnOnce() -> AnyView + Send + 'static) {
        let key = self.opened.get_value();
        self.opened.set_value(key + 1);
        let view = Arc::new(Mutex::new(Some(ViewFnOnce::from(dialog))));
        self.stack.update(|stack| stack.push(Open { key, view }));
    }

    /// Closes the dialog that asks for it, which may be closed already; from outside of any, the one on top.
    pub fn close(self) {
        self.stack.update(|stack| match self.this {
            Some(key) => stack.retain(|open| open.key != key),
            None => _ = stack.pop(),
        });
    }

    pub fn is_open(self) -> bool {
        self.stack.with(|stack| !stack.is_empty())
    }
}

/// Where the dialogs are drawn.
#[component]
pub fn DialogHost() -> impl IntoView {
    let dialogs = use_dialogs();
    view! {
        <Each each=move || dialogs.stack.get() key=|open| open.key let:open>
            {
                provide_context(Dialogs { this: Some(open.key), ..dialogs });
                open.view.lock().expect("drawing a dialog does not panic").take().map(ViewFnOnce::run)
            }
        </Each>
    }
}
