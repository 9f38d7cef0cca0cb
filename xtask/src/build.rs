//! `cargo xtask build`: the programs as sBPF v3 ELFs, and the committed copies with the record of what made
//! them.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context as _, Result, ensure};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    context::{Context, read, read_file, run as execute, write_file},
    programs::{CORE, PROGRAMS, Program},
};

pub const RECORD: &str = "artifacts/build.toml";

/// What `artifacts/build.toml` says of the ELFs beside it.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    pub arch: String,
    /// By the program's name.
    pub programs: BTreeMap<String, Built>,
    /// Name and version of everything whose change may change the bytes.
    pub compiler: BTreeMap<String, String>,
}

/// One ELF.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Built {
    pub sha256: String,
    pub bytes: usize,
}

/// Builds all, or one to a place of its own; with `install`, also replaces the committed ELFs and their
/// record.
pub fn run(context: &Context, (name, output): (Option<&str>, Option<&Path>), install: bool) -> Result<()> {
    if name.is_some() || output.is_some() {
        let name = name.unwrap_or(CORE.name);
        let program = Program::named(name).with_context(|| format!("no program is called {name}"))?;
        let output = match output {
            Some(path) => std::path::absolute(path)?,
            None => program.built(&context.target),
        };
        build(context, program, &output)?;
        let built = describe(&output)?;
        println!("{} {} {}", built.sha256, built.bytes, output.display());
        return Ok(());
    }
    all(context)?;
    let record = record(context)?;
    for (name, built) in &record.programs {
        println!("{} {} {name}", built.sha256, built.bytes);
    }
    if install {
        fs::create_dir_all(context.path("artifacts"))?;
        for program in PROGRAMS {
            let elf = program.elf();
            fs::copy(program.built(&context.target), context.path(&elf))
                .with_context(|| format!("cannot write {elf}"))?;
            let sha256 = &record.programs[program.name].sha256;
            write_file(&context.path(&program.checksum()), format!("{sha256}  {}\n", program.file()))?;
            eprintln!("installed {elf}");
        }
        let header = "# Written by `cargo xtask build --install`: what made the ELFs beside this file.\n";
        write_file(&context.path(RECORD), format!("{header}{}", toml::to_string(&record)?))?;
    }
    Ok(())
}

/// Builds every program into the target directory.
pub fn all(context: &Context) -> Result<()> {
    PROGRAMS.iter().try_for_each(|program| build(context, program, &program.built(&context.target)))
}

/// Sets up the toolchain where it is missing, builds, and looks at the result.
fn build(context: &Context, program: &Program, output: &Path) -> Result<()> {
    execute(context.command(context.path("toolchain/setup.sh"), "."))?;
    let mut command = context.command(context.path("toolchain/build-sbf.sh"), ".");
    command.args([Path::new(program.folder), output]);
    if context.locked {
        command.arg("--locked");
    }
    execute(command)?;
    let elf = fs::read(output).with_context(|| format!("the build left nothing at {}", output.display()))?;
    expect_v3(&elf).with_context(|| format!("{} cannot be deployed", output.display()))
}

/// Describes the ELFs that have just been built with the toolchain on this machine.
pub fn record(context: &Context) -> Result<Record> {
    let versions = read(context.command(context.path("toolchain/compiler-versions.sh"), "."))?;
    let described =
        PROGRAMS.iter().map(|program| Ok((program.name.to_owned(), describe(&program.built(&context.target))?)));
    Ok(Record {
        arch: "v3".to_owned(),
        programs: described.collect::<Result<_>>()?,
        compiler: toml::from_str(&versions).context("toolchain/compiler-versions.sh printed no TOML")?,
    })
}

fn describe(elf: &Path) -> Result<Built> {
    let bytes = fs::read(elf).with_context(|| format!("cannot read {}", elf.display()))?;
    Ok(Built { sha256: sha256(&bytes), bytes: bytes.len() })
}

/// Reads the committed record and holds it against the committed ELFs and their checksum files.
pub fn committed(context: &Context) -> Result<Record> {
    let advice = "run `cargo xtask build --install` and commit artifacts/";
    let text = read_file(&context.path(RECORD)).context(advice)?;
    let record: Record = toml::from_str(&text).with_context(|| format!("{RECORD} cannot be read: {advice}"))?;
    for program in PROGRAMS {
        let elf = program.elf();
        let found = describe(&context.path(&elf)).context(advice)?;
        let recorded = record.programs.get(program.name);
        ensure!(recorded == Some(&found), "{RECORD} describes another ELF than {elf} ({}): {advice}", found.sha256);
        let checksum = read_file(&context.path(&program.checksum())).context(advice)?;
        let expected = format!("{}  {}\n", found.sha256, program.file());
        ensure!(checksum == expected, "{} does not name the sha256 of {elf}: {advice}", program.checksum());
    }
    Ok(record)
}

/// The hash that names bytes, as `sha256sum` prints it.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The loader takes the sBPF version from e_flags; v0 can no longer be deployed, and nothing else is built
/// here.
pub fn expect_v3(elf: &[u8]) -> Result<()> {
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
