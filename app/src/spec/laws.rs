//! Laws that every description keeps, over all kinds.

use std::collections::BTreeSet;

use api::kind::Kind;

use super::{
    AnyPrimary, AnySpec,
    action::Confirm,
    form::{Form, Input, Values},
    of,
};
use crate::ui::is_known;

fn all() -> impl Iterator<Item = &'static dyn AnySpec> {
    Kind::ALL.iter().filter_map(|&kind| of(kind))
}

fn assert_unique<'a>(kind: Kind, what: &str, keys: impl Iterator<Item = &'a str>) {
    let mut seen = BTreeSet::new();
    for key in keys {
        assert!(!key.is_empty(), "{kind:?}: a {what} has no key");
        assert!(seen.insert(key), "{kind:?}: {what} {key} is there twice");
    }
}

#[test]
fn a_spec_stands_at_its_own_kind() {
    for &kind in Kind::ALL {
        assert!(of(kind).is_none_or(|spec| spec.kind() == kind), "{kind:?} has the description of another kind");
    }
}

#[test]
fn kinds_are_told_apart_by_their_icons() {
    let mut seen = BTreeSet::new();
    for spec in all() {
        assert!(seen.insert(spec.icon()), "{:?} has the icon {} of another kind", spec.kind(), spec.icon());
    }
}

#[test]
fn keys_are_unique() {
    for spec in all() {
        let kind = spec.kind();
        assert_unique(kind, "column", spec.columns().iter().map(|head| head.key));
        assert_unique(kind, "action", spec.actions().iter().map(|head| head.key));
        assert_unique(kind, "tab", spec.tabs().iter().map(|tab| tab.0).chain(spec.has_tags().then_some("tags")));
        // Facets, their aliases and scopes share the query string with the parameters of the list itself and of the console.
        let facets = spec.facets();
        let aliases = facets.iter().map(|head| head.alias).filter(|alias| !alias.is_empty());
        let scopes: BTreeSet<_> = spec.scopes().iter().map(|scope| scope.arg).collect();
        let taken = ["q", "sort", "region", "tab", crate::paths::CREATE];
        assert_unique(kind, "parameter", facets.iter().map(|head| head.key).chain(aliases).chain(scopes).chain(taken));
    }
}

#[test]
fn the_first_sort_names_a_column_that_can_be_sorted() {
    for spec in all() {
        let key = spec.sort().trim_start_matches('-');
        assert!(spec.columns().iter().any(|head| head.key == key && head.sorted), "{:?} sorts by {key}", spec.kind());
    }
}

#[test]
fn what_destroys_asks_first() {
    for spec in all() {
        for action in spec.actions() {
            let destroys = action.danger || ["delete", "terminate", "force-stop", "release"].contains(&action.key);
            assert!(!destroys || action.confirm != Confirm::Never, "{:?}: {} does not ask", spec.kind(), action.key);
        }
    }
}

#[test]
fn what_destroys_names_what_depends_on_it() {
    // Nothing of the cloud refers to them: to what is attached to an instance by force, to a free address, to a template; or no call says what
    // does, as of a certificate.
    let alone =
        [(Kind::Volume, "force-detach"), (Kind::Address, "release"), (Kind::LaunchTemplate, "delete"), (Kind::ServerCertificate, "delete")];
    for spec in all() {
        for (index, action) in spec.actions().iter().enumerate().filter(|(_, action)| action.danger) {
            let names = !spec.depends(index).is_empty();
            assert!(names != alone.contains(&(spec.kind(), action.key)), "{:?}: {}", spec.kind(), action.key);
        }
    }
}

#[test]
fn what_can_be_taken_back_leads_to_what_is_now() {
    for spec in all() {
        let sample = spec.sample();
        for (index, action) in spec.actions().iter().enumerate() {
            if let Some(before) = spec.before(index, &sample) {
                assert!(before.check().is_empty(), "{:?}: {} is taken back by {:?}", spec.kind(), action.key, before.check());
            }
        }
    }
}

#[test]
fn what_changes_a_kind_says_that_its_list_is_stale() {
    for spec in all() {
        for (index, action) in spec.actions().iter().enumerate() {
            if let Some(change) = spec.change(index, &spec.sample()) {
                assert!(change.touches().contains(&spec.kind()), "{:?}: {} leaves its own list as it was", spec.kind(), action.key);
            }
        }
    }
}

#[test]
fn every_sample_fills_every_cell_and_facet() {
    for spec in all() {
        let sample = spec.sample();
        assert!(!spec.id(&sample).is_empty());
        let mut words = String::new();
        for column in 0..spec.columns().len() {
            spec.cell(column, &sample).push_words(&mut words);
        }
        assert!(words.contains(spec.id(&sample)), "{:?} cannot be found by its identifier", spec.kind());
        for (facet, head) in spec.facets().iter().enumerate() {
            let mut n_values = 0;
            spec.facet_values(facet, &sample, &mut |_| n_values += 1);
            assert!(n_values > 0, "{:?}: facet {} has no value, not even the empty one", spec.kind(), head.key);
        }
    }
}

fn assert_fits(what: &str, form: &Form, values: &Values) {
    assert_unique_fields(what, form);
    for field in form.fields {
        let value = values.0.get(field.key).unwrap_or_else(|| panic!("{what}: the change has no {}", field.key));
        assert!(field.input.makes(value), "{what}: {} is {value}, which its field does not make", field.key);
        if let Input::Pick(pick) | Input::Picks(pick) = &field.input {
            if let Some((key, _)) = pick.suggests {
                assert!(values.0.contains_key(key), "{what}: {} suggests {key}, which is not there", field.key);
            }
            for (_, key) in pick.args {
                assert!(values.0.contains_key(*key), "{what}: {} depends on {key}, which is not there", field.key);
            }
        }
    }
}

fn assert_unique_fields(what: &str, form: &Form) {
    let keys: BTreeSet<_> = form.fields.iter().map(|field| field.key).collect();
    assert_eq!(keys.len(), form.fields.len(), "{what}: a field is there twice");
}

#[test]
fn forms_fill_in_what_their_change_holds() {
    for spec in all() {
        let kind = spec.kind();
        if let Some((_, AnyPrimary::Create(form, change))) = spec.primary() {
            assert!(!change.touches().is_empty(), "{kind:?}: what is made shows up nowhere");
            assert_fits(&format!("{kind:?}: creation"), form, &change.values);
        }
        let sample = spec.sample();
        for (index, action) in spec.actions().iter().enumerate() {
            if let (Some(form), Some(change)) = (spec.form(index), spec.change(index, &sample)) {
                assert_fits(&format!("{kind:?}: {}", action.key), form, &change.values);
            }
        }
    }
}

#[test]
fn every_change_can_be_said_as_a_command_line() {
    for spec in all() {
        let sample = spec.sample();
        for (index, action) in spec.actions().iter().enumerate() {
            if let Some(change) = spec.change(index, &sample) {
                let lines = change.commands(&[spec.id(&sample).to_owned()], "us-east-1");
                assert!(!lines.is_empty(), "{:?}: {} calls nothing", spec.kind(), action.key);
            }
        }
    }
}

#[test]
fn something_stays_on_a_narrow_screen() {
    for spec in all() {
        let n_narrow = spec.columns().iter().filter(|head| head.narrow).count();
        assert!((1..=3).contains(&n_narrow), "{:?} keeps {n_narrow} columns on a narrow screen", spec.kind());
    }
}

#[test]
fn facts_name_columns_that_exist() {
    for spec in all() {
        for tab in 0..spec.tabs().len() {
            for key in spec.repeated_columns(tab) {
                assert!(spec.columns().iter().any(|head| head.key == key), "{:?} has no column {key}", spec.kind());
            }
        }
    }
}

#[test]
fn what_is_related_is_shown_by_columns_that_exist() {
    for spec in all() {
        let actions = spec.actions();
        for (kind, columns, make) in (0..spec.tabs().len()).flat_map(|tab| spec.related(tab)) {
            let other = of(kind).unwrap_or_else(|| panic!("{:?}: {kind:?} has no description", spec.kind()));
            for key in columns {
                assert!(other.columns().iter().any(|head| head.key == *key), "{:?}: {kind:?} has no column {key}", spec.kind());
            }
            assert!(make.is_empty() || actions.iter().any(|action| action.key == make), "{:?} has no action {make}", spec.kind());
        }
    }
}

#[test]
fn icons_are_drawn() {
    for spec in all() {
        for name in spec.actions().iter().map(|action| action.icon).chain([spec.icon()]) {
            assert!(is_known(name), "{:?}: there is no icon {name}", spec.kind());
        }
    }
}
