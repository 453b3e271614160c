//! Reads and checks the query: filters, `include`, `fields[...]`, `sort`, `limit` and the cursor.
//!
//! Unknown parameters are refused, as by Apple, so that a client can't come to rely on one that does nothing.

use std::collections::BTreeMap;

use super::{
    cursor::Cursor,
    kind::{Kind, Relationship},
    refusal::Refusal,
};

/// The maximum page size.
pub(crate) const MAX_PAGE_SIZE: usize = 200;
/// The page size if `limit` is absent.
const DEFAULT_PAGE_SIZE: usize = 50;

/// The parameters of an operation.
pub(crate) struct Query {
    pub(crate) filters: &'static [Filter],
    pub(crate) includes: &'static [&'static str],
    pub(crate) sorts: &'static [&'static str],
    /// Whether it returns pages.
    pub(crate) paged: bool,
    /// Whether it accepts `fields[...]`.
    pub(crate) fields: bool,
}

/// A `filter[...]` of an operation.
pub(crate) struct Filter {
    pub(crate) name: &'static str,
    /// The path of the value, as in [`World::value`](crate::world::World::value). Empty if the operation applies the
    /// filter itself.
    pub(crate) path: &'static str,
    /// The values Apple knows; empty if any text is allowed.
    pub(crate) values: &'static [&'static str],
}

impl Query {
    /// An operation without parameters.
    pub(crate) const NONE: Self = Self { filters: &[], includes: &[], sorts: &[], paged: false, fields: false };
    /// One resource.
    pub(crate) const INSTANCE: Self = Self { fields: true, ..Self::NONE };
    /// A paged list.
    pub(crate) const LIST: Self = Self { paged: true, ..Self::INSTANCE };
    /// A list of linkages only.
    pub(crate) const LINKAGES: Self = Self { paged: true, ..Self::NONE };
}

/// A request's parameters, all of them validated.
#[derive(Default)]
pub(crate) struct Asked {
    pub(crate) filters: BTreeMap<&'static str, Vec<String>>,
    pub(crate) includes: Vec<&'static Relationship>,
    fields: BTreeMap<&'static str, Vec<String>>,
    /// The attribute, and whether the order is descending.
    pub(crate) sort: Option<(&'static str, bool)>,
    pub(crate) limit: usize,
    pub(crate) cursor: Option<Cursor>,
    /// The query without its cursor, for links.
    pub(crate) rest: String,
}

impl Asked {
    /// Whether to show a field of a type.
    pub(crate) fn shows(&self, kind: &Kind, field: &str) -> bool {
        self.fields.get(kind.name).is_none_or(|fields| fields.iter().any(|shown| shown == field))
    }

    /// The single value of a filter.
    pub(crate) fn filter(&self, name: &str) -> Option<&str> {
        self.filters.get(name)?.first().map(String::as_str)
    }
}

impl Query {
    /// Reads a request's query.
    ///
    /// # Errors
    /// A 400 with one error for each unknown parameter or invalid value.
    pub(crate) fn read(&self, kind: &'static Kind, query: &str) -> Result<Asked, Refusal> {
        let mut asked = Asked { limit: DEFAULT_PAGE_SIZE, ..Asked::default() };
        let mut rest = form_urlencoded::Serializer::new(String::new());
        let mut refusals = Vec::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            if let Err(refusal) = self.take(&mut asked, kind, &name, &value) {
                refusals.push(refusal);
            } else if name != "cursor" {
                rest.append_pair(&name, &value);
            }
        }
        asked.rest = rest.finish();
        Refusal::all(refusals).map_or(Ok(asked), Err)
    }

    fn take(&self, asked: &mut Asked, kind: &'static Kind, name: &str, value: &str) -> Result<(), Refusal> {
        let values = || value.split(',').map(str::to_owned);
        let bad = |value: &str| Refusal::invalid_parameter(name, format!("'{value}' is not a valid value"));
        if let Some(filter) = inside(name, "filter").and_then(|of| self.filters.iter().find(|f| f.name == of)) {
            if let Some(unknown) = values().find(|v| !filter.values.is_empty() && !filter.values.contains(&&**v)) {
                return Err(bad(&unknown));
            }
            asked.filters.entry(filter.name).or_default().extend(values());
        } else if let Some(of) = inside(name, "fields").filter(|_| self.fields) {
            let of = self.reachable(kind, of).ok_or_else(|| Refusal::illegal_parameter(name))?;
            if let Some(unknown) = values().find(|field| !of.has_field(field)) {
                return Err(bad(&unknown));
            }
            asked.fields.entry(of.name).or_default().extend(values());
        } else if name == "include" && !self.includes.is_empty() {
            for value in values() {
                let known = self.includes.contains(&&*value).then(|| kind.relationship(&value)).flatten();
                asked.includes.push(known.ok_or_else(|| bad(&value))?);
            }
        } else if name == "sort" && !self.sorts.is_empty() {
            let attribute = value.strip_prefix('-').unwrap_or(value);
            let known = self.sorts.iter().find(|sort| **sort == attribute).ok_or_else(|| bad(value))?;
            asked.sort = Some((known, value.starts_with('-')));
        } else if name == "limit" && self.paged {
            asked.limit =
                value.parse().ok().filter(|limit| (1..=MAX_PAGE_SIZE).contains(limit)).ok_or_else(|| bad(value))?;
        } else if name == "cursor" && self.paged {
            asked.cursor = Some(Cursor::read(value).ok_or_else(|| bad(value))?);
        } else {
            return Err(Refusal::illegal_parameter(name));
        }
        Ok(())
    }

    /// The type itself, or one that can be included.
    fn reachable(&self, kind: &'static Kind, name: &str) -> Option<&'static Kind> {
        let targets = self.includes.iter().filter_map(|include| kind.relationship(include)?.target);
        std::iter::once(kind).chain(targets).find(|kind| kind.name == name)
    }
}

/// `name` out of `word[name]`.
fn inside<'n>(parameter: &'n str, word: &str) -> Option<&'n str> {
    parameter.strip_prefix(word)?.strip_prefix('[')?.strip_suffix(']')
}
