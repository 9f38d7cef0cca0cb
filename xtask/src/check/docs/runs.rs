//! Whether what documents tell a reader to type does what they say: it is run, and what is said to be printed
//! must be.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use anyhow::{Context as _, Result, ensure};

use super::{
    fault::Fault,
    shell::{Step, is_gap, is_placeholder},
    stories::Stories,
};
use crate::context::Context;

/// Longest time of a command. What takes longer runs in CI by itself, or in no document.
const LIMIT_SECS: u64 = 300;
/// What the checks run by themselves, or what would write into the checkout: the first words, and a word with
/// which it is run here all the same.
const OF_CHECKS: [(&[&str], &str); 8] = [
    (&["cargo", "xtask", "ci"], ""),
    (&["cargo", "xtask", "check"], "--sources"),
    (&["cargo", "xtask", "build"], ""),
    (&["cargo", "xtask", "bench"], ""),
    (&["cargo", "xtask", "idl"], "--check"),
    (&["cargo", "xtask", "docs"], "--check"),
    (&["cargo", "test"], ""),
    (&["cargo", "bench"], ""),
];
/// What the machine of the checks need not have.
const OF_OTHERS: [&[&str]; 3] = [&["cargo", "build-sbf"], &["anchor"], &["rustup"]];
/// Cargo's options that name a target, and where files of targets without an entry lie.
const TARGETS: [(&str, &str); 4] =
    [("--test", "tests"), ("--bench", "benches"), ("--example", "examples"), ("--bin", "bin")];

/// Why a command is not run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// A word of it stands for something that only the reader has.
    StandsFor(String),
    /// Something is left out.
    Elided,
    /// The checks run it, or its kind, by themselves.
    OfChecks,
    /// It takes tools that the checks do without.
    OtherTools,
    /// It sets up the machine.
    SetsUp,
}

impl std::fmt::Display for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            Self::StandsFor(word) => write!(f, "{word} is the reader's"),
            Self::Elided => write!(f, "something is left out"),
            Self::OfChecks => write!(f, "the checks run its kind themselves"),
            Self::OtherTools => write!(f, "it takes tools that the checks do without"),
            Self::SetsUp => write!(f, "it sets up the machine"),
        }
    }
}

/// Why a step is not run; nothing if it is.
pub fn kept(step: &Step) -> Option<Kept> {
    step.commands().iter().find_map(|words| {
        if words.iter().any(|word| is_gap(word)) {
            return Some(Kept::Elided);
        }
        if let Some(word) = words.iter().find(|word| is_placeholder(word)) {
            return Some(Kept::StandsFor(word.clone()));
        }
        let begins =
            |with: &[&str]| words.len() >= with.len() && words.iter().zip(with).all(|(word, with)| word == with);
        let checked = |(with, unless): &(&[&str], &str)| begins(with) && !words.iter().any(|word| word == unless);
        if OF_CHECKS.iter().any(checked) {
            return Some(Kept::OfChecks);
        }
        if OF_OTHERS.iter().any(|with| begins(with)) {
            return Some(Kept::OtherTools);
        }
        words.first().is_some_and(|word| word.contains('/')).then_some(Kept::SetsUp)
    })
}

/// What the checkout has that commands name.
#[derive(Default)]
pub struct Names {
    variables: BTreeSet<String>,
    targets: BTreeSet<(String, String)>,
    tests: Vec<(String, String)>,
    /// Names in files that make tests by a macro.
    made: BTreeSet<String>,
}

impl Names {
    /// Reads them from the sources.
    pub fn read(texts: &[(String, String)], stories: &Stories) -> Self {
        let mut found = Self::default();
        for (name, text) in texts.iter().filter(|(name, _)| !name.ends_with(".md")) {
            let word = |c: char| !c.is_ascii_uppercase() && !c.is_ascii_digit() && c != '_';
            found.variables.extend(text.split(word).filter(|word| word.contains('_')).map(str::to_owned));
            found.note_targets(name, text);
            if text.contains("macro_rules!") && text.contains("#[test]") {
                let word = |c: char| !c.is_alphanumeric() && c != '_';
                found.made.extend(text.split(word).filter(|word| word.contains('_')).map(str::to_owned));
            }
        }
        found.tests = stories.all.iter().map(|story| (story.file.clone(), story.name.clone())).collect();
        found
    }

    fn note_targets(&mut self, file: &str, text: &str) {
        for (option, folder) in TARGETS {
            let table = format!("[[{}]]", option.trim_start_matches('-'));
            let named = text.split(&table).skip(1).filter(|_| file.ends_with("Cargo.toml"));
            let named = named.filter_map(|entry| entry.split("name = \"").nth(1)?.split('"').next());
            self.targets.extend(named.map(|name| (option.to_owned(), name.to_owned())));
            let parts: Vec<&str> = file.split('/').collect();
            if let [.., parent, name] = parts[..]
                && parent == folder
                && let Some(stem) = name.strip_suffix(".rs")
            {
                self.targets.insert((option.to_owned(), stem.to_owned()));
            }
        }
    }

    /// What a step names and nothing has: variables, targets of Cargo, tests.
    pub fn missing(&self, step: &Step) -> Vec<String> {
        let unread = step.variables().into_iter().filter(|name| !self.variables.contains(*name));
        let mut missing: Vec<String> = unread.map(|name| format!("nothing reads {name}")).collect();
        for words in step.commands().iter().filter(|words| words.first().is_some_and(|word| word == "cargo")) {
            let own = words.iter().position(|word| word == "--").unwrap_or(words.len());
            for pair in words[..own].windows(2) {
                let target = (pair[0].clone(), pair[1].clone());
                if TARGETS.iter().any(|(option, _)| *option == pair[0]) && !self.targets.contains(&target) {
                    missing.push(format!("there is no target {} {}", pair[0], pair[1]));
                }
            }
            let filter = words.iter().skip(own + 1).find(|word| !word.starts_with('-'));
            let test = words.iter().position(|word| word == "--test").and_then(|at| words.get(at + 1));
            if let Some((filter, test)) = filter.zip(test).filter(|(filter, _)| !self.has_test(filter)) {
                missing.push(format!("no test of {test} is called {filter}"));
            }
        }
        missing
    }

    /// Whether the runner's name of a test has this part.
    fn has_test(&self, part: &str) -> bool {
        let made = part.rsplit("::").next().is_some_and(|name| self.made.contains(name));
        made || self.tests.iter().any(|(file, name)| {
            let modules = file.trim_end_matches(".rs").replace('/', "::");
            format!("{modules}::{name}").contains(part)
        })
    }
}

/// Runs what can be run, and says of the rest why not. Commands that write a file are run in a folder of
/// their own, everything else in the checkout.
pub fn run(context: &Context, steps: &[(String, Step)], names: &Names) -> Result<Vec<Fault>> {
    let scratch = context.target.join("documents");
    let (mut faults, mut known) = (Vec::new(), BTreeMap::new());
    for (page, step) in steps {
        faults.extend(names.missing(step).into_iter().map(|what| Fault::new(page, step.line, what)));
        if let Some(why) = kept(step) {
            eprintln!("{page}:{}: not run, {why}: {}", step.line, step.text);
            let shown = step.shown.first().map(|(line, _)| *line);
            let unseen = |line| Fault::new(page, line, format!("this is printed by what is not run: {why}"));
            faults.extend(shown.map(unseen));
            continue;
        }
        let writes = step.text.split_whitespace().any(|word| word == ">" || word == ">>");
        let directory = if writes { scratch.join(page.replace('/', "_")) } else { context.path(&step.directory) };
        if writes {
            empty(&directory)?;
        }
        let line = as_built(&step.text, &context.target.join("release"), &env::current_exe()?);
        if !known.contains_key(&line) {
            let start = Instant::now();
            known.insert(line.clone(), execute(context, &line, &directory)?);
            eprintln!("{page}:{}: {:.1} s: {}", step.line, start.elapsed().as_secs_f32(), step.text);
        }
        let Some((succeeded, printed)) = known.get(&line) else { continue };
        faults.extend(wrong(page, step, *succeeded, printed));
    }
    Ok(faults)
}

/// What is wrong with what a step did.
fn wrong(page: &str, step: &Step, succeeded: bool, printed: &str) -> Vec<Fault> {
    if !succeeded {
        let last = printed.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("").trim();
        return vec![Fault::new(page, step.line, format!("`{}` fails: {last}", step.text))];
    }
    let mut rest = printed.lines().map(str::trim);
    let unseen = step.shown.iter().filter(|(_, text)| !rest.any(|line| line == text.trim()));
    unseen.map(|(line, text)| Fault::new(page, *line, format!("`{}` does not print: {text}", step.text))).collect()
}

/// Lets a shell run a line; whether it succeeded, and all that it printed.
fn execute(context: &Context, line: &str, directory: &Path) -> Result<(bool, String)> {
    let mut shell: Command = context.command("timeout", ".");
    shell.args([&LIMIT_SECS.to_string(), "sh", "-c", &format!("exec 2>&1\n{line}")]);
    let found = shell.current_dir(directory).output().with_context(|| format!("cannot start `{line}`"))?;
    Ok((found.status.success(), String::from_utf8_lossy(&found.stdout).into_owned()))
}

/// The line with the built programs in the place of what would build them first.
fn as_built(text: &str, built: &Path, own: &Path) -> String {
    let text = text.replace("cargo xtask ", &format!("{} ", own.display()));
    let words: Vec<&str> = text.split_whitespace().collect();
    let program = words.windows(2).find(|pair| pair[0] == "--bin").map(|pair| pair[1]);
    let text = match (program, text.split_once(" -- ")) {
        (Some(program), Some((_, passed))) if text.starts_with("cargo run ") => format!("{program} {passed}"),
        _ => text,
    };
    format!("PATH=\"{}:$PATH\"\n{text}", built.display())
}

fn empty(directory: &PathBuf) -> Result<()> {
    if directory.exists() {
        fs::remove_dir_all(directory).with_context(|| format!("cannot empty {}", directory.display()))?;
    }
    fs::create_dir_all(directory).with_context(|| format!("cannot create {}", directory.display()))?;
    ensure!(directory.is_dir(), "{} is no folder", directory.display());
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Kept, Names, as_built, kept, wrong};
    use crate::check::docs::{page::Page, shell::Step, shell::steps, stories::Stories};

    fn step(text: &str) -> Step {
        Step { line: 3, text: text.to_owned(), directory: String::new(), shown: Vec::new() }
    }

    #[test]
    fn what_cannot_be_run_is_kept_for_a_reason() {
        let why = |text| kept(&step(text));
        assert_eq!(why("work-token place list --network NETWORK  # all"), Some(Kept::StandsFor("NETWORK".to_owned())));
        assert_eq!(why("work-token stake ..."), Some(Kept::Elided));
        assert_eq!(why("X=1 cargo test --test stories"), Some(Kept::OfChecks));
        assert_eq!(why("cargo xtask docs"), Some(Kept::OfChecks));
        assert_eq!(why("cargo build-sbf --arch v3"), Some(Kept::OtherTools));
        assert_eq!(why("toolchain/setup.sh"), Some(Kept::SetsUp));
        for run in
            ["cargo xtask docs --check", "cargo xtask check --sources", "grep -rn A b", "work-token demo > a.txt"]
        {
            assert_eq!(why(run), None, "{run}");
        }
    }

    #[test]
    fn a_variable_a_target_and_a_test_must_be_there() {
        let mut stories = Stories::default();
        stories.add("tests/cases/job/draws.rs", "#[test]\nfn a_story() {}\n");
        let toml = "[[test]]\nname = \"stories\"\npath = \"cases/main.rs\"\n";
        let made = "macro_rules! parts { #[test] fn $name() {} }\nparts! { made_by_it: 1; }";
        let texts = [("tests/Cargo.toml", toml), ("a/tests/pool.rs", "var(\"WORK_X\")"), ("tests/m.rs", made)];
        let names = Names::read(&texts.map(|(name, text)| (name.to_owned(), text.to_owned())), &stories);
        let missing = |text| names.missing(&step(text));
        assert_eq!(missing("WORK_X=1 cargo test --test stories -- --exact job::draws::a_story"), [""; 0]);
        assert_eq!(missing("cargo test --test pool"), [""; 0]);
        assert_eq!(missing("cargo test --test stories -- made_by_it"), [""; 0]);
        assert_eq!(
            missing("WORK_Y=1 cargo test --test pools"),
            ["nothing reads WORK_Y", "there is no target --test pools"]
        );
        assert_eq!(missing("cargo test --test stories -- lots::"), ["no test of stories is called lots::"]);
    }

    #[test]
    fn a_command_that_fails_or_prints_something_else_is_a_fault_with_its_line() {
        let text = "x\n\n    work-token demo\n    one\n    three\n";
        let steps = steps(&Page::parse("a.md", text), |_| false);
        let faults = |succeeded, printed| -> Vec<String> {
            wrong("a.md", &steps[0], succeeded, printed).iter().map(ToString::to_string).collect()
        };
        assert_eq!(faults(true, "zero\n  one\ntwo\nthree\n"), [""; 0]);
        assert_eq!(faults(true, "one\ntwo\n"), ["a.md:5: `work-token demo` does not print: three"]);
        assert_eq!(faults(false, "one\nerror: no\n\n"), ["a.md:3: `work-token demo` fails: error: no"]);
    }

    #[test]
    fn what_builds_a_program_first_is_run_as_it_was_built() {
        let built = |text| as_built(text, Path::new("/t"), Path::new("/x"));
        assert_eq!(built("cargo run --release --bin work-token -- demo"), "PATH=\"/t:$PATH\"\nwork-token demo");
        assert_eq!(built("cargo xtask docs --check"), "PATH=\"/t:$PATH\"\n/x docs --check");
    }
}
