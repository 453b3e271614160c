//! An existing public address that leads here: a reverse proxy, a forwarded router port, a VPN. There is nothing to
//! start; we only probe it.

use super::{Field, Provider, TokenNeed, address};

pub(super) static PROVIDER: Provider = Provider {
    id: "public-url",
    name: "Existing public address",
    about: "Your own setup forwards it to this computer. Hookbell only checks that it works.",
    keeps_address: true,
    program: None,
    fields: &[Field {
        id: "url",
        label: "Public address",
        example: "https://hooks.example.com",
        hint: "It must forward to Hookbell’s port on this computer.",
        required: true,
    }],
    token: TokenNeed::None,
    token_hint: "",
    address: |setup| address::field(setup, "url").map(Some),
    launch: |_, _| Ok(None),
    read: |_, _, _| None,
};
