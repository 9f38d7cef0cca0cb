//! A Surfnet in a child process: real JSON-RPC on loopback, with the program deployed.

use {
    serde_json::{Value, json},
    sha2::{Digest, Sha256},
    std::{
        fs,
        io::{BufRead, BufReader, Write},
        path::{Path, PathBuf},
        process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio},
        sync::{Mutex, OnceLock},
    },
    work_token_localnet::{COMMITTED_ELF, ELF_VARIABLE},
    work_token_sdk::{ID, Pubkey},
};

const ADDON: &str = "@solana/surfpool-linux-x64-gnu";
const PACKAGE: &str = include_str!("package.json");
const LOCK: &str = include_str!("package-lock.json");
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/wire/surfnet.cjs");

/// A chain behind JSON-RPC. Ends with the value.
pub struct Surfnet {
    child: Child,
    pipes: Mutex<(ChildStdin, BufReader<ChildStdout>)>,
    pub url: String,
}

impl Surfnet {
    /// Starts a chain with the program deployed.
    pub fn start() -> Self {
        static ADDON_AND_ELF: OnceLock<(PathBuf, PathBuf)> = OnceLock::new();
        let (addon, elf) = ADDON_AND_ELF.get_or_init(|| (install().join("node_modules").join(ADDON), elf()));
        let mut child = Command::new("node")
            .arg(SCRIPT)
            .arg(addon)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("the wire tests need Node 18 or later as `node`: {error}"));
        let stdin = child.stdin.take().expect("stdin is piped");
        let mut stdout = BufReader::new(child.stdout.take().expect("stdout is piped"));
        let url = read(&mut stdout)["url"].as_str().expect("the first line names the URL").to_string();
        let surfnet = Self { child, pipes: Mutex::new((stdin, stdout)), url };
        surfnet.tell(&json!({ "deploy": { "programId": ID.to_string(), "soPath": elf } }));
        surfnet
    }

    pub fn fund(&self, key: &Pubkey, lamports: u64) {
        self.tell(&json!({ "fund": { "address": key.to_string(), "lamports": lamports } }));
    }

    /// Turns the chain's clock on, never back.
    pub fn travel_to(&self, ts: i64) {
        self.tell(&json!({ "travelTo": ts }));
    }

    fn tell(&self, command: &Value) {
        let mut pipes = self.pipes.lock().expect("no test panicked while it spoke");
        let (stdin, stdout) = &mut *pipes;
        writeln!(stdin, "{command}").expect("the chain listens");
        let answer = read(stdout);
        assert_eq!(answer["ok"], true, "{command}: {answer}");
    }
}

impl Drop for Surfnet {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The next JSON line; the addon may print others.
fn read(stdout: &mut BufReader<ChildStdout>) -> Value {
    loop {
        let mut line = String::new();
        let length = stdout.read_line(&mut line).expect("the chain answers");
        assert!(length > 0, "the chain ended; `node` may be older than 18, or this is not Linux on x86-64 with glibc");
        if let Ok(value @ Value::Object(_)) = serde_json::from_str(&line) {
            return value;
        }
    }
}

/// Installs the addon into the user's cache, once for each lockfile. Several test runs may do so at a time:
/// each installs beside, and the first to finish puts its copy in place.
fn install() -> PathBuf {
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache")));
    let cache =
        cache.expect("HOME or XDG_CACHE_HOME says where to install the test chain").join("work-token").join("npm");
    let version: String = Sha256::digest(LOCK)[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    let home = cache.join(&version);
    if home.is_dir() {
        return home;
    }
    let beside = cache.join(format!("{version}-{}", std::process::id()));
    fs::create_dir_all(&beside).expect("the cache can be written");
    fs::write(beside.join("package.json"), PACKAGE).expect("the cache can be written");
    fs::write(beside.join("package-lock.json"), LOCK).expect("the cache can be written");
    let npm =
        Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(&beside).output();
    let Output { status, stderr, .. } =
        npm.unwrap_or_else(|error| panic!("the wire tests need Node 18 or later with `npm`: {error}"));
    assert!(status.success(), "npm cannot install {ADDON}: {}", String::from_utf8_lossy(&stderr));
    if fs::rename(&beside, &home).is_err() {
        // Another run was first.
        fs::remove_dir_all(&beside).expect("the cache can be written");
    }
    home
}

/// The build under test as a file: the fresh one where the tests are told of it, else the committed one.
fn elf() -> PathBuf {
    match std::env::var_os(ELF_VARIABLE) {
        Some(path) => fs::canonicalize(path).expect("the program under test exists"),
        None => {
            // One run at a time uses a target directory: cargo sees to it.
            let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wire.so");
            fs::write(&path, COMMITTED_ELF).expect("the target directory can be written");
            path
        }
    }
}
