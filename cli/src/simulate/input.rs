//! A distribution of stake, performance and commission, read from a file. One wrong row and nothing is run.

use {
    crate::{
        failure::{Failure, Result},
        piped,
    },
    std::{collections::HashMap, path::Path},
    work_token_sdk::{Pubkey, limits::MIN_MINIMUM_STAKE, math::MAX_SUPPLY},
};

const HEADER: [&str; 4] = ["vote_account", "stake_lamports", "credits", "commission_percent"];
/// So many wrong rows are shown; the rest is counted.
const SHOWN: usize = 20;

/// One provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line in the file, from 1.
    pub line: usize,
    /// Whom it stands for.
    pub account: Pubkey,
    /// Its stake in base units.
    pub stake: u64,
    /// What it did.
    pub credits: u64,
    /// Its commission.
    pub commission_percent: u8,
    /// `floor(10^6 * credits / most credits)`
    pub score_ppm: u32,
}

impl Row {
    /// `floor(stake * score / 10^6)`
    pub fn weight(&self) -> u64 {
        let weight = u128::from(self.stake) * u128::from(self.score_ppm) / 1_000_000;
        u64::try_from(weight).expect("no more than the stake")
    }
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its rows.
    pub rows: Vec<Row>,
    /// What the file says was shared.
    pub total_rewards: Option<u64>,
}

impl Input {
    /// Reads and checks a file.
    pub fn read(path: &Path) -> Result<Self> {
        let name = path.display();
        let bytes = piped::read(path).map_err(|error| Failure::Usage(format!("{name}: {error}")))?;
        let wrong = |errors: Vec<Wrong>| {
            let mut lines: Vec<String> = errors.iter().take(SHOWN).map(|wrong| format!("{name}:{wrong}")).collect();
            if errors.len() > SHOWN {
                lines.push(format!("... and {} more", errors.len() - SHOWN));
            }
            Failure::Usage(format!("nothing was run\n{}", lines.join("\n")))
        };
        let text = String::from_utf8(bytes).map_err(|error| {
            let line = 1 + error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count();
            wrong(vec![Wrong { line, what: "is not UTF-8".into() }])
        })?;
        parse(&text).map_err(wrong)
    }
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wrong {
    line: usize,
    what: String,
}

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.line, self.what)
    }
}

fn parse(text: &str) -> Result<Input, Vec<Wrong>> {
    let mut input = Input { rows: Vec::new(), total_rewards: None };
    let mut errors = Vec::new();
    let mut has_header = false;
    let mut seen = HashMap::new();
    for (index, content) in text.split('\n').enumerate() {
        let line = index + 1;
        let read = match content {
            "" => Ok(()),
            _ if line == 1 && content.starts_with('\u{feff}') => {
                Err("begins with a byte order mark; save the file as UTF-8 without one".to_owned())
            }
            _ if content.ends_with('\r') => Err("ends in CR LF; save the file with Unix line ends".to_owned()),
            _ if content.starts_with('#') => comment(content, &mut input),
            _ if !has_header => {
                has_header = true;
                header(content)
            }
            _ => row(line, content).and_then(|row| match seen.insert(row.account, line) {
                Some(first) => Err(format!("vote_account {} is already in line {first}", row.account)),
                None => {
                    input.rows.push(row);
                    Ok(())
                }
            }),
        };
        errors.extend(read.err().map(|what| Wrong { line, what }));
    }
    if errors.is_empty() {
        errors.extend(score(&mut input, text.lines().count()).err());
    }
    if errors.is_empty() { Ok(input) } else { Err(errors) }
}

/// A comment may carry `key=value` pairs; only the rewards matter here.
fn comment(content: &str, input: &mut Input) -> Result<(), String> {
    for word in content.split_whitespace() {
        if let Some(value) = word.strip_prefix("total_rewards_lamports=") {
            input.total_rewards = Some(number("total_rewards_lamports", value)?);
        }
    }
    Ok(())
}

fn header(content: &str) -> Result<(), String> {
    if content.split(',').eq(HEADER) {
        return Ok(());
    }
    Err(format!("the header is expected before the rows: {}", HEADER.join(",")))
}

fn row(line: usize, content: &str) -> Result<Row, String> {
    let fields: Vec<&str> = content.split(',').collect();
    let [account, stake, credits, commission] = fields[..] else {
        return Err(format!("has {} fields instead of 4: {}", fields.len(), HEADER.join(",")));
    };
    let account = account.parse().map_err(|_| format!("vote_account {account:?} is no address"))?;
    let stake = number("stake_lamports", stake)?;
    if stake >= MAX_SUPPLY {
        return Err(format!("stake_lamports {stake} is not below 2^60"));
    }
    let credits = number("credits", credits)?;
    let commission_percent = match number("commission_percent", commission)? {
        percent @ 0..=100 => u8::try_from(percent).expect("at most 100"),
        percent => return Err(format!("commission_percent {percent} is more than 100")),
    };
    Ok(Row { line, account, stake, credits, commission_percent, score_ppm: 0 })
}

fn number(name: &str, text: &str) -> Result<u64, String> {
    if text.is_empty() {
        return Err(format!("{name} is missing"));
    }
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!("{name} {text:?} is no whole number"));
    }
    text.parse().map_err(|_| format!("{name} {text} does not fit 64 bits"))
}

/// Gives each row its score, once all have been read, and checks what concerns them together.
fn score(input: &mut Input, lines: usize) -> Result<(), Wrong> {
    let Some(last) = input.rows.last().map(|row| row.line) else {
        return Err(Wrong { line: lines.max(1), what: "the file ends without a row".into() });
    };
    let most = input.rows.iter().map(|row| row.credits).max().unwrap_or(0);
    if most == 0 {
        return Err(Wrong {
            line: last,
            what: "the last row, like all before it, has no credits: there is nothing to share by".into(),
        });
    }
    let mut total = 0u64;
    for row in &mut input.rows {
        let score = u128::from(row.credits) * 1_000_000 / u128::from(most);
        row.score_ppm = u32::try_from(score).expect("at most 10^6");
        let wrong = |what: String| Err(Wrong { line: row.line, what });
        if row.stake < MIN_MINIMUM_STAKE && row.score_ppm > 0 {
            return wrong(format!("stake_lamports {} is below the least own stake, {MIN_MINIMUM_STAKE}", row.stake));
        }
        total = total.saturating_add(row.stake);
        if total >= MAX_SUPPLY {
            return wrong("the stakes up to here sum to 2^60 base units or more".into());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: [&str; 2] =
        ["CvSb7wdQAFpHuSpTYTJnX5SYH4hCfQ9VuGnqrKaKwycB", "6D2jqw9hyVCpppZexquxa74Fn33rJzzBx38T58VucHx9"];

    #[test]
    fn rows_comments_and_scores_are_read() {
        let text = format!(
            "# a comment\n# total_rewards_lamports=500 slot=1\n{}\n{},2000000,3,5\n{},3000000,9,100\n",
            HEADER.join(","),
            KEYS[0],
            KEYS[1]
        );
        let input = parse(&text).unwrap();
        assert_eq!(input.total_rewards, Some(500));
        let read: Vec<_> =
            input.rows.iter().map(|row| (row.line, row.stake, row.score_ppm, row.commission_percent)).collect();
        assert_eq!(read, [(4, 2_000_000, 333_333, 5), (5, 3_000_000, 1_000_000, 100)]);
        assert_eq!(input.rows[0].weight(), 666_666);
    }

    #[test]
    fn a_stake_too_small_to_place_is_accepted_only_when_it_weighs_nothing() {
        let text =
            |credits: u64| format!("{}\n{},1000000,{credits},5\n{},3000000,9,0\n", HEADER.join(","), KEYS[0], KEYS[1]);
        assert!(parse(&text(0)).is_ok());
        assert_eq!(parse(&text(1)).unwrap_err()[0].line, 2);
    }
}
