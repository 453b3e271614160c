//! The output types as readable TypeScript: `ts-rs` generates the declarations, and this formats them.

use std::collections::BTreeMap;

use ts_rs::{Config, TS, TypeVisitor};

/// An object longer than this is split into several lines.
const MAX_INLINE_CHARS: usize = 60;

/// Declarations by name.
pub(super) struct Types {
    config: Config,
    declarations: BTreeMap<String, String>,
}

impl Default for Types {
    fn default() -> Self {
        Self { config: Config::new().with_large_int("number"), declarations: BTreeMap::new() }
    }
}

impl Types {
    /// Adds a type and the types it uses; returns its name.
    pub(super) fn declare<T: TS + 'static>(&mut self) -> String {
        self.visit::<T>();
        T::visit_generics(self);
        T::name(&self.config)
    }

    /// All declarations, each with its description.
    pub(super) fn text(&self) -> String {
        self.declarations.values().map(String::as_str).collect::<Vec<_>>().join("\n")
    }
}

impl TypeVisitor for Types {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // Numbers and lists have no declaration.
        if T::output_path().is_none() || self.declarations.contains_key(&T::ident(&self.config)) {
            return;
        }
        let docs = T::docs().map(|docs| comments(&docs)).unwrap_or_default();
        let docs: String = docs.iter().map(|line| format!("// {line}\n")).collect();
        let declaration = format!("{docs}{}\n", laid_out(&T::decl(&self.config)));
        self.declarations.insert(T::ident(&self.config), declaration);
        T::visit_dependencies(self);
    }
}

/// The lines between `/**` and `*/`.
fn comments(docs: &str) -> Vec<String> {
    let inside = docs.trim().trim_start_matches("/**").trim_end_matches("*/");
    let lines = inside.lines().map(|line| line.trim().trim_start_matches('*').trim().to_owned());
    lines.filter(|line| !line.is_empty()).collect()
}

/// One field or comment per line, indented by depth; a short object without comments stays on one line.
fn laid_out(declaration: &str) -> String {
    let (mut text, mut depth, mut rest) = (String::new(), 0_usize, declaration.trim());
    while let Some(letter) = rest.chars().next() {
        if let Some((comment, after)) = rest.strip_prefix("/**").and_then(|comment| comment.split_once("*/")) {
            begin_line(&mut text, depth);
            for line in comments(comment) {
                text.push_str(&format!("// {line}"));
                begin_line(&mut text, depth);
            }
            rest = after.trim_start();
            continue;
        }
        if let Some((inside, after)) = short_object(rest) {
            text.push_str(&inside);
            rest = after;
            continue;
        }
        match letter {
            '{' => {
                depth += 1;
                text.push('{');
                begin_line(&mut text, depth);
                rest = rest[1..].trim_start();
                continue;
            }
            '}' => {
                depth = depth.saturating_sub(1);
                begin_line(&mut text, depth);
                text.push('}');
            }
            ',' if depth > 0 => {
                text.push(',');
                rest = rest[1..].trim_start();
                if !rest.starts_with('}') {
                    begin_line(&mut text, depth);
                }
                continue;
            }
            _ => text.push(letter),
        }
        rest = &rest[letter.len_utf8()..];
    }
    text
}

/// A short object at the start, without comments and nested objects, and the rest of the text.
fn short_object(text: &str) -> Option<(String, &str)> {
    let (inside, after) = text.strip_prefix('{')?.split_once('}')?;
    let is_short = inside.len() <= MAX_INLINE_CHARS && !inside.contains(['{', '*']);
    is_short.then(|| (format!("{{ {} }}", inside.trim().trim_end_matches(',')), after))
}

/// Starts a new line, unless the current one is empty.
fn begin_line(text: &mut String, depth: usize) {
    text.truncate(text.trim_end().len());
    text.push('\n');
    text.push_str(&"  ".repeat(depth));
}

#[test]
fn a_declaration_is_a_field_a_line_with_its_words_above_it() {
    let declared = "type Tunnel = { \n/**\n * Its name.\n */\nname: string, \n/**\n * What it does,\n * now.\n */\n\
                    state: { \"is\": \"off\" } | { \"is\": \"up\", \n/**\n * Where.\n */\nurl: string, }, \
                    fields: { [key in string]: string }, };";
    let wanted = "type Tunnel = {\n  // Its name.\n  name: string,\n  // What it does,\n  // now.\n  state: { \"is\": \
                  \"off\" } | {\n    \"is\": \"up\",\n    // Where.\n    url: string,\n  },\n  fields: { [key in string]: \
                  string },\n};";
    assert_eq!(laid_out(declared), wanted);
}
