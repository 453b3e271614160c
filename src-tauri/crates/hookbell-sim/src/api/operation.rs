//! One operation of the API: its path, permissions, parameters and answer.

use axum::http::{Method, StatusCode};
use serde_json::Value;

use super::{
    kind::Kind,
    query::{Asked, Query},
    refusal::Refusal,
};
use crate::{gate::Rules, links::Links, sender::Attempt, world::World};

/// An operation, under Apple's `operationId`.
pub(crate) struct Operation {
    pub(crate) id: &'static str,
    pub(crate) method: Method,
    /// The path, with `{id}` for the one variable segment.
    pub(crate) path: &'static str,
    /// The type of the answer's primary data.
    pub(crate) kind: &'static Kind,
    pub(crate) access: Access,
    pub(crate) query: Query,
    pub(crate) answer: Answering,
}

/// A handler.
pub(crate) type Answering = fn(&mut Call<'_>) -> Result<Answer, Refusal>;

/// Who can use an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Every key.
    Everyone,
    /// Account Holder, Admin and App Manager: everything about webhooks, and what testers get.
    Managers,
}

/// One request that passed the gate.
pub(crate) struct Call<'a> {
    pub(crate) operation: &'static Operation,
    pub(crate) world: &'a mut World,
    pub(crate) links: &'a Links,
    pub(crate) rules: &'a Rules,
    /// The value of `{id}`, or empty.
    pub(crate) id: &'a str,
    pub(crate) asked: Asked,
    pub(crate) body: &'a [u8],
}

/// An answer, and the deliveries it causes.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) document: Option<Value>,
    pub(crate) attempts: Vec<Attempt>,
    /// A background process that starts now.
    pub(crate) begun: Option<Begun>,
}

/// A process that a request starts and the simulator finishes later.
pub(crate) enum Begun {
    /// An upload is being processed.
    Processing(String),
    /// An export compliance answer is being processed.
    Compliance(String),
}

impl Answer {
    pub(crate) fn ok(document: Value) -> Self {
        Self { status: StatusCode::OK, document: Some(document), attempts: Vec::new(), begun: None }
    }

    pub(crate) fn created(document: Value) -> Self {
        Self { status: StatusCode::CREATED, ..Self::ok(document) }
    }

    pub(crate) fn no_content() -> Self {
        Self { status: StatusCode::NO_CONTENT, document: None, attempts: Vec::new(), begun: None }
    }

    pub(crate) fn beginning(mut self, begun: Option<Begun>) -> Self {
        self.begun = begun;
        self
    }

    pub(crate) fn sending(mut self, attempts: Vec<Attempt>) -> Self {
        self.attempts = attempts;
        self
    }
}

impl Operation {
    const fn new(
        id: &'static str,
        method: Method,
        path: &'static str,
        kind: &'static Kind,
        query: Query,
        answer: Answering,
    ) -> Self {
        Self { id, method, path, kind, access: Access::Everyone, query, answer }
    }

    /// An operation that reads.
    pub(crate) const fn get(
        id: &'static str,
        path: &'static str,
        kind: &'static Kind,
        query: Query,
        answer: Answering,
    ) -> Self {
        Self::new(id, Method::GET, path, kind, query, answer)
    }

    /// An operation that creates a resource.
    pub(crate) const fn post(id: &'static str, path: &'static str, kind: &'static Kind, answer: Answering) -> Self {
        Self::new(id, Method::POST, path, kind, Query::NONE, answer)
    }

    /// An operation that updates a resource.
    pub(crate) const fn patch(id: &'static str, path: &'static str, kind: &'static Kind, answer: Answering) -> Self {
        Self::new(id, Method::PATCH, path, kind, Query::NONE, answer)
    }

    /// An operation that deletes a resource.
    pub(crate) const fn delete(id: &'static str, path: &'static str, kind: &'static Kind, answer: Answering) -> Self {
        Self::new(id, Method::DELETE, path, kind, Query::NONE, answer)
    }

    /// The same, restricted to keys that manage webhooks and testers.
    pub(crate) const fn for_managers(mut self) -> Self {
        self.access = Access::Managers;
        self
    }

    /// Matches a path, and returns the value of `{id}`.
    pub(crate) fn fits<'p>(&self, path: &'p str) -> Option<&'p str> {
        let mut id = "";
        let (mut ours, mut theirs) = (self.path.split('/'), path.split('/'));
        loop {
            match (ours.next(), theirs.next()) {
                (None, None) => return Some(id),
                (Some("{id}"), Some(segment)) if !segment.is_empty() => id = segment,
                (Some(our), Some(their)) if our == their => {}
                _ => return None,
            }
        }
    }

    /// Apple's word for it in lists of allowed operations.
    pub(crate) fn verb(&self) -> Option<&'static str> {
        let collection = !self.path.contains('{');
        let instance = self.path.ends_with("/{id}");
        match self.method {
            Method::GET if collection => Some("GET_COLLECTION"),
            Method::GET if instance => Some("GET_INSTANCE"),
            Method::POST if collection => Some("CREATE"),
            Method::PATCH if instance => Some("UPDATE"),
            Method::DELETE if instance => Some("DELETE"),
            _ => None,
        }
    }
}
