//! Histories that once failed, as they were printed, and what was wrong.

use crate::{
    chain::Chain,
    op::{
        Op::{self, *},
        Target::*,
    },
    rules::Rules,
    run::replay,
};
use work_token_localnet::DAY;

fn replays(rules: Rules, steps: &[&[Op]]) {
    let steps: Vec<_> = steps.iter().map(|step| step.to_vec()).collect();
    replay(&mut Chain::new(rules), rules, &steps);
}

/// A dispute of a seat was rewarded and over, then another of the same severity cost more, because delegators
/// had come back: its reward was for steps of the first one, which had drawn, and stayed in escrow.
#[test]
fn what_a_later_dispute_adds_to_steps_that_were_rewarded_does_not_stay_in_escrow() {
    let result = Result { seat: 0, without_claim: false };
    replays(
        Rules::Daily,
        &[
            &[Delegate { at: (0, 3), amount: 1 << 33 }],
            &[Pass { secs: DAY }],
            &[Request { at: (0, 3), shares: 1 << 33 }],
            &[Pass { secs: 11 * DAY }],
            &[Work { provider: 0, client: 6, fee: 1 << 20, missed: false }],
            &[Withdraw { at: (0, 3), ticket: 1 }],
            &[Commit { who: 7, target: result, severity: 1, deposit: 2_097_152 }, Use { opening: 0 }],
            &[Pass { secs: 2 * DAY + 7_200 }],
            &[Advance { dispute: 0 }],
            &[Delegate { at: (0, 3), amount: 1 << 33 }],
            &[Pass { secs: 2 * DAY - 3_600 }],
            &[Execute { dispute: 0 }],
            &[Advance { dispute: 0 }],
            &[ClaimCredit { dispute: 0, place: 0 }],
            &[Commit { who: 8, target: result, severity: 1, deposit: 2_097_152 }, Use { opening: 1 }],
        ],
    );
}
