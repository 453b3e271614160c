//! The GraphQL operations for Linear. Each is a complete document, and tests validate them with Linear's schema.

/// Every operation, for validation.
pub const LINEAR_OPERATIONS: [&str; 8] = [VIEWER, TEAMS, TEAM, FIND, SWEEP, CREATE, ATTACH, UPLOAD];

/// The fields to read of an issue.
macro_rules! issue {
    () => {
        "id identifier url title trashed state { name type } assignee { displayName } \
         projectMilestone { name } cycle { name }"
    };
}

pub(super) const VIEWER: &str = "query Viewer { viewer { id displayName } organization { name } }";

pub(super) const TEAMS: &str = "query Teams($after: String) { teams(first: 100, after: $after) { \
    nodes { id key name } pageInfo { hasNextPage endCursor } } }";

pub(super) const TEAM: &str = "query Team($id: String!) { team(id: $id) { id key name \
    labels(first: 250) { nodes { id name } } \
    members(first: 250) { nodes { id displayName } } } }";

pub(super) const FIND: &str = concat!(
    "query Find($id: ID!, $url: String!) { ",
    "issues(filter: { id: { eq: $id } }, includeArchived: true, first: 1) { nodes { ",
    issue!(),
    " } } ",
    "attachmentsForURL(url: $url, includeArchived: true, first: 1) { nodes { issue { ",
    issue!(),
    " } } } }"
);

pub(super) const SWEEP: &str = concat!(
    "query Sweep($ids: [ID!]!, $since: DateTimeOrDuration!) { ",
    "issues(filter: { id: { in: $ids }, updatedAt: { gt: $since } }, includeArchived: true, first: 100) { nodes { ",
    issue!(),
    " } } }"
);

pub(super) const CREATE: &str = concat!(
    "mutation Create($input: IssueCreateInput!) { issueCreate(input: $input) { success issue { ",
    issue!(),
    " } } }"
);

pub(super) const ATTACH: &str = "mutation Attach($input: AttachmentCreateInput!) { \
    attachmentCreate(input: $input) { success attachment { id } } }";

pub(super) const UPLOAD: &str = "mutation Upload($contentType: String!, $filename: String!, $size: Int!) { \
    fileUpload(contentType: $contentType, filename: $filename, size: $size) { \
    success uploadFile { assetUrl uploadUrl headers { key value } } } }";
