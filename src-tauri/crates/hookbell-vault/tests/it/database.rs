//! A Secret Service whose keyrings are databases that the user opens in another program, as in KeePassXC: until then
//! there is no default keyring at all, and each access may need confirmation.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use hookbell_vault::{Missing, Vault, VaultError};
use zbus::{
    interface,
    object_server::SignalEmitter,
    zvariant::{OwnedObjectPath, OwnedValue, Value},
};

use crate::{
    bus,
    support::{key, secret, wait},
};

const NAME: &str = "org.freedesktop.secrets";
const SERVICE: &str = "/org/freedesktop/secrets";
const SESSION: &str = "/org/freedesktop/secrets/session/1";
const DATABASE: &str = "/org/freedesktop/secrets/collection/pier";
const ITEM: &str = "/org/freedesktop/secrets/collection/pier/1";
const PROMPT: &str = "/org/freedesktop/secrets/prompt/1";
const NOTHING: &str = "/";

/// What the user did, and how often they were asked.
#[derive(Debug, Default)]
struct Person {
    opened: bool,
    allows: bool,
    asked: usize,
}

type Shared = Arc<Mutex<Person>>;

fn path(text: &str) -> OwnedObjectPath {
    OwnedObjectPath::try_from(text).unwrap()
}

struct Provider(Shared);

#[interface(name = "org.freedesktop.Secret.Service")]
impl Provider {
    fn open_session(&self, algorithm: &str, _input: Value<'_>) -> (OwnedValue, OwnedObjectPath) {
        let output = match algorithm {
            "plain" => Value::from(""),
            _ => Value::from(vec![2_u8]),
        };
        (OwnedValue::try_from(output).unwrap(), path(SESSION))
    }

    fn search_items(&self, _attributes: HashMap<String, String>) -> (Vec<OwnedObjectPath>, Vec<OwnedObjectPath>) {
        (Vec::new(), Vec::new())
    }

    fn read_alias(&self, name: &str) -> OwnedObjectPath {
        assert_eq!(name, "default");
        path(if self.0.lock().unwrap().opened { DATABASE } else { NOTHING })
    }

    #[zbus(property)]
    fn collections(&self) -> Vec<OwnedObjectPath> {
        if self.0.lock().unwrap().opened { vec![path(DATABASE)] } else { Vec::new() }
    }
}

struct Database(Shared);

#[interface(name = "org.freedesktop.Secret.Collection")]
impl Database {
    fn create_item(
        &self,
        _properties: HashMap<String, OwnedValue>,
        _secret: (OwnedObjectPath, Vec<u8>, Vec<u8>, String),
        _replace: bool,
    ) -> (OwnedObjectPath, OwnedObjectPath) {
        match self.0.lock().unwrap().allows {
            true => (path(ITEM), path(NOTHING)),
            false => (path(NOTHING), path(PROMPT)),
        }
    }

    #[zbus(property)]
    fn locked(&self) -> bool {
        false
    }
}

struct Prompt(Shared);

#[interface(name = "org.freedesktop.Secret.Prompt")]
impl Prompt {
    async fn prompt(&self, _window: &str, #[zbus(signal_emitter)] emitter: SignalEmitter<'_>) {
        self.0.lock().unwrap().asked += 1;
        Self::completed(&emitter, true, Value::from("")).await.unwrap();
    }

    #[zbus(signal)]
    async fn completed(emitter: &SignalEmitter<'_>, dismissed: bool, result: Value<'_>) -> zbus::Result<()>;
}

/// Serves the service on the bus while the returned connection lives.
fn served(person: &Shared) -> zbus::blocking::Connection {
    let builder = zbus::blocking::connection::Builder::session().unwrap();
    let builder = builder.serve_at(SERVICE, Provider(Arc::clone(person))).unwrap();
    let builder = builder.serve_at(DATABASE, Database(Arc::clone(person))).unwrap();
    let builder = builder.serve_at(PROMPT, Prompt(Arc::clone(person))).unwrap();
    builder.name(NAME).unwrap().build().unwrap()
}

#[test]
fn a_database_that_is_opened_later_works_without_a_restart_and_a_dismissed_dialog_is_a_refusal() {
    let name = "database::a_database_that_is_opened_later_works_without_a_restart_and_a_dismissed_dialog_is_a_refusal";
    bus::on_a_bus(name, &[], || {
        let person = Shared::default();
        let _service = served(&person);
        let vault = Vault::system();
        for error in [
            wait(vault.check()).unwrap_err(),
            wait(vault.get(&key("a"))).unwrap_err(),
            wait(vault.get_quietly(&key("a"))).unwrap_err(),
            wait(vault.set(&key("a"), secret("hunter2"))).unwrap_err(),
        ] {
            assert!(matches!(error, VaultError::Absent { missing: Missing::DefaultKeyring, .. }), "{error:?}");
            assert!(error.hint().contains("In KeePassXC, open the database"), "{}", error.hint());
        }

        person.lock().unwrap().opened = true;
        wait(vault.check()).unwrap();
        assert!(wait(vault.get_quietly(&key("a"))).unwrap().is_none());
        assert_eq!(person.lock().unwrap().asked, 0);
        let error = wait(vault.set(&key("a"), secret("hunter2"))).unwrap_err();
        assert!(matches!(error, VaultError::Refused { .. }), "{error:?}");
        assert_eq!(person.lock().unwrap().asked, 1, "one dialog for one call");

        person.lock().unwrap().allows = true;
        wait(vault.set(&key("a"), secret("hunter2"))).unwrap();
    });
}
