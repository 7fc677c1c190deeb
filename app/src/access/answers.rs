//! What one user or role may do.

use api::access::{Answer, AnsweredBy, Answers};
use leptos::prelude::*;

use super::{
    ask::Ask,
    asked::{Asked, Face},
    because::{Because, Word},
    reply::Reply,
};
use crate::{
    locale::{t, tf},
    ui::{Empty, ErrorPanel, Notice, Skeleton, Tone},
};

#[component]
pub fn OfOne(asked: Memo<Asked>, go: Callback<Asked>) -> impl IntoView {
    let reply = Reply::<Answers>::new(asked, Face::One, "/api/access");
    let Reply { answer, error, busy, again } = reply;
    view! {
        <Ask face=Face::One asked go again busy=busy.into()/>
        <section class="access-result" aria-label=t("Answer") aria-busy=move || busy.get().to_string()>
            {move || match (answer.get(), error.get()) {
                (Some(answers), _) => view! { <Said answers/> }.into_any(),
                (None, Some(error)) => view! { <ErrorPanel error on_retry=again/> }.into_any(),
                (None, None) if busy.get() => view! { <Skeleton lines=4/> }.into_any(),
                (None, None) => view! {
                    <Empty
                        icon="circle-help"
                        title=t("What may a user or a role do?")
                        body=t("Choose one, and the actions that you want to know of.")
                    />
                }
                .into_any(),
            }}
        </section>
    }
}

#[component]
fn Said(answers: Answers) -> impl IntoView {
    let Answers { by, why, unread, answers } = answers;
    let row = |answer: Answer| {
        view! {
            <tr>
                <th scope="row"><code translate="no">{answer.action.clone()}</code></th>
                <td><Word verdict=answer.verdict/></td>
                <td class="access-why"><Because answer/></td>
            </tr>
        }
    };
    let label = t("Answers");
    view! {
        <By by why/>
        <Unread unread/>
        <div class="detail-table-box" tabindex="0" role="region" aria-label=label>
            <table class="detail-table access-table" aria-label=label.clone()>
                <thead>
                    <tr><th scope="col">{t("Action")}</th><th scope="col">{t("Answer")}</th><th scope="col">{t("Because")}</th></tr>
                </thead>
                <tbody>{answers.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}

/// Who answered, and what that is worth.
#[component]
fn By(by: AnsweredBy, why: String) -> impl IntoView {
    let text = match by {
        AnsweredBy::Cloud => t("The cloud’s own simulator says so."),
        AnsweredBy::Console => tf(
            "The console says so, from the policies that it could read: the cloud’s own simulator did not answer ({why}). Policies of resources, \
             but for trust policies, and of the organization are not among them.",
            &[("why", why)],
        ),
    };
    view! { <Notice>{text}</Notice> }
}

/// What could not be read.
#[component]
pub fn Unread(unread: Vec<String>) -> impl IntoView {
    (!unread.is_empty()).then(|| {
        let text = tf("The answer may be another, because these could not be read: {what}.", &[("what", unread.join(", "))]);
        view! { <Notice tone=Tone::Warn>{text}</Notice> }
    })
}
