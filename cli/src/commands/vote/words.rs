//! Proposals in words: what an instruction decides, as a difference to what holds now.

use {
    super::terms::terms as terms_of_stake,
    crate::{
        chain::Session,
        commands::job::model,
        failure::Result,
        job_rules,
        params::{changes_to_json, class},
        text::{hex, words},
    },
    serde_json::{Value, json},
    work_token_sdk::{
        Instruction, Pubkey, addresses,
        args::SetModelArgs,
        governance::{Decision, GovernanceConfig, ProposalState, VoteThreshold},
        parameters,
        state::{JobRules, Model, NetworkParams, ParamChange, ParamDraft},
    },
};

/// A proposal's state.
pub fn state(state: ProposalState) -> String {
    words(&format!("{state:?}"))
}

/// What instructions do, by the names of their kinds.
pub fn briefly(instructions: &[Instruction], governance: &Pubkey) -> String {
    let name = |instruction: &Instruction| match Decision::of(instruction, governance) {
        Decision::ProposeParams { .. } => "proposes parameters",
        Decision::CancelParams { .. } => "withdraws a change of parameters",
        Decision::SetJobClass { .. } => "sets a class of jobs",
        Decision::SetModel { .. } => "sets what a model's name stands for",
        Decision::SetRegistrar { .. } => "sets on which terms stake votes",
        Decision::Pay { .. } => "announces a payment, or makes the announced one",
        Decision::ProposeAuthority { .. } => "proposes an authority",
        Decision::AcceptAuthority { .. } => "takes over an authority",
        Decision::SetGovernanceConfig { .. } => "changes the rules of a governance",
        Decision::Other { .. } => "calls a program in a way that is not known here: read it before you vote",
    };
    instructions.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// What an instruction decides, and what would differ.
pub fn in_detail(session: &Session, instruction: &Instruction, governance: &Pubkey) -> Result<Value> {
    let mut told = match Decision::of(instruction, governance) {
        Decision::ProposeParams { network, change, draft } => params(session, &network, &change, &draft)?,
        Decision::CancelParams { change } => json!({ "change": change.to_string() }),
        Decision::SetJobClass { network, class, rules } => job_class(session, &network, class, &rules)?,
        Decision::SetModel { network, model } => set_model(session, &network, &model)?,
        Decision::SetRegistrar { registrar, terms } => {
            json!({ "registrar": registrar.to_string(), "terms": terms_of_stake(&terms) })
        }
        Decision::Pay { vault, to, amount } => {
            json!({ "vault": format!("{vault:?}").to_lowercase(), "to": to.to_string(), "amount": amount })
        }
        Decision::ProposeAuthority { role, to } => {
            json!({ "role": format!("{role:?}").to_lowercase(), "to": to.to_string() })
        }
        Decision::AcceptAuthority { role } => json!({ "role": format!("{role:?}").to_lowercase() }),
        Decision::SetGovernanceConfig { governance, config } => {
            json!({ "governance": governance.to_string(), "rules": rules(&config) })
        }
        Decision::Other { program, data } => json!({ "program": program.to_string(), "begins_with": hex(&data) }),
    };
    told["does"] = briefly(std::slice::from_ref(instruction), governance).into();
    Ok(told)
}

/// By which rules a governance decides.
pub fn rules(config: &GovernanceConfig) -> Value {
    let percent = match config.threshold {
        VoteThreshold::YesPercentage(percent) | VoteThreshold::QuorumPercentage(percent) => Some(percent),
        VoteThreshold::Disabled => None,
    };
    json!({
        "yes_percent": percent,
        "voting_secs": config.voting_secs,
        "cool_off_secs": config.cool_off_secs,
        "hold_up_secs": config.hold_up_secs,
        "least_weight": config.least_weight_to_propose,
    })
}

/// The set that was drafted, or that is proposed already, against the one in force.
fn params(session: &Session, key: &Pubkey, change: &Pubkey, draft: &Pubkey) -> Result<Value> {
    let client = session.client();
    let network = client.network(key)?;
    let proposed: Option<ParamChange> = client.find(change)?;
    let drafted = client.find::<ParamDraft>(draft)?.filter(|draft| draft.is_complete != 0);
    let set: Option<NetworkParams> = drafted.map(|draft| draft.params).or(proposed.map(|change| change.params));
    let Some(set) = set else {
        let gone = "the set was never drafted whole, its draft was closed, or the change was executed or withdrawn";
        return Ok(json!({ "changes": null, "why": gone }));
    };
    let changes = parameters::changes(&network.params, &set);
    let delay = |class| network.params.delay_secs(class);
    let slowest = changes.iter().map(|change| change.class).max_by_key(|class| delay(*class));
    Ok(json!({
        "draft": draft.to_string(),
        "changes": changes_to_json(&changes, delay),
        "class": slowest.map(class),
        "delay_secs": slowest.map(delay),
    }))
}

/// A model as it would be, beside what it is.
fn set_model(session: &Session, network: &Pubkey, args: &SetModelArgs) -> Result<Value> {
    let present = session.client().model(network, &args.name)?;
    let mut then = present.unwrap_or_else(|| Model { name: args.name, ..bytemuck::Zeroable::zeroed() });
    let key = addresses::model(network, &args.name);
    let is_refused = then.set(args, session.chain.now_ts()?).is_err();
    Ok(json!({
        "present": present.map(|present| model::row(&key, &present)),
        "then": (!is_refused).then(|| model::row(&key, &then)),
    }))
}

fn job_class(session: &Session, network: &Pubkey, number: u8, new: &JobRules) -> Result<Value> {
    let delay_of = session.client().network(network)?.params;
    let Some(present) = session.client().job_class(network, number)? else {
        return Ok(json!({ "class": number, "is_new": true, "rules": job_rules::to_json(new) }));
    };
    let changes = parameters::changes_of_class(present.rules_at(session.chain.now_ts()?), new);
    Ok(json!({ "class": number, "changes": changes_to_json(&changes, |class| delay_of.delay_secs(class)) }))
}
