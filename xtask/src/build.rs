//! `cargo xtask build`: the program as an sBPF v3 ELF, and the committed copy with the record of what made
//! it.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::context::{Context, read, read_file, run as execute, write_file};

pub const ELF: &str = "artifacts/work_token.so";
pub const CHECKSUM: &str = "artifacts/work_token.so.sha256";
pub const RECORD: &str = "artifacts/build.toml";

/// What `artifacts/build.toml` says of the ELF beside it.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    pub sha256: String,
    pub bytes: usize,
    pub arch: String,
    /// Name and version of everything whose change may change the bytes.
    pub compiler: BTreeMap<String, String>,
}

/// Builds; with `install`, also replaces the committed ELF and its record.
pub fn run(context: &Context, output: Option<&Path>, install: bool) -> Result<()> {
    let output = match output {
        Some(path) => std::path::absolute(path)?,
        None => default_output(context),
    };
    build(context, &output)?;
    let record = record(context, &output)?;
    println!("{} {} {}", record.sha256, record.bytes, output.display());
    if install {
        fs::create_dir_all(context.path("artifacts"))?;
        fs::copy(&output, context.path(ELF)).with_context(|| format!("cannot write {ELF}"))?;
        write_file(&context.path(CHECKSUM), format!("{}  work_token.so\n", record.sha256))?;
        let header = "# Written by `cargo xtask build --install`: what made work_token.so.\n";
        write_file(&context.path(RECORD), format!("{header}{}", toml::to_string(&record)?))?;
        eprintln!("installed {ELF}");
    }
    Ok(())
}

/// Where a build goes that nobody asked to have elsewhere.
pub fn default_output(context: &Context) -> PathBuf {
    context.target.join("sbf/work_token.so")
}

/// Sets up the toolchain where it is missing, builds, and looks at the result.
pub fn build(context: &Context, output: &Path) -> Result<()> {
    execute(context.command(context.path("toolchain/setup.sh"), "."))?;
    let mut command = context.command(context.path("toolchain/build-sbf.sh"), ".");
    command.arg(output);
    if context.locked {
        command.arg("--locked");
    }
    execute(command)?;
    let elf = fs::read(output).with_context(|| format!("the build left nothing at {}", output.display()))?;
    expect_v3(&elf).with_context(|| format!("{} cannot be deployed", output.display()))
}

/// Describes an ELF that has just been built with the toolchain on this machine.
pub fn record(context: &Context, elf: &Path) -> Result<Record> {
    let bytes = fs::read(elf).with_context(|| format!("cannot read {}", elf.display()))?;
    let versions = read(context.command(context.path("toolchain/compiler-versions.sh"), "."))?;
    Ok(Record {
        sha256: sha256(&bytes),
        bytes: bytes.len(),
        arch: "v3".to_owned(),
        compiler: toml::from_str(&versions).context("toolchain/compiler-versions.sh printed no TOML")?,
    })
}

/// Reads the committed record and holds it against the committed ELF and its checksum file.
pub fn committed(context: &Context) -> Result<Record> {
    let advice = "run `cargo xtask build --install` and commit artifacts/";
    let elf = fs::read(context.path(ELF)).with_context(|| format!("{ELF} is missing: {advice}"))?;
    let text = read_file(&context.path(RECORD)).context(advice)?;
    let record: Record = toml::from_str(&text).with_context(|| format!("{RECORD} cannot be read: {advice}"))?;
    let found = sha256(&elf);
    ensure!(
        record.sha256 == found,
        "{RECORD} describes another ELF ({}) than {ELF} ({found}): {advice}",
        record.sha256
    );
    let checksum = read_file(&context.path(CHECKSUM)).context(advice)?;
    ensure!(checksum == format!("{found}  work_token.so\n"), "{CHECKSUM} does not name the sha256 of {ELF}: {advice}");
    Ok(record)
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The loader takes the sBPF version from e_flags; v0 can no longer be deployed, and nothing else is built
/// here.
fn expect_v3(elf: &[u8]) -> Result<()> {
    let is_elf64 = elf.starts_with(&[0x7f, b'E', b'L', b'F', 2, 1]);
    ensure!(is_elf64 && elf.len() > 52, "it is no little-endian ELF of 64 bits");
    let machine = u16::from_le_bytes([elf[18], elf[19]]);
    let flags = u32::from_le_bytes([elf[48], elf[49], elf[50], elf[51]]);
    ensure!(machine == 247 || machine == 263, "its machine number is {machine}, which is neither BPF nor sBPF");
    ensure!(flags == 3, "it is sBPF v{flags}, not v3");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::expect_v3;

    fn header(machine: u8, flags: u8) -> Vec<u8> {
        let mut elf = vec![0; 64];
        elf[..6].copy_from_slice(&[0x7f, b'E', b'L', b'F', 2, 1]);
        (elf[18], elf[48]) = (machine, flags);
        elf
    }

    #[test]
    fn only_version_three_of_sbpf_is_accepted() {
        assert!(expect_v3(&header(247, 3)).is_ok());
        assert!(expect_v3(&header(247, 0)).is_err());
        assert!(expect_v3(&header(62, 3)).is_err());
        assert!(expect_v3(b"\x7fELF").is_err());
    }
}
