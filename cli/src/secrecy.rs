//! What must not be shown: secrets that were mistyped, and so end up in an error.

/// What stands for it.
const HIDDEN: &str = "(not shown)";

/// Options whose values are secrets.
const SECRET_OPTIONS: [&str; 4] = ["--keypair", "-k", "--fee-payer", "--salt"];

/// Whether a text may be a secret: longer than an address and of letters and digits alone, as keys, salts and
/// hashes before their reveal are; a list of numbers; many words.
pub fn is_suspect(text: &str) -> bool {
    let longest = |text: &str| text.split(|at: char| !at.is_ascii_alphanumeric()).map(str::len).max().unwrap_or(0);
    let is_base64 = text.len() > 44 && text.bytes().all(|at| at.is_ascii_alphanumeric() || b"+/=".contains(&at));
    let is_list = text.contains(',') && text.bytes().all(|at| at.is_ascii_digit() || b"[], ".contains(&at));
    let is_path = text.starts_with(['/', '.', '~']);
    longest(text) > 44 || (is_base64 && !is_path) || is_list || text.split_whitespace().count() >= 12
}

/// A message about what was typed, without what may be a secret in it.
pub fn redacted(message: &str, words: &[String]) -> String {
    let mut secrets: Vec<&str> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let (option, value) = match word.split_once('=') {
            Some((option, value)) if option.starts_with('-') => (option, Some(value)),
            _ => (word.as_str(), None),
        };
        let value = value.or_else(|| words.get(index + 1).map(String::as_str));
        if SECRET_OPTIONS.contains(&option) {
            secrets.extend(value);
        } else if let Some(joined) = word.strip_prefix("-k") {
            secrets.push(joined);
        }
        secrets.extend([Some(word.as_str()), value].into_iter().flatten().filter(|text| is_suspect(text)));
    }
    secrets.retain(|secret| secret.len() > 1 && !secret.starts_with("--"));
    secrets.sort_unstable_by_key(|secret| std::cmp::Reverse(secret.len()));
    secrets.iter().fold(message.to_owned(), |text, secret| text.replace(secret, HIDDEN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_salts_and_phrases_are_suspect_and_paths_addresses_and_numbers_are_not() {
        let key = "4".repeat(87);
        let base64 = "ab/+".repeat(22);
        for secret in [&key, &"ab".repeat(32), "[12,34,56]", "12,34,56", &"word ".repeat(12), &base64] {
            assert!(is_suspect(secret), "{secret}");
        }
        for shown in ["CvSb7wdQAFpHuSpTYTJnX5SYH4hCfQ9VuGnqrKaKwycB", "keys/id.json", "--amount", "12.5", "a/b/c"] {
            assert!(!is_suspect(shown), "{shown}");
        }
    }

    #[test]
    fn a_message_keeps_everything_but_the_secrets() {
        let words = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let salt = "a".repeat(63);
        for (line, message, expected) in [
            (format!("jury vote --salt {salt}"), format!("invalid value '{salt}'"), "invalid value '(not shown)'"),
            (format!("jury --salt={salt}"), format!("invalid value '{salt}'"), "invalid value '(not shown)'"),
            ("x --salt zz".to_owned(), "invalid value 'zz'".to_owned(), "invalid value '(not shown)'"),
            ("x --amount -1".to_owned(), "unexpected '-1'".to_owned(), "unexpected '-1'"),
        ] {
            assert_eq!(redacted(&message, &words(&line)), expected);
        }
    }
}
