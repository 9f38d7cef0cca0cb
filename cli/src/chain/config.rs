//! The Solana command line's own settings: which chain, which key.

use {
    crate::failure::{Failure, Result},
    solana_sdk::signature::Keypair,
    std::{
        fs,
        io::Read,
        path::{Path, PathBuf},
    },
};

const MAINNET: &str = "https://api.mainnet-beta.solana.com";

/// What `solana config get` shows, as far as it matters here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// JSON-RPC address.
    pub url: String,
    /// Keypair that signs by default.
    pub keypair: String,
    /// Where salts of commitments are kept.
    pub store: PathBuf,
}

impl Config {
    /// Reads the file that was named, or the default one; without one, Solana's own defaults.
    pub fn load(named: Option<&Path>) -> Result<Self> {
        let path = named.map_or_else(|| home().join(".config/solana/cli/config.yml"), Path::to_path_buf);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Self::parse(&text)),
            Err(_) if named.is_none() => Ok(Self::parse("")),
            Err(error) => Err(Failure::Usage(format!("{}: {error}", path.display()))),
        }
    }

    /// The file is flat YAML: `key: value`, the value in quotes or not.
    fn parse(text: &str) -> Self {
        let read = |key: &str| {
            text.lines().find_map(|line| {
                let value = line.strip_prefix(key)?.strip_prefix(':')?.trim();
                let value = value.trim_matches(|c| c == '"' || c == '\'');
                (!value.is_empty()).then(|| value.to_owned())
            })
        };
        Self {
            url: read("json_rpc_url").unwrap_or_else(|| MAINNET.to_owned()),
            keypair: read("keypair_path")
                .unwrap_or_else(|| home().join(".config/solana/id.json").to_string_lossy().into_owned()),
            store: home().join(".config/work-token"),
        }
    }
}

fn home() -> PathBuf {
    std::env::var_os("HOME").map_or_else(|| PathBuf::from("."), PathBuf::from)
}

/// The address behind a moniker, or the address itself.
pub fn resolve_url(given: &str) -> Result<String> {
    Ok(match given {
        "m" | "mainnet-beta" => MAINNET.to_owned(),
        "t" | "testnet" => "https://api.testnet.solana.com".to_owned(),
        "d" | "devnet" => "https://api.devnet.solana.com".to_owned(),
        "l" | "localhost" => "http://localhost:8899".to_owned(),
        url if url.starts_with("http://") || url.starts_with("https://") => url.to_owned(),
        other => {
            return Err(Failure::Usage(format!(
                "{other} is no address of a chain: http://..., https://..., or one of m, t, d, l"
            )));
        }
    })
}

/// Reads a keypair: a file with a JSON array or a base58 secret key, the base58 secret key itself, or `-` for
/// stdin.
pub fn load_keypair(given: &str) -> Result<Keypair> {
    if let Some(keypair) = from_base58(given) {
        return Ok(keypair);
    }
    let text = if given == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        let path = given.strip_prefix("~/").map_or_else(|| PathBuf::from(given), |rest| home().join(rest));
        fs::read_to_string(path)
    };
    let text = text.map_err(|error| Failure::Usage(format!("the keypair {given} cannot be read: {error}")))?;
    let text = text.trim();
    serde_json::from_str::<Vec<u8>>(text)
        .ok()
        .and_then(|bytes| Keypair::try_from(bytes.as_slice()).ok())
        .or_else(|| from_base58(text))
        .ok_or_else(|| Failure::Usage(format!("{given} is no keypair: neither a JSON array of 64 bytes nor base58")))
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
    use {super::*, solana_sdk::signer::Signer};

    #[test]
    fn the_configuration_of_the_solana_command_line_is_read() {
        let text = "---\njson_rpc_url: \"http://localhost:8899\"\nwebsocket_url: ''\nkeypair_path: /tmp/id.json\n";
        let config = Config::parse(text);
        let store = home().join(".config/work-token");
        assert_eq!(config, Config { url: "http://localhost:8899".into(), keypair: "/tmp/id.json".into(), store });
        assert_eq!(Config::parse("").url, MAINNET);
    }

    #[test]
    fn monikers_name_the_public_clusters_and_anything_else_must_be_an_address() {
        assert_eq!(resolve_url("d").unwrap(), "https://api.devnet.solana.com");
        assert_eq!(resolve_url("http://127.0.0.1:1").unwrap(), "http://127.0.0.1:1");
        assert!(matches!(resolve_url("mainnet"), Err(Failure::Usage(_))));
    }

    #[test]
    fn a_keypair_is_read_from_base58_and_from_a_json_array() {
        let keypair = Keypair::new_from_array([7; 32]);
        let base58 = keypair.to_base58_string();
        assert_eq!(load_keypair(&base58).unwrap().pubkey(), keypair.pubkey());

        let file = std::env::temp_dir().join(format!("work-token-keypair-{}.json", std::process::id()));
        fs::write(&file, serde_json::to_string(&keypair.to_bytes().to_vec()).unwrap()).unwrap();
        assert_eq!(load_keypair(&file.to_string_lossy()).unwrap().pubkey(), keypair.pubkey());
        fs::remove_file(&file).unwrap();

        assert!(matches!(load_keypair("/does/not/exist"), Err(Failure::Usage(_))));
    }
}
