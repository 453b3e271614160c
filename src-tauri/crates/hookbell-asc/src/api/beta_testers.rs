//! Testers: who sent feedback. They come with the feedback and are not asked for by themselves.

use hookbell_core::BetaTesterId;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::Resource;

/// A tester.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BetaTester {
    /// Its id.
    pub id: BetaTesterId,
    /// The first name.
    pub first_name: Option<String>,
    /// The last name.
    pub last_name: Option<String>,
    /// The address of the Apple Account; missing for those who came by a public link.
    pub email: Option<String>,
    /// Everything else.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for BetaTester {
    const TYPE: &'static str = "betaTesters";
    type Id = BetaTesterId;
}
