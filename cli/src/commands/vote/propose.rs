//! Proposals: what the treasury of a realm shall sign.

use {
    super::{
        realm::Named,
        stake,
        switch::Switch,
        terms::{Terms, terms as shown},
        weigh::{Use, Weigher},
        words,
    },
    crate::{
        chain::{Session, together},
        commands::{
            job::model,
            network::{self, class},
        },
        failure::{Failure, Result},
        reply::{Reply, Value, facts, joined},
    },
    clap::{Args, Subcommand, ValueEnum},
    sha2::{Digest, Sha256},
    std::path::PathBuf,
    work_token_sdk::{
        Instruction, Pubkey,
        governance::{self as spl, Proposal, ProposalAddresses, ProposalState, WeightRecords},
        ix,
        limits::ECONOMIC_DELAY_SECS,
        state::AuthorityRole,
        transactions::Part,
        votes,
    },
};

/// A proposal of which realm, and what it is called.
#[derive(Args, Debug)]
pub struct Proposed {
    #[command(flatten)]
    named: Named,
    /// What the proposal is called; two with the same content and title are the same proposal
    #[arg(long)]
    title: String,
    /// Where it is described
    #[arg(long, default_value = "", hide_default_value = true)]
    link: String,
}

/// A vault that pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Vault {
    /// The treasury
    Treasury,
    /// The insurance
    Insurance,
}

/// `work-token governance propose`
#[derive(Subcommand, Debug)]
pub enum Command {
    /// That the treasury takes over the authorities that it was proposed for: arbiter and admin
    TakeOver {
        #[command(flatten)]
        proposed: Proposed,
    },
    /// A change of the network's parameters; you draft it now, and anybody puts it in force after its delay
    Params {
        #[command(flatten)]
        proposed: Proposed,
        /// TOML or JSON; parameters that it does not name stay
        #[arg(long, value_name = "FILE")]
        params: PathBuf,
        /// Who has drafted it [default: you, and it is drafted now]
        #[arg(long)]
        author: Option<Pubkey>,
    },
    /// Rules of a class of jobs
    Class {
        #[command(flatten)]
        proposed: Proposed,
        /// The class's number, below 16
        #[arg(long)]
        class: u8,
        /// All rules, as TOML or JSON; those of an existing class that it does not name stay
        #[arg(long, value_name = "FILE")]
        rules: PathBuf,
    },
    /// What a model's name stands for, at once when it is executed
    Model {
        #[command(flatten)]
        proposed: Proposed,
        #[command(flatten)]
        set: model::Set,
    },
    /// On which terms stake votes in the realm, which is its own authority
    Registrar {
        #[command(flatten)]
        proposed: Proposed,
        #[command(flatten)]
        terms: Terms,
    },
    /// That stake votes in place of deposits in the realm, which is its own authority: deposits weigh nothing
    /// any more when that is executed, and thresholds become parts of the stake once stake has waited
    SwitchToStake {
        #[command(flatten)]
        proposed: Proposed,
        #[command(flatten)]
        terms: Terms,
    },
    /// A payment: announced when the proposal is executed, and made three days later
    Pay {
        #[command(flatten)]
        proposed: Proposed,
        /// Out of which vault
        #[arg(long, value_enum)]
        vault: Vault,
        /// A token account
        #[arg(long)]
        to: Pubkey,
        /// Base units
        #[arg(long, value_parser = crate::text::amount)]
        amount: u64,
    },
}

impl Command {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let key = session.network_key()?;
        match self {
            Self::TakeOver { proposed } => proposed.submit(session, Vec::new(), Value::Null, |treasury| {
                let accept = |role| ix::accept_authority(&key, treasury, role);
                vec![(0, vec![accept(AuthorityRole::Arbiter), accept(AuthorityRole::Admin)])]
            }),
            Self::Params { proposed, params, author } => {
                let network::Proposed { number, params, changes, parts, .. } =
                    network::proposed(session, params, *author)?;
                let author = author.map_or_else(|| session.authority(), Ok)?;
                proposed.submit(session, parts, facts!({ "number": number, "changes": changes }), |treasury| {
                    vec![(0, vec![ix::propose_params(&key, treasury, treasury, author, number, &params)])]
                })
            }
            Self::Class { proposed, class, rules } => {
                let (rules, changes) = class::proposed(session, *class, rules)?;
                proposed.submit(session, Vec::new(), facts!({ "class": class, "changes": changes }), |treasury| {
                    vec![(0, vec![ix::set_job_class(&key, treasury, treasury, *class, &rules)])]
                })
            }
            Self::Model { proposed, set } => {
                let (args, facts) = set.then(session, &key)?;
                proposed.submit(session, Vec::new(), facts, |treasury| {
                    vec![(0, vec![ix::set_model(&key, treasury, treasury, &args)])]
                })
            }
            Self::Registrar { proposed, terms } => {
                let (at, _) = proposed.named.governance(session)?;
                let (registrar, present) = stake::registrar(session, &at.realm)?;
                let then = terms.over(present.terms);
                proposed.submit(session, Vec::new(), facts!({ "terms": shown(&then) }), |_| {
                    vec![(0, vec![votes::set_registrar(&registrar, at.governance, &then)])]
                })
            }
            Self::SwitchToStake { proposed, terms } => {
                let (at, config) = proposed.named.governance(session)?;
                let switch = Switch::of(session, &at.realm, terms)?;
                switch.require_short(config.longest_vote_secs())?;
                let content = switch.proposed(at.governance, at.treasury)?;
                proposed.submit(session, Vec::new(), switch.facts(), |_| content)
            }
            Self::Pay { proposed, vault, to, amount } => {
                let network = session.network()?;
                session.require_takes_tokens("--to", to, &network)?;
                let pay = match vault {
                    Vault::Treasury => ix::pay_treasury,
                    Vault::Insurance => ix::pay_insurance,
                };
                let later = u32::try_from(ECONOMIC_DELAY_SECS).unwrap_or(u32::MAX);
                proposed.submit(session, Vec::new(), Value::Null, |treasury| {
                    let pay = pay(&network, treasury, *to, *amount);
                    vec![(0, vec![pay.clone()]), (later, vec![pay])]
                })
            }
        }
    }
}

/// A transaction of a proposal: how much longer than the governance's hold-up it waits, and what it executes.
type Waiting = (u32, Vec<Instruction>);

impl Proposed {
    /// Writes the proposal, or what an earlier run of this command left to be written of it, and begins the
    /// vote. `before` is what must stand on the chain first.
    fn submit(
        &self,
        session: &Session,
        before: Vec<Part>,
        facts: Value,
        content: impl FnOnce(Pubkey) -> Vec<Waiting>,
    ) -> Result<Reply> {
        let (at, config) = self.named.governance(session)?;
        let owner = session.authority()?;
        let content = content(at.treasury);
        let seed = self.seed(&content);
        let (at, program) = (at.proposal(&seed), at.realm.program);
        let present: Option<Proposal> = session.client().find_of_governance(&program, &at.proposal)?;
        let (mut parts, mut tables) = (before, Vec::new());
        if present.is_none() {
            let create = |WeightRecords { voter: voter_weight_record, .. }: WeightRecords| {
                let (name, link) = (&*self.title, &*self.link);
                let input = spl::CreateProposal { owner, rent_payer: owner, voter_weight_record, seed, name, link };
                spl::create_proposal(&at, &input)
            };
            let weigher = Weigher::of(session, &at.at.realm)?;
            let weighed = weigher.before(session, (&at.at, Use::Propose), create)?;
            require_weight(weighed.weight, config.least_weight_to_propose)?;
            parts.push(together(weighed.instructions));
            tables = weighed.tables;
        }
        let written = present.as_ref().map_or(Ok(0), |present| written(&at, present))?;
        for (number, (later, instructions)) in (0..).zip(&content).skip(usize::from(written)) {
            let hold_up_secs = config.hold_up_secs.saturating_add(*later);
            parts.push(Part::alone(spl::insert_transaction(&at, owner, owner, number, hold_up_secs, instructions)));
        }
        parts.push(Part::alone(spl::sign_off_proposal(&at, owner)));
        let told = facts!({
            "proposal": at.proposal.to_string(),
            "voting_secs": config.voting_secs,
            "hold_up_secs": config.hold_up_secs,
            "does": content.iter().map(|(_, instructions)| words::briefly(instructions, &program)).collect::<Vec<_>>(),
        });
        session.looking_up(&tables).submit_parts(&parts, joined(told, facts))
    }

    /// What tells the proposal apart: its content and its title.
    fn seed(&self, content: &[Waiting]) -> Pubkey {
        let mut hasher = Sha256::new();
        for instruction in content.iter().flat_map(|(_, instructions)| instructions) {
            hasher.update(instruction.program_id);
            instruction.accounts.iter().for_each(|meta| hasher.update(meta.pubkey));
            hasher.update(&instruction.data);
        }
        hasher.update(&self.title);
        Pubkey::new_from_array(hasher.finalize().into())
    }
}

/// Refuses who weighs too little to propose.
fn require_weight(weight: u64, least: u64) -> Result<()> {
    if weight >= least {
        return Ok(());
    }
    Err(Failure::Failed(format!("to propose takes a weight of {least} here, and yours is {weight}")))
}

/// How many transactions of a proposal are written; refuses one that is no draft any more.
fn written(at: &ProposalAddresses, present: &Proposal) -> Result<u16> {
    if present.state == ProposalState::Draft {
        return Ok(present.options.first().map_or(0, |option| option.next_transaction));
    }
    let state = words::state(present.state);
    Err(Failure::Failed(format!("this was proposed as {} before, and is {state}: choose another --title", at.proposal)))
}
