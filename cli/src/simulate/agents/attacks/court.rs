//! What disputes cost in the small networks of the attacks on them: sums of the program's own functions,
//! under the rules of disputes that networks begin with, for a provider without delegations or fees.

use {
    crate::simulate::agents::setting::Rules,
    work_token_sdk::{
        math::{
            Amount, Bps,
            dispute::{BondTerms, LAYERS, Layer, jury_cost, required_bond},
            slash::{Loss, Stakes, amount, sinks},
        },
        presets::DISPUTES,
        state::STEPS,
    },
};

/// Epochs between two faults: by then the one before makes the next no dearer.
pub const CYCLE: u32 = 100;

/// Fraction of stake that a severity costs; nothing for 0.
pub fn base(severity: u8) -> Bps {
    let rule = usize::from(severity).checked_sub(1).map(|row| DISPUTES.severities[row]);
    Bps(rule.map_or(0, |rule| rule.base_bps))
}

/// What a severity takes of a stake.
pub fn slash(severity: u8, stake: u64) -> Amount {
    let stakes = Stakes { own: Amount(stake), delegated: Amount::ZERO };
    amount(base(severity), stakes, stakes)
}

/// What each severity alone takes of a stake.
pub fn costs(stake: u64) -> [Amount; STEPS] {
    [1, 2, 3, 4, 5].map(|severity| slash(severity, stake))
}

/// The challengers' reward for it.
pub fn reward(severity: u8, slash: Amount) -> Amount {
    let part = Bps(DISPUTES.severities[usize::from(severity) - 1].reward_bps);
    sinks(Loss { own: slash, delegated: Amount::ZERO }, part, Amount::ZERO).challenger
}

/// What bonds are measured by.
pub fn terms(rules: &Rules) -> BondTerms {
    DISPUTES.bond_terms(rules.job_bounty.0)
}

/// The bond that a claim of a severity on a stake requires.
pub fn bond(severity: u8, stake: u64, rules: &Rules) -> Amount {
    required_bond(severity, Amount::ZERO, slash(severity, stake), &terms(rules))
}

/// What a round's jury costs whose jurors are paid so much.
pub fn jury(round: u8, severity: u8, fee: Amount, rules: &Rules) -> Amount {
    jury_cost(round, severity, fee, rules.job_bounty)
}

/// Layers by bond and severity, each above the one before.
pub fn layers(claims: &[(Amount, u8)]) -> [Layer; LAYERS] {
    let (mut layers, mut from) = ([Layer::default(); LAYERS], 0);
    for (layer, (bond, severity)) in layers.iter_mut().zip(claims) {
        *layer = Layer { bond: *bond, from: base(from), to: base(*severity), is_conceded: false };
        from = *severity;
    }
    layers
}
