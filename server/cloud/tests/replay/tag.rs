//! Tags of any kind.

use api::{
    instance::Instance,
    tag::{Tag, TagChange},
};
use cloud::Backend;

use crate::recorded::{Recorded, asked, lines};

#[tokio::test]
async fn a_change_sets_and_removes_for_all_at_once() {
    let (cloud, log) = Recorded::new().answer("CreateTags", "<CreateTagsResponse/>").answer("DeleteTags", "<DeleteTagsResponse/>").cloud();
    let change = TagChange { set: vec![Tag::new("env", "prod")], remove: vec!["old".into()] };
    let outcomes = Instance::retag(&cloud, &change, &["i-1".to_owned(), "i-2".to_owned()]).await;
    assert!(outcomes.iter().all(|outcome| outcome.error.is_none()));
    assert_eq!(lines(&asked(&log, "CreateTags")[0]), ["ResourceId.1=i-1", "ResourceId.2=i-2", "Tag.1.Key=env", "Tag.1.Value=prod"]);
    assert_eq!(lines(&asked(&log, "DeleteTags")[0]), ["ResourceId.1=i-1", "ResourceId.2=i-2", "Tag.1.Key=old"]);
}

#[tokio::test]
async fn one_that_cannot_be_tagged_does_not_keep_the_other() {
    let gone = "The instance ID 'i-1' does not exist";
    let (cloud, _) = Recorded::new()
        .refuse("CreateTags", 400, "InvalidInstanceID.NotFound", gone)
        .refuse("CreateTags", 400, "InvalidInstanceID.NotFound", gone)
        .answer("CreateTags", "<CreateTagsResponse/>")
        .cloud();
    let change = TagChange { set: vec![Tag::new("env", "prod")], remove: vec![] };
    let outcomes = Instance::retag(&cloud, &change, &["i-1".to_owned(), "i-2".to_owned()]).await;
    assert_eq!(outcomes[0].error.as_ref().map(|error| error.message.as_str()), Some(gone));
    assert_eq!(outcomes[1].error, None);
}
