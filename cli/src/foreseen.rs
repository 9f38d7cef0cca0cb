//! Refusals of the program that the command foresees, in the words with which the chain's own are explained,
//! and with the numbers that the chain does not say.

use {
    crate::failure::Failure,
    work_token_sdk::{
        WorkTokenError as E,
        errors::explain,
        parameters::{Parameter, Value},
        state::Network,
    },
};

/// The refusal in a sentence, with what is known besides.
fn sentence(error: E, fact: &str) -> String {
    let mut explanation = explain(error);
    if !fact.is_empty() {
        explanation.rule = format!("{}: {fact}", explanation.rule).into();
    }
    explanation.to_string()
}

/// The program would refuse.
pub fn refused(error: E) -> Failure {
    Failure::Failed(sentence(error, ""))
}

/// The program would refuse; `fact` says by which number, or whose turn it is.
pub fn refused_as(error: E, fact: &str) -> Failure {
    Failure::Failed(sentence(error, fact))
}

/// The program would refuse now, and not later.
pub fn not_yet(error: E, fact: &str) -> Failure {
    Failure::TryAgain(sentence(error, fact))
}

/// Parameters, or rules of a class, break a bound: which do, and what the bound is.
pub fn unfit(error: E, all: Vec<Parameter>) -> String {
    let broken = all.into_iter().filter_map(|parameter| {
        let Value::Number(number) = parameter.value else { return None };
        let (lower, upper) = (parameter.rule.lower, parameter.rule.upper);
        let is_broken = parameter.rule.error == error && !(lower..=upper).contains(&number);
        is_broken.then(|| format!("{} is {number}, of {lower} to {upper}", parameter.name))
    });
    sentence(error, &broken.collect::<Vec<_>>().join(", "))
}

/// The number behind a refusal, of a network as it stands. Base units, unix seconds.
pub fn number(error: E, network: &Network) -> Option<String> {
    let params = &network.params;
    Some(match error {
        E::BelowMinimumDelegation => format!("minimum_delegation is {}", params.minimum_delegation),
        E::BelowMinimumSelfStake => format!("minimum_self_stake is {}", params.minimum_self_stake),
        E::BelowMinimumStake => format!("the minimum stake is {}", network.minimum_stake),
        E::RestBelowMinimum => format!(
            "minimum_delegation is {}, minimum_self_stake {}",
            params.minimum_delegation, params.minimum_self_stake
        ),
        E::BondTooSmall => format!("attester_bond is {}", params.attester_bond),
        E::LockTooSmall => format!("juror_lock is {}", params.disputes.juror_lock),
        E::PoolTooLarge => format!("leverage is {}", params.leverage),
        E::PauseTooSoon => format!("from {} (unix seconds) on", network.pause_allowed_from_ts),
        E::Paused => format!("until {} (unix seconds)", network.paused_until_ts),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use {
        super::*,
        work_token_sdk::{
            parameters::{parameters, rules_of_class},
            presets::{JOB_RULES, NETWORK_PARAMS},
            state::{JobRules, NetworkParams},
        },
    };

    #[test]
    fn a_broken_bound_is_said_with_its_name_and_its_numbers() {
        let params = NetworkParams { leverage: 65, ..NETWORK_PARAMS };
        let error = params.validate().unwrap_err();
        let message = unfit(error, parameters(&params));
        assert!(message.contains("LeverageOutOfBounds") && message.contains("leverage is 65, of 1 to 64"), "{message}");
        let mut params = NETWORK_PARAMS;
        params.disputes.severities[1].base_bps = 9_999;
        let message = unfit(params.validate().unwrap_err(), parameters(&params));
        assert!(message.contains("disputes.severities[2].base_bps is 9999, of "), "{message}");
        let params = NetworkParams { job_bounty: 1_000_000, ..NETWORK_PARAMS };
        let message = unfit(params.validate().unwrap_err(), parameters(&params));
        assert!(message.contains("job_bounty is 1000000, of 0 to 999999"), "{message}");
        let rules = JobRules { accept_secs: 1, ..JOB_RULES };
        let message = unfit(rules.validate(&NETWORK_PARAMS).unwrap_err(), rules_of_class(&rules));
        assert!(message.contains("accept_secs is 1, of 60 to "), "{message}");
    }
}
