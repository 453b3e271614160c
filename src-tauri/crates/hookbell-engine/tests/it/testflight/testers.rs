//! Groups and testers.

use hookbell_engine::api::{
    AddTestersRequest, CreateTesterGroupRequest, ErrorCode, NewTester, RemoveTesterRequest, TesterFileRequest,
    TesterGroupsRequest, TestersRequest,
};
use hookbell_sim::{ChangeKey, Role};

use super::{BIRDS, BIRDWATCHERS};
use crate::asc::Desk;

fn person(email: &str) -> NewTester {
    NewTester { email: email.to_owned(), first_name: Some("Noor".to_owned()), last_name: None }
}

impl Desk {
    fn adding(&self, emails: &[&str]) -> AddTestersRequest {
        AddTestersRequest {
            account: Some(self.account.clone()),
            app: BIRDS.to_owned(),
            group: BIRDWATCHERS.to_owned(),
            testers: emails.iter().map(|email| person(email)).collect(),
        }
    }

    fn in_group(&self, cursor: Option<String>, limit: u32) -> TestersRequest {
        TestersRequest { account: Some(self.account.clone()), group: BIRDWATCHERS.to_owned(), cursor, limit }
    }
}

#[tokio::test]
async fn groups_are_listed_with_how_many_are_in_them_and_their_public_link() {
    let desk = Desk::new().await;
    let request = TesterGroupsRequest { account: Some(desk.account.clone()), app: BIRDS.to_owned() };
    let groups = desk.studio.hookbell.testers().groups(request).await.unwrap();
    let names: Vec<_> = groups.iter().map(|group| (group.group.name.as_str(), group.group.internal)).collect();
    assert_eq!(names, [("Birdwatchers", false), ("Halden staff", true)]);
    let link = groups[0].public_link.as_ref().unwrap();
    assert_eq!((link.enabled, link.limit), (true, Some(500)));
    assert!(groups.iter().all(|group| group.testers.is_some()), "{groups:?}");
}

#[tokio::test]
async fn people_are_added_each_alone_and_whoever_is_in_the_group_counts_as_known() {
    let desk = Desk::new().await;
    let room = desk.studio.hookbell.testers();
    let first = room.add(desk.adding(&["noor@example.org", "not an address", "nils@example.org"])).await.unwrap();
    assert_eq!((first.added, first.known, first.refused.len()), (2, 0, 1));
    assert_eq!(first.refused[0].email, "not an address");
    let again = room.add(desk.adding(&["noor@example.org"])).await.unwrap();
    assert_eq!((again.added, again.known), (0, 1));
    let nobody = room.add(desk.adding(&[])).await.unwrap_err();
    assert_eq!(nobody.field.as_deref(), Some("testers"));
}

#[tokio::test]
async fn testers_come_in_pages_and_leave_a_group_once() {
    let desk = Desk::new().await;
    let room = desk.studio.hookbell.testers();
    room.add(desk.adding(&["noor@example.org", "nils@example.org"])).await.unwrap();
    let all = room.of_group(desk.in_group(None, 200)).await.unwrap();
    let mut seen = Vec::new();
    let mut cursor = None;
    loop {
        let page = room.of_group(desk.in_group(cursor, 1)).await.unwrap();
        seen.extend(page.testers);
        cursor = page.more;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen, all.testers);
    let noor = seen.iter().find(|tester| tester.email.as_deref() == Some("noor@example.org")).unwrap();
    assert_eq!((noor.name.as_deref(), noor.label.as_str()), (Some("Noor"), "Invited"));
    let request = RemoveTesterRequest {
        account: Some(desk.account.clone()),
        group: BIRDWATCHERS.to_owned(),
        tester: noor.id.clone(),
    };
    room.remove(request.clone()).await.unwrap();
    room.remove(request).await.unwrap();
    assert_eq!(room.of_group(desk.in_group(None, 200)).await.unwrap().testers.len(), all.testers.len() - 1);
}

#[tokio::test]
async fn a_group_needs_a_name_and_only_the_teams_own_get_every_build() {
    let desk = Desk::new().await;
    let room = desk.studio.hookbell.testers();
    let group = |name: &str, internal, automatic| CreateTesterGroupRequest {
        account: Some(desk.account.clone()),
        app: BIRDS.to_owned(),
        name: name.to_owned(),
        internal,
        automatic,
    };
    assert_eq!(room.create_group(group(" ", true, false)).await.unwrap_err().field.as_deref(), Some("name"));
    let wrong = room.create_group(group("Press", false, true)).await.unwrap_err();
    assert_eq!(wrong.field.as_deref(), Some("automatic"));
    let press = room.create_group(group("Press", false, false)).await.unwrap();
    assert_eq!((press.group.name.as_str(), press.testers), ("Press", Some(0)));
}

#[tokio::test]
async fn a_key_that_may_not_add_testers_is_told_which_role_may() {
    let desk = Desk::new().await;
    let key_id = desk.simulator.ready().key_id;
    desk.simulator.change_key(&ChangeKey { key_id, role: Some(Role::Developer), revoked: None }).unwrap();
    let refused = desk.studio.hookbell.testers().add(desk.adding(&["noor@example.org"])).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::KeyRefused);
    assert!(refused.hint.contains("App Manager"), "{refused}");
}

#[tokio::test]
async fn a_file_of_testers_is_read_and_nothing_is_sent() {
    let desk = Desk::new().await;
    let room = desk.studio.hookbell.testers();
    let path = desk.studio.folder.path().join("testers.csv");
    let request = |path: &std::path::Path| TesterFileRequest { path: path.display().to_string() };
    assert_eq!(room.read_file(request(&path)).await.unwrap_err().field.as_deref(), Some("path"));
    std::fs::write(&path, "Email;First Name\nnoor@example.org;Noor\nnobody;Nils\n").unwrap();
    let before = desk.simulator.counts().total;
    let read = room.read_file(request(&path)).await.unwrap();
    assert_eq!((read.testers, read.wrong[0].line), (vec![person("noor@example.org")], 3));
    assert_eq!(desk.simulator.counts().total, before);
    std::fs::write(&path, vec![b'a'; (1 << 20) + 1]).unwrap();
    assert!(room.read_file(request(&path)).await.unwrap_err().message.contains("1 MiB"));
}
