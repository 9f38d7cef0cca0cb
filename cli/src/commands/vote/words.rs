//! Proposals in words: what an instruction decides, as a difference to what holds now.

use {
    super::terms::terms as terms_of_stake,
    crate::{
        chain::Session,
        commands::job::model,
        failure::Result,
        job_rules,
        params::{class, told_changes},
        reply::{Value, facts},
        text::{hex, words},
    },
    work_token_sdk::{
        Instruction, Pubkey, addresses,
        args::SetModelArgs,
        governance::{
            Decision, Governance, GovernanceConfig, MaxWeight, ProposalState, RealmConfig, RealmRules,
            SUPPLY_FRACTION_BASE, TokenType, VoteThreshold,
        },
        parameters,
        state::{AuthorityRole, JobRules, Model, NetworkParams, ParamChange, ParamDraft},
        votes::{self, Registrar},
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
        Decision::CreateRegistrar { .. } => "joins the realm to the network whose stake can vote in it",
        Decision::SetRegistrar { .. } => "sets on which terms stake votes",
        Decision::Pay { .. } => "announces a payment, or makes the announced one",
        Decision::ProposeAuthority { .. } => "proposes an authority",
        Decision::AcceptAuthority { .. } => "takes over an authority",
        Decision::SetGovernanceConfig { .. } => "changes the rules of a governance",
        Decision::SetRealmConfig { .. } => "sets what weighs the votes of the realm",
        Decision::Other { .. } => "calls a program in a way that is not known here: read it before you vote",
    };
    instructions.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// What an instruction decides, and what would differ.
pub fn in_detail(session: &Session, instruction: &Instruction, governance: &Pubkey) -> Result<Value> {
    let role = |role: AuthorityRole| format!("{role:?}").to_lowercase();
    let mut told = match Decision::of(instruction, governance) {
        Decision::ProposeParams { network, change, draft } => params(session, &network, &change, &draft)?,
        Decision::CancelParams { change } => facts!({ "change": change.to_string() }),
        Decision::SetJobClass { network, class, rules } => job_class(session, &network, class, &rules)?,
        Decision::SetModel { network, model } => set_model(session, &network, &model)?,
        Decision::CreateRegistrar { network, terms } => {
            facts!({ "network": network.to_string(), "terms": terms_of_stake(&terms) })
        }
        Decision::SetRegistrar { registrar, terms } => {
            let present: Option<Registrar> = session.client().find(&registrar)?;
            let (present, then) = (present.map(|found| terms_of_stake(&found.terms)), terms_of_stake(&terms));
            facts!({ "registrar": registrar.to_string(), "changes": differences(present.as_ref(), &then) })
        }
        Decision::Pay { vault, to, amount } => {
            facts!({ "vault": format!("{vault:?}").to_lowercase(), "to": to.to_string(), "amount": amount })
        }
        Decision::ProposeAuthority { role: which, to } => facts!({ "role": role(which), "to": to.to_string() }),
        Decision::AcceptAuthority { role: which } => facts!({ "role": role(which) }),
        Decision::SetGovernanceConfig { governance: key, config } => {
            let present: Option<Governance> = session.client().find_of_governance(governance, &key)?;
            let present = present.map(|found| rules(&found.config));
            facts!({ "governance": key.to_string(), "changes": differences(present.as_ref(), &rules(&config)) })
        }
        Decision::SetRealmConfig { realm, rules } => {
            let (at, present) = session.client().realm(governance, &realm)?;
            let config: RealmConfig = session.client().of_governance(governance, &at.config)?;
            let present = realm_rules(&RealmRules::of(&present, &config));
            facts!({ "realm": realm.to_string(), "changes": differences(Some(&present), &realm_rules(&rules)) })
        }
        Decision::Other { program, data } => facts!({ "program": program.to_string(), "begins_with": hex(&data) }),
    };
    told["does"] = briefly(std::slice::from_ref(instruction), governance).into();
    Ok(told)
}

/// What differs between two objects, by name; everything where there was nothing before.
fn differences(from: Option<&Value>, to: &Value) -> Value {
    let Some(to) = to.as_object() else { return Value::Null };
    let before = |name: &str| from.map_or(&Value::Null, |from| &from[name]);
    let differs = to.iter().filter(|(name, value)| before(name) != *value);
    differs.map(|(name, value)| facts!({ "name": name, "from": before(name), "to": value })).collect()
}

/// By which rules a governance decides.
pub fn rules(config: &GovernanceConfig) -> Value {
    let percent = match config.threshold {
        VoteThreshold::YesPercentage(percent) | VoteThreshold::QuorumPercentage(percent) => Some(percent),
        VoteThreshold::Disabled => None,
    };
    facts!({
        "yes_percent": percent,
        "voting_secs": config.voting_secs,
        "cool_off_secs": config.cool_off_secs,
        "hold_up_secs": config.hold_up_secs,
        "least_weight": config.least_weight_to_propose,
    })
}

/// What weighs the votes of a realm, and what else its rules say.
fn realm_rules(rules: &RealmRules) -> Value {
    let weighs = |program: Option<Pubkey>, otherwise: &str| match program {
        None => otherwise.to_owned(),
        Some(votes::ID) => "stake".into(),
        Some(program) => format!("what {program} writes"),
    };
    let deposits = |kind| match kind {
        TokenType::Liquid => "are taken, and may be withdrawn",
        TokenType::Membership => "are taken, and stay",
        TokenType::Dormant => "are not taken, and may be withdrawn",
    };
    let most = match rules.max_weight {
        MaxWeight::SupplyFraction(SUPPLY_FRACTION_BASE) => "the supply".into(),
        MaxWeight::SupplyFraction(part) => format!("{part} parts of {SUPPLY_FRACTION_BASE} of the supply"),
        MaxWeight::Absolute(weight) => format!("{weight} base units"),
    };
    facts!({
        "votes_with": weighs(rules.add_ins.voter_weight, "deposits"),
        "thresholds_of": weighs(rules.add_ins.max_voter_weight, &most),
        "deposits": deposits(rules.token_type),
        "least_weight_to_create_governance": rules.least_weight_to_create_governance,
        "council": rules.council.map(|mint| mint.to_string()),
        "council_votes_with": weighs(rules.council_add_ins.voter_weight, "deposits"),
        "council_thresholds_of": weighs(rules.council_add_ins.max_voter_weight, "the council's supply"),
        "council_deposits": deposits(rules.council_type),
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
        return Ok(facts!({ "changes": null, "why": gone }));
    };
    let changes = parameters::changes(&network.params, &set);
    let delay = |class| network.params.delay_secs(class);
    let slowest = changes.iter().map(|change| change.class).max_by_key(|class| delay(*class));
    Ok(facts!({
        "draft": draft.to_string(),
        "changes": told_changes(&changes, delay),
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
    Ok(facts!({
        "present": present.map(|present| model::row(&key, &present)),
        "then": (!is_refused).then(|| model::row(&key, &then)),
    }))
}

fn job_class(session: &Session, network: &Pubkey, number: u8, new: &JobRules) -> Result<Value> {
    let delay_of = session.client().network(network)?.params;
    let Some(present) = session.client().job_class(network, number)? else {
        return Ok(facts!({ "class": number, "is_new": true, "rules": job_rules::told(new) }));
    };
    let changes = parameters::changes_of_class(present.rules_at(session.chain.now_ts()?), new);
    Ok(facts!({ "class": number, "changes": told_changes(&changes, |class| delay_of.delay_secs(class)) }))
}
