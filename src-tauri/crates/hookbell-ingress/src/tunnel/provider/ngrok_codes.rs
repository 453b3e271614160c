//! What ngrok's error codes mean for a tunnel, from the reference at <https://ngrok.com/docs/errors/reference>.
//!
//! Only the number decides: its text varies with the agent and the account. Lists only those that an agent meets when
//! it starts an http endpoint; any other counts as a temporary failure and is shown in ngrok's words.

use super::Said;

/// The action for a code.
enum Means {
    /// Somebody must do this first.
    Stop(&'static str),
    /// Passes in some minutes, or once somebody does this.
    Wait(&'static str),
}

/// The prefix of a code.
const PREFIX: &str = "ERR_NGROK_";

const TOKEN: &str = "copy the authtoken from dashboard.ngrok.com and enter it as the token";
const UPDATE: &str = "run ngrok update, or reinstall ngrok";
const DOMAIN: &str =
    "use an address that is reserved for this account at dashboard.ngrok.com/domains, or leave it empty";
const PLAN: &str = "leave the address empty, or change the plan at dashboard.ngrok.com";

/// The code's number in a text.
pub(super) fn code(text: &str) -> Option<u32> {
    let digits = &text[text.find(PREFIX)? + PREFIX.len()..];
    digits[..digits.find(|one: char| !one.is_ascii_digit()).unwrap_or(digits.len())].parse().ok()
}

/// The meaning of a code, with ngrok's explanation, if any.
pub(super) fn said(code: u32, words: Option<&str>) -> Said {
    let named = |what: &str| format!("{what} ({PREFIX}{code})");
    let what = match code {
        105..=107 | 300 => Some("ngrok doesn’t accept the authtoken"),
        4018 => Some("ngrok needs an account and its authtoken"),
        120 | 121 => Some("ngrok is too old for your account"),
        _ => None,
    };
    let sentence = match (what, words) {
        (Some(what), _) => named(what),
        (None, Some(words)) => format!("ngrok rejected the tunnel ({PREFIX}{code}): {words}"),
        (None, None) => named("ngrok rejected the tunnel"),
    };
    match means(code) {
        Some(Means::Stop(hint)) => Said::fatal(sentence, hint),
        Some(Means::Wait(hint)) => Said::Later(format!("{sentence}: {hint}")),
        None => Said::Trouble(words.map_or(sentence, named)),
    }
}

fn means(code: u32) -> Option<Means> {
    Some(match code {
        105..=107 | 300 | 4018 => Means::Stop(TOKEN),
        102 | 337 => Means::Stop("check your payment details at dashboard.ngrok.com/billing"),
        103 | 338 => Means::Stop("ngrok has suspended the account: write to support@ngrok.com"),
        8014 => Means::Stop("see the account at dashboard.ngrok.com, or write to support@ngrok.com"),
        // Sessions and addresses of an agent whose connection broke stay taken for a while.
        108 | 348 => Means::Wait("stop another agent of the account, or see dashboard.ngrok.com/agents"),
        334 => Means::Wait("stop the agent that uses the address"),
        349 | 351 | 353 => Means::Wait("the account can’t start that many in such a short time"),
        115 | 116 => {
            Means::Stop("allow this computer’s address in the account’s IP restrictions at dashboard.ngrok.com")
        }
        9040 => Means::Stop("ngrok accepts no agents from this computer’s public address: choose another provider"),
        119..=121 => Means::Stop(UPDATE),
        118 | 122 => Means::Stop("the account can’t use the agent ingress in ngrok’s configuration: remove it there"),
        123 | 382 => Means::Stop("verify the account’s email address at dashboard.ngrok.com/user/settings"),
        302..=306 | 312..=315 | 401 | 412 => Means::Stop(PLAN),
        307..=311 | 316..=322 | 326..=331 | 347 | 354 | 355 | 381 | 396 | 397 | 399 => Means::Stop(DOMAIN),
        323 | 324 | 350 | 352 => {
            Means::Stop("stop other endpoints of the account, or change the plan at dashboard.ngrok.com")
        }
        8013 => Means::Stop("add a payment card at dashboard.ngrok.com/billing"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_whole_number() {
        assert_eq!(code("ERROR:  ERR_NGROK_1055"), Some(1055));
        assert_eq!(code("... ERR_NGROK_105\n"), Some(105));
        assert_eq!(code("ERR_NGROK_"), None);
        assert_eq!(code("ERR_NGROK_99999999999999"), None);
    }

    #[test]
    fn a_code_leads_to_a_stop_a_wait_or_another_try() {
        for stop in [105, 107, 120, 121, 123, 319, 320, 4018, 8013, 8014] {
            let said = said(stop, Some("Words of ngrok"));
            assert!(
                matches!(&said, Said::Fatal { message, hint }
                if message.contains(&format!("(ERR_NGROK_{stop})")) && !hint.is_empty()),
                "{said:?}"
            );
        }
        for wait in [108, 334] {
            assert!(matches!(said(wait, None), Said::Later(_)), "{wait}");
        }
        assert_eq!(said(9999, Some("Something new")), Said::Trouble("Something new (ERR_NGROK_9999)".to_owned()));
    }
}
