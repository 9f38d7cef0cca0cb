//! Tasks with known answers, from a file or a folder.

use {
    crate::{
        failure::{Failure, Result},
        piped,
        text::{bytes, hash, hex},
    },
    sha2::{Digest, Sha256},
    std::path::Path,
    work_token_sdk::canary::{Canary, CanarySet},
};

/// Reads the tasks of a file of hashes, or of a folder with a `NAME.question` and a `NAME.answer` each.
pub fn read(from: &Path) -> Result<CanarySet> {
    let tasks = if from.is_dir() { of_folder(from)? } else { of_file(from)? };
    if tasks.is_empty() {
        return Err(Failure::Usage(format!("{}: there is no task in it", from.display())));
    }
    CanarySet::new(tasks)
        .map_err(|twice| Failure::Usage(format!("{}: {twice}: {}", from.display(), hex(&twice.question))))
}

fn contents(file: &Path) -> Result<Vec<u8>> {
    piped::read(file).map_err(|error| Failure::Usage(format!("{}: {error}", file.display())))
}

/// A line for each task: `question,answer`, the hash of each; `#` begins a comment.
fn of_file(file: &Path) -> Result<Vec<Canary>> {
    let text = String::from_utf8(contents(file)?);
    let text = text.map_err(|_| Failure::Usage(format!("{}: this is no text", file.display())))?;
    let lines =
        (1..).zip(text.lines()).map(|(number, line): (usize, _)| (number, line.split('#').next().unwrap_or("")));
    lines
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| {
            let task = line.split_once(',').and_then(|(question, answer)| {
                Some(Canary { question: hash(question.trim()).ok()?, answer: hash(answer.trim()).ok()? })
            });
            let wrong = "`question,answer` is expected, the hash of each in 64 hex digits";
            task.ok_or_else(|| Failure::Usage(format!("{}:{number}: {wrong}", file.display())))
        })
        .collect()
}

/// The hashes of the contents of the files.
fn of_folder(folder: &Path) -> Result<Vec<Canary>> {
    let unreadable = |error: std::io::Error| Failure::Usage(format!("{}: {error}", folder.display()));
    let files = std::fs::read_dir(folder).map_err(unreadable)?;
    let files = files.map(|file| Ok(file?.path())).collect::<std::io::Result<Vec<_>>>().map_err(unreadable)?;
    let questions = files.iter().filter(|file| file.extension().is_some_and(|is| is == "question"));
    let hashed = |file: &Path| Ok::<[u8; 32], Failure>(Sha256::digest(contents(file)?).into());
    questions
        .map(|file| Ok(Canary { question: hashed(file)?, answer: hashed(&file.with_extension("answer"))? }))
        .collect()
}

/// Tasks as they are kept: question and answer of each, as hex digits.
pub fn kept(set: &CanarySet) -> String {
    set.tasks().iter().map(|task| hex(&task.question) + &hex(&task.answer)).collect()
}

/// The same, read.
pub fn from_kept(text: &str) -> Option<CanarySet> {
    let bytes = bytes(text)?;
    let (tasks, rest) = bytes.as_chunks::<64>();
    let task = |task: &[u8; 64]| Some(Canary { question: *task.first_chunk()?, answer: *task.last_chunk()? });
    let set = CanarySet::new(tasks.iter().map(task).collect::<Option<_>>()?).ok()?;
    rest.is_empty().then_some(set)
}
