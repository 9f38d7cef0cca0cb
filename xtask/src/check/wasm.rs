//! Whether the crates for others compile where there is no operating system: in a browser.

use anyhow::{Result, ensure};

use crate::context::{Context, read, run};

const TARGET: &str = "wasm32-unknown-unknown";
/// It needs `math` and `interface`, as they are without their features.
const CRATE: &str = "work-token-sdk";
/// What compiles there, and fails when it runs, or brings what the SDK is to do without.
const UNFIT: [&str; 10] = [
    "getrandom",
    "mio",
    "openssl-sys",
    "ring",
    "socket2",
    "solana-keypair",
    "solana-program",
    "solana-sdk",
    "tokio",
    "wasm-bindgen",
];

/// Without its features, and without a flag for any crate. The standard library is that of the compiler which
/// builds the program: its sources are at hand, and no target is downloaded.
pub fn check(context: &Context) -> Result<()> {
    let own = ["--package", CRATE, "--no-default-features", "--target", TARGET];
    let listed = read(context.cargo(".", &[&["tree", "--edges", "normal", "--prefix", "none"][..], &own].concat()))?;
    let unfit = unfit(&listed);
    ensure!(unfit.is_empty(), "{CRATE} needs {} without any feature", unfit.join(", "));
    let mut command = context.command("/usr/bin/cargo", ".");
    command.args(["check", "--release", "--locked", "-Z", "build-std=std,panic_abort"]).args(own);
    // The compiler of the distribution, with its own library and no flags of the host's.
    let variables = [("RUSTC", "/usr/bin/rustc"), ("RUSTC_BOOTSTRAP", "1"), ("RUSTFLAGS", "")];
    command.envs(variables).env_remove("RUSTUP_TOOLCHAIN").env("CARGO_TARGET_DIR", context.target.join("wasm"));
    run(command)
}

/// The names that may not be among those of a list of `cargo tree`.
fn unfit(listed: &str) -> Vec<&str> {
    let names = listed.lines().filter_map(|line| line.split_whitespace().next());
    let mut found: Vec<&str> = names.filter(|name| UNFIT.contains(name)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::unfit;

    #[test]
    fn what_wants_an_operating_system_is_named_once() {
        let listed = "a v0.1.0 (/a)\ngetrandom-or-not v1.0.0\nring v0.17.0\n\ngetrandom v0.2.0\nring v0.17.0 (*)\n";
        assert_eq!(unfit(listed), ["getrandom", "ring"]);
        assert!(unfit("borsh v1.0.0\n").is_empty());
    }
}
