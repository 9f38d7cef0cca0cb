//! Programs that the tests call, or are called by, and that nobody deploys: built where they are missing,
//! kept in the target directory under the hash of everything that made them, and committed nowhere.

use std::{
    env, fs,
    fs::File,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};
use sha2::{Digest, Sha256};

use crate::{
    build,
    context::{Context, read, run as execute},
    source,
};

/// One of them.
pub struct Foreign {
    /// Its name, and that of its folder in the target directory.
    pub name: &'static str,
    /// Where its crate lies, with its lockfile.
    pub folder: &'static str,
    /// Names another build of it.
    pub variable: &'static str,
}

/// SPL Governance, of the published crate: the tests vote with the real program.
pub const GOVERNANCE: Foreign =
    Foreign { name: "governance", folder: "toolchain/governance", variable: "WORK_TOKEN_GOVERNANCE_ELF" };

/// Signs by a call whatever it is handed.
pub const SIGNER: Foreign =
    Foreign { name: "signer", folder: "tests/programs/signer", variable: "WORK_TOKEN_SIGNER_ELF" };

/// All.
pub const FOREIGN: &[Foreign] = &[GOVERNANCE, SIGNER];

/// What else decides the bytes.
const RECIPE: [&str; 3] = ["toolchain/bpf-builtins", "toolchain/build-sbf.sh", "toolchain/rustc.sh"];

/// Builds one where it is missing, and says where it is.
pub fn run(context: &Context, foreign: &Foreign) -> Result<()> {
    let path = elf(context, foreign)?;
    let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    println!("{} {} {}", build::sha256(&bytes), bytes.len(), path.display());
    Ok(())
}

/// The ELF that the tests use: the one that its variable names, or the one of this recipe, which is built
/// first where the target directory does not have it.
pub fn elf(context: &Context, foreign: &Foreign) -> Result<PathBuf> {
    if let Some(path) = env::var_os(foreign.variable) {
        return Ok(std::path::absolute(path)?);
    }
    let own = context.target.join(foreign.name);
    fs::create_dir_all(&own).with_context(|| format!("cannot create {}", own.display()))?;
    // Each test is a process, and all of them may miss it at the same moment.
    let lock = File::create(own.join("lock"))?;
    lock.lock()?;
    execute(context.command(context.path("toolchain/setup.sh"), "."))?;
    let path = own.join(format!("{}.so", recipe(context, foreign)?));
    if !path.exists() {
        make(context, foreign, (&own, &path))?;
    }
    Ok(path)
}

/// Builds into a directory of its own that begins empty: Cargo does not see what the compiler's wrapper adds.
fn make(context: &Context, foreign: &Foreign, (own, path): (&Path, &Path)) -> Result<()> {
    let (fresh, target) = (own.join("fresh.so"), own.join("target"));
    if target.exists() {
        fs::remove_dir_all(&target).with_context(|| format!("cannot remove {}", target.display()))?;
    }
    let mut command = context.command(context.path("toolchain/build-sbf.sh"), ".");
    command.env("CARGO_TARGET_DIR", &target).args([Path::new(foreign.folder), &fresh, Path::new("--locked")]);
    execute(command)?;
    let elf = fs::read(&fresh).with_context(|| format!("the build left nothing at {}", fresh.display()))?;
    build::expect_v3(&elf).with_context(|| format!("{} cannot be deployed", fresh.display()))?;
    fs::rename(&fresh, path).with_context(|| format!("cannot write {}", path.display()))
}

/// Names the build: the hash of the sources that decide its bytes, and of the compilers.
fn recipe(context: &Context, foreign: &Foreign) -> Result<String> {
    let mut hasher = Sha256::new();
    for part in [foreign.folder].into_iter().chain(RECIPE) {
        for file in parts(&context.path(part))? {
            let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            hasher.update(file.strip_prefix(&context.root)?.as_os_str().as_encoded_bytes());
            hasher.update(build::sha256(&bytes));
        }
    }
    hasher.update(read(context.command(context.path("toolchain/compiler-versions.sh"), "."))?);
    let hash: String = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(hash[..16].to_owned())
}

/// A file, or the files of a folder in their order.
fn parts(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let files = source::files(path, &[".rs", ".sh", ".toml", ".lock"])?;
    ensure!(!files.is_empty(), "{} has no sources", path.display());
    Ok(files)
}
