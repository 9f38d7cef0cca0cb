//! The front-runner (dispute-open-1): whoever sees an opening in flight opens the same before it lands.

use {
    super::{Attack, Books, Outcome, Stage, court},
    crate::simulate::agents::setting::TOKEN,
    work_token_sdk::{
        Pubkey,
        math::{Amount, slash::Loss},
        state::{Fault, Party},
    },
};

/// See [`Attack::attack`].
pub const ATTACK: Attack = Attack {
    name: "coming_first_takes_no_reward",
    attacker: "a front-runner",
    attack: "watches for openings of disputes, and opens the same one before each of them lands",
    victims: "the challenger who found the fault",
    run: |stage| Outcome::of(|attacks| live(stage, priorities, attacks)),
};

const STAKE: u64 = 200_000 * TOKEN;
const SEVERITY: u8 = 2;

/// What decides here: the times that count for who was first, the challenger's and the front-runner's, of
/// when the challenger committed and when what it committed to can be seen.
type Law = fn(i64, i64) -> [i64; 2];

/// What was committed to counts from the commitment on, and cannot be seen before the opening.
fn priorities(committed_ts: i64, seen_ts: i64) -> [i64; 2] {
    [committed_ts, seen_ts]
}

fn live(stage: &Stage, law: Law, attacks: bool) -> Books {
    let mut books = Books::default();
    let disputes = [1, 2].map(|byte| Pubkey::new_from_array([byte; 32]));
    // The front-runner's dispute lands first.
    let landed: &[usize] = if attacks { &[1, 0] } else { &[0] };
    let slash = court::slash(SEVERITY, STAKE);
    for _ in 0..stage.epochs / court::CYCLE {
        let committed = law(0, 60);
        let mut fault = Fault { ..bytemuck::Zeroable::zeroed() };
        for _ in landed {
            fault.join();
        }
        for place in landed {
            let party = Party { severity: SEVERITY, committed_ts: committed[*place], ..bytemuck::Zeroable::zeroed() };
            let above = if fault.severity < SEVERITY { fault.severity } else { 0 };
            let loss = Loss { own: slash, delegated: Amount::ZERO };
            let added = fault.apply(SEVERITY, loss, loss);
            fault.undrawn += 1;
            fault.claim_steps(&disputes[*place], 0, &party, 0, SEVERITY);
            let reward = court::reward(SEVERITY, added.own).0;
            fault.end_one((reward, added.own), above, SEVERITY, court::costs(STAKE), 0);
        }
        // Nobody answers, so that all bonds return.
        let mut rewards = disputes.map(|dispute| i128::from(fault.draw(&dispute).0[0]));
        rewards.iter_mut().zip([&mut books.victims, &mut books.attacker]).for_each(|(reward, net)| *net += *reward);
    }
    books
}

#[cfg(test)]
mod tests {
    use {super::*, crate::simulate::agents::attacks::tests::on_stage};

    #[test]
    fn where_the_opening_that_lands_first_counts_whoever_sees_it_takes_all_of_the_reward() {
        let old = on_stage(|stage| Outcome::of(|attacks| live(stage, |_, seen_ts| [seen_ts, seen_ts - 1], attacks)));
        assert!(old.gained() > 0 && old.lost() == old.gained(), "{old:?}");
        assert!(!old.is_harmless());
    }
}
