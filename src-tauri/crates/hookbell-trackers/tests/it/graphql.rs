//! Validates every operation, its variables and a fake's data with Linear's schema.

use std::sync::OnceLock;

use apollo_compiler::{
    ExecutableDocument, Schema,
    ast::Type,
    executable::{Operation, Selection, SelectionSet},
    validation::Valid,
};
use hookbell_trackers::linear::LINEAR_OPERATIONS;
use serde_json::Value;

use crate::{
    fake::{Asked, Judge, Reply},
    judge::description,
};

fn schema() -> Option<&'static Valid<Schema>> {
    static READ: OnceLock<Option<Valid<Schema>>> = OnceLock::new();
    let read = || {
        let path = description("linear-schema.graphql")?;
        let text = std::fs::read_to_string(&path).unwrap();
        Some(Schema::parse_and_validate(text, path).unwrap_or_else(|errors| panic!("{}", errors.errors)))
    };
    READ.get_or_init(read).as_ref()
}

/// Validates requests to Linear's API; file uploads elsewhere are skipped.
pub fn linear() -> Judge {
    Box::new(|asked, reply| match schema() {
        Some(schema) if asked.path() == "/graphql" => violations(schema, asked, reply),
        _ => Vec::new(),
    })
}

fn violations(schema: &Valid<Schema>, asked: &Asked, reply: &Reply) -> Vec<String> {
    let request = asked.json();
    let query = request["query"].as_str().unwrap_or_default();
    let document = match ExecutableDocument::parse_and_validate(schema, query, "operation.graphql") {
        Ok(document) => document,
        Err(wrong) => return vec![format!("{query}: {}", wrong.errors)],
    };
    let operation = document.operations.get(None).unwrap();
    let mut wrong = variables(schema, operation, &request["variables"]);
    let answer: Value = serde_json::from_slice(&reply.body).unwrap();
    if answer.get("errors").is_none() {
        data(&operation.selection_set, &answer["data"], "data", &mut wrong);
    }
    wrong
}

/// Validates variables: the fields of an input, their types and which are required.
fn variables(schema: &Valid<Schema>, operation: &Operation, variables: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for variable in &operation.variables {
        let value = &variables[variable.name.as_str()];
        input(schema, &variable.ty, value, variable.name.as_str(), &mut wrong);
    }
    let known = |name: &String| operation.variables.iter().any(|variable| variable.name.as_str() == name);
    let unknown = variables.as_object().into_iter().flat_map(|given| given.keys()).filter(|name| !known(name));
    wrong.extend(unknown.map(|name| format!("the operation has no variable {name}")));
    wrong
}

fn input(schema: &Valid<Schema>, kind: &Type, value: &Value, place: &str, wrong: &mut Vec<String>) {
    if value.is_null() {
        if kind.is_non_null() {
            wrong.push(format!("{place} is missing"));
        }
        return;
    }
    if kind.is_list() {
        match value.as_array() {
            Some(items) => items.iter().for_each(|item| input(schema, kind.item_type(), item, place, wrong)),
            None => wrong.push(format!("{place} is not a list")),
        }
        return;
    }
    let name = kind.inner_named_type().as_str();
    if let Some(fields) = schema.get_input_object(name) {
        let given = value.as_object();
        for (field, definition) in &fields.fields {
            let value = given.and_then(|given| given.get(field.as_str())).unwrap_or(&Value::Null);
            let has_default = definition.default_value.is_some();
            if !(value.is_null() && has_default) {
                input(schema, &definition.ty, value, &format!("{place}.{field}"), wrong);
            }
        }
        let unknown = given.into_iter().flat_map(|given| given.keys());
        let unknown = unknown.filter(|key| !fields.fields.keys().any(|field| field.as_str() == key.as_str()));
        wrong.extend(unknown.map(|key| format!("{place} has no field {key}")));
        return;
    }
    if !scalar_fits(name, value) {
        wrong.push(format!("{place} is not a {name}: {value}"));
    }
}

/// Validates an answer's data: each selected field, of the right type, and no others.
fn data(selected: &SelectionSet, value: &Value, place: &str, wrong: &mut Vec<String>) {
    let Some(object) = value.as_object() else {
        wrong.push(format!("{place} is not an object: {value}"));
        return;
    };
    let mut keys = Vec::new();
    for selection in &selected.selections {
        // None of our operations has fragments.
        let Selection::Field(field) = selection else {
            wrong.push(format!("{place} has a fragment"));
            continue;
        };
        let key = field.response_key().as_str();
        keys.push(key);
        let place = format!("{place}.{key}");
        match object.get(key) {
            Some(value) => output(field.ty(), &field.selection_set, value, &place, wrong),
            None => wrong.push(format!("{place} is missing")),
        }
    }
    let unknown = object.keys().filter(|key| !keys.contains(&key.as_str()));
    wrong.extend(unknown.map(|key| format!("{place}.{key} was not asked for")));
}

fn output(kind: &Type, selected: &SelectionSet, value: &Value, place: &str, wrong: &mut Vec<String>) {
    match value {
        Value::Null if kind.is_non_null() => wrong.push(format!("{place} is null")),
        Value::Null => {}
        Value::Array(items) if kind.is_list() => {
            items.iter().for_each(|item| output(kind.item_type(), selected, item, place, wrong));
        }
        _ if kind.is_list() => wrong.push(format!("{place} is not a list")),
        value if !selected.selections.is_empty() => data(selected, value, place, wrong),
        value if !scalar_fits(kind.inner_named_type().as_str(), value) => {
            wrong.push(format!("{place} is not a {}: {value}", kind.inner_named_type()));
        }
        _ => {}
    }
}

fn scalar_fits(name: &str, value: &Value) -> bool {
    match name {
        "Int" => value.is_i64(),
        "Float" => value.is_number(),
        "Boolean" => value.is_boolean(),
        "String" | "ID" | "DateTime" | "DateTimeOrDuration" => value.is_string(),
        _ => true,
    }
}

#[test]
fn every_operation_is_one_of_linears_schema() {
    let Some(schema) = schema() else {
        eprintln!("skipped: there is no schema of Linear’s");
        return;
    };
    for operation in LINEAR_OPERATIONS {
        let read = ExecutableDocument::parse_and_validate(schema, operation, "operation.graphql");
        assert!(read.is_ok(), "{operation}: {}", read.err().map(|wrong| wrong.errors.to_string()).unwrap_or_default());
    }
}
