//! Parses the types in `docs/cli.md` as a script's author would read them, and checks values against them.

use std::collections::BTreeMap;

use serde_json::Value;

/// A type of the reference, limited to the TypeScript used there.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    Named(String),
    Literal(String),
    Array(Box<Shape>),
    /// Values under arbitrary names.
    Map(Box<Shape>),
    Object(Vec<Field>),
    Either(Vec<Shape>),
    Both(Vec<Shape>),
}

/// A field of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    name: String,
    optional: bool,
    shape: Shape,
}

/// All declared types by name.
pub type Shapes = BTreeMap<String, Shape>;

/// Parses declarations: `type Name = …;`, with comments after `//`.
pub fn declared(text: &str) -> Shapes {
    let mut tokens = Tokens::of(text);
    let mut shapes = Shapes::new();
    while tokens.take("type") {
        let name = tokens.next();
        tokens.expect("=");
        shapes.insert(name, tokens.shape());
        tokens.expect(";");
    }
    assert_eq!(tokens.peek(), "", "more than declarations");
    shapes
}

/// Parses one type.
pub fn shape(text: &str) -> Shape {
    Tokens::of(text).shape()
}

/// Where and why a value doesn't have a type; `None` if it does.
pub fn offence(value: &Value, shape: &Shape, shapes: &Shapes) -> Option<String> {
    match shape {
        Shape::Named(name) => match (name.as_str(), value) {
            ("string", Value::String(_)) | ("number", Value::Number(_)) => None,
            ("boolean", Value::Bool(_)) | ("null", Value::Null) => None,
            ("string" | "number" | "boolean" | "null", _) => Some(format!(" is no {name}: {value}")),
            _ => match shapes.get(name) {
                Some(shape) => offence(value, shape, shapes),
                None => Some(format!(" is of a type that is not declared: {name}")),
            },
        },
        Shape::Literal(text) => (value != text).then(|| format!(" is not {text:?}: {value}")),
        Shape::Array(one) => match value.as_array() {
            Some(items) => items.iter().find_map(|item| offence(item, one, shapes).map(|found| format!("[]{found}"))),
            None => Some(format!(" is no list: {value}")),
        },
        Shape::Map(one) => match value.as_object() {
            Some(items) => items.values().find_map(|item| offence(item, one, shapes)),
            None => Some(format!(" is no object: {value}")),
        },
        Shape::Either(options) => {
            let found: Vec<_> = options.iter().map_while(|option| offence(value, option, shapes)).collect();
            // Report why the first option doesn't match: the others are often just `null`.
            (found.len() == options.len()).then(|| found.into_iter().next().unwrap_or_default())
        }
        Shape::Object(_) | Shape::Both(_) => {
            let Some(object) = value.as_object() else { return Some(format!(" is no object: {value}")) };
            let mut fields = Vec::new();
            fields_of(shape, shapes, &mut fields);
            let of_field = |field: &Field| match object.get(&field.name) {
                Some(value) => offence(value, &field.shape, shapes).map(|found| format!(".{}{found}", field.name)),
                None => (!field.optional).then(|| format!(".{} is missing", field.name)),
            };
            let unknown = object.keys().find(|name| fields.iter().all(|field| field.name != **name));
            let unknown = unknown.map(|name| format!(".{name} is not declared"));
            fields.iter().find_map(of_field).or(unknown)
        }
    }
}

fn fields_of(shape: &Shape, shapes: &Shapes, fields: &mut Vec<Field>) {
    match shape {
        Shape::Object(own) => fields.extend(own.iter().cloned()),
        Shape::Both(parts) => parts.iter().for_each(|part| fields_of(part, shapes, fields)),
        Shape::Named(name) => fields_of(&shapes[name], shapes, fields),
        _ => {}
    }
}

/// The tokens of a declaration, the next one last.
struct Tokens(Vec<String>);

impl Tokens {
    fn of(text: &str) -> Self {
        let mut tokens: Vec<String> = Vec::new();
        for line in text.lines().map(str::trim).filter(|line| !line.starts_with("//")) {
            let mut letters = line.chars().peekable();
            while let Some(letter) = letters.next() {
                let mut token = String::from(letter);
                if letter == '"' {
                    token.extend(letters.by_ref().take_while(|letter| *letter != '"'));
                } else if letter.is_alphanumeric() || letter == '_' {
                    while let Some(next) = letters.next_if(|next| next.is_alphanumeric() || *next == '_') {
                        token.push(next);
                    }
                }
                if !letter.is_whitespace() {
                    tokens.push(token);
                }
            }
        }
        tokens.reverse();
        Self(tokens)
    }

    fn peek(&self) -> &str {
        self.0.last().map_or("", String::as_str)
    }

    fn next(&mut self) -> String {
        self.0.pop().expect("a type goes on")
    }

    fn take(&mut self, token: &str) -> bool {
        self.peek() == token && self.0.pop().is_some()
    }

    fn expect(&mut self, token: &str) {
        assert!(self.take(token), "{token} is expected before {:?}", self.0.iter().rev().take(8).collect::<Vec<_>>());
    }

    fn shape(&mut self) -> Shape {
        self.take("|");
        let mut options = vec![self.both()];
        while self.take("|") {
            options.push(self.both());
        }
        if options.len() == 1 { options.remove(0) } else { Shape::Either(options) }
    }

    fn both(&mut self) -> Shape {
        let mut parts = vec![self.one()];
        while self.take("&") {
            parts.push(self.one());
        }
        if parts.len() == 1 { parts.remove(0) } else { Shape::Both(parts) }
    }

    fn one(&mut self) -> Shape {
        if self.take("(") {
            let inside = self.shape();
            self.expect(")");
            return inside;
        }
        if self.take("{") {
            return self.object();
        }
        let name = self.next();
        if let Some(text) = name.strip_prefix('"') {
            return Shape::Literal(text.to_owned());
        }
        if name == "Record" {
            // The notation for an object without fields.
            ["<", "symbol", ",", "never", ">"].iter().for_each(|token| self.expect(token));
            return Shape::Object(Vec::new());
        }
        if name == "Array" {
            self.expect("<");
            let one = self.shape();
            self.expect(">");
            return Shape::Array(Box::new(one));
        }
        Shape::Named(name)
    }

    fn object(&mut self) -> Shape {
        if self.take("[") {
            ["key", "in", "string", "]"].iter().for_each(|token| self.expect(token));
            self.take("?");
            self.expect(":");
            let one = self.shape();
            self.take(",");
            self.expect("}");
            return Shape::Map(Box::new(one));
        }
        let mut fields = Vec::new();
        while !self.take("}") {
            let name = self.next().trim_start_matches('"').to_owned();
            let optional = self.take("?");
            self.expect(":");
            fields.push(Field { name, optional, shape: self.shape() });
            self.take(",");
        }
        Shape::Object(fields)
    }
}

#[test]
fn a_value_that_is_not_of_its_type_is_found_with_its_place() {
    let shapes = declared(
        "// A thing.\ntype Thing = {\n  // Its name.\n  name: string,\n  state: { \"is\": \"off\" } | { \"is\": \"up\", \
         url: string },\n  more?: Array<number | null>,\n  fields: { [key in string]: boolean },\n};",
    );
    let check = |text: &str| offence(&serde_json::from_str(text).unwrap(), &shape("Thing"), &shapes);
    assert_eq!(check(r#"{"name":"a","state":{"is":"up","url":"x"},"more":[1,null],"fields":{"b":true}}"#), None);
    for (wrong, place) in [
        (r#"{"state":{"is":"off"},"fields":{}}"#, ".name is missing"),
        (r#"{"name":1,"state":{"is":"off"},"fields":{}}"#, ".name is no string: 1"),
        (r#"{"name":"a","state":{"is":"on"},"fields":{}}"#, ".state.is is not \"off\": \"on\""),
        (r#"{"name":"a","state":{"is":"off"},"more":["x"],"fields":{}}"#, ".more[] is no number: \"x\""),
        (r#"{"name":"a","state":{"is":"off"},"fields":{},"other":1}"#, ".other is not declared"),
    ] {
        assert_eq!(check(wrong).as_deref(), Some(place), "{wrong}");
    }
}
