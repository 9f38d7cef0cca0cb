//! How a layout is pinned.

/// A field's name, its offset and its length in bytes.
pub type Field = (&'static str, usize, usize);

/// An account or a part of one.
#[derive(Debug)]
pub struct Layout {
    /// The name of its type, as in the IDL.
    pub name: &'static str,
    /// Whether it is an account: a discriminator stands before it.
    pub is_account: bool,
    /// Where it ends.
    pub size: usize,
    /// Without a gap.
    pub fields: &'static [Field],
}

pub fn len_of<T, F>(_: fn(&T) -> &F) -> usize {
    size_of::<F>()
}

/// Fields follow each other without a gap and fill `size` bytes after `start`.
pub fn assert_contiguous(fields: &[Field], start: usize, size: usize) {
    let mut next = start;
    for (name, offset, len) in fields {
        assert_eq!(*offset, next, "{name} begins where the field before it ends");
        next += len;
    }
    assert_eq!(next, size, "no byte is left over");
}

/// Pins a struct: `$start` bytes stand before it.
macro_rules! layout {
    ($table:ident, $test:ident, $type:ident, $start:literal, $size:literal, [$($field:ident: $offset:literal, $len:literal;)*]) => {
        pub const $table: Layout = Layout {
            name: stringify!($type),
            is_account: $start == 8,
            size: $size,
            fields: &[$((stringify!($field), $offset, $len)),*],
        };

        #[test]
        fn $test() {
            $(
                let name = stringify!($field);
                assert_eq!($start + std::mem::offset_of!($type, $field), $offset, "offset of {name}");
                assert_eq!(len_of(|account: &$type| &account.$field), $len, "length of {name}");
            )*
            assert_eq!($start + size_of::<$type>(), $size);
            assert_contiguous($table.fields, $start, $size);
        }
    };
}

pub(crate) use layout;
