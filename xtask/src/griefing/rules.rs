//! The default parameters that price an attack, and what claims, bonds and juries cost by them.

use work_token_math::{
    Amount, Bps,
    dispute::{
        BondTerms, Clocks, LAYERS, Layer, Outcome, Settlement, first_jury_cost, juror_fee, jury_cost, required_bond,
        sizes,
    },
    mul_div::mul_div_ceil,
    slash::{Division, Loss, Stakes, loss},
};

pub(super) const TOKEN: u64 = 1_000_000;
pub(super) const DAY: u64 = 86_400;
const YEAR_SECS: u64 = 365 * DAY;
/// What held stake could earn elsewhere: 20 % a year.
pub(super) const YIELD_PERCENT: u64 = 20;
/// The victim.
pub(super) const STAKES: Stakes = Stakes { own: Amount(100_000 * TOKEN), delegated: Amount(900_000 * TOKEN) };
/// Fee of the disputed seat.
pub(super) const FEE: Amount = Amount(100 * TOKEN);

/// What a severity costs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Severity {
    pub(super) base: Bps,
    pub(super) most: Bps,
    pub(super) reward: Bps,
}

/// The default parameters that price an attack.
#[derive(Clone, Debug)]
pub struct Rules {
    pub(super) terms: BondTerms,
    pub(super) juror_lock: Amount,
    pub(super) arbiter_fee: Amount,
    pub(super) clocks: Clocks,
    pub(super) term_secs: u64,
    delta: Bps,
    cover_from: u8,
    severities: Vec<Severity>,
}

/// One row of docs/parameters.md: the most and the default.
fn row(parameters: &str, name: &str) -> Result<(u64, u64), String> {
    let begins = format!("| `{name}` |");
    let line = parameters.lines().find(|line| line.starts_with(&begins));
    let line = line.ok_or_else(|| format!("docs/parameters.md has no `{name}`"))?;
    let cell = |place: usize| line.split('|').nth(place).unwrap_or_default().trim().replace(',', "");
    let number = |place| cell(place).parse().map_err(|_| format!("`{name}` has no number in column {place}"));
    Ok((number(7)?, number(8)?))
}

impl Rules {
    /// Reads the defaults where they are listed.
    pub fn read(parameters: &str) -> Result<Self, String> {
        let amount = |name: &str| row(parameters, name).map(|(_, default)| Amount(default));
        let number = |name: &str| row(parameters, name).map(|(_, default)| default);
        let secs = |name: &str| number(name).and_then(small::<u32>);
        let bps = |number: u64| small::<u16>(number).map(Bps);
        let severity = |severity: u8| {
            let (most, base) = row(parameters, &format!("disputes.severities[{severity}].base_bps"))?;
            let reward = number(&format!("disputes.severities[{severity}].reward_bps"))?;
            Ok(Severity { base: bps(base)?, most: bps(most)?, reward: bps(reward)? })
        };
        Ok(Self {
            terms: BondTerms {
                minimum: amount("disputes.minimum_bond")?,
                juror_fee: amount("disputes.juror_fee")?,
                bounty: amount("job_bounty")?,
                claim: bps(number("disputes.claim_bond_bps")?)?,
            },
            juror_lock: amount("disputes.juror_lock")?,
            arbiter_fee: amount("disputes.arbiter_fee")?,
            clocks: Clocks {
                answer: secs("disputes.answer_secs")?,
                draw: secs("disputes.draw_secs")?,
                commit: secs("disputes.commit_secs")?,
                reveal: secs("disputes.reveal_secs")?,
                appeal: secs("disputes.appeal_secs")?,
                arbiter: secs("disputes.arbiter_secs")?,
            },
            term_secs: number("disputes.juror_term_secs")?,
            delta: bps(number("disputes.delta_bps")?)?,
            cover_from: small(number("disputes.cover_from_severity")?)?,
            severities: (1..=5).map(severity).collect::<Result<_, String>>()?,
        })
    }

    pub(super) fn severity(&self, severity: u8) -> Severity {
        let none = Severity { base: Bps::ZERO, most: Bps::ZERO, reward: Bps::ZERO };
        usize::from(severity).checked_sub(1).and_then(|place| self.severities.get(place)).copied().unwrap_or(none)
    }

    /// The longest dispute, with all outages that can be recorded meanwhile.
    pub(super) fn longest_secs(&self) -> u64 {
        self.clocks.longest_with_outages_secs()
    }

    /// What a bond is measured by.
    pub(super) fn claimed(&self, severity: u8) -> Amount {
        part_up(STAKES.own.saturating_add(STAKES.delegated), self.severity(severity).base)
    }

    pub(super) fn bond(&self, severity: u8) -> Amount {
        required_bond(severity, FEE, self.claimed(severity), &self.terms)
    }

    /// What is held back from the pools: the severity's most of the own one, twice the fee and the juries on
    /// top.
    pub(super) fn held(&self, severity: u8) -> Amount {
        if severity == 0 {
            return Amount::ZERO;
        }
        self.held_own(severity).saturating_add(part_up(STAKES.delegated, self.severity(severity).base))
    }

    fn held_own(&self, severity: u8) -> Amount {
        let extra = FEE.saturating_add(FEE).saturating_add(first_jury_cost(severity, &self.terms));
        part_up(STAKES.own, self.severity(severity).most).saturating_add(extra).min(STAKES.own)
    }

    /// What a fault costs, by pool: of the own one never more than is claimed.
    pub(super) fn loss(&self, severity: u8) -> Loss {
        let division = Division { delta: self.delta, cover: severity >= self.cover_from };
        let lost = loss(self.severity(severity).base, STAKES, STAKES, division);
        Loss { own: lost.own.min(self.held_own(severity)), ..lost }
    }

    /// What the jurors of a round earn, and what the round costs, for a claim that holds stake.
    pub(super) fn round(&self, round: u8, severity: u8) -> (Amount, Amount) {
        let fee = juror_fee(round, severity, self.terms.juror_fee, self.held(severity));
        (fee, jury_cost(round, severity, fee, self.terms.bounty))
    }

    /// A dispute about a claim of a severity whose first jury, all of it, votes with the verdict.
    pub(super) fn settlement(&self, outcome: Outcome, layers: &[(Amount, u8, u8)], found: u8) -> Settlement {
        let mut all = [Layer::default(); LAYERS];
        for (layer, (bond, from, to)) in all.iter_mut().zip(layers) {
            let (from, to) = (self.severity(*from).base, self.severity(*to).base);
            *layer = Layer { bond: *bond, from, to, is_conceded: false };
        }
        let counter = Amount(layers.iter().map(|(bond, ..)| bond.0).sum());
        let claimed = layers.iter().map(|(.., to)| *to).max().unwrap_or(0);
        let (_, jury) = self.round(1, claimed);
        let found = self.severity(found).base;
        let spent = Amount(self.terms.bounty.0 * u64::from(seats(1, claimed)));
        Settlement { outcome, layers: all, counter, jury, spent, found, arbiter_fee: self.arbiter_fee }
    }
}

fn small<T: TryFrom<u64>>(number: u64) -> Result<T, String> {
    T::try_from(number).map_err(|_| format!("{number} is out of range"))
}

pub(super) fn seats(round: u8, severity: u8) -> u8 {
    sizes(severity).get(usize::from(round.saturating_sub(1))).copied().unwrap_or(0)
}

pub(super) fn part_up(of: Amount, bps: Bps) -> Amount {
    Amount(mul_div_ceil(of.0, u64::from(bps.0), Bps::ONE).unwrap_or(of.0))
}

/// What it costs to hold an amount for a time, rounded up.
pub(super) fn holding(amount: Amount, secs: u64) -> Amount {
    let yearly = mul_div_ceil(amount.0, YIELD_PERCENT, 100).unwrap_or(u64::MAX);
    Amount(mul_div_ceil(yearly, secs, YEAR_SECS).unwrap_or(u64::MAX))
}

/// A number of tokens with two decimals, rounded up.
pub(super) fn tokens(amount: Amount) -> String {
    let hundredths = amount.0.div_ceil(TOKEN / 100);
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    let digits = whole.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped}.{rest:02}")
}
