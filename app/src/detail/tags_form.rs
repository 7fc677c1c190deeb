//! What the tag editor holds, apart from how it looks: lines that are kept, changed, added or marked for removal.

use api::{
    error::FieldErrors,
    tag::{MAX_TAGS, Tag, TagChange, check_tags},
};

/// The tags of a resource while they are edited.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TagsForm {
    before: Vec<Tag>,
    pub lines: Vec<Line>,
    n_made: usize,
}

/// One tag in the editor.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Tells lines apart while they are edited.
    pub number: usize,
    pub tag: Tag,
    /// It is on the resource already: its key stays.
    pub is_old: bool,
    /// Marked for removal; until it is saved, that can be taken back.
    pub removed: bool,
}

impl TagsForm {
    pub fn new(tags: &[Tag]) -> Self {
        let line = |(number, tag): (usize, &Tag)| Line { number, tag: tag.clone(), is_old: true, removed: false };
        Self { before: tags.to_vec(), lines: tags.iter().enumerate().map(line).collect(), n_made: tags.len() }
    }

    /// Adds an empty line; its number.
    pub fn add(&mut self) -> usize {
        let number = self.n_made;
        self.n_made += 1;
        self.lines.push(Line { number, tag: Tag::default(), is_old: false, removed: false });
        number
    }

    /// Marks an old line for removal; a new one goes at once.
    pub fn remove(&mut self, number: usize) {
        self.lines.retain(|line| line.is_old || line.number != number);
        self.change_line(number, |line| line.removed = true);
    }

    pub fn change_line(&mut self, number: usize, change: impl FnOnce(&mut Line)) {
        if let Some(line) = self.lines.iter_mut().find(|line| line.number == number) {
            change(line);
        }
    }

    pub fn line(&self, number: usize) -> Option<&Line> {
        self.lines.iter().find(|line| line.number == number)
    }

    fn kept(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| !line.removed)
    }

    /// The tags as they will be.
    pub fn after(&self) -> Vec<Tag> {
        self.kept().map(|line| line.tag.clone()).collect()
    }

    /// What is saved.
    pub fn change(&self) -> TagChange {
        TagChange::between(&self.before, &self.after())
    }

    /// Whether there is anything to save or to lose.
    pub fn is_changed(&self) -> bool {
        !self.change().is_empty()
    }

    /// How many more tags the resource may have.
    pub fn n_free(&self) -> usize {
        MAX_TAGS.saturating_sub(self.kept().filter(|line| !line.tag.is_reserved()).count())
    }

    /// What is wrong, by `key.NUMBER` and `value.NUMBER` of the line, or `tags`. Tags of the cloud are not ours to judge.
    pub fn errors(&self) -> FieldErrors {
        let ours: Vec<_> = self.kept().filter(|line| !(line.is_old && line.tag.is_reserved())).collect();
        let tags: Vec<_> = ours.iter().map(|line| line.tag.clone()).collect();
        let by_number = |(key, message): (String, String)| {
            let mut parts = key.split('.').skip(1);
            let line = parts.next().and_then(|index| index.parse::<usize>().ok()).and_then(|index| ours.get(index));
            match (line, parts.next()) {
                (Some(line), Some(field)) => (format!("{field}.{}", line.number), message),
                _ => (key, message),
            }
        };
        check_tags(&tags).into_iter().map(by_number).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> TagsForm {
        TagsForm::new(&[Tag::new("Name", "web"), Tag::new("aws:stack", "s"), Tag::new("env", "prod")])
    }

    #[test]
    fn nothing_done_is_nothing_to_save() {
        assert!(!form().is_changed());
        assert!(form().errors().is_empty(), "a tag of the cloud is no error");
    }

    #[test]
    fn only_what_differs_is_saved() {
        let mut form = form();
        let added = form.add();
        form.change_line(added, |line| line.tag = Tag::new("team", "blue"));
        form.change_line(0, |line| line.tag.value = "web-2".into());
        form.remove(2);
        let change = form.change();
        assert_eq!(change.set, [Tag::new("Name", "web-2"), Tag::new("team", "blue")]);
        assert_eq!(change.remove, ["env"]);
    }

    #[test]
    fn a_removal_can_be_taken_back_and_a_new_line_just_goes() {
        let mut form = form();
        form.remove(2);
        assert!(form.is_changed());
        form.change_line(2, |line| line.removed = false);
        assert!(!form.is_changed());
        let added = form.add();
        form.remove(added);
        assert_eq!(form.lines.len(), 3);
    }

    #[test]
    fn errors_find_their_line_behind_tags_of_the_cloud() {
        let mut form = form();
        let added = form.add();
        form.change_line(added, |line| line.tag.key = "env".into());
        assert_eq!(form.errors().into_keys().collect::<Vec<_>>(), [format!("key.{added}")]);
        // The old line is to go: its key is free again.
        form.remove(2);
        assert!(form.errors().is_empty());
    }

    #[test]
    fn what_is_removed_makes_room() {
        let tags: Vec<_> = (0..50).map(|n| Tag::new(format!("k{n}"), "")).collect();
        let mut form = TagsForm::new(&tags);
        assert_eq!(form.n_free(), 0);
        form.remove(7);
        assert_eq!(form.n_free(), 1);
    }
}
