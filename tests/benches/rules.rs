//! How long it takes to decide which of a hundred rules apply to an event with all its details.

use std::{hint::black_box, time::Instant};

use hookbell_core::rules::{CompiledRule, Facts, Rule, check, decide};
use serde_json::json;

use crate::{
    Outcome,
    figures::{ms, quantile},
    table::{Table, verdict},
};

const RULES: usize = 100;

const DECISIONS: usize = 2_000;

const GOAL_MS: f64 = 1.0;

/// Rules that all evaluate their condition, which is false: the most expensive case.
fn rules() -> Outcome<Vec<CompiledRule>> {
    let compiled = (0..RULES).map(|number| {
        let condition = format!("build.number | int > {} and app.name == 'Another'", number % 7);
        let rule: Rule = serde_json::from_value(json!({
            "name": format!("Rule {number}"),
            "when": { "types": ["BETA_FEEDBACK_CRASH_SUBMISSION_CREATED"], "if": condition },
            "then": [{ "silence": {} }],
        }))?;
        Ok(check(rule)?)
    });
    compiled.collect()
}

pub fn measure() -> Outcome<()> {
    let (rules, facts) = (rules()?, Facts::sample());
    let times: Vec<f64> = (0..DECISIONS)
        .map(|_| {
            let begun = Instant::now();
            black_box(decide(black_box(&rules), black_box(&facts)));
            ms(begun.elapsed())
        })
        .collect();
    let (median, slow) = (quantile(times.iter().copied(), 0.5), quantile(times, 0.99));
    let mut table = Table::new(format!("Deciding on {RULES} rules"), &["", "median ms", "p99 ms"]);
    table.row(["one event".to_owned(), format!("{median:.3}"), format!("{slow:.3}")]);
    table.print(&verdict("under 1 ms", median < GOAL_MS));
    Ok(())
}
