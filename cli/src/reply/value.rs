//! What a reply is built of. Many readers of JSON hold a number in 53 bits, which an amount may exceed: each
//! type says of itself whether it is an amount, which is a string there, or small, and a number. Nothing is
//! known by its name.

use std::{
    collections::BTreeMap as Map,
    fmt,
    ops::{Index, IndexMut},
};

/// A value of a reply. Integers are made of Rust's types alone, by [`Tell`].
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Nothing.
    #[default]
    Null,
    /// Yes or no.
    Bool(bool),
    /// A small integer: a number in JSON.
    Small(Small),
    /// An integer that 53 bits may not hold: digits in a string in JSON.
    Amount(Amount),
    /// A text.
    String(String),
    /// A list.
    Array(Vec<Value>),
    /// Values by their names.
    Object(Map<String, Value>),
}

/// A small integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Small(i64);

/// An integer of any size.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Amount(String);

/// A slot, a height or a number of something, which takes longer than anybody lives to pass 53 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count(pub u64);

impl Count {
    /// The most that every reader of JSON holds.
    pub const EXACT: u64 = (1 << 53) - 1;
}

/// What a reply can say.
pub trait Tell {
    /// It, as a value of a reply.
    fn tell(&self) -> Value;
}

/// Types that are small: of 32 bits at most, times and durations, and how many there are of something here.
macro_rules! small {
    ($($small:ty),*) => { $(
        impl Tell for $small {
            fn tell(&self) -> Value {
                match i64::try_from(*self).ok().filter(|number| number.unsigned_abs() <= Count::EXACT) {
                    Some(number) => Value::Small(Small(number)),
                    // "For ever" is a time as well.
                    None => Value::Amount(Amount(self.to_string())),
                }
            }
        }
    )* };
}

/// Types that hold amounts, weights and whatever else 53 bits may not hold.
macro_rules! amounts {
    ($($amount:ty),*) => { $(
        impl Tell for $amount {
            fn tell(&self) -> Value {
                Value::Amount(Amount(self.to_string()))
            }
        }
    )* };
}

small!(u8, u16, u32, i32, i64, usize);
amounts!(u64, u128, i128);

impl Tell for Count {
    fn tell(&self) -> Value {
        i64::try_from(self.0).map_or_else(|_| self.0.tell(), |count| count.tell())
    }
}

impl Tell for bool {
    fn tell(&self) -> Value {
        Value::Bool(*self)
    }
}

impl Tell for str {
    fn tell(&self) -> Value {
        Value::String(self.to_owned())
    }
}

impl Tell for String {
    fn tell(&self) -> Value {
        self.as_str().tell()
    }
}

impl Tell for Value {
    fn tell(&self) -> Value {
        self.clone()
    }
}

impl Tell for Map<String, Value> {
    fn tell(&self) -> Value {
        Value::Object(self.clone())
    }
}

impl<T: Tell + ?Sized> Tell for &T {
    fn tell(&self) -> Value {
        (**self).tell()
    }
}

impl<T: Tell> Tell for Option<T> {
    fn tell(&self) -> Value {
        self.as_ref().map_or(Value::Null, Tell::tell)
    }
}

impl<T: Tell> Tell for [T] {
    fn tell(&self) -> Value {
        Value::Array(self.iter().map(Tell::tell).collect())
    }
}

impl<T: Tell, const N: usize> Tell for [T; N] {
    fn tell(&self) -> Value {
        self.as_slice().tell()
    }
}

impl<T: Tell> Tell for Vec<T> {
    fn tell(&self) -> Value {
        self.as_slice().tell()
    }
}

impl<T: Tell> FromIterator<T> for Value {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self::Array(values.into_iter().map(|value| value.tell()).collect())
    }
}

macro_rules! into {
    ($($plain:ty),*) => { $(
        impl From<$plain> for Value {
            fn from(plain: $plain) -> Self {
                plain.tell()
            }
        }
    )* };
}

into!(bool, &str, String, u8, u16, u32, i32, i64, usize, u64, Count);

impl<T: Tell> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.tell()
    }
}

impl<T: Tell> From<&[T]> for Value {
    fn from(values: &[T]) -> Self {
        values.tell()
    }
}

/// An object of a reply, written as in JSON: names, and what implements [`Tell`].
macro_rules! facts {
    (@into $map:ident) => {};
    (@into $map:ident $name:literal : null $(, $($rest:tt)*)?) => {
        $map.insert($name.to_owned(), $crate::reply::Value::Null);
        $crate::reply::facts!(@into $map $($($rest)*)?);
    };
    (@into $map:ident $name:literal : { $($inner:tt)* } $(, $($rest:tt)*)?) => {
        $map.insert($name.to_owned(), $crate::reply::facts!({ $($inner)* }));
        $crate::reply::facts!(@into $map $($($rest)*)?);
    };
    (@into $map:ident $name:literal : $value:expr $(, $($rest:tt)*)?) => {
        $map.insert($name.to_owned(), $crate::reply::Tell::tell(&$value));
        $crate::reply::facts!(@into $map $($($rest)*)?);
    };
    ({}) => { $crate::reply::Value::Object(::std::collections::BTreeMap::new()) };
    ({ $($facts:tt)+ }) => {{
        let mut map = ::std::collections::BTreeMap::<String, $crate::reply::Value>::new();
        $crate::reply::facts!(@into map $($facts)+);
        $crate::reply::Value::Object(map)
    }};
    ($value:expr) => { $crate::reply::Tell::tell(&$value) };
}
pub(crate) use facts;

impl Value {
    /// As it goes out.
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Null => serde_json::Value::Null,
            Self::Bool(is) => (*is).into(),
            Self::Small(Small(number)) => (*number).into(),
            Self::Amount(Amount(text)) | Self::String(text) => text.as_str().into(),
            Self::Array(values) => values.iter().map(Self::to_json).collect(),
            Self::Object(map) => map.iter().map(|(name, value)| (name.clone(), value.to_json())).collect(),
        }
    }

    /// What stands under a name.
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.as_object()?.get(name)
    }

    /// The values by their names.
    pub fn as_object(&self) -> Option<&Map<String, Self>> {
        if let Self::Object(map) = self { Some(map) } else { None }
    }

    /// The same, to be changed.
    pub fn as_object_mut(&mut self) -> Option<&mut Map<String, Self>> {
        if let Self::Object(map) = self { Some(map) } else { None }
    }

    /// The list.
    pub fn as_array(&self) -> Option<&Vec<Self>> {
        if let Self::Array(values) = self { Some(values) } else { None }
    }

    /// The text.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// Whether it is nothing.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether it is a text.
    pub fn is_string(&self) -> bool {
        self.as_str().is_some()
    }
}

/// Integers are equal that count the same, whichever way they go out.
impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Bool(one), Self::Bool(other)) => one == other,
            (Self::String(one), Self::String(other)) => one == other,
            (Self::Array(one), Self::Array(other)) => one == other,
            (Self::Object(one), Self::Object(other)) => one == other,
            (Self::Small(_) | Self::Amount(_), Self::Small(_) | Self::Amount(_)) => {
                let (one, other) = (self.to_string(), other.to_string());
                one == other
            }
            _ => false,
        }
    }
}

impl Index<&str> for Value {
    type Output = Self;

    fn index(&self, name: &str) -> &Self {
        self.get(name).unwrap_or(&Self::Null)
    }
}

impl IndexMut<&str> for Value {
    /// # Panics
    ///
    /// When it is no object.
    fn index_mut(&mut self, name: &str) -> &mut Self {
        self.as_object_mut().expect("an object").entry(name.to_owned()).or_default()
    }
}

impl Index<usize> for Value {
    type Output = Self;

    fn index(&self, at: usize) -> &Self {
        self.as_array().and_then(|values| values.get(at)).unwrap_or(&Self::Null)
    }
}

/// As parameter files have it: integers are digits, texts stand in quotes.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Amount(Amount(digits)) => f.write_str(digits),
            Self::Array(values) => {
                let texts: Vec<String> = values.iter().map(Self::to_string).collect();
                write!(f, "[{}]", texts.join(", "))
            }
            other => other.to_json().fmt(f),
        }
    }
}

#[cfg(test)]
mod tests;
