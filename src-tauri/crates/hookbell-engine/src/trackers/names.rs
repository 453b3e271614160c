//! The names that a person may use for a tracker, in a rule or in a command.

use super::kept::KeptTracker;

/// Each tracker's unambiguous names. The first is the preferred one.
pub(super) fn names(all: &[KeptTracker]) -> Vec<Vec<String>> {
    let present: Vec<Vec<String>> = all.iter().map(present).collect();
    let former = |one: &KeptTracker| one.document.former_names.clone();
    let former: Vec<Vec<String>> = all.iter().map(former).collect();
    let has = |names: &[String], name: &str| names.iter().any(|one| one.eq_ignore_ascii_case(name));
    let of_one = |(at, one): (usize, &KeptTracker)| {
        let others = || (0..all.len()).filter(move |other| *other != at);
        let mut names: Vec<String> = Vec::new();
        let mut add = |name: &String, is_taken: bool| {
            if !is_taken && !has(&names, name) {
                names.push(name.clone());
            }
        };
        present[at].iter().for_each(|name| add(name, others().any(|other| has(&present[other], name))));
        add(&one.id.to_string(), false);
        let is_taken = |name: &str| others().any(|other| has(&present[other], name) || has(&former[other], name));
        former[at].iter().for_each(|name| add(name, is_taken(name)));
        names
    };
    all.iter().enumerate().map(of_one).collect()
}

/// Its name, a team's or project's short form, and the name of its kind.
fn present(KeptTracker { document, .. }: &KeptTracker) -> Vec<String> {
    let key = document.name.split(" · ").next().unwrap_or_default();
    vec![document.name.clone(), key.to_owned(), document.service.to_string()]
}

#[cfg(test)]
mod tests {
    use hookbell_core::TrackerKind::{GitHub, Linear};

    use super::*;
    use crate::{
        api::{NamedThing, TrackerSettings},
        trackers::kept::Document,
    };

    fn tracker(id: i64, service: hookbell_core::TrackerKind, name: &str, former: &[&str]) -> KeptTracker {
        let document = Document {
            service,
            place: name.to_owned(),
            name: name.to_owned(),
            former_names: former.iter().map(|name| (*name).to_owned()).collect(),
            url: None,
            allow_private_network: false,
            email: None,
            issue_type: None,
            owner: NamedThing { id: "1".to_owned(), name: "mira".to_owned() },
            settings: TrackerSettings::default(),
        };
        KeptTracker { id, document }
    }

    #[test]
    fn a_tracker_is_found_by_name_key_number_and_by_its_kind_while_it_is_the_only_one() {
        let mut all = vec![tracker(1, GitHub, "birds/app", &[]), tracker(2, Linear, "ENG · Engineering", &[])];
        assert_eq!(
            names(&all),
            [["birds/app", "github", "1"].as_slice(), &["ENG · Engineering", "ENG", "linear", "2"]]
        );
        all.push(tracker(3, GitHub, "birds/web", &[]));
        assert_eq!(names(&all)[0], ["birds/app", "1"], "the word for its kind is another one's too");
    }

    #[test]
    fn two_trackers_of_one_name_have_only_their_numbers() {
        let all = [tracker(1, GitHub, "birds/app", &[]), tracker(2, GitHub, "Birds/App", &[])];
        assert_eq!(names(&all), [["1"], ["2"]]);
    }

    #[test]
    fn a_former_name_leads_to_its_tracker_unless_another_one_has_it_now() {
        let moved = tracker(1, GitHub, "birds/new", &["birds/app"]);
        assert_eq!(names(std::slice::from_ref(&moved))[0], ["birds/new", "github", "1", "birds/app"]);
        let all = [moved, tracker(2, GitHub, "birds/app", &[])];
        assert_eq!(names(&all), [["birds/new", "1"], ["birds/app", "2"]]);
    }
}
