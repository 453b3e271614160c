//! The report: the text shown is the text copied, and it contains no secrets.

use hookbell_engine::api::PauseRequest;
use hookbell_store::StoredAccount;

use crate::studio::Studio;

const KEY_ID: &str = "2X9R4HXF34";
const ISSUER_ID: &str = "57246542-96fe-1a63-e053-0824d011072a";
const NAME: &str = "Halden Software AB";

/// What a log could contain in the worst case.
const PLANTED: [&str; 7] = [
    "-----BEGIN PRIVATE KEY-----\\nMIGTAgEAMBMGByqGSM49AgEG\\n-----END PRIVATE KEY-----",
    "authorization: Bearer planted-bearer-token",
    "token eyJhbGciOiJFUzI1NiJ9.eyJwbGFudGVkIjoxfQ.cGxhbnRlZA",
    "x-apple-signature: hmacsha256=0bad5eed0bad5eed",
    "POST https://a.example/hooks/planted-path-token answered 200",
    "feedback by planted.tester@example.com",
    "secret=planted-webhook-secret",
];

impl Studio {
    async fn with_an_account(self) -> Self {
        let account = StoredAccount {
            id: "a1".parse().unwrap(),
            name: NAME.to_owned(),
            key_id: KEY_ID.parse().unwrap(),
            issuer_id: Some(ISSUER_ID.parse().unwrap()),
            base_url: "http://127.0.0.1:9".to_owned(),
            created_at: "2026-11-20T14:40:00Z".parse().unwrap(),
        };
        self.hookbell.store().add_account(account).await.unwrap();
        self
    }

    fn log(&self, lines: &[String]) {
        let folder = self.folder.path().join("logs");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("hookbell.2026-11-22.log"), lines.join("\n")).unwrap();
    }
}

#[tokio::test]
async fn what_is_shown_is_what_is_copied_to_the_letter() {
    let studio = Studio::listening().await;
    let shown = studio.hookbell.reports().make().await.unwrap().text;
    // Much may change between reading and copying.
    studio.hookbell.overview().pause(PauseRequest { minutes: 60 }).await.unwrap();
    studio.log(&["a line that came later".to_owned()]);
    studio.hookbell.reports().copy().await.unwrap();
    assert_eq!(*studio.desk.clipboard.lock().unwrap(), shown);
    assert_ne!(studio.hookbell.reports().make().await.unwrap().text, shown);
}

#[tokio::test]
async fn a_report_tells_what_a_helper_asks_for() {
    let studio = Studio::listening().await.with_an_account().await;
    studio.webhook("s3cret-of-the-webhook").await;
    studio.log(&(0..300).map(|line| format!("line {line}.")).collect::<Vec<_>>());
    studio.hookbell.checkup().run().await.unwrap();
    let text = studio.hookbell.reports().make().await.unwrap().text;
    let wanted = [
        concat!("Hookbell ", env!("CARGO_PKG_VERSION"), " on "),
        "Data directory: ",
        "Listener: {\"state\":\"listening\"",
        "Trouble: ",
        "Webhooks: 1, accounts: 1",
        "No tunnel (none)",
        "  Keychain: BAD. The key of account ",
        "  logLevel: \"info\"",
        "  Starts at login: no",
        "Log, the last 200 lines\n  line 100.",
        "  line 299.",
    ];
    for wanted in wanted {
        assert!(text.contains(wanted), "{wanted} is not in {text}");
    }
}

#[tokio::test]
async fn a_report_has_nobody_s_secret() {
    let studio = Studio::listening().await.with_an_account().await;
    let webhook = studio.webhook("s3cret-of-the-webhook").await;
    let token = webhook.payload_url.unwrap().rsplit('/').next().unwrap().to_owned();
    let mut lines: Vec<_> = PLANTED.map(str::to_owned).to_vec();
    lines.push(format!("{NAME} has the key {KEY_ID} of {ISSUER_ID}"));
    lines.push(format!("the webhook {} is at {token}", webhook.name));
    if let Some(home) = directories::BaseDirs::new() {
        lines.push(format!("in {}/there", home.home_dir().display()));
    }
    studio.log(&lines);
    studio.hookbell.checkup().run().await.unwrap();
    let text = studio.hookbell.reports().make().await.unwrap().text;
    let planted = ["planted", "0bad5eed", "MIGTAgEA", "eyJhbGciOiJFUzI1NiJ9"];
    for secret in planted.iter().copied().chain([KEY_ID, ISSUER_ID, NAME, &token, "s3cret", "@example.com"]) {
        assert!(!text.contains(secret), "{secret} is in {text}");
    }
    assert!(text.contains("account 1 has the key 2X9R… of 5724…"), "{text}");
    assert!(text.contains("in ~/there"), "{text}");
}
