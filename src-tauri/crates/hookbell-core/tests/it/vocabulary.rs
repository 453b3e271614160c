//! Closed vocabularies and their words.

use hookbell_core::{EventKind, FeedbackKind, timeline::TimelineStage, words::Importance};

macro_rules! agrees {
    ($($name:ty),+) => {
        $(for value in <$name>::ALL {
            assert_eq!(value.as_str().parse::<$name>(), Ok(*value));
            assert_eq!(value.to_string(), value.as_str());
            assert_eq!(serde_json::to_value(value).unwrap(), value.as_str());
            assert_eq!(serde_json::from_value::<$name>(value.as_str().into()).unwrap(), *value);
        })+
    };
}

#[test]
fn a_value_has_the_same_word_everywhere() {
    agrees!(EventKind, FeedbackKind, Importance, TimelineStage);
}

#[test]
fn another_word_is_refused_with_those_that_exist() {
    let error = "NeedsYou".parse::<Importance>().unwrap_err();
    assert_eq!(error.to_string(), "`NeedsYou` is not an importance: it is one of good, needsYou, bad and info");
    assert!("Version".parse::<EventKind>().is_err());
}
