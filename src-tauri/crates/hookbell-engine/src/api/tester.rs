//! Groups and their testers, for the window and the command line.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::BuildGroup;

/// People who get the same builds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TesterGroup {
    /// What every build shows about it.
    #[serde(flatten)]
    pub group: BuildGroup,
    /// How many testers it has, if App Store Connect says.
    pub testers: Option<u32>,
    /// RFC 3339 in UTC.
    pub created_at: Option<String>,
    /// Whether its testers may send feedback.
    pub feedback: Option<bool>,
    /// The link that lets anybody become a tester.
    pub public_link: Option<PublicLink>,
}

/// A link that lets anybody become a tester.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PublicLink {
    /// Its address.
    pub url: String,
    /// Whether it works.
    pub enabled: bool,
    /// How many testers can use it.
    pub limit: Option<u32>,
}

/// The app whose groups to list.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TesterGroupsRequest {
    /// The account's id; omit for the only one, or for the key of the command line.
    pub account: Option<String>,
    /// The app's id.
    pub app: String,
}

/// A group to create. Whether it is internal and automatic can't be changed later.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CreateTesterGroupRequest {
    /// The account's id; omit for the only one, or for the key of the command line.
    pub account: Option<String>,
    /// The app's id.
    pub app: String,
    /// What the team calls it.
    pub name: String,
    /// Whether it is internal: for members of the team.
    pub internal: bool,
    /// Whether it gets every build automatically. Only an internal one can.
    pub automatic: bool,
}

/// A member of a group, invited or not yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Tester {
    /// Their id.
    pub id: String,
    /// Their name, if they gave one.
    pub name: Option<String>,
    /// Their address; null for those who joined by the public link.
    pub email: Option<String>,
    /// `EMAIL`.
    pub invite: Option<String>,
    /// `INSTALLED`.
    pub state: Option<String>,
    /// The state for people.
    pub label: String,
    /// Their devices: "iPhone 16, iOS 26.1".
    pub devices: Vec<String>,
}

/// The group whose testers to list.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TestersRequest {
    /// The account's id; omit for the only one, or for the key of the command line.
    pub account: Option<String>,
    /// The group's id.
    pub group: String,
    /// The cursor: [`TestersReply::more`].
    pub cursor: Option<String>,
    /// At most this many, 1 to 200.
    pub limit: u32,
}

/// A page of testers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TestersReply {
    /// In App Store Connect’s order.
    pub testers: Vec<Tester>,
    /// The cursor of the next page.
    pub more: Option<String>,
}

/// Somebody to invite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NewTester {
    /// Their address.
    pub email: String,
    /// Their first name.
    pub first_name: Option<String>,
    /// Their last name.
    pub last_name: Option<String>,
}

/// Testers to add to a group.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AddTestersRequest {
    /// The account's id; omit for the only one, or for the key of the command line.
    pub account: Option<String>,
    /// The app's id.
    pub app: String,
    /// The group's id.
    pub group: String,
    /// The people to add.
    pub testers: Vec<NewTester>,
}

/// The result. A refused tester doesn't affect the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AddTestersReply {
    /// How many were added.
    pub added: u32,
    /// How many were already in the group.
    pub known: u32,
    /// Those that couldn't be added.
    pub refused: Vec<RefusedTester>,
}

/// A person who couldn't be added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RefusedTester {
    /// Their address.
    pub email: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

/// A CSV file to read. Nothing is sent.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TesterFileRequest {
    /// The file that the person chose.
    pub path: String,
}

/// The contents of a CSV file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TesterFileReply {
    /// In the file's order, each address once.
    pub testers: Vec<NewTester>,
    /// The lines without a valid tester.
    pub wrong: Vec<WrongLine>,
}

/// A line without a valid tester.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct WrongLine {
    /// Its number, from 1.
    pub line: u32,
    /// Its text, shortened.
    pub text: String,
    /// What is wrong with it.
    pub message: String,
}

/// A tester of a group.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RemoveTesterRequest {
    /// The account's id; omit for the only one, or for the key of the command line.
    pub account: Option<String>,
    /// The group's id.
    pub group: String,
    /// The tester's id.
    pub tester: String,
}

/// A tester to invite again.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct InviteTesterRequest {
    /// The account's id; omit for the only one, or for the key of the command line.
    pub account: Option<String>,
    /// The app's id.
    pub app: String,
    /// The tester's id.
    pub tester: String,
}

/// The group whose public link to copy.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CopyPublicLinkRequest {
    /// The account's id; omit for the only one, or for the key of the command line.
    pub account: Option<String>,
    /// The group's id.
    pub group: String,
}
