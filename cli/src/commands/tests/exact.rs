//! Integers in the replies of every command: what is a number in JSON is held by 53 bits, and no name
//! decides.

use {
    super::{
        codes::LINES,
        dispute::Court,
        typed::{named, typed},
        *,
    },
    std::collections::BTreeSet,
};

/// Somebody's words of a line: `K` is an address.
fn words(line: &str, address: &str, file: &File) -> String {
    let word = |word: &str| match word {
        "K" => address.to_owned(),
        "H" => "ab".repeat(32),
        "S" => bs58::encode([7; 64]).into_string(),
        "H:S" => format!("{}:{}", "ab".repeat(32), bs58::encode([7; 64]).into_string()),
        "F" => file.0.display().to_string(),
        word => word.to_owned(),
    };
    line.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn no_number_of_any_command_exceeds_53_bits_and_no_name_decides_what_is_one() {
    let court = Court::open();
    let dispute = court.contest(2);
    let desk = &court.shop.desk;
    let provider = court.shows(&format!("dispute show {dispute}"))["provider"].as_str().unwrap().to_owned();
    let owner = court.owner(&dispute);
    let people = [&owner, &court.shop.client, &court.jurors[0], &court.challenger, &desk.scenario.admin];
    let addresses = [&provider, &court.job, &dispute, &court.challenger.tokens.to_string()].map(Clone::clone);
    let file = File::new("exact.toml", &desk.reply("network defaults").unwrap().plain.unwrap());
    let lines = LINES.lines().map(str::trim).filter(|line| !line.is_empty());
    let (mut silent, elsewhere) = (BTreeSet::new(), typed());
    for line in lines.map(|line| line.trim_start_matches(['!', '?'])) {
        let answers = |address: &String| {
            let typed = words(line, address, &file);
            let signed = people.iter().map(|who| format!("{typed} --unsigned --authority {}", who.address()));
            // Whatever answers was held against the rule by the desk.
            [typed.clone()].into_iter().chain(signed).any(|typed| desk.reply(&typed).is_ok())
        };
        let name = named(&crate::command(), line.split_whitespace()).join(" ");
        let is_run = ["demo", "simulate"].iter().any(|run| name.starts_with(run));
        if !is_run && !addresses.iter().any(answers) && !elsewhere.contains(&name) {
            silent.insert(name);
        }
    }
    assert!(silent.is_empty(), "no test holds what these answer: {silent:?}");
}
