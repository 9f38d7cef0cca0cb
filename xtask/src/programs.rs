//! The project's programs: what of each is built, committed and described. Whatever is done for every program
//! is done over this list.

use std::path::{Path, PathBuf};

/// One of them.
pub struct Program {
    /// Its name, as in its IDL and its files.
    pub name: &'static str,
    /// Where its crate lies.
    pub folder: &'static str,
    /// The module of `interface` in which its id, accounts, events and errors are declared; the first
    /// program's are all that are in no other's.
    pub module: Option<&'static str>,
    /// Names another build of it to tests.
    pub variable: &'static str,
}

/// The protocol.
pub const CORE: Program =
    Program { name: "work_token", folder: "programs/work-token", module: None, variable: "WORK_TOKEN_ELF" };

/// The add-in of SPL Governance by which its stakes vote.
pub const VOTES: Program = Program {
    name: "work_token_votes",
    folder: "programs/votes",
    module: Some("votes::"),
    variable: "WORK_TOKEN_VOTES_ELF",
};

/// All, the protocol first.
pub const PROGRAMS: &[Program] = &[CORE, VOTES];

impl Program {
    /// The file of its ELF.
    pub fn file(&self) -> String {
        format!("{}.so", self.name)
    }

    /// The committed ELF.
    pub fn elf(&self) -> String {
        format!("artifacts/{}", self.file())
    }

    /// The committed checksum of that.
    pub fn checksum(&self) -> String {
        format!("{}.sha256", self.elf())
    }

    /// The committed IDL.
    pub fn idl(&self) -> String {
        format!("artifacts/idl/{}.json", self.name)
    }

    /// Where, in the target directory, a build of it goes that nobody asked to have elsewhere.
    pub fn built(&self, target: &Path) -> PathBuf {
        target.join("sbf").join(self.file())
    }

    /// By name.
    pub fn named(name: &str) -> Option<&'static Self> {
        PROGRAMS.iter().find(|program| program.name == name)
    }
}
