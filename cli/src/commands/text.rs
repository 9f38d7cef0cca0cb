//! Hashes, salts and seats as they are typed and shown.

use {crate::failure::Result, rand::Rng, std::fmt::Write, work_token_sdk::state::SeatState};

/// Reads 32 bytes.
pub fn hash(text: &str) -> Result<[u8; 32], String> {
    let wrong = || "64 hex digits are expected".to_owned();
    if text.len() != 64 || !text.is_ascii() {
        return Err(wrong());
    }
    let mut bytes = [0; 32];
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * index..2 * index + 2], 16).map_err(|_| wrong())?;
    }
    Ok(bytes)
}

/// Writes bytes as hex digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A salt that nobody can guess.
pub fn new_salt() -> [u8; 32] {
    rand::rng().random()
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
