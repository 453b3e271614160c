//! Closed vocabularies: enums with one word per value, the same in JSON, in a database column, on the command line and,
//! with the feature `ts`, in the window's types.
//!
//! [`vocabulary!`](crate::vocabulary) is exported, so that a crate can declare a vocabulary that only it needs. Such a
//! crate needs `serde`, a feature `ts` and, behind it, `ts-rs`.

/// A text that isn't one of a vocabulary's words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not {what}: it is one of {words}")]
pub struct UnknownWord {
    /// The text found instead of a known word.
    pub text: String,
    /// What it should have been, with an article: "an importance".
    pub what: &'static str,
    /// The known words, listed as in a sentence.
    pub words: String,
}

impl UnknownWord {
    /// The error for a text that is none of these words.
    #[must_use]
    pub fn new(text: &str, what: &'static str, words: &[&str]) -> Self {
        let words = match words {
            [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
            all => all.concat(),
        };
        Self { text: text.to_owned(), what, words }
    }
}

/// Declares a vocabulary: an enum whose `as_str`, `Display`, `FromStr` and JSON all use the same words.
#[macro_export]
macro_rules! vocabulary {
    (
        $(#[$meta:meta])*
        $name:ident, $what:literal {
            $($(#[$variant_meta:meta])* $variant:ident = $word:literal,)+
        }
    ) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, ::serde::Serialize, ::serde::Deserialize)]
        #[cfg_attr(feature = "ts", derive(::ts_rs::TS))]
        $(#[$meta])*
        pub enum $name {
            $($(#[$variant_meta])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// Every value, in order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The machine-readable word.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::UnknownWord;

            fn from_str(text: &str) -> Result<Self, $crate::UnknownWord> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::UnknownWord::new(text, $what, &[$($word,)+])),
                }
            }
        }
    };
}
