//! The joiner (dispute-layer-1): a guilty provider's friend raises the claim of an honest challenger, to take
//! from it.

use {
    super::{Attack, Books, Outcome, Stage, court},
    crate::simulate::agents::setting::TOKEN,
    work_token_sdk::{
        Pubkey,
        math::{
            Amount,
            dispute::{Flows, LAYERS, Outcome as Decision, Settlement, largest_deposit, raising_bond, settle},
        },
        presets::DISPUTES,
        state::{Fault, Party},
    },
};

/// See [`Attack::attack`].
pub const ATTACK: Attack = Attack {
    name: "joining_a_challenger_takes_nothing_from_it",
    attacker: "a guilty provider with a friend",
    attack: "lets its friend raise the claim of whoever disputes a fault, to a severity that nobody will find, and answers",
    victims: "the challenger",
    run: |stage| Outcome::of(|attacks| live(stage, &Law::PRESENT, attacks)),
};

const STAKE: u64 = 200_000 * TOKEN;
/// What the challenger claims, and what the jury finds.
const FOUND: u8 = 2;
/// What the friend raises it to.
const RAISED: u8 = 3;
/// What the friend would like to deposit: 99 times the challenger's bond.
const TIMES: u64 = 99;

/// Which challenger gets what of a reward, of their claims.
type Reward = fn(Amount, &[(Amount, u8)]) -> [u64; LAYERS];

/// What decides here.
struct Law {
    /// What counts as the friend's bond, of the one required and the one that it would like to deposit.
    bond: fn(Amount, Amount) -> Amount,
    /// Where the bonds go.
    settle: fn(&Settlement) -> Flows,
    /// Which challenger gets what of the reward, of their claims.
    reward: Reward,
}

impl Law {
    const PRESENT: Self = Self {
        bond: |required, wanted| {
            assert!(wanted > largest_deposit(required), "that much is refused");
            required
        },
        settle,
        reward: by_steps,
    };
}

/// By the program's own book of an epoch's fault: whoever committed to a step of severity first has it.
fn by_steps(reward: Amount, claims: &[(Amount, u8)]) -> [u64; LAYERS] {
    let dispute = Pubkey::new_from_array([1; 32]);
    let mut fault = Fault { open: 1, undrawn: 1, ..bytemuck::Zeroable::zeroed() };
    let mut below = 0;
    for (place, (bond, severity)) in (0u8..).zip(claims) {
        let committed_ts = i64::from(place);
        let party = Party { bond: bond.0, severity: *severity, committed_ts, below, ..bytemuck::Zeroable::zeroed() };
        fault.claim_steps(&dispute, place, &party, below, FOUND);
        below = *severity;
    }
    fault.end_one((reward.0, court::slash(FOUND, STAKE)), 0, FOUND, court::costs(STAKE), 0);
    fault.draw(&dispute).0
}

fn live(stage: &Stage, law: &Law, attacks: bool) -> Books {
    let mut books = Books::default();
    let own_bond = court::bond(FOUND, STAKE, stage.rules);
    let slash = court::slash(FOUND, STAKE);
    for _ in 0..stage.epochs / court::CYCLE {
        let mut claims = vec![(own_bond, FOUND)];
        if attacks {
            let claimed = court::slash(RAISED, STAKE);
            let required = raising_bond(RAISED, Amount::ZERO, claimed, own_bond, &court::terms(stage.rules));
            claims.push(((law.bond)(required, Amount(own_bond.0 * TIMES)), RAISED));
        }
        let highest = if attacks { RAISED } else { FOUND };
        let bonds: u64 = claims.iter().map(|(bond, _)| bond.0).sum();
        let flows = (law.settle)(&Settlement {
            outcome: Decision::Upheld,
            layers: court::layers(&claims),
            counter: Amount(bonds),
            jury: court::jury(1, highest, Amount(DISPUTES.juror_fee), stage.rules),
            found: court::base(FOUND),
            ..Settlement::default()
        });
        let rewards = (law.reward)(court::reward(FOUND, slash), &claims);
        let net = |place: usize| {
            let bond = claims.get(place).map_or(0, |(bond, _)| bond.0);
            i128::from(flows.challengers[place].0) + i128::from(rewards[place]) - i128::from(bond)
        };
        books.victims += net(0);
        let provider = i128::from(flows.provider.0) - i128::from(flows.counter_lost.0) - i128::from(flows.from_own.0);
        books.attacker += provider - i128::from(slash.0) + net(1);
        let returned = flows.challengers[1].0;
        books.spent += claims.get(1).map_or(0, |(bond, _)| bond.0.saturating_sub(returned));
    }
    books
}

#[cfg(test)]
mod tests {
    use {super::*, crate::simulate::agents::attacks::tests::on_stage, work_token_sdk::math::dispute::share};

    /// All that challengers lose is lost by all of them, by bond.
    fn settle_together(of: &Settlement) -> Flows {
        let mut flows = settle(of);
        let bonds = of.layers.iter().fold(Amount::ZERO, |sum, layer| sum.saturating_add(layer.bond));
        let due = flows.challengers.iter().fold(Amount::ZERO, |sum, due| sum.saturating_add(*due));
        flows.challengers = of.layers.map(|layer| share(due, layer.bond, bonds));
        flows
    }

    /// The reward is shared by bond.
    fn by_bond(reward: Amount, claims: &[(Amount, u8)]) -> [u64; LAYERS] {
        let bonds = Amount(claims.iter().map(|(bond, _)| bond.0).sum());
        let mut parts = [0; LAYERS];
        for (part, (bond, _)) in parts.iter_mut().zip(claims) {
            *part = share(reward, *bond, bonds).0;
        }
        parts
    }

    #[test]
    fn where_challengers_win_and_lose_together_a_friend_of_the_provider_takes_bond_and_reward() {
        let old = Law { settle: settle_together, ..Law::PRESENT };
        let bonds = on_stage(|stage| Outcome::of(|attacks| live(stage, &old, attacks)));
        assert!(bonds.lost() > 0 && !bonds.is_harmless(), "{bonds:?}");
        let old = Law { bond: |_, wanted| wanted, reward: by_bond, ..Law::PRESENT };
        let rewards = on_stage(|stage| Outcome::of(|attacks| live(stage, &old, attacks)));
        let whole = i128::from(court::reward(FOUND, court::slash(FOUND, STAKE)).0);
        let faults = i128::from(crate::simulate::agents::attacks::tests::EPOCHS / court::CYCLE);
        assert!(rewards.lost() > whole * faults * 98 / 100, "{rewards:?}");
    }
}
