//! What is read of files, or is piped in. A pipe is empty the second time: it is read once, and by one
//! option.

use {
    clap::{Arg, ArgMatches, Command},
    std::{
        any::TypeId,
        collections::BTreeMap,
        fs,
        io::{self, ErrorKind, Read},
        path::{Path, PathBuf},
        sync::{Mutex, PoisonError},
    },
};

/// How stdin is named where a file is asked for.
const STDIN: [&str; 4] = ["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"];

/// What is named by a text and read.
const READ: [&str; 3] = ["keypair", "fee_payer", "demand"];
/// What is named by a path and written.
const WRITTEN: [&str; 2] = ["store", "out"];

/// Whether a name stands for what is piped in.
pub fn is_piped(name: &str) -> bool {
    let path = name.strip_prefix("file:").map_or(name, |rest| rest.strip_prefix("//").unwrap_or(rest));
    STDIN.contains(&path) || ["stdin:", "stdin://"].contains(&name)
}

/// What stands in a file, or was piped in; asked for again, the same.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    static CONTENTS: Mutex<BTreeMap<PathBuf, Vec<u8>>> = Mutex::new(BTreeMap::new());
    if !is_pipe(path) {
        return fs::read(path);
    }
    let mut contents = CONTENTS.lock().unwrap_or_else(PoisonError::into_inner);
    let name = if is_piped(&path.to_string_lossy()) { PathBuf::from(STDIN[0]) } else { path.to_path_buf() };
    if let Some(known) = contents.get(&name) {
        return Ok(known.clone());
    }
    let mut found = Vec::new();
    if name == Path::new(STDIN[0]) {
        io::stdin().read_to_end(&mut found)?;
        if found.is_empty() {
            let why = "nothing was piped in; of several commands that share a pipe the first one reads all of it";
            return Err(io::Error::new(ErrorKind::UnexpectedEof, why));
        }
    } else {
        found = fs::read(path)?;
    }
    contents.insert(name, found.clone());
    Ok(found)
}

/// Whether it can be read once alone, like what the shell names `/dev/fd/63`.
fn is_pipe(path: &Path) -> bool {
    is_piped(&path.to_string_lossy()) || fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir())
}

/// The same as text.
pub fn read_text(path: &Path) -> io::Result<String> {
    String::from_utf8(read(path)?).map_err(|_| io::Error::new(ErrorKind::InvalidData, "it is no text"))
}

/// The options of a command line that want what is piped in.
pub fn readers(command: &Command, matches: &ArgMatches) -> Vec<String> {
    let is_read = |arg: &&Arg| {
        let id = arg.get_id().as_str();
        let is_path = arg.get_value_parser().type_id() == TypeId::of::<PathBuf>();
        READ.contains(&id) || (is_path && !WRITTEN.contains(&id))
    };
    let wants = |arg: &&Arg| {
        let given = matches.try_get_raw(arg.get_id().as_str()).ok().flatten();
        given.into_iter().flatten().any(|value| value.to_str().is_some_and(is_piped))
    };
    let name = |arg: &Arg| arg.get_long().map_or_else(|| arg.get_id().to_string(), |long| format!("--{long}"));
    let mut found: Vec<String> = command.get_arguments().filter(is_read).filter(wants).map(name).collect();
    if let Some((below, matches)) = matches.subcommand()
        && let Some(command) = command.find_subcommand(below)
    {
        found.extend(readers(command, matches));
    }
    // An option of every command is known at each of its names.
    found.sort_unstable();
    found.dedup();
    found
}

/// Why two cannot have it.
pub fn refusal(one: &str, other: &str) -> String {
    format!("{one} and {other} both want what is piped in, which is read once: name a file for one of them")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stdin_has_these_names_and_no_file_has() {
        for name in ["-", "/dev/stdin", "stdin:", "stdin://", "/dev/fd/0", "/proc/self/fd/0", "file:///dev/stdin"] {
            assert!(is_piped(name), "{name}");
        }
        for name in ["--", "stdin", "/dev/fd/63", "id.json", "./-", ""] {
            assert!(!is_piped(name), "{name}");
        }
    }

    /// Every option by which something is read, of every command.
    fn all(command: &Command) -> Vec<String> {
        let is_path = |arg: &&Arg| arg.get_value_parser().type_id() == TypeId::of::<PathBuf>();
        let own = command.get_arguments().filter(is_path).map(|arg| arg.get_id().to_string());
        own.chain(command.get_subcommands().flat_map(all)).collect()
    }

    #[test]
    fn what_names_a_file_of_any_command_is_known_as_read_or_written() {
        let mut names = all(&crate::command());
        names.sort_unstable();
        names.dedup();
        let known =
            ["config", "governance", "logs", "out", "params", "providers", "reports", "rules", "store", "tasks"];
        assert_eq!(names, known, "is the new one read or written?");
    }
}
