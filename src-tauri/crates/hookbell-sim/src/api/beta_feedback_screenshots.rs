//! `betaFeedbackScreenshotSubmissions`: what testers photographed and wrote.
//!
//! The pictures' URLs are made when the feedback is read: each reading gives fresh ones.

use axum::http::Method;
use serde_json::{Value, json};

use super::{
    apps, beta_testers, builds,
    kind::{Kind, Relationship},
    operation::{Access, Answer, Call, Operation},
    query::{Filter, Query},
    read,
    refusal::Refusal,
};
use crate::{
    links::Links,
    world::{Resource, date},
};

pub(crate) static KIND: Kind = Kind {
    name: "betaFeedbackScreenshotSubmissions",
    attributes: &[
        "createdDate",
        "comment",
        "email",
        "deviceModel",
        "osVersion",
        "locale",
        "timeZone",
        "architecture",
        "connectionType",
        "pairedAppleWatch",
        "appUptimeInMilliseconds",
        "diskBytesAvailable",
        "diskBytesTotal",
        "batteryPercentage",
        "screenWidthInPoints",
        "screenHeightInPoints",
        "appPlatform",
        "devicePlatform",
        "deviceFamily",
        "buildBundleId",
        "screenshots",
    ],
    relationships: &[Relationship::plain("build", &builds::KIND), Relationship::plain("tester", &beta_testers::KIND)],
    shown: Some(with_urls),
};

const PLATFORMS: &[&str] = &["IOS", "MAC_OS", "TV_OS", "VISION_OS"];

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation {
        id: "appsBetaFeedbackScreenshotSubmissionsGetToManyRelated",
        method: Method::GET,
        path: "/v1/apps/{id}/betaFeedbackScreenshotSubmissions",
        kind: &KIND,
        access: Access::Everyone,
        query: Query {
            filters: &[
                Filter { name: "deviceModel", path: "deviceModel", values: &[] },
                Filter { name: "osVersion", path: "osVersion", values: &[] },
                Filter { name: "appPlatform", path: "appPlatform", values: PLATFORMS },
                Filter { name: "devicePlatform", path: "devicePlatform", values: PLATFORMS },
                Filter { name: "build", path: "build.id", values: &[] },
                Filter { name: "build.preReleaseVersion", path: "build.preReleaseVersion.id", values: &[] },
                Filter { name: "tester", path: "tester.id", values: &[] },
            ],
            includes: &["build", "tester"],
            sorts: &["createdDate"],
            ..Query::LIST
        },
        answer: of_app,
    },
    Operation {
        id: "betaFeedbackScreenshotSubmissionsGetInstance",
        method: Method::GET,
        path: "/v1/betaFeedbackScreenshotSubmissions/{id}",
        kind: &KIND,
        access: Access::Everyone,
        query: Query { includes: &["build", "tester"], ..Query::INSTANCE },
        answer: read::instance,
    },
    Operation {
        id: "betaFeedbackScreenshotSubmissionsDeleteInstance",
        method: Method::DELETE,
        path: "/v1/betaFeedbackScreenshotSubmissions/{id}",
        kind: &KIND,
        access: Access::Everyone,
        query: Query::NONE,
        answer: delete,
    },
];

fn of_app(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    read::of(call, apps::KIND.name, "build.app.id")
}

fn delete(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let gone = call.world.remove(KIND.name, call.id);
    gone.map(|_| Answer::no_content()).ok_or_else(|| Refusal::not_found(KIND.name, call.id))
}

/// The state holds the name of each picture; what is shown is where to get it, and until when.
fn with_urls(feedback: &mut Resource, links: &Links) {
    let Some(Value::Array(pictures)) = feedback.attributes.get_mut("screenshots") else { return };
    for (number, picture) in pictures.iter_mut().enumerate() {
        let file = picture.get("image").and_then(Value::as_str).unwrap_or_default();
        let (url, ends) = links.picture(&feedback.id, number, file);
        *picture = json!({
            "url": url,
            "width": picture["width"],
            "height": picture["height"],
            "expirationDate": date(ends),
        });
    }
}
