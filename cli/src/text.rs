//! Hashes, salts and seats as they are typed and shown.

use {
    crate::failure::Result,
    std::{
        fmt::Write,
        time::{Duration, UNIX_EPOCH},
    },
    work_token_sdk::{Pubkey, presets::Preset, state::SeatState},
};

/// Reads 32 bytes.
pub fn hash(text: &str) -> Result<[u8; 32], String> {
    bytes(text).and_then(|bytes| bytes.try_into().ok()).ok_or_else(|| "64 hex digits are expected".to_owned())
}

/// Reads bytes from hex digits, and nothing else: no sign, no prefix, no space.
pub fn bytes(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text.chars().map(|digit| digit.to_digit(16)?.try_into().ok()).collect();
    let (pairs, rest) = digits.as_deref()?.as_chunks::<2>();
    rest.is_empty().then(|| pairs.iter().map(|[high, low]| high << 4 | low).collect())
}

/// Reads a whole number from digits, and nothing else: the standard library takes a sign.
pub fn number<N: std::str::FromStr>(text: &str) -> Option<N> {
    text.parse().ok().filter(|_| text.bytes().all(|digit| digit.is_ascii_digit()))
}

/// Reads an address.
pub fn address(text: &str) -> Result<Pubkey, String> {
    text.parse().map_err(|_| "an address is expected: 32 bytes in base58, 32 to 44 letters and digits".to_owned())
}

/// Reads an amount of something: base units, shares. Zero of it is none.
pub fn amount(text: &str) -> Result<u64, String> {
    number(text).filter(|amount| *amount > 0).ok_or_else(|| "a whole number above 0 is expected".to_owned())
}

/// Reads the name of a kind of network.
pub fn preset(text: &str) -> Result<Preset, String> {
    let names = Preset::ALL.map(Preset::name);
    Preset::named(text).ok_or_else(|| format!("one of {} is expected", names.join(", ")))
}

/// Writes bytes as hex digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A time, in unix seconds, as a date.
pub fn moment(ts: i64) -> String {
    let time = UNIX_EPOCH + Duration::from_secs(u64::try_from(ts).unwrap_or(0));
    humantime::format_rfc3339_seconds(time).to_string().replace('T', " ").replace('Z', " UTC")
}

/// The name of a seat's state.
pub fn state_name(state: SeatState) -> String {
    words(&format!("{state:?}"))
}

/// `CamelCase` as words.
pub fn words(camel: &str) -> String {
    let mut name = String::new();
    for letter in camel.chars() {
        if letter.is_uppercase() && !name.is_empty() {
            name.push(' ');
        }
        name.extend(letter.to_lowercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_64_hex_digits_without_a_sign() {
        assert_eq!(hash(&"aB".repeat(32)), Ok([0xab; 32]));
        assert_eq!(bytes(&hex(&[0, 7, 255])), Some(vec![0, 7, 255]));
        for wrong in ["", "ab", &"+a".repeat(32), &"-a".repeat(32), &" a".repeat(32), &"0x".repeat(32), &"é".repeat(32)]
        {
            assert!(hash(wrong).is_err(), "{wrong}");
        }
        assert_eq!((bytes("abc"), bytes("")), (None, Some(vec![])));
    }

    #[test]
    fn a_number_is_digits_alone() {
        assert_eq!(
            (number::<u64>("18446744073709551615"), number::<u8>("0"), number("007")),
            (Some(u64::MAX), Some(0), Some(7u16))
        );
        for wrong in ["", "+5", "-5", " 5", "5 ", "1.5", "1e3", "1_000", "256"] {
            assert_eq!(number::<u8>(wrong), None, "{wrong}");
        }
    }
}
