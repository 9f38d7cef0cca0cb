//! Classes of jobs and their rules.

use {
    crate::{
        chain::{Session, each_alone},
        failure::{Failure, Result},
        foreseen::unfit,
        job_rules, params,
        reply::{Reply, Value, facts},
        text::preset,
    },
    clap::Subcommand,
    std::path::PathBuf,
    work_token_sdk::{
        ix,
        limits::MAX_JOB_CLASSES,
        parameters,
        presets::{self, Preset},
        state::JobRules,
    },
};

/// `work-token class`
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Print rules as TOML, to be edited and passed to `set`
    Defaults {
        /// Those of a class of a kind of network [default: a fixed fee and one provider]
        #[arg(long, value_name = "NAME", value_parser = preset, requires = "class")]
        preset: Option<Preset>,
        /// Which of its classes
        #[arg(long, requires = "preset", value_parser = clap::value_parser!(u8).range(0..3))]
        class: Option<u8>,
    },
    /// Announce rules: of a new class they hold at once, of an existing one after three days, and by a fifth
    /// a step. Opens the epochs that are due. Admin
    Set {
        /// The class's number, below 16
        #[arg(long)]
        class: u8,
        /// All rules, as TOML or JSON; those of an existing class that it does not name stay
        #[arg(long, value_name = "FILE")]
        rules: PathBuf,
    },
    /// Show a class, or all
    Show {
        /// Its number
        class: Option<u8>,
    },
}

impl Command {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        match self {
            Self::Defaults { preset, class } => {
                let classes = preset.map(Preset::classes);
                let chosen = classes.as_ref().and_then(|classes| classes.get(usize::from(class.unwrap_or(0))));
                let data = job_rules::told(chosen.map_or(&presets::JOB_RULES, |chosen| &chosen.rules));
                let name = chosen.map(|chosen| format!("# {}\n", chosen.name)).unwrap_or_default();
                let lines = data.iter().map(|(name, value)| format!("{name} = {value}\n"));
                let plain: String = [name].into_iter().chain(lines).collect();
                Ok(Reply { data, plain: Some(plain.trim_end().to_owned()), ..Reply::default() })
            }
            Self::Set { class, rules } => set(session, *class, rules),
            Self::Show { class } => show(session, *class),
        }
    }
}

/// Reads rules that are to be set, and what they change; refuses those that the network would not take.
pub fn proposed(session: &Session, class: u8, file: &std::path::Path) -> Result<(JobRules, Value)> {
    let network = session.network_key()?;
    let state = session.client().network(&network)?;
    let present = session.client().job_class(&network, class)?;
    let now_ts = session.chain.now_ts()?;
    let present = present.map(|class| *class.rules_at(now_ts));
    let rules = job_rules::load(file, present)?;
    rules
        .validate(&state.params)
        .map_err(|error| unfit(error, parameters::rules_of_class(&rules)))
        .map_err(|broken| Failure::Usage(format!("{}: {broken}", file.display())))?;
    let changes = present.map(|present| parameters::changes_of_class(&present, &rules)).unwrap_or_default();
    params::require_steps(&changes)?;
    Ok((rules, params::told_changes(&changes, |class| state.params.delay_secs(class))))
}

fn set(session: &Session, class: u8, file: &std::path::Path) -> Result<Reply> {
    let (network, admin) = (session.network_key()?, session.authority()?);
    let (rules, changes) = proposed(session, class, file)?;
    let state = session.client().network(&network)?;
    let mut instructions = ix::open_due_epochs(&network, &state, admin, session.chain.now_ts()?);
    instructions.push(ix::set_job_class(&network, admin, admin, class, &rules));
    session.submit_parts(&each_alone(instructions), facts!({ "class": class, "changes": changes }))
}

fn show(session: &Session, only: Option<u8>) -> Result<Reply> {
    let (network, now_ts) = (session.network()?.network, session.chain.now_ts()?);
    let most = u8::try_from(MAX_JOB_CLASSES).unwrap_or(u8::MAX);
    let numbers = only.map_or_else(|| (0..most).collect(), |class| vec![class]);
    let mut rows: Vec<Value> = Vec::new();
    for number in numbers {
        let Some(class) = session.client().job_class(&network, number)? else { continue };
        let mut row = job_rules::told(class.rules_at(now_ts));
        row.insert("class".into(), number.into());
        if only.is_some() {
            if now_ts < class.next_from_ts {
                row.insert("next_from_ts".into(), class.next_from_ts.into());
                row.insert("next".into(), Value::Object(job_rules::told(&class.next)));
            }
            return Ok(Reply::of(Value::Object(row)));
        }
        rows.push(Value::Object(row));
    }
    match only {
        Some(number) => Err(Failure::Failed(format!("the network has no class {number}"))),
        None => Ok(Reply::of(facts!({ "count": rows.len(), "classes": rows }))),
    }
}
