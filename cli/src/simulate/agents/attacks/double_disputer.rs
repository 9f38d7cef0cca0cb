//! The double disputer (dispute-epoch-1): one fault, disputed several times.

use {
    super::{Attack, Books, Outcome, Stage, court},
    crate::simulate::agents::setting::TOKEN,
    work_token_sdk::math::{
        Amount, Bps,
        slash::{Loss, Stakes, amount, increment, offence_bps},
    },
};

/// See [`Attack::attack`].
pub const ATTACK: Attack = Attack {
    name: "disputing_twice_gains_nothing",
    attacker: "a double disputer",
    attack: "opens four disputes about each faulty seat instead of one; nobody answers, for the seat is faulty",
    victims: "the provider",
    run: |stage| Outcome::of(|attacks| live(stage, &Law::PRESENT, attacks)),
};

const STAKE: u64 = 20_000 * TOKEN;
const SEVERITY: u8 = 2;
const FEE: u64 = 100 * TOKEN;
const DISPUTES: u32 = 4;
/// The most that the severity may cost.
const MOST: Bps = Bps(500);

/// What decides here.
struct Law {
    /// By how many faults a dispute's own is repeated, of those that earlier disputes of the same fault
    /// upheld.
    repeats: fn(u32) -> u32,
    /// What a verdict adds to what earlier ones of the epoch applied.
    adds: fn(Loss, Loss) -> Loss,
    /// Whether a further dispute of the same seat costs twice the fee besides.
    fee_again: bool,
}

impl Law {
    const PRESENT: Self = Self { repeats: |_| 0, adds: increment, fee_again: false };
}

fn live(stage: &Stage, law: &Law, attacks: bool) -> Books {
    let mut books = Books::default();
    let disputes = if attacks { DISPUTES } else { 1 };
    // The owner fills its stake up again after each fault, so that all of them cost the same.
    for _ in 0..stage.epochs / court::CYCLE {
        let (mut applied, mut stake) = (Loss::default(), STAKE);
        for number in 0..disputes {
            let fraction = offence_bps(court::base(SEVERITY), (law.repeats)(number), Bps::ZERO, MOST);
            let base = Stakes { own: Amount(STAKE), delegated: Amount::ZERO };
            let loss = Loss { own: amount(fraction, base, base), delegated: Amount::ZERO };
            let added = (law.adds)(loss, applied);
            applied = Loss { own: applied.own.max(loss.own), delegated: Amount::ZERO };
            let again = if number > 0 && law.fee_again { 2 * FEE } else { 0 };
            let slash = (added.own.0 + again).min(stake);
            stake -= slash;
            // Bonds return where nobody answers.
            books.attacker += i128::from(court::reward(SEVERITY, Amount(slash)).0);
            books.victims -= i128::from(slash);
        }
    }
    books
}

#[cfg(test)]
mod tests {
    use {super::*, crate::simulate::agents::attacks::tests::on_stage};

    #[test]
    fn where_each_dispute_of_a_fault_counts_one_fault_is_slashed_several_times() {
        let sound = Law::PRESENT;
        let unsound = [
            Law { adds: |loss, _| loss, ..sound },
            Law { repeats: |earlier| earlier, ..sound },
            Law { fee_again: true, ..sound },
        ];
        for law in unsound {
            let old = on_stage(|stage| Outcome::of(|attacks| live(stage, &law, attacks)));
            assert!(old.gained() > 0 && old.lost() > 0, "{old:?}");
            assert!(!old.is_harmless());
        }
    }
}
