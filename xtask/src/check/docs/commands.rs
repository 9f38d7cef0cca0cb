//! The commands in documents: whether the command line that they call would take them.

use clap::{
    Command,
    error::{ContextKind, ErrorKind},
};
use serde::{Deserialize, Serialize};

use super::{
    fault::Fault,
    page::{Kind, Page, spans},
    shell::{SHELLS, is_gap, is_placeholder, simple},
};

/// A command in a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spoken {
    /// The document, by its path from the root.
    pub page: String,
    /// Counted from 1.
    pub line: usize,
    /// The program, and what is said to it.
    pub words: Vec<String>,
    /// In a block of code, to be typed as it stands; in a sentence it may be the beginning of one.
    pub whole: bool,
}

/// All commands of a page that begin with one of the programs, or run it through Cargo.
pub fn spoken(page: &Page, program: &[&str]) -> Vec<Spoken> {
    let mut found = Vec::new();
    let mut add = |line: usize, text: &str, whole: bool| {
        let commands = simple(text).into_iter().filter_map(|words| called(&words, program));
        found.extend(commands.map(|words| Spoken { page: page.name.to_owned(), line, words, whole }));
    };
    let mut open: Option<(usize, String)> = None;
    for line in &page.lines {
        match line.kind {
            Kind::Code(language) if SHELLS.contains(&language) => {
                let (first, before) = open.take().unwrap_or((line.number, String::new()));
                match line.text.strip_suffix('\\') {
                    Some(part) => open = Some((first, before + part)),
                    None => add(first, &(before + line.text), true),
                }
            }
            Kind::Text | Kind::Table => {
                spans(line.text).into_iter().for_each(|(_, code)| add(line.number, code, false))
            }
            Kind::Code(_) | Kind::Fence => {}
        }
    }
    found
}

/// The words from the program on, if this runs it.
fn called(words: &[String], program: &[&str]) -> Option<Vec<String>> {
    if words.len() >= program.len() && words.iter().zip(program).all(|(word, name)| word == name) {
        let name = program.join(" ");
        return Some(std::iter::once(name).chain(words[program.len()..].iter().cloned()).collect());
    }
    let [name] = program else { return None };
    let cargo = words.first().is_some_and(|word| word == "cargo") && words.get(1).is_some_and(|word| word == "run");
    let named = words.windows(2).any(|pair| pair[0] == "--bin" && pair[1] == *name);
    let passed = words.iter().position(|word| word == "--").map_or(&[][..], |at| &words[at + 1..]);
    (cargo && named).then(|| std::iter::once((*name).to_owned()).chain(passed.iter().cloned()).collect())
}

/// What is wrong with a command, by the definition of its command line.
pub fn wrong(definition: &Command, spoken: &Spoken) -> Option<String> {
    let words: Vec<&str> = spoken.words.iter().map(String::as_str).filter(|word| !is_gap(word)).collect();
    let gaps = words.len() < spoken.words.len();
    let stands_for = words.iter().any(|word| is_placeholder(word));
    // What stands for a value cannot be read as one: where there is any, only names are compared.
    let definition = if stands_for { untyped(definition.clone()) } else { definition.clone() };
    let error = definition.try_get_matches_from(&words).err()?;
    let partly = gaps || !spoken.whole;
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => None,
        ErrorKind::MissingRequiredArgument
        | ErrorKind::MissingSubcommand
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
        | ErrorKind::TooFewValues
        | ErrorKind::WrongNumberOfValues
            if partly =>
        {
            None
        }
        // `--flag` alone, in a sentence, names an option without its value.
        ErrorKind::InvalidValue if partly && empty_value(&error) => None,
        _ => {
            let message = error.to_string();
            let reason = message.lines().next().unwrap_or("").trim_start_matches("error: ").to_owned();
            Some(format!("`{}`: {reason}", spoken.words.join(" ")))
        }
    }
}

/// The faults of commands, each beside what [`wrong`] said.
pub fn faults(commands: &[Spoken], wrong: Vec<Option<String>>) -> Vec<Fault> {
    let pairs = commands.iter().zip(wrong);
    pairs.filter_map(|(spoken, what)| Some(Fault::new(&spoken.page, spoken.line, what?))).collect()
}

fn empty_value(error: &clap::Error) -> bool {
    error.get(ContextKind::InvalidValue).is_none_or(|value| value.to_string().is_empty())
}

fn untyped(command: Command) -> Command {
    let command = command.mut_args(|argument| {
        let takes_text = argument.get_action().takes_values() && argument.get_possible_values().is_empty();
        if takes_text { argument.value_parser(clap::builder::ValueParser::string()) } else { argument }
    });
    command.mut_subcommands(untyped)
}

#[cfg(test)]
mod tests {
    use clap::{Arg, ArgAction, Command, value_parser};

    use super::{Spoken, faults, spoken, wrong};
    use crate::check::docs::page::Page;

    fn definition() -> Command {
        let amount = Arg::new("amount").required(true).value_parser(value_parser!(u64));
        let from = Arg::new("from").long("from").value_parser(value_parser!(u64));
        let dry = Arg::new("dry").long("dry-run").action(ArgAction::SetTrue);
        let stake = Command::new("stake").arg(amount).arg(from).arg(dry);
        Command::new("tool").subcommand_required(true).subcommand(stake)
    }

    fn found(text: &str) -> Vec<String> {
        let page = Page::parse("a.md", text);
        let commands: Vec<Spoken> = spoken(&page, &["tool"]);
        let wrong = commands.iter().map(|spoken| wrong(&definition(), spoken)).collect();
        faults(&commands, wrong).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn commands_that_would_be_taken_are_no_fault() {
        let text = "```sh\n$ X=1 tool stake 5 --from 7   # a comment\ntool stake AMOUNT --from <ACCOUNT> --dry-run | less\ncargo run --release --bin tool -- stake \\\n  5\ntool stake --help; tool stake 6\n```\nAs `tool stake` or `tool stake --dry-run` does.\n\n    tool stake ...\n";
        assert_eq!(found(text), Vec::<String>::new());
    }

    #[test]
    fn a_wrong_flag_is_a_fault_with_its_line() {
        let text = "```console\ntool stake 5\ntool stake 5 --form 7\n```\nor `tool steak`\n\n    tool stake x\n    tool stake\n";
        let expected = [
            "a.md:3: `tool stake 5 --form 7`: unexpected argument '--form' found",
            "a.md:5: `tool steak`: unrecognized subcommand 'steak'",
            "a.md:7: `tool stake x`: invalid value 'x' for '<amount>': invalid digit found in string",
            "a.md:8: `tool stake`: the following required arguments were not provided:",
        ];
        assert_eq!(found(text), expected);
    }

    #[test]
    fn a_wrong_flag_beside_a_placeholder_is_a_fault() {
        assert_eq!(found("```sh\ntool stake AMOUNT --form 7\n```\n").len(), 1);
        assert_eq!(found("```text\ntool stake --form\n```\n").len(), 0);
    }
}
