//! `docs/rules.md`, the rules reference: prose with the names, bounds, errors and results taken from the code, so
//! that it can't promise anything else.

mod examples;

use std::{collections::BTreeMap, env, fs, path::Path};

use hookbell_actions::{Chat, MAX_ANSWER_BYTES, MAX_REDIRECTS, MAX_RUN_OUTPUT_BYTES, MessageLimits, REQUEST_TIMEOUT};
use hookbell_core::{
    EventType, MAX_ISSUE_LABELS, MAX_LABEL_CHARS,
    rules::{
        Action, Facts, Forward, ForwardFormat, MAX_ACTIONS, MAX_COMMAND_PARTS, MAX_FUEL, MAX_GROUPS, MAX_OUTPUT_BYTES,
        MAX_REMINDER_MINUTES, MAX_RULE_NAME_CHARS, MAX_RUN_SECONDS, MAX_TEMPLATE_BYTES, NAMES, Notify, Remind, Rule,
        check, decide, ready_made, render,
    },
    words::Importance,
};
use hookbell_engine::{RETRY_RUN_AFTER, run_variables};
use hookbell_store::RunState;
use serde_json::Value;

use self::examples::{Example, examples};

const PROSE: &str = include_str!("rules.md");

/// Templates whose results the page shows.
const TEMPLATES: &[&str] = &[
    "{{ app.name }} {{ version.string }} ({{ build.number }})",
    "{{ feedback.comment | truncate(20) }}",
    "{{ feedback.tester or 'A tester' }}",
    "{{ app.name | upper }}",
    "{{ build.errors | join(', ') }}",
    "{{ build.errors | length }}",
    "{{ event.to | lower | replace('_', ' ') }}",
    "{{ event.timestamp[:10] }}",
    "{{ feedback.comment | tojson }}",
    "{{ app.name | urlencode }}",
    "{% if build.number | int > 400 %}new{% else %}old{% endif %}",
    "{% for error in build.errors %}- {{ error }}{% endfor %}",
    "{{ 'crash' in event.kind }}",
];

/// Useful filters, in alphabetical order.
const FILTERS: &[&str] = &[
    "abs",
    "batch",
    "bool",
    "capitalize",
    "default",
    "dictsort",
    "first",
    "float",
    "format",
    "groupby",
    "indent",
    "int",
    "items",
    "join",
    "last",
    "length",
    "lines",
    "list",
    "lower",
    "map",
    "max",
    "min",
    "pprint",
    "reject",
    "rejectattr",
    "replace",
    "reverse",
    "round",
    "select",
    "selectattr",
    "slice",
    "sort",
    "split",
    "string",
    "sum",
    "title",
    "tojson",
    "trim",
    "truncate",
    "unique",
    "upper",
    "urlencode",
    "zip",
];

/// Templates that fail, and the reason for showing them.
const FAILING: &[&str] = &[
    "{{ app.nam }}",
    "{{ secret }}",
    "{{ app.name | shout }}",
    "{% if app.name %}",
    "{{ feedback.device | int }}",
    "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
];

fn table<const N: usize>(rows: impl IntoIterator<Item = [String; N]>) -> String {
    let row = |cells: [String; N]| {
        let cells = cells.map(|cell| cell.replace('|', "\\|").replace('\n', " "));
        format!("| {} |", cells.join(" | "))
    };
    rows.into_iter().map(row).collect::<Vec<_>>().join("\n")
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

/// A number as people write it: 43,200.
fn thousands(number: u64) -> String {
    match number / 1_000 {
        0 => number.to_string(),
        above => format!("{},{:03}", thousands(above), number % 1_000),
    }
}

/// What each forwarding format sends.
fn meaning(format: ForwardFormat) -> &'static str {
    match format {
        ForwardFormat::Raw => {
            "The body as it came, byte for byte, with App Store Connect’s signature in `x-apple-signature`."
        }
        ForwardFormat::Signed => {
            "The same, signed again with the destination’s secret; without one, with the webhook’s."
        }
        ForwardFormat::Slack => "A message for a Slack incoming webhook.",
        ForwardFormat::Teams => {
            "An adaptive card for a Microsoft Teams workflow that starts when a request is received."
        }
        ForwardFormat::Discord => "An embed for a Discord webhook. Nobody is mentioned.",
        ForwardFormat::Ntfy => "A message for an ntfy topic, such as `https://ntfy.sh/my-topic`.",
        ForwardFormat::Template => "The `text`. Its `content-type` is JSON unless `headers` say otherwise.",
    }
}

fn chat_row(format: ForwardFormat) -> Option<[String; 5]> {
    let chat = Chat::of(format)?;
    let MessageLimits { title_chars, text_chars } = chat.limits();
    let more = match chat {
        Chat::Slack => "A button opens App Store Connect. Slack accepts one message per second.",
        Chat::Teams => "A button opens App Store Connect. Problems have a red title. Teams answers before it posts.",
        Chat::Discord => "The title opens App Store Connect. Problems have a red edge.",
        Chat::Ntfy => "A tap opens App Store Connect. Problems have high priority.",
    };
    let pictures = match chat.max_pictures() {
        0 => "none".to_owned(),
        1 => "the first".to_owned(),
        count => format!("up to {count}"),
    };
    Some([
        code(format.as_str()),
        format!("{} characters", thousands(title_chars as u64)),
        format!("{} characters", thousands(text_chars as u64)),
        pictures,
        more.to_owned(),
    ])
}

/// When failed runs are retried.
fn schedule() -> String {
    let unit = |seconds: i64| match seconds {
        ..60 => (seconds, "second"),
        60..3_600 => (seconds / 60, "minute"),
        _ => (seconds / 3_600, "hour"),
    };
    let waits = RETRY_RUN_AFTER.iter().map(|wait| {
        let (count, unit) = unit(wait.as_secs());
        format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
    });
    let waits = waits.collect::<Vec<_>>().join(", ");
    let attempts = RETRY_RUN_AFTER.len() + 1;
    format!("The next attempts follow after {waits}. A run that failed {attempts} times is given up.")
}

fn state_meaning(state: RunState) -> &'static str {
    match state {
        RunState::Waiting => "It starts when its time comes: at once, when a reminder is due, or at the next attempt.",
        RunState::Running => "It is being done.",
        RunState::Done => "It succeeded. The answer is kept.",
        RunState::Failed => "It failed, and the same again would fail too. The reason says what to change.",
        RunState::GivenUp => "It failed at every attempt.",
        RunState::Skipped => {
            "It was left out: the event was fetched late, has no payload to send, or isn’t about the feedback that \
             `issue` files. The reason says which."
        }
    }
}

/// What a rule does with an event, as shown in the examples.
fn does(rule: &Rule, facts: &Facts) -> String {
    let filled = |template: &str| render(template, facts).unwrap();
    let or = |template: &Option<String>, usual: &str| template.as_deref().map_or(usual.to_owned(), filled);
    let one = |action: &Action| match action {
        Action::Notify(Notify { title, body, .. }) => {
            format!("notify: {}\n        {}", or(title, &facts.event.title), or(body, &facts.event.body))
        }
        Action::Remind(Remind { after_minutes, title, body }) => {
            let (title, body) = (or(title, &facts.event.title), or(body, &facts.event.body));
            format!("remind, after {after_minutes} minutes: {title}\n        {body}")
        }
        Action::Silence(_) | Action::Archive(_) => action.name().to_owned(),
        Action::Distribute(distribute) => format!("distribute: {}", distribute.groups.join(", ")),
        Action::Issue(issue) => format!("issue in {}: {}", issue.tracker, or(&issue.title, "(the tracker’s title)")),
        Action::Run(run) => {
            let parts: Vec<_> = run.command.iter().map(|part| filled(part)).collect();
            format!("run: {}", serde_json::to_string(&parts).unwrap())
        }
        Action::Forward(Forward { format, url, destination, text, headers, screenshots, .. }) => {
            let to = url.clone().unwrap_or_else(|| format!("the destination “{}”", destination.clone().unwrap()));
            let headers: String =
                headers.iter().map(|(name, value)| format!("\n        {name}: {}", filled(value))).collect();
            let body = match format {
                ForwardFormat::Raw | ForwardFormat::Signed => "(the body as it came)".to_owned(),
                _ => or(text, &facts.event.body).replace('\n', "\n        "),
            };
            let screenshots = if *screenshots { "\n        (the tester’s screenshots)" } else { "" };
            format!("forward ({format}) to {to}:{headers}\n        {body}{screenshots}")
        }
    };
    rule.then.iter().map(one).collect::<Vec<_>>().join("\n")
}

fn shown(number: usize, example: &Example) -> String {
    let Example { title, words, document, event } = example;
    let rule: Rule = serde_json::from_str(document).unwrap();
    let does = does(&rule, event);
    let of = event.event.event_type.clone().unwrap();
    let state = event.event.to.as_ref().map(|state| format!(" to `{state}`")).unwrap_or_default();
    format!(
        "### {number}. {title}\n\n{words}\n\n```json\n{document}\n```\n\n\
         For `{of}`{state}:\n\n```\n{does}\n```",
    )
}

fn page() -> String {
    let sample = Facts::sample();
    let result = |template: &&str| [code(template), code(&render(template, &sample).unwrap())];
    let error = |template: &&str| [code(template), render(template, &sample).unwrap_err().to_string()];
    let label = |event_type: EventType| [code(event_type.name()), event_type.kind().label().to_owned()];
    let importances = Importance::ALL.iter().map(|one| format!("`{one}` ({})", one.label()));
    let names = NAMES.iter().map(|name| [code(name.path), name.meaning.to_owned(), code(name.example)]);
    let formats = ForwardFormat::ALL.iter().map(|one| [code(one.as_str()), meaning(*one).to_owned()]);
    let states = RunState::ALL.iter().map(|one| [code(one.as_str()), state_meaning(*one).to_owned()]);
    let variables =
        run_variables(&sample).into_iter().map(|(name, value)| [code(name), code(&value.unwrap_or_default())]);
    let ready = ready_made().into_iter().map(|one| [code(one.id), one.summary.to_owned()]);
    let all = examples();
    let sections: Vec<_> = all.iter().enumerate().map(|(at, one)| shown(at + 1, one)).collect();
    let values = BTreeMap::from([
        ("MAX_RULE_NAME_CHARS", MAX_RULE_NAME_CHARS.to_string()),
        ("MAX_ACTIONS", MAX_ACTIONS.to_string()),
        ("MAX_TEMPLATE_KIB", (MAX_TEMPLATE_BYTES / 1024).to_string()),
        ("MAX_OUTPUT_KIB", (MAX_OUTPUT_BYTES / 1024).to_string()),
        ("MAX_FUEL", thousands(MAX_FUEL)),
        ("MAX_REMINDER_MINUTES", thousands(MAX_REMINDER_MINUTES.into())),
        ("MAX_GROUPS", thousands(MAX_GROUPS as u64)),
        ("MAX_ISSUE_LABELS", MAX_ISSUE_LABELS.to_string()),
        ("MAX_LABEL_CHARS", MAX_LABEL_CHARS.to_string()),
        ("MAX_COMMAND_PARTS", MAX_COMMAND_PARTS.to_string()),
        ("MAX_RUN_SECONDS", thousands(MAX_RUN_SECONDS.into())),
        ("MAX_RUN_OUTPUT_KIB", (MAX_RUN_OUTPUT_BYTES / 1024).to_string()),
        ("MAX_REDIRECTS", MAX_REDIRECTS.to_string()),
        ("REQUEST_TIMEOUT_SECONDS", REQUEST_TIMEOUT.as_secs().to_string()),
        ("MAX_ANSWER_KIB", (MAX_ANSWER_BYTES / 1024).to_string()),
        ("importances", importances.collect::<Vec<_>>().join(", ")),
        ("types", table(EventType::all().map(label))),
        ("names", table(names)),
        ("templates", table(TEMPLATES.iter().map(result))),
        ("filters", FILTERS.iter().map(|name| code(name)).collect::<Vec<_>>().join(", ")),
        ("errors", table(FAILING.iter().map(error))),
        ("formats", table(formats)),
        ("chats", table(ForwardFormat::ALL.iter().copied().filter_map(chat_row))),
        ("states", table(states)),
        ("ready_made", table(ready)),
        ("variables", table(variables)),
        ("schedule", schedule()),
        ("example", all[0].document.to_owned()),
        ("examples", sections.join("\n\n")),
    ]);
    let filled = values.iter().fold(PROSE.to_owned(), |page, (name, value)| {
        assert!(page.contains(&format!("[[{name}]]")), "the prose has no place for {name}");
        page.replace(&format!("[[{name}]]"), value)
    });
    assert!(!filled.contains("[["), "nothing fills in {:?}", filled.split("[[").nth(1).map(|rest| &rest[..20]));
    filled
}

#[test]
fn the_committed_rules_reference_is_current() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/rules.md");
    let wanted = page();
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&file, &wanted).unwrap();
    }
    let committed = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    assert!(committed == wanted, "docs/rules.md is out of date: run `make docs` and commit the file");
}

#[test]
fn each_worked_example_is_accepted_and_applies_to_its_event() {
    let all = examples();
    assert_eq!(all.len(), 11);
    for Example { title, document, event, .. } in &all {
        let rule = check(serde_json::from_str(document).unwrap()).unwrap_or_else(|error| panic!("{title}: {error}"));
        assert_eq!(decide(&[rule], event), [Ok(())], "{title}");
    }
}

#[test]
fn every_field_of_the_document_is_in_a_table() {
    fn fields(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(object) => object.iter().for_each(|(name, value)| {
                found.push(name.clone());
                // Header names are chosen by the person.
                if name != "headers" {
                    fields(value, found);
                }
            }),
            Value::Array(items) => items.iter().for_each(|item| fields(item, found)),
            _ => {}
        }
    }
    let full = r#"{"name":"a","enabled":true,"when":{"types":["PING"],"apps":["1"],"states":["X"],"importance":["bad"],
        "if":"true","late":true},"then":[{"notify":{"title":"","body":"","link":"","sound":true,
        "breakThroughQuietHours":true}},{"silence":{}},{"archive":{}},{"remind":{"afterMinutes":1,"title":"","body":""}},
        {"run":{"command":["x"],"cwd":"/","timeoutSeconds":1}},{"forward":{"as":"raw","url":"https://example.com",
        "text":"","headers":{"a":"b"},"allowPrivateNetwork":true}},{"forward":{"as":"ntfy","destination":"x",
        "screenshots":true}},
        {"distribute":{"groups":["x"],"whatToTest":"","locale":"en-US","submit":true,"notify":true}},
        {"issue":{"tracker":"x","title":"","labels":["y"]}}],"stop":true}"#;
    let rule: Rule = serde_json::from_str(full).unwrap();
    let mut names = Vec::new();
    fields(&serde_json::to_value(&rule).unwrap(), &mut names);
    let page = page();
    for name in names {
        let row = page
            .lines()
            .any(|line| line.starts_with("| `") && line.split(" | ").next().unwrap().contains(&code(&name)));
        assert!(row || page.contains(&format!("\n### {name}\n")), "{name} is not explained");
    }
}

#[test]
fn every_filter_that_the_page_names_exists() {
    for name in FILTERS {
        if let Err(error) = render(&format!("{{{{ app.name | {name} }}}}"), &Facts::sample()) {
            assert!(!error.message.contains("there is no such filter"), "{name}: {error}");
        }
    }
}

#[test]
fn no_cell_breaks_a_table() {
    let page = page();
    let mut columns = None;
    for line in page.lines() {
        let cells = line.starts_with('|').then(|| line.replace("\\|", "").matches('|').count());
        if let (Some(before), Some(now)) = (columns, cells) {
            assert_eq!(before, now, "{line}");
        }
        columns = cells;
    }
}
