//! Serveo: an address over ssh without an account.
//!
//! The command is from <https://serveo.net>, and so is the line that its session prints: `Forwarding HTTP traffic from
//! https://relego.serveo.net` (recently also under `serveousercontent.com`).

use super::{Field, Provider, Said, SetupError, TokenNeed, first_url, ssh};

pub(super) static PROVIDER: Provider = Provider {
    id: "serveo",
    name: "Serveo",
    about: "Over SSH, without an account. You can choose the name.",
    keeps_address: false,
    program: Some(ssh::PROGRAM),
    fields: &[Field {
        id: "name",
        label: "Name",
        example: "halden-hooks",
        hint: "The part before .serveo.net. Optional.",
        required: false,
    }],
    token: TokenNeed::None,
    token_hint: "",
    address: |_| Ok(None),
    launch: |setup, start| {
        let name = match setup.maybe("name") {
            None => String::new(),
            Some(name) if name.chars().all(|one| one.is_ascii_alphanumeric() || one == '-') => format!("{name}:"),
            Some(_) => {
                let message = "a name can contain only letters, digits and hyphens";
                return Err(SetupError::new("name", message, "remove everything else"));
            }
        };
        let launch = ssh::public().arg("-T").arg("-R").arg(format!("{name}80:127.0.0.1:{}", start.port));
        Ok(Some(launch.arg("serveo.net")))
    },
    read: |_, line, _| match line.contains("Forwarding HTTP traffic from") {
        true => first_url(line, |_| true).map(Said::Address),
        false => ssh::trouble(line, ssh::PUBLIC_DENIED),
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_follows_the_words() {
        for host in ["relego.serveo.net", "3e0a85-49-37-226-229.serveousercontent.com"] {
            let said = PROVIDER.says(&format!("Forwarding HTTP traffic from https://{host}"));
            assert_eq!(said, Some(Said::Address(format!("https://{host}"))));
        }
        let denied = PROVIDER.says("demo@serveo.net: Permission denied (publickey,keyboard-interactive).");
        assert!(matches!(denied, Some(Said::Fatal { hint, .. }) if !hint.contains("ssh-agent")));
        assert_eq!(PROVIDER.says("Press g to start a GUI session and ctrl-c to quit."), None);
    }
}
