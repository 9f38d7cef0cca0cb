//! The daily commands, parsed as they are typed, on the embedded chain.

mod altered;
mod canary;
mod codes;
mod crank;
mod dispute;
mod epoch;
mod exact;
mod job;
mod jury;
mod kept_votes;
mod model;
mod network;
mod owner;
mod parts;
mod place;
mod position;
mod roster;
mod score;
mod secrets;
mod sent;
mod stake;
mod switch;
mod table;
mod transfer;
mod typed;
mod vote;

use {
    self::altered::Altered,
    crate::{
        Cli, Command,
        chain::{Session, config::Config},
        failure::{Failure, Result},
        reply::{Reply, Value},
    },
    std::{
        ffi::OsString,
        sync::atomic::{AtomicUsize, Ordering},
    },
    work_token_localnet::{Actor, DAY, HOUR, Scenario, ScenarioOptions, TOKEN},
    work_token_sdk::{Transport, presets::NETWORK_PARAMS},
};

/// A network, and somebody who types.
pub struct Desk {
    pub scenario: Scenario,
    config: Config,
}

impl Desk {
    pub fn new() -> Self {
        Self::with(&ScenarioOptions::default())
    }

    pub fn with(options: &ScenarioOptions) -> Self {
        let scenario = Scenario::start(options).expect("the embedded chain starts");
        Self { scenario, config: config() }
    }

    /// Types a command with somebody's key.
    pub fn types(&self, who: &Actor, line: &str) -> Result<Value> {
        Ok(Value::Object(self.reply(&format!("{line} --keypair {}", who.key.to_base58_string()))?.data))
    }

    /// Types a command without any key.
    pub fn types_keyless(&self, line: &str) -> Result<Value> {
        Ok(Value::Object(self.reply(line)?.data))
    }

    pub fn reply(&self, line: &str) -> Result<Reply> {
        self.reply_on(&self.scenario.chain, line)
    }

    /// The same on the chain as somebody else meets it.
    pub fn reply_on(&self, chain: &dyn work_token_sdk::Transport, line: &str) -> Result<Reply> {
        let shows = line.contains("--dry-run") || line.contains("--unsigned");
        let tried = (!shows).then(|| self.run(&self.scenario.chain, &format!("{line} --dry-run")));
        let done = self.run(chain, line)?;
        if let (Some(tried), true) = (tried, done.data.contains_key("signature")) {
            require_foreseen(line, &tried, &done);
        }
        Ok(done)
    }

    fn run(&self, chain: &dyn work_token_sdk::Transport, line: &str) -> Result<Reply> {
        let network = self.scenario.network.network.to_string();
        let args = ["work-token"].into_iter().chain(line.split_whitespace()).chain(["--network", &network]);
        let words: Vec<OsString> = args.map(OsString::from).collect();
        let cli = Cli::typed(&words).map_err(|error| Failure::Usage(error.to_string()))?;
        let Command::Daily(command) = &cli.command else { panic!("a daily command is expected") };
        let outbox = cli.outbox();
        let session = Session { chain, options: &cli.options, config: &self.config, outbox: &outbox, tables: &[] };
        let reply = command.run(&session)?;
        outbox.settle()?;
        require_exact(&reply);
        Ok(reply)
    }

    /// The embedded chain takes the same transaction once per blockhash.
    pub fn a_moment_later(&self) {
        self.scenario.chain.advance(1);
    }
}

/// Whatever lands was shown before by a dry run, with what it costs and every end that it could have.
fn require_foreseen(line: &str, tried: &Result<Reply>, done: &Reply) {
    let Ok(tried) = tried else { panic!("{line}: it was done, and its dry run fails: {tried:?}") };
    let (tried, asks) = (Value::Object(tried.data.clone()), &tried.data["asks"]);
    assert_eq!(tried["simulated"], true, "{line}: {tried}");
    let codes: Vec<_> = tried["fates"].as_array().unwrap().iter().map(|fate| fate["exit_code"].as_u64()).collect();
    assert_eq!(codes, [Some(0), Some(1), Some(75), Some(76)], "{line}");
    assert!(asks["fee_lamports"].as_u64().is_some_and(|fee| fee >= 5_000), "{line}: {asks}");
    assert!(tried["fates"].as_array().unwrap().iter().all(|fate| fate["then"].is_string()), "{line}");
    // An opening is tried by its commitment alone.
    if asks["compute_units"].is_small() && !tried["next"].is_string() {
        assert!(asks["loaded_bytes"].as_u64() >= Some(3 << 19), "{line}: {asks}");
        assert!(asks["compute_units"].as_u64() >= done.data["compute_units"].as_u64(), "{line}: {asks}");
    }
}

/// Every number of the JSON is one that 53 bits hold, and whatever the names were: they decide nothing.
pub fn require_exact(reply: &Reply) {
    fn walk(value: &serde_json::Value, name: &str) {
        match value {
            serde_json::Value::Number(number) => {
                assert!(number.as_i64().is_some_and(|number| number.unsigned_abs() < 1 << 53), "{name}: {number}");
            }
            serde_json::Value::Array(values) => values.iter().for_each(|value| walk(value, name)),
            serde_json::Value::Object(map) => map.iter().for_each(|(name, value)| walk(value, name)),
            _ => {}
        }
    }
    /// The same under names that nobody knows.
    fn renamed(value: &Value) -> Value {
        match value {
            Value::Array(values) => values.iter().map(renamed).collect(),
            Value::Object(map) => Value::Object((0u32..).map(nameless).zip(map.values().map(renamed)).collect()),
            other => other.clone(),
        }
    }
    fn renamed_json(value: &serde_json::Value) -> serde_json::Value {
        match value {
            serde_json::Value::Array(values) => values.iter().map(renamed_json).collect(),
            serde_json::Value::Object(map) => (0u32..).map(nameless).zip(map.values().map(renamed_json)).collect(),
            other => other.clone(),
        }
    }
    fn nameless(number: u32) -> String {
        format!("{number:04}")
    }
    let json = serde_json::from_str(&reply.render(crate::options::Format::JsonCompact)).unwrap();
    walk(&json, "");
    let nameless = Reply::of(renamed(&Value::Object(reply.data.clone())));
    let again: serde_json::Value = serde_json::from_str(&nameless.render(crate::options::Format::JsonCompact)).unwrap();
    assert_eq!(again, renamed_json(&json));
}

/// Settings without a keypair, and a store that no other desk has.
pub fn config() -> Config {
    static DESKS: AtomicUsize = AtomicUsize::new(0);
    let number = DESKS.fetch_add(1, Ordering::Relaxed);
    let store = std::env::temp_dir().join(format!("work-token-desk-{}-{number}", std::process::id()));
    Config { url: String::new(), keypair: "/no/keypair".into(), store }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.config.store);
    }
}

/// A file that is gone after the test.
pub struct File(pub std::path::PathBuf);

impl File {
    pub fn new(name: &str, text: &str) -> Self {
        static FILES: AtomicUsize = AtomicUsize::new(0);
        let number = FILES.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("work-token-{}-{number}-{name}", std::process::id()));
        std::fs::write(&path, text).unwrap();
        Self(path)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// The names of the steps that a crank took.
pub fn steps(cranked: &Value) -> Vec<&str> {
    cranked["steps"].as_array().unwrap().iter().map(|step| step["step"].as_str().unwrap()).collect()
}

/// The message of a command that was refused.
pub fn refusal(answer: Result<Value>) -> String {
    match answer {
        Err(Failure::Failed(message)) => message,
        other => panic!("a refusal is expected: {other:?}"),
    }
}
