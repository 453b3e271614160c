//! Compiles expressions and templates, evaluates them within limits, and puts their errors into words.

use std::{
    io::{self, Write},
    sync::LazyLock,
};

use minijinja::{
    Environment, Error, ErrorKind, Expression, State, UndefinedBehavior, filters,
    value::{Kwargs, Serde, Value},
};

use super::Facts;

/// The maximum size of a template or expression, in bytes.
pub const MAX_TEMPLATE_BYTES: usize = 8 * 1024;

/// The maximum size of a template's output, in bytes.
pub const MAX_OUTPUT_BYTES: usize = 64 * 1024;

/// The budget of one evaluation. minijinja charges one unit per instruction or 64 bytes of data: this allows some
/// milliseconds and at most 6 MiB.
pub const MAX_FUEL: u64 = 100_000;

/// The template's own name; errors don't repeat it.
const TEMPLATE_NAME: &str = "template";

static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(MAX_FUEL));
    environment.set_recursion_limit(50);
    // Errors need this to name their position. It costs nothing until there is one.
    environment.set_debug(true);
    environment.add_filter("int", int);
    environment.add_filter("truncate", truncate);
    environment.set_formatter(|output, state, value| {
        // An unknown value renders as nothing.
        if value.is_none() { Ok(()) } else { minijinja::escape_formatter(output, state, value) }
    });
    environment
});

/// Why a template or an expression can't be compiled or failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}{}", place(self))]
pub struct TemplateError {
    /// What is wrong.
    pub message: String,
    /// Its line, from 1.
    pub line: Option<usize>,
    /// The part of the template it refers to.
    pub piece: Option<String>,
    /// Whether it fails for any facts: it doesn't compile, or uses a name or filter that doesn't exist.
    pub is_certain: bool,
}

fn place(error: &TemplateError) -> String {
    let line = error.line.filter(|line| *line > 1).map(|line| format!(" in line {line}")).unwrap_or_default();
    let piece = error.piece.as_ref().map(|piece| format!(" at `{piece}`")).unwrap_or_default();
    format!("{line}{piece}")
}

/// A compiled condition.
#[derive(Debug)]
pub(super) struct Condition(Expression<'static, 'static>);

impl Condition {
    pub(super) fn read(expression: &str) -> Result<Self, TemplateError> {
        fits(expression)?;
        let read = ENVIRONMENT.compile_expression_owned(expression.to_owned());
        read.map(Self).map_err(|error| explain(&error, expression))
    }

    /// As [`check`], for a condition.
    pub(super) fn check(&self, expression: &str) -> Result<(), TemplateError> {
        match self.holds(&Value::from(Serde(Facts::sample())), expression) {
            Err(error) if error.is_certain => Err(error),
            _ => Ok(()),
        }
    }

    pub(super) fn holds(&self, facts: &Value, expression: &str) -> Result<bool, TemplateError> {
        match self.0.eval(facts.clone()) {
            // Only happens for an undefined name: minijinja returns it instead of failing.
            Ok(value) if value.is_undefined() => Err(no_such_name(None, Some(expression.to_owned()))),
            Ok(value) => Ok(value.is_true()),
            Err(error) => Err(explain(&error, expression)),
        }
    }
}

/// Checks that a template compiles and uses existing names. Whether it works with an event's facts only shows at run
/// time.
pub(super) fn check(template: &str) -> Result<(), TemplateError> {
    match render(template, &Facts::sample()) {
        Err(error) if error.is_certain => Err(error),
        _ => Ok(()),
    }
}

/// Renders a template.
///
/// # Errors
/// [`TemplateError`]: it doesn't compile, uses an undefined name, does too much or outputs too much text.
pub fn render(template: &str, facts: &Facts) -> Result<String, TemplateError> {
    fits(template)?;
    let failed = |error| explain(&error, template);
    let read = ENVIRONMENT.template_from_named_str(TEMPLATE_NAME, template).map_err(failed)?;
    let mut output = Bounded(Vec::new());
    match read.render_captured_to(Serde(facts), &mut output) {
        Ok(_) => Ok(String::from_utf8_lossy(&output.0).into_owned()),
        Err(error) if error.kind() == ErrorKind::WriteFailure => Err(TemplateError {
            message: format!("it produces more than {} KiB of text", MAX_OUTPUT_BYTES / 1024),
            line: None,
            piece: None,
            is_certain: false,
        }),
        Err(error) => Err(failed(error)),
    }
}

/// Collects output up to a limit.
struct Bounded(Vec<u8>);

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > MAX_OUTPUT_BYTES {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The first `max_chars` characters, with an ellipsis if any are cut.
fn truncate(text: &Value, max_chars: usize) -> Value {
    match text.as_str() {
        Some(text) if text.chars().count() > max_chars => {
            let kept: String = text.chars().take(max_chars.saturating_sub(1)).collect();
            Value::from(format!("{}…", kept.trim_end()))
        }
        _ => text.clone(),
    }
}

fn fits(text: &str) -> Result<(), TemplateError> {
    if text.len() <= MAX_TEMPLATE_BYTES {
        return Ok(());
    }
    let message = format!("it is longer than {} KiB", MAX_TEMPLATE_BYTES / 1024);
    Err(TemplateError { message, line: None, piece: None, is_certain: true })
}

fn no_such_name(line: Option<usize>, piece: Option<String>) -> TemplateError {
    TemplateError { message: "there is no such name".to_owned(), line, piece, is_certain: true }
}

/// minijinja's `int`, with an error that says which text isn't a number.
fn int(state: &State<'_, '_>, value: &Value, default: Option<Value>, kwargs: Kwargs) -> Result<Value, Error> {
    filters::int(state, value, default, None, kwargs)
        .map_err(|_| Error::new(ErrorKind::InvalidOperation, format!("“{value}” is not a number")))
}

fn explain(error: &Error, source: &str) -> TemplateError {
    let piece = error.range().and_then(|range| source.get(range)).map(str::trim).filter(|piece| !piece.is_empty());
    let piece = piece.map(str::to_owned);
    if error.kind() == ErrorKind::UndefinedError {
        return no_such_name(error.line(), piece);
    }
    let message = match error.kind() {
        ErrorKind::UnknownFilter => format!("there is no such filter: {}", error.detail().unwrap_or_default()),
        ErrorKind::OutOfFuel => "it does too much work".to_owned(),
        _ => error.detail().map_or_else(|| error.kind().to_string(), str::to_owned),
    };
    let is_certain = matches!(error.kind(), ErrorKind::SyntaxError | ErrorKind::UnknownFilter | ErrorKind::UnknownTest);
    TemplateError { message, line: error.line(), piece, is_certain }
}
