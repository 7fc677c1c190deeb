//! Who can do what: as the cloud's own simulator says, where there is one that answers, and else as the policies say that can be read.

mod given;
mod known;
mod read;
mod simulate;
mod told;

use std::sync::Arc;

use api::{
    access::{AnsweredBy, Answers, Question},
    error::{ApiError, ErrorCode},
};

use crate::Cloud;

pub use self::{
    known::Known,
    read::{everybody, one},
};

/// What a principal may do. The simulator knows more than the policies that can be read here, so it is asked first; what is read meanwhile says
/// what the statements are that it names, or answers in its place.
pub async fn answers(
    cloud: &Cloud,
    question: &Question,
    read: impl Future<Output = Result<Arc<Known>, ApiError>>,
) -> Result<Answers, ApiError> {
    let (simulated, known) = futures::join!(simulate::simulate(cloud, question), read);
    match simulated {
        Ok(results) => {
            let known = known.ok();
            let answers = simulate::told(question, results, known.as_deref());
            Ok(Answers { by: AnsweredBy::Cloud, why: String::new(), unread: vec![], answers })
        }
        Err(error) if is_left_to_us(error.code) => {
            let (answers, unread) = known?.answers(question)?;
            Ok(Answers { by: AnsweredBy::Console, why: error.message, unread, answers })
        }
        Err(error) => Err(error),
    }
}

/// Whether a call failed because the cloud does not have it, or does not let everybody use it: another way may lead there.
pub fn is_left_to_us(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::Unsupported | ErrorCode::Forbidden | ErrorCode::CloudFailure)
}
