//! Structs that an account stores as they are.
//!
//! Their fields are listed once, here. `$fields!` hands that list, with the integers as they are stored, to
//! the crate that describes accounts: what it defines has the same bytes, so it is used as the struct of this
//! crate where it lies, and nothing is copied back and forth.

macro_rules! stored {
    (
        $d:tt $(#$meta:tt)* pub struct $name:ident, $fields:ident {
            $($(#$doc:tt)* pub $field:ident: $kind:tt as $raw:tt,)*
        }
    ) => {
        $(#$meta)*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "bytemuck", derive(bytemuck::Pod, bytemuck::Zeroable))]
        #[repr(C)]
        pub struct $name { $($(#$doc)* pub $field: $kind,)* }

        #[doc(hidden)]
        #[macro_export]
        macro_rules! $fields {
            ($d define:ident, $d stored:ident) => {
                $d define! {
                    $(#$meta)*
                    pub struct $d stored { $($(#$doc)* pub $field: $raw,)* }
                }
            };
        }
    };
}
