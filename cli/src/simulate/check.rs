//! The law that every payout must obey, in exact numbers.

use {super::input::Row, num_bigint::BigUint, work_token_sdk::limits::MIN_MINIMUM_STAKE};

/// One provider's payout differs from the law by more than it may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The row's line.
    pub line: usize,
    /// The epoch.
    pub epoch: u32,
    /// What was paid.
    pub paid: u64,
    /// What the law says.
    pub expected: String,
}

/// Mainnet's own rule, `reward * (stake * credits) / sum`, and the program's, prepared for a set of rows.
/// Nobody earns by another's loss of weight, so both share only the part of the reward that is the stake's
/// which has credits or weight.
pub struct Rule {
    points: Vec<BigUint>,
    total_points: BigUint,
    /// All stake that counts, and what of it has credits.
    stake: u64,
    stake_with_credits: u64,
    stake_with_weight: u64,
    weights: Vec<u64>,
    /// Sum of the weights.
    pub total_weight: u64,
}

/// Of the whole reward, a payout may lie so many millionths away from mainnet's rule.
const ALLOWED_MILLIONTHS: u32 = 2;
/// Deviations are kept in millionths of a millionth.
const FINE: u64 = 1_000_000_000_000;

/// What an epoch's check found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Payouts that are not `floor(emission * w / sum of w)`.
    pub inexact: Vec<Violation>,
    /// Payouts too far from mainnet's rule.
    pub far: Vec<Violation>,
    /// Largest distance from mainnet's rule, in millionths of a millionth of the reward, rounded up.
    pub largest_deviation: u64,
}

impl Rule {
    /// For a set of rows.
    pub fn of(rows: &[Row]) -> Self {
        let points: Vec<BigUint> = rows.iter().map(|row| BigUint::from(row.stake) * row.credits).collect();
        let weights: Vec<u64> = rows.iter().map(Row::weight).collect();
        let stake = |counts: fn(&Row) -> bool| {
            let counted = rows.iter().filter(|row| row.stake >= MIN_MINIMUM_STAKE && counts(row));
            counted.map(|row| row.stake).sum()
        };
        Self {
            total_points: points.iter().sum(),
            points,
            stake: stake(|_| true),
            stake_with_credits: stake(|row| row.credits > 0),
            stake_with_weight: stake(|row| row.weight() > 0),
            total_weight: weights.iter().sum(),
            weights,
        }
    }

    /// What an epoch emits of its reward: `floor(reward * stake with weight / stake)`
    pub fn emission(&self, reward: u64) -> u64 {
        let emission = u128::from(reward) * u128::from(self.stake_with_weight) / u128::from(self.stake.max(1));
        u64::try_from(emission).expect("no more than the reward")
    }

    /// The weight of a row: `floor(stake * score / 10^6)`.
    pub fn weight(&self, index: usize) -> u64 {
        self.weights[index]
    }

    /// `floor(emission * w / sum of w)`
    pub fn payout(&self, index: usize, reward: u64) -> u64 {
        let emission = u128::from(self.emission(reward));
        let payout = emission * u128::from(self.weights[index]) / u128::from(self.total_weight);
        u64::try_from(payout).expect("no more than the reward")
    }

    /// Compares an epoch's payouts with both laws.
    pub fn check(&self, rows: &[Row], epoch: u32, reward: u64, payouts: &[u64]) -> Found {
        let mut found = Found::default();
        for (index, (row, paid)) in rows.iter().zip(payouts.iter().copied()).enumerate() {
            let violation = |expected: String| Violation { line: row.line, epoch, paid, expected };
            let expected = self.payout(index, reward);
            if paid != expected {
                found.inexact.push(violation(expected.to_string()));
            }
            let deviation = self.deviation(index, reward, paid);
            if deviation > u64::from(ALLOWED_MILLIONTHS) * (FINE / 1_000_000) {
                let due = &self.points[index] * reward * self.stake_with_credits;
                found.far.push(violation((due / &self.total_points / self.stake).to_string()));
            }
            found.largest_deviation = found.largest_deviation.max(deviation);
        }
        found
    }

    /// `ceil(10^12 * |paid - reward * points / all points| / reward)` of the reward of the stake with
    /// credits, without any rounding on the way.
    fn deviation(&self, index: usize, reward: u64, paid: u64) -> u64 {
        let paid = &self.total_points * paid * self.stake;
        let due = &self.points[index] * reward * self.stake_with_credits;
        let distance = if paid > due { paid - due } else { due - paid };
        let whole = &self.total_points * reward * self.stake;
        let fine: BigUint = (distance * FINE + &whole - 1u32) / whole;
        u64::try_from(fine).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use work_token_sdk::Pubkey;

    fn row(line: usize, stake: u64, credits: u64, score_ppm: u32) -> Row {
        Row { line, account: Pubkey::new_unique(), stake, credits, commission_percent: 0, score_ppm }
    }

    #[test]
    fn payouts_are_judged_exactly_at_the_widest_numbers() {
        let most = (1 << 59) - 1;
        let rows = [row(2, most, (1 << 20) - 1, 1_000_000), row(3, most, (1 << 20) - 1, 1_000_000)];
        let rule = Rule::of(&rows);
        let reward = (1 << 60) - 1;
        let payouts = [rule.payout(0, reward), rule.payout(1, reward)];
        assert_eq!(payouts, [(1 << 59) - 1; 2]);
        let found = rule.check(&rows, 1, reward, &payouts);
        assert!(found.inexact.is_empty() && found.far.is_empty());
        assert_eq!(found.largest_deviation, 1);
    }

    #[test]
    fn stake_without_credits_takes_its_part_of_the_reward_with_it() {
        let rows = [row(2, 3 << 21, 7, 1_000_000), row(3, 1 << 21, 0, 0), row(4, 5, 0, 0)];
        let rule = Rule::of(&rows);
        // The third has too little to be staked at all.
        assert_eq!((rule.emission(1_000), rule.payout(0, 1_000), rule.payout(1, 1_000)), (750, 750, 0));
        let found = rule.check(&rows, 1, 1_000, &[750, 0, 0]);
        assert!(found.inexact.is_empty() && found.far.is_empty() && found.largest_deviation == 0);
        let found = rule.check(&rows, 1, 1_000, &[1_000, 0, 0]);
        assert_eq!(found.inexact.iter().map(|one| one.expected.as_str()).collect::<Vec<_>>(), ["750"]);
        assert_eq!(found.far.iter().map(|one| one.expected.as_str()).collect::<Vec<_>>(), ["750"]);
    }

    #[test]
    fn one_base_unit_too_much_is_seen_and_so_are_three_millionths() {
        let rows = [row(2, 1 << 21, 1, 1_000_000), row(3, 1 << 21, 1, 1_000_000)];
        let rule = Rule::of(&rows);
        let found = rule.check(&rows, 1, 1_000_000, &[500_001, 500_003]);
        assert_eq!(found.inexact.len(), 2);
        assert_eq!(found.far.iter().map(|far| far.line).collect::<Vec<_>>(), [3]);
        assert_eq!(found.largest_deviation, 3_000_000);
    }
}
