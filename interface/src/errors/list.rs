//! What the one list of refusals becomes: an enum for its program, and one for everybody else.

macro_rules! errors {
    ($(#[doc = $about:literal])* $errors:ident: $( $(#[doc = $doc:literal])* $name:ident = $number:tt, $message:tt; )*) => {
        $(#[doc = $about])*
        #[cfg(feature = "anchor")]
        #[anchor_lang::error_code]
        #[derive(PartialEq, Eq)]
        pub enum $errors {
            $( #[doc = $message] #[msg($message)] $name = $number, )*
        }

        $(#[doc = $about])*
        #[cfg(not(feature = "anchor"))]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u32)]
        pub enum $errors {
            $( #[doc = $message] $name = $number, )*
        }

        #[cfg(not(feature = "anchor"))]
        impl $errors {
            /// All of them, in the order of their codes.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The code on the wire: 6000 + number.
            pub const fn code(self) -> u32 {
                crate::errors::ERROR_OFFSET.saturating_add(self as u32)
            }

            /// The error behind a code on the wire.
            pub fn from_code(code: u32) -> Option<Self> {
                Self::ALL.iter().copied().find(|error| error.code() == code)
            }

            /// The name as in the IDL.
            pub const fn name(self) -> &'static str {
                match self { $( Self::$name => stringify!($name), )* }
            }

            /// The broken rule.
            pub const fn message(self) -> &'static str {
                match self { $( Self::$name => $message, )* }
            }
        }

        #[cfg(not(feature = "anchor"))]
        impl core::fmt::Display for $errors {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(self.message())
            }
        }

        #[cfg(not(feature = "anchor"))]
        impl core::error::Error for $errors {}
    };
}
