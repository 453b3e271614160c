//! Rules: what their documents, conditions and templates do, and how they are rejected.

use hookbell_core::rules::{
    Action, CompiledRule, Facts, ForwardFormat, MAX_OUTPUT_BYTES, Mismatch, Rule, RuleError, TemplateError, check,
    decide, render,
};

fn rule(json: &str) -> Rule {
    serde_json::from_str(json).unwrap()
}

fn compiled(json: &str) -> CompiledRule {
    check(rule(json)).unwrap()
}

fn refused(json: &str) -> RuleError {
    check(rule(json)).unwrap_err()
}

/// A crash of an app's build 418.
fn crash() -> Facts {
    let mut facts = Facts::default();
    facts.event.event_type = Some("BETA_FEEDBACK_CRASH_SUBMISSION_CREATED".into());
    facts.event.importance = "bad".into();
    facts.app.id = Some("6479283016".into());
    facts.app.name = Some("Backyard Birds".into());
    facts.build.number = Some("418".into());
    facts.feedback.comment = Some("Opened my life list right after deleting a bird.".into());
    facts
}

/// Decides on one rule.
fn decided(json: &str, facts: &Facts) -> Result<(), Mismatch> {
    decide(&[compiled(json)], facts).remove(0)
}

#[test]
fn a_rule_is_the_document_that_it_was_read_from() {
    let text = r#"{"name":"Crashes of the beta","enabled":true,"when":{"types":["BETA_FEEDBACK_CRASH_SUBMISSION_CREATED"],"apps":["6479283016"],"if":"build.number | int > 400"},"then":[{"notify":{"title":"{{ app.name }} crashed","breakThroughQuietHours":true}},{"silence":{}},{"forward":{"as":"raw","url":"https://example.com/in","allowPrivateNetwork":false}},{"issue":{"tracker":"birds/app","labels":["crash"]}}],"stop":false}"#;
    assert_eq!(serde_json::to_string(&rule(text)).unwrap(), text);
}

#[test]
fn a_field_that_nobody_knows_is_refused() {
    for text in [
        r#"{"name":"a","then":[],"unless":1}"#,
        r#"{"name":"a","when":{"app":[]},"then":[]}"#,
        r#"{"name":"a","then":[{"run":{"command":["x"],"shell":true}}]}"#,
        r#"{"name":"a","then":[{"silence":{"for":"ever"}}]}"#,
    ] {
        let error = serde_json::from_str::<Rule>(text).unwrap_err().to_string();
        assert!(error.contains("unknown field"), "{text}: {error}");
    }
    let error = serde_json::from_str::<Rule>(r#"{"name":"a","then":[{"shout":{}}]}"#).unwrap_err().to_string();
    assert!(error.contains("unknown variant `shout`"), "{error}");
}

#[test]
fn a_rule_applies_where_every_part_of_its_when_holds() {
    let facts = crash();
    let then = r#""then":[{"silence":{}}]"#;
    let decided = |when: &str| decided(&format!(r#"{{"name":"a","when":{when},{then}}}"#), &facts);
    assert_eq!(decided("{}"), Ok(()));
    assert_eq!(decided(r#"{"types":["BETA_FEEDBACK_CRASH_SUBMISSION_CREATED"],"apps":["6479283016","1"]}"#), Ok(()));
    assert_eq!(decided(r#"{"types":["PING"]}"#), Err(Mismatch::Type));
    assert_eq!(decided(r#"{"apps":["1"]}"#), Err(Mismatch::App));
    assert_eq!(decided(r#"{"states":["REJECTED"]}"#), Err(Mismatch::State));
    assert_eq!(decided(r#"{"importance":["good"]}"#), Err(Mismatch::Importance));
    assert_eq!(decided(r#"{"if":"build.number | int > 400 and feedback.comment"}"#), Ok(()));
    assert_eq!(decided(r#"{"if":"build.number | int > 500"}"#), Err(Mismatch::Condition));
}

#[test]
fn what_nobody_knows_makes_a_condition_false_and_a_text_empty() {
    let facts = Facts::default();
    let silent = r#"{"name":"a","when":{"if":"feedback.comment or build.number | int > 1"},"then":[{"silence":{}}]}"#;
    assert_eq!(decided(silent, &facts), Err(Mismatch::Condition));
    assert_eq!(render("[{{ feedback.comment }}]", &facts).unwrap(), "[]");
}

#[test]
fn a_condition_that_fails_says_where_and_the_rule_does_not_apply() {
    let text = r#"{"name":"a","when":{"if":"build.number | int > 400"},"then":[{"silence":{}}]}"#;
    let mut facts = crash();
    facts.build.number = Some("4.1.8".into());
    let Err(Mismatch::Failed(error)) = decided(text, &facts) else { panic!("it did not fail") };
    assert_eq!(error.to_string(), "“4.1.8” is not a number at `int`");
}

#[test]
fn a_rule_that_stops_leaves_the_later_ones_out() {
    let stop = r#"{"name":"a","then":[{"silence":{}}],"stop":true}"#;
    let other = r#"{"name":"b","then":[{"archive":{}}]}"#;
    let off = r#"{"name":"c","enabled":false,"then":[{"archive":{}}]}"#;
    let rules = [compiled(other), compiled(stop), compiled(other), compiled(off)];
    assert_eq!(
        decide(&rules, &crash()),
        [Ok(()), Ok(()), Err(Mismatch::Stopped(1)), Err(Mismatch::Disabled)],
        "and one that is off stops nothing"
    );
}

#[test]
fn what_came_late_is_left_to_rules_that_want_it() {
    let mut facts = crash();
    facts.event.late = true;
    assert_eq!(decided(r#"{"name":"a","when":{"late":false},"then":[{"silence":{}}]}"#, &facts), Err(Mismatch::Late));
    assert_eq!(decided(r#"{"name":"a","then":[{"silence":{}}]}"#, &facts), Ok(()));
    let acts_late = |json: &str| serde_json::from_str::<Action>(json).unwrap().acts_late();
    assert!(!acts_late(r#"{"run":{"command":["x"]}}"#));
    assert!(acts_late(r#"{"forward":{"as":"raw","url":"https://example.com"}}"#));
}

#[test]
fn a_text_is_filled_in_with_the_facts() {
    let filled = |template: &str| render(template, &crash()).unwrap();
    assert_eq!(filled("{{ app.name }} crashed"), "Backyard Birds crashed");
    assert_eq!(filled("“{{ feedback.comment | truncate(12) }}”"), "“Opened my l…”");
    assert_eq!(filled("{% if build.number | int > 400 %}new{% else %}old{% endif %}"), "new");
    assert_eq!(
        filled("{{ {'text': feedback.comment} | tojson }}"),
        r#"{"text": "Opened my life list right after deleting a bird."}"#
    );
    assert_eq!(filled("<b>{{ app.name }}</b>"), "<b>Backyard Birds</b>");
}

#[test]
fn a_strangers_text_is_a_value_and_never_a_template() {
    let mut facts = crash();
    facts.feedback.comment = Some("{{ app.name }} {% for x in range(9) %}".into());
    assert_eq!(render("{{ feedback.comment }}", &facts).unwrap(), "{{ app.name }} {% for x in range(9) %}");
}

#[test]
fn a_template_that_asks_for_a_secret_is_refused_like_any_name_that_does_not_exist() {
    for template in ["{{ secret }}", "{{ webhook.secret }}", "{{ env.HOME }}"] {
        let TemplateError { message, piece, .. } = render(template, &crash()).unwrap_err();
        assert_eq!(message, "there is no such name", "{template}");
        assert_eq!(piece.as_deref(), Some(template.trim_matches(['{', '}', ' '])));
    }
}

#[test]
fn a_template_that_loops_or_grows_ends_with_an_error() {
    let failed = |template: &str| render(template, &crash()).unwrap_err().message;
    let loops = "{% for a in range(10000) %}{% for b in range(10000) %}{% endfor %}{% endfor %}";
    assert_eq!(failed(loops), "it does too much work");
    let doubles = format!("{{% set ns = namespace(x='a' * 1000) %}}{}", "{% set ns.x = ns.x ~ ns.x %}".repeat(60));
    assert_eq!(failed(&doubles), "it does too much work");
    assert_eq!(failed("{{ 'a' * 100000000 }}"), "it does too much work");
    let long = format!("{{{{ 'a' * {} }}}}", MAX_OUTPUT_BYTES + 1);
    assert_eq!(failed(&long), "it produces more than 64 KiB of text");
    assert_eq!(failed(&"a".repeat(9000)), "it is longer than 8 KiB");
}

#[test]
fn an_error_in_a_template_names_its_line_and_its_piece() {
    let error = render("{{ app.name }}\n{{ app.nam }}", &crash()).unwrap_err();
    assert_eq!(error.to_string(), "there is no such name in line 2 at `app.nam`");
    let error = render("{{ app.name | shout }}", &crash()).unwrap_err();
    assert!(error.message.starts_with("there is no such filter"), "{error}");
    let error = render("{% if app.name %}", &crash()).unwrap_err();
    assert!(!error.message.is_empty());
}

#[test]
fn a_rule_with_a_slip_is_refused_at_its_field() {
    let field = |json: &str| {
        let RuleError { field, message } = refused(json);
        assert!(!message.is_empty());
        field
    };
    assert_eq!(field(r#"{"name":" ","then":[{"silence":{}}]}"#), "name");
    assert_eq!(field(r#"{"name":"a","then":[]}"#), "then");
    assert_eq!(field(r#"{"name":"a","when":{"types":["NOPE"]},"then":[{"silence":{}}]}"#), "when.types[0]");
    assert_eq!(field(r#"{"name":"a","when":{"if":"build.number >"},"then":[{"silence":{}}]}"#), "when.if");
    assert_eq!(field(r#"{"name":"a","when":{"if":"feedback.coment"},"then":[{"silence":{}}]}"#), "when.if");
    assert_eq!(field(r#"{"name":"a","then":[{"notify":{"body":"{{ secret }}"}}]}"#), "then[0].notify.body");
    assert_eq!(field(r#"{"name":"a","then":[{"archive":{}},{"notify":{"title":"{{ app"}}]}"#), "then[1].notify.title");
    assert_eq!(field(r#"{"name":"a","then":[{"run":{"command":[]}}]}"#), "then[0].run.command");
    assert_eq!(
        field(r#"{"name":"a","then":[{"run":{"command":["a"],"timeoutSeconds":0}}]}"#),
        "then[0].run.timeoutSeconds"
    );
    assert_eq!(field(r#"{"name":"a","then":[{"remind":{"afterMinutes":0}}]}"#), "then[0].remind.afterMinutes");
    assert_eq!(field(r#"{"name":"a","then":[{"forward":{"as":"slack"}}]}"#), "then[0].forward.url");
    assert_eq!(field(r#"{"name":"a","then":[{"issue":{"tracker":" "}}]}"#), "then[0].issue.tracker");
    assert_eq!(
        field(r#"{"name":"a","then":[{"issue":{"tracker":"a","labels":["b",""]}}]}"#),
        "then[0].issue.labels[1]"
    );
    assert_eq!(
        field(r#"{"name":"a","then":[{"issue":{"tracker":"a","title":"{{ secret }}"}}]}"#),
        "then[0].issue.title"
    );
    for format in ForwardFormat::ALL.iter().filter(|format| !format.takes_screenshots()) {
        let action = format!(r#"{{"as":"{format}","destination":"a","text":"","screenshots":true}}"#);
        assert_eq!(field(&format!(r#"{{"name":"a","then":[{{"forward":{action}}}]}}"#)), "then[0].forward.screenshots");
    }
}
