//! Somebody who types commands at a node that may fail her.

#![allow(dead_code)]

use {
    super::support::Ran,
    serde_json::Value,
    std::{
        fs,
        path::PathBuf,
        process::Command,
        sync::atomic::{AtomicUsize, Ordering},
    },
    work_token_localnet::{Actor, Localnet, Scenario, ScenarioOptions, TOKEN},
    work_token_tests::node::Node,
};

/// A node, one who acts, and a folder of her own.
pub struct Desk {
    pub node: Node,
    pub network: String,
    pub alice: Actor,
    pub provider: String,
    pub home: PathBuf,
}

impl Desk {
    /// One who delegates.
    pub fn new() -> Self {
        let scenario = Scenario::start(&ScenarioOptions::default()).expect("the embedded chain starts");
        let owner = scenario.actor("owner", 30_000 * TOKEN);
        let alice = scenario.actor("alice", 5_000 * TOKEN);
        let provider = scenario.register(&owner, 1_000, 20_000 * TOKEN).expect("he registers").provider.to_string();
        Self::of(scenario.chain, scenario.network.network.to_string(), alice, provider)
    }

    /// One who acts on a chain.
    pub fn of(chain: Localnet, network: String, alice: Actor, provider: String) -> Self {
        static DESKS: AtomicUsize = AtomicUsize::new(0);
        let number = DESKS.fetch_add(1, Ordering::Relaxed);
        let home = std::env::temp_dir().join(format!("work-token-fates-{}-{number}", std::process::id()));
        fs::create_dir_all(&home).expect("a folder");
        let key = serde_json::to_string(&alice.key.to_bytes().to_vec()).expect("bytes are JSON");
        fs::write(home.join("alice.json"), key).expect("a keypair");
        Self { node: Node::start(chain), network, alice, provider, home }
    }

    /// A command of hers.
    pub fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_work-token"));
        let key = self.home.join("alice.json");
        command.args(line.split_whitespace()).args(["--url", &self.node.url, "--output", "json", "--wait", "2"]);
        command.arg("--keypair").arg(key).arg("--store").arg(self.home.join("state")).env("HOME", &self.home);
        command
    }

    /// What it printed and returned.
    pub fn types(&self, line: &str) -> Ran {
        let output = self.command(line).output().expect("the command starts");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        let code = output.status.code().expect("the command ends by itself");
        Ran { code, stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// She delegates.
    pub fn delegates(&self, more: &str) -> Ran {
        let Self { provider, alice, .. } = self;
        let from = alice.tokens;
        self.types(&format!("delegate add --provider {provider} --amount 300000000 --from {from} {more}"))
    }

    /// How much has landed.
    pub fn done(&self) -> usize {
        self.node.state().done()
    }

    /// How often something was sent.
    pub fn sends(&self) -> usize {
        self.node.state().sends
    }

    /// Files of what is not settled.
    pub fn kept(&self) -> usize {
        let files = fs::read_dir(self.home.join("state")).map(Iterator::count);
        files.unwrap_or(0)
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.home);
    }
}

/// The failure of a command that was asked for JSON.
pub fn failure(ran: &Ran) -> Value {
    let line = ran.stderr.lines().rfind(|line| line.starts_with('{'));
    serde_json::from_str::<Value>(line.unwrap_or_else(|| panic!("no JSON: {}", ran.stderr))).expect("JSON")["error"]
        .clone()
}
