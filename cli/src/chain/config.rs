//! The Solana command line's own settings: which chain, which key.

use {
    super::keys::home,
    crate::{
        failure::{Failure, Result},
        piped,
    },
    serde::Deserialize,
    std::{
        io::ErrorKind,
        path::{Path, PathBuf},
    },
};

pub use super::keys::load_keypair;

const MAINNET: &str = "https://api.mainnet-beta.solana.com";

/// What `solana config get` shows, as far as it matters here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// JSON-RPC address, or a moniker.
    pub url: String,
    /// Keypair that signs by default.
    pub keypair: String,
    /// Where salts of commitments are kept.
    pub store: PathBuf,
}

/// The file that `solana config set` writes. What it does not name, or leaves empty, is Solana's default.
#[derive(Default, Deserialize)]
struct Settings {
    json_rpc_url: Option<String>,
    keypair_path: Option<String>,
}

impl Config {
    /// Reads the file that was named, or the default one; where that does not exist, Solana's own defaults. A
    /// file that cannot be read is an error: another cluster than the one that it names is never asked.
    pub fn load(named: Option<&Path>) -> Result<Self> {
        let path = named.map_or_else(|| home().join(".config/solana/cli/config.yml"), Path::to_path_buf);
        let unreadable = |error: String| Failure::Usage(format!("the settings {}: {error}", path.display()));
        match piped::read_text(&path) {
            Ok(text) => Self::parse(&text).map_err(unreadable),
            Err(error) if named.is_none() && error.kind() == ErrorKind::NotFound => Ok(Self::of(Settings::default())),
            Err(error) => Err(unreadable(error.to_string())),
        }
    }

    fn parse(text: &str) -> Result<Self, String> {
        if text.trim().is_empty() {
            return Ok(Self::of(Settings::default()));
        }
        let options = serde_saphyr::options! { with_snippet: false };
        let settings: Option<Settings> = serde_saphyr::from_str_with_options(text, options).map_err(|error| {
            // The message may quote what stands there, which may be a key.
            let line = error.location().map_or_else(String::new, |location| format!(" in line {}", location.line()));
            format!("this is not YAML as `solana config` writes it: see what is wrong{line}")
        })?;
        Ok(Self::of(settings.unwrap_or_default()))
    }

    fn of(settings: Settings) -> Self {
        let named =
            |setting: Option<String>| setting.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        Self {
            url: named(settings.json_rpc_url).unwrap_or_else(|| MAINNET.to_owned()),
            keypair: named(settings.keypair_path)
                .unwrap_or_else(|| home().join(".config/solana/id.json").to_string_lossy().into_owned()),
            store: home().join(".config/work-token"),
        }
    }
}

/// The address behind a moniker, or the address itself.
pub fn resolve_url(given: &str) -> Result<String> {
    Ok(match given.trim() {
        "m" | "mainnet-beta" => MAINNET.to_owned(),
        "t" | "testnet" => "https://api.testnet.solana.com".to_owned(),
        "d" | "devnet" => "https://api.devnet.solana.com".to_owned(),
        "l" | "localhost" => "http://localhost:8899".to_owned(),
        url if host(url).is_some_and(|host| !host.is_empty()) => url.to_owned(),
        _ => {
            return Err(Failure::Usage(
                "the address of the chain is none: http://HOST..., https://HOST..., or one of m, t, d, l \
                 (mainnet-beta, testnet, devnet, localhost)"
                    .into(),
            ));
        }
    })
}

/// Scheme and host of a URL, by which a chain is named: the rest may hold the password of a node.
fn host(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"))?;
    let authority = rest.split(['/', '?', '#']).next()?;
    Some(authority.rsplit('@').next().unwrap_or(authority))
}

/// How a chain is called in a sentence.
pub fn chain_name(url: &str) -> String {
    let known = ["m", "t", "d", "l"].into_iter().find(|moniker| resolve_url(moniker).is_ok_and(|known| known == url));
    let name = match known {
        Some("m") => "mainnet-beta",
        Some("t") => "testnet",
        Some("d") => "devnet",
        Some(_) => "localhost",
        None => return host(url).map_or_else(|| "the chain".to_owned(), |host| format!("the chain behind {host}")),
    };
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> (String, String) {
        let config = Config::parse(text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        (config.url, config.keypair)
    }

    #[test]
    fn every_form_that_solana_config_writes_or_people_write_is_read() {
        let expected = ("http://localhost:8899".to_owned(), "/tmp/id.json".to_owned());
        for text in [
            "---\njson_rpc_url: \"http://localhost:8899\"\nwebsocket_url: ''\nkeypair_path: /tmp/id.json\n\
             address_labels:\n  \"11111111111111111111111111111111\": System Program\ncommitment: confirmed\n",
            "json_rpc_url: http://localhost:8899 # mine\nkeypair_path: /tmp/id.json # hot\n",
            "# settings\r\njson_rpc_url:   'http://localhost:8899'\r\nkeypair_path:\t\"/tmp/id.json\"\r\n",
            "{ json_rpc_url: \"http://localhost:8899\", keypair_path: /tmp/id.json }",
            "json_rpc_url: >-\n  http://localhost:8899\nkeypair_path: |\n  /tmp/id.json\n",
            "\"json_rpc_url\": http://localhost:8899\n'keypair_path': /tmp/id.json\n...\n",
            "\u{feff}json_rpc_url: http://localhost:8899\nkeypair_path: /tmp/id.json\n",
            "keypair_path: &key /tmp/id.json\nother: *key\njson_rpc_url: http://localhost:8899",
        ] {
            assert_eq!(parsed(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_not_named_is_solanas_default() {
        let (url, keypair) = parsed("");
        assert_eq!((url.as_str(), keypair.ends_with(".config/solana/id.json")), (MAINNET, true));
        for text in ["---\n", "# nothing\n", "json_rpc_url: ~\nkeypair_path: ''\n", "null", "json_rpc_url:\n"] {
            assert_eq!(parsed(text), parsed(""), "{text:?}");
        }
    }

    #[test]
    fn settings_that_cannot_be_read_are_an_error_and_never_another_cluster() {
        for text in [
            "json_rpc_url: [\n",
            "json_rpc_url: [http://a]\n",
            "json_rpc_url: http://a\njson_rpc_url: http://b\n",
            "json_rpc_url \"http://localhost:8899\"",
            "keypair_path: [1, 2, 3]\n",
            "- json_rpc_url: http://a\n",
            "json_rpc_url: \"http://a\n",
        ] {
            let error = Config::parse(text).expect_err(text);
            assert!(error.contains("solana config") && !error.contains("1, 2"), "{error}");
        }
        let folder = std::env::temp_dir();
        assert!(matches!(Config::load(Some(&folder)), Err(Failure::Usage(_))), "a folder is no file");
        assert!(matches!(Config::load(Some(&folder.join("no-such-settings"))), Err(Failure::Usage(_))));
    }

    #[test]
    fn monikers_name_the_public_clusters_and_anything_else_must_be_an_address() {
        assert_eq!(resolve_url("d").unwrap(), "https://api.devnet.solana.com");
        assert_eq!(resolve_url("http://127.0.0.1:1").unwrap(), "http://127.0.0.1:1");
        for wrong in ["mainnet", "http://", "https:///x", "ftp://a", "", "localhost:8899"] {
            assert!(matches!(resolve_url(wrong), Err(Failure::Usage(_))), "{wrong}");
        }
    }

    #[test]
    fn a_chain_is_named_without_what_may_be_a_password() {
        assert_eq!(chain_name("https://api.devnet.solana.com"), "devnet");
        assert_eq!(chain_name("https://me:secret@node.example/key?token=secret"), "the chain behind node.example");
    }
}
