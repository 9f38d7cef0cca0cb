//! Keys: from files, from stdin, from a seed phrase. No error shows what might be a secret.

use {
    crate::{
        failure::{Failure, Result},
        piped, secrecy,
    },
    solana_derivation_path::DerivationPath,
    solana_keypair::seed_derivable::keypair_from_seed_and_derivation_path,
    solana_sdk::signature::Keypair,
    std::{
        path::{Path, PathBuf},
        sync::OnceLock,
    },
};

/// The home of whoever runs the command: of the environment, else of the system's list of users. It is never
/// where the command happens to run: what is kept there would not be found from elsewhere.
pub fn home() -> PathBuf {
    std::env::home_dir().filter(|home| home.is_absolute()).unwrap_or_else(|| PathBuf::from("/"))
}

/// Where a key comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Source {
    /// A file, `~/` resolved.
    File(PathBuf),
    /// What is piped in.
    Stdin,
    /// A seed phrase that is asked for, and the path of the key that is derived from it.
    Prompt(DerivationPath),
}

impl Source {
    /// Takes what the Solana command line takes, and says what of it is not supported.
    fn parse(given: &str) -> Result<Self> {
        let (scheme, rest) = match given.split_once(':') {
            Some((scheme, rest)) => (scheme, rest.strip_prefix("//").unwrap_or(rest)),
            None => ("", given),
        };
        match scheme {
            _ if piped::is_piped(given) => Ok(Self::Stdin),
            _ if given == "ASK" => Ok(Self::Prompt(derivation("")?)),
            "prompt" => Ok(Self::Prompt(derivation(rest)?)),
            "file" => Ok(Self::File(resolved(rest))),
            "usb" => Err(Failure::Usage(
                "hardware wallets are not supported yet: --unsigned with --authority PUBKEY prints a transaction for \
                 one to sign"
                    .into(),
            )),
            _ => Ok(Self::File(resolved(given))),
        }
    }
}

fn resolved(path: &str) -> PathBuf {
    path.strip_prefix("~/").map_or_else(|| PathBuf::from(path), |rest| home().join(rest))
}

/// The path of `?key=ACCOUNT[/CHANGE]` or `?full-path=m/44'/501'/...`; without any, that of Solana itself.
fn derivation(query: &str) -> Result<DerivationPath> {
    let wrong = |why: String| {
        Failure::Usage(format!(
            "prompt://{query}: {why}; prompt://, prompt://?key=ACCOUNT[/CHANGE] or prompt://?full-path=m/44/501/... is \
             expected"
        ))
    };
    let Some(query) = query.strip_prefix('?').filter(|query| !query.is_empty()) else {
        return if query.trim_start_matches('?').is_empty() {
            Ok(DerivationPath::default())
        } else {
            Err(wrong("it names nothing that is asked for".into()))
        };
    };
    let path = match query.split_once('=') {
        Some(("key", path)) => DerivationPath::from_key_str(path),
        Some(("full-path", path)) => DerivationPath::from_absolute_path_str(path),
        _ => return Err(wrong("there is no such part".into())),
    };
    path.map_err(|error| wrong(error.to_string()))
}

/// Reads a keypair: a file with a JSON array or a base58 secret key, `file://`, the base58 secret key itself,
/// `-` or `stdin:` for what is piped in, `prompt://` for a seed phrase.
pub fn load_keypair(given: &str) -> Result<Keypair> {
    if let Some(keypair) = from_base58(given) {
        return Ok(keypair);
    }
    let shown = shown(given);
    let wrong =
        || Failure::Usage(format!("{shown} is no keypair: neither a JSON array of 64 bytes nor a base58 secret key"));
    match Source::parse(given)? {
        Source::Stdin => {
            let text = piped::read_text(Path::new("-")).map_err(|error| unreadable(given, &shown, &error))?;
            from_text(&text).ok_or_else(wrong)
        }
        Source::Prompt(path) => prompted(path),
        Source::File(path) => {
            let text = piped::read_text(&path).map_err(|error| unreadable(given, &shown, &error))?;
            from_text(&text).ok_or_else(wrong)
        }
    }
}

/// Refuses a named key that cannot be read, before the chain is asked anything: a chain that is away must not
/// hide it. What is piped in or asked for is read when it is needed.
pub fn require_readable(given: &str) -> Result<()> {
    if from_base58(given).is_some() || !matches!(Source::parse(given)?, Source::File(_)) {
        return Ok(());
    }
    load_keypair(given).map(drop)
}

fn unreadable(given: &str, shown: &str, error: &std::io::Error) -> Failure {
    if given.parse::<solana_sdk::pubkey::Pubkey>().is_ok() {
        return Failure::Usage(format!(
            "{given} is an address, and its key is needed: name its file, or --authority with --unsigned"
        ));
    }
    Failure::Usage(format!("the keypair {shown} cannot be read: {error}"))
}

/// How a key is named in a sentence: what might be one is not.
fn shown(given: &str) -> String {
    let is_path = |text: &str| {
        let last = text.rsplit(['/', '\\']).next().unwrap_or_default();
        let folder = Path::new(text).parent().is_some_and(|folder| !folder.as_os_str().is_empty() && folder.is_dir());
        folder || last.contains('.')
    };
    let is_source = given == "ASK" || piped::is_piped(given) || given.starts_with("file:");
    let is_known = is_source || (!secrecy::is_suspect(given) && is_path(given));
    if is_known { given.to_owned() } else { "that was given".to_owned() }
}

/// A prompt's answer is asked for once for each path, as stdin is read once.
fn prompted(path: DerivationPath) -> Result<Keypair> {
    static ANSWER: OnceLock<std::result::Result<[String; 2], String>> = OnceLock::new();
    let ask = |question: &str| rpassword::prompt_password(question).map_err(|error| error.to_string());
    let answer = ANSWER.get_or_init(|| Ok([ask("Seed phrase: ")?, ask("Passphrase, empty for none: ")?]));
    let answer = answer.as_ref();
    let [phrase, passphrase] =
        answer.map_err(|error| Failure::Usage(format!("a seed phrase cannot be asked for: {error}")))?;
    from_phrase(phrase, passphrase, path)
}

fn from_phrase(phrase: &str, passphrase: &str, path: DerivationPath) -> Result<Keypair> {
    // The library's errors name words of the phrase.
    let wrong =
        || Failure::Usage("this is no seed phrase: a word is unknown, or the words do not belong together".into());
    let seed = bip39::Mnemonic::parse(phrase.trim()).map_err(|_| wrong())?.to_seed(passphrase);
    keypair_from_seed_and_derivation_path(&seed, Some(path)).map_err(|_| wrong())
}

fn from_text(text: &str) -> Option<Keypair> {
    let text = text.trim();
    let array = serde_json::from_str::<Vec<u8>>(text).ok();
    array.and_then(|bytes| Keypair::try_from(bytes.as_slice()).ok()).or_else(|| from_base58(text))
}

fn from_base58(text: &str) -> Option<Keypair> {
    // 64 bytes are 86 to 88 characters of base58; a path of that length would contain a slash, which base58
    // does not have.
    if !(80..=90).contains(&text.len()) {
        return None;
    }
    let bytes = bs58::decode(text).into_vec().ok()?;
    Keypair::try_from(bytes.as_slice()).ok()
}

#[cfg(test)]
mod tests {
    use {super::*, solana_sdk::signer::Signer, std::fs};

    fn refusal(given: &str) -> String {
        match load_keypair(given) {
            Err(Failure::Usage(message)) => message,
            other => panic!("wrong usage is expected: {:?}", other.map(|keypair| keypair.pubkey())),
        }
    }

    #[test]
    fn a_keypair_is_read_from_base58_a_file_and_a_file_url() {
        let keypair = Keypair::new_from_array([7; 32]);
        let base58 = keypair.to_base58_string();
        assert_eq!(load_keypair(&base58).unwrap().pubkey(), keypair.pubkey());

        let file = std::env::temp_dir().join(format!("work-token-keypair-{}.json", std::process::id()));
        for text in [serde_json::to_string(&keypair.to_bytes().to_vec()).unwrap(), format!("{base58}\n")] {
            fs::write(&file, text).unwrap();
            for given in [file.display().to_string(), format!("file://{}", file.display())] {
                assert_eq!(load_keypair(&given).unwrap().pubkey(), keypair.pubkey(), "{given}");
            }
        }
        fs::remove_file(&file).unwrap();
    }

    #[test]
    fn what_cannot_be_used_is_said_truly() {
        let address = Keypair::new_from_array([7; 32]).pubkey().to_string();
        for (given, expected) in [
            ("usb://ledger", "hardware wallets are not supported yet"),
            ("usb://ledger?key=0", "--unsigned"),
            ("prompt://?key=a", "prompt://?key=ACCOUNT"),
            ("prompt://?seed=a", "there is no such part"),
            ("prompt://somebody", "names nothing"),
            ("/does/not/exist.json", "/does/not/exist.json cannot be read"),
            ("file:///does/not/exist", "/does/not/exist cannot be read"),
            (address.as_str(), "is an address"),
        ] {
            let refusal = refusal(given);
            assert!(refusal.contains(expected), "{given}: {refusal}");
        }
    }

    #[test]
    fn a_mistyped_secret_is_in_no_error() {
        let keypair = Keypair::new_from_array([7; 32]);
        let base58 = keypair.to_base58_string();
        let array = serde_json::to_string(&keypair.to_bytes().to_vec()).unwrap();
        let words = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon";
        for secret in [&base58[1..], &base58[..40], &base58[..20], &format!("{base58}0"), &array[1..], &array, words] {
            let refusal = refusal(secret);
            assert!(!refusal.contains(&secret[..12]), "{refusal}");
        }
        let wrong = format!("{words} ability");
        let refusal = from_phrase(&wrong, "", DerivationPath::default()).unwrap_err().to_string();
        assert!(!refusal.contains("ab"), "{refusal}");
    }

    #[test]
    fn a_seed_phrase_gives_the_keys_that_wallets_derive_from_it() {
        let phrase = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";
        let Ok(Source::Prompt(path)) = Source::parse("prompt://?key=0/0") else { panic!("a prompt") };
        let keypair = from_phrase(&format!(" {phrase}\n"), "", path).unwrap();
        assert_eq!(keypair.pubkey().to_string(), "HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk");
        for (given, path) in [
            ("prompt:", DerivationPath::default()),
            ("prompt://", DerivationPath::default()),
            ("prompt://?full-path=m/44/501/0/0", DerivationPath::new_bip44(Some(0), Some(0))),
            ("prompt://?key=2", DerivationPath::new_bip44(Some(2), None)),
        ] {
            assert_eq!(Source::parse(given).unwrap(), Source::Prompt(path), "{given}");
        }
    }
}
