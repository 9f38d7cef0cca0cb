//! What every command understands.

use {
    clap::{Args, ValueEnum},
    std::{path::PathBuf, time::Duration},
    work_token_sdk::{
        Pubkey,
        rpc::RpcOptions,
        transactions::{PriorityFee, UnitPrice},
    },
};

/// How results are written to stdout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Tables for people.
    #[default]
    #[value(alias = "text")]
    Display,
    /// One indented JSON document.
    Json,
    /// One JSON document on one line.
    JsonCompact,
}

impl Format {
    /// What words ask for that make no command.
    pub fn asked_for(words: &[String]) -> Self {
        let named = |(index, word): (usize, &String)| {
            let value = word
                .strip_prefix("--output=")
                .or_else(|| (word == "--output").then(|| words.get(index + 1).map(String::as_str)).flatten());
            match value {
                _ if word == "--json" => Some(Self::Json),
                Some(value) => Self::from_str(value, false).ok(),
                None => None,
            }
        };
        words.iter().enumerate().filter_map(named).next_back().unwrap_or_default()
    }
}

/// How an unsigned message is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Encoding {
    /// Base64, as explorers and most multisigs take it.
    Base64,
    /// Base58, as some multisigs take it.
    Base58,
    /// The message of a Squads v4 vault transaction, in base64; --authority is the vault.
    Squads,
}

/// Options of every command.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Options of every command")]
pub struct Options {
    /// Solana configuration file [default: ~/.config/solana/cli/config.yml]
    #[arg(short = 'C', long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// JSON-RPC address, or m, t, d, l (mainnet-beta, testnet, devnet, localhost) [default: of the
    /// configuration]
    #[arg(short, long, global = true, value_name = "URL")]
    pub url: Option<String>,
    /// Keypair that signs: a file with a JSON array or a base58 secret key, `file://`, the key itself, `-` or
    /// `stdin:` for what is piped in, `prompt://` or `prompt://?key=0/0` for a seed phrase [default: of the
    /// configuration]
    #[arg(short, long, global = true, value_name = "KEYPAIR")]
    pub keypair: Option<String>,
    /// Keypair that pays the fee, named like --keypair; one option alone takes what is piped in [default: the
    /// keypair that signs]
    #[arg(long, global = true, value_name = "KEYPAIR")]
    pub fee_payer: Option<String>,
    /// How results are written to stdout
    #[arg(long, global = true, value_enum, default_value_t)]
    pub output: Format,
    /// The network's address
    #[arg(long, global = true, value_name = "PUBKEY")]
    pub network: Option<Pubkey>,
    /// Instead of --network: who created it [default: the keypair that signs]
    #[arg(long, global = true, value_name = "PUBKEY")]
    pub creator: Option<Pubkey>,
    /// Instead of --network: the creator's number for it
    #[arg(long, global = true, value_name = "NUMBER")]
    pub network_id: Option<u64>,
    /// Simulates the transaction, and shows what it asks for, its fee, and every end that it could have;
    /// nothing changes
    #[arg(long, global = true)]
    pub dry_run: bool,
    /// Prints the unsigned transaction message, for a multisig; nothing changes
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "ENCODING",
        num_args = 0..=1,
        default_missing_value = "base64",
        conflicts_with = "dry_run"
    )]
    pub unsigned: Option<Encoding>,
    /// Who acts, when its key is not here: with --unsigned or --dry-run
    #[arg(long, global = true, value_name = "PUBKEY")]
    pub authority: Option<Pubkey>,
    /// Folder that keeps what commitments hide until they are opened or revealed [default:
    /// ~/.config/work-token]
    #[arg(long, global = true, value_name = "FOLDER")]
    pub store: Option<PathBuf>,
    /// Priority fee in millionths of a lamport per compute unit, or `auto`: what was paid of late for the
    /// same accounts
    #[arg(long, global = true, value_name = "MICROLAMPORTS|auto", value_parser = unit_price)]
    pub with_compute_unit_price: Option<UnitPrice>,
    /// The most that a transaction pays as priority fee, in lamports [default: 100000 with auto, else no
    /// limit]
    #[arg(long, global = true, value_name = "LAMPORTS", requires = "with_compute_unit_price")]
    pub max_fee_lamports: Option<u64>,
    /// Longest wait for the end of a transaction that was sent, in seconds [default: 180]
    #[arg(long, global = true, value_name = "SECONDS")]
    pub wait: Option<u64>,
    /// Does once more what an earlier run of this command sent and is known to have landed
    #[arg(long, global = true)]
    pub again: bool,
}

/// The most that `auto` pays for a transaction where nothing else is said. Lamports.
const AUTO_MAX_LAMPORTS: u64 = 100_000;

impl Options {
    /// How a chain is asked.
    pub fn rpc(&self) -> RpcOptions {
        let usual = RpcOptions::default();
        RpcOptions { give_up_after: self.wait.map_or(usual.give_up_after, Duration::from_secs), ..usual }
    }

    /// What transactions pay on top of the base fee.
    pub fn priority_fee(&self) -> PriorityFee {
        let price = self.with_compute_unit_price.unwrap_or(UnitPrice::Fixed(0));
        let most = match price {
            UnitPrice::Auto => AUTO_MAX_LAMPORTS,
            UnitPrice::Fixed(_) => u64::MAX,
        };
        PriorityFee { price, max_lamports: self.max_fee_lamports.unwrap_or(most) }
    }
}

fn unit_price(given: &str) -> Result<UnitPrice, String> {
    match given {
        "auto" => Ok(UnitPrice::Auto),
        number => number.parse().map(UnitPrice::Fixed).map_err(|error| format!("{error}; or auto")),
    }
}
