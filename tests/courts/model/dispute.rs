//! Disputes: what is committed to, and what it claims.

use {
    super::{
        ballot::{Ballot, Draw},
        court::{Court, first_juries},
        num::{Kept, part_up},
    },
    crate::op::{Target, Who},
    std::collections::BTreeMap,
    work_token_sdk::state::SeverityRule,
};

/// What is opened follows its commitment within an hour. Seconds.
pub(super) const OPENING: i64 = 3_600;
/// The most that each severity may cost, from 1 on. Hundredths of a percent.
pub const MOST: [u64; 5] = [100, 500, 1_500, 5_000, 10_000];
/// Claims of one dispute.
pub(super) const LAYERS: usize = 5;
/// A missed deadline is claimed at this severity at most.
pub(super) const MISSED: u8 = 1;

/// What somebody committed to.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    pub who: Who,
    pub target: Target,
    pub severity: u8,
    pub deposit: u64,
    pub committed_at: i64,
    pub committed_work: i64,
}

/// One challenger's claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    pub who: Who,
    pub severity: u8,
    /// The claim that it raised.
    pub below: u8,
    /// What it required; nothing once it was withdrawn before the answer.
    pub bond: u64,
    pub committed_at: i64,
    pub withdrawn: bool,
    pub conceded: bool,
    /// What it is owed.
    pub credit: u64,
}

/// What a severity costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    pub base: u64,
    pub reward: u64,
    pub jail: u32,
    pub installments: u64,
    pub deferral: i64,
}

impl Cost {
    pub fn of(rule: &SeverityRule) -> Self {
        let (base, reward) = (rule.base_bps.into(), rule.reward_bps.into());
        let (jail, installments) = (rule.jail_epochs.into(), rule.installments.into());
        Self { base, reward, jail, installments, deferral: rule.deferral_secs.into() }
    }
}

/// What a dispute has to do with one pool.
#[derive(Clone, Debug, PartialEq)]
pub struct Stake {
    /// What a slash is measured on.
    pub base: u64,
    pub claimed: u64,
    /// What of the claim was not executed.
    pub left: u64,
    /// What had stayed of the pool when it joined its claim.
    pub kept: Kept,
    pub slash: u64,
    pub executed: u64,
}

/// What it owes to nobody in particular, and to its client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dues {
    pub burn: u64,
    pub insurance: u64,
    pub provider: u64,
    pub client: u64,
    /// The challengers' reward for the fault, until it ends.
    pub reward: u64,
    /// That for a further seat.
    pub extra_reward: u64,
    /// Lost by jurors of a jury without a quorum, for those that revealed there.
    pub forfeits: [u64; 4],
    /// Of each side's payments for the two appeals.
    pub appeals: [[u64; 4]; 2],
}

#[derive(Clone, Debug, PartialEq)]
pub struct Dispute {
    pub provider: usize,
    /// Who owned the provider when it was opened.
    pub owner: Who,
    /// The disputed seat, and its client; none for conduct.
    pub job: Option<usize>,
    pub client: Option<Who>,
    pub epoch: u32,
    pub claim: u32,
    /// Its place among those that joined the claim, from 1; 0 while it holds no stake.
    pub joined: usize,
    pub committed_at: i64,
    pub missed: bool,
    pub unreserved: bool,
    pub court: Court,
    pub layers: Vec<Layer>,
    pub costs: [Cost; 5],
    /// The severity from which on delegators cover what the owner cannot pay.
    pub cover_from: u8,
    /// Their part of their own loss while own stake is left. Hundredths of a percent.
    pub delta: u64,
    pub fee: u64,
    pub stakes: [Stake; 2],
    /// Pay of a juror of each round.
    pub fees: [u64; 3],
    /// Bounties paid in each round.
    pub bounties: [u64; 3],
    pub interval: i64,
    pub finished: bool,
    /// Whether its claim knows what it takes before it has ended.
    pub told: bool,
    pub ended: bool,
    pub ended_at: i64,
    pub slash_from: i64,
    pub installments: u64,
    pub confiscated: u64,
    /// The own pool's part in the jurors' pay, and what of it is not executed.
    pub jury_pay: u64,
    pub jury_due: u64,
    /// Of the own slash: twice the fee of a further seat.
    pub extra: u64,
    /// The severity above which its reward is for the fault.
    pub above: u8,
    pub fee_was_paid: bool,
    pub rewarded: bool,
    pub compensated: u64,
    pub compensated_before: u64,
    pub dues: Dues,
    /// Who paid how much for which side's appeals.
    pub contributions: BTreeMap<(Who, usize), [u64; 2]>,
    /// Ballots by jury and seat, and who is called for the present jury.
    pub ballots: BTreeMap<(u8, u8), Ballot>,
    pub draw: Draw,
    /// Seats of each jury settled of those that did not reveal.
    pub absent: [u8; 4],
}

impl Dispute {
    pub fn bonds(&self) -> u64 {
        self.layers.iter().map(|layer| layer.bond).sum()
    }

    /// What a severity costs at first; nothing costs nothing.
    pub fn base(&self, severity: u8) -> u64 {
        if severity == 0 { 0 } else { self.costs[usize::from(severity) - 1].base }
    }

    /// What it costs a provider that repeats it: twice, four, eight times, at most what it may.
    pub fn repeated(&self, severity: u8, repeats: u32) -> u64 {
        (self.base(severity) << repeats.min(3)).min(MOST[usize::from(severity) - 1])
    }

    /// What a claim of a severity is worth for its bond.
    pub(super) fn value(&self, severity: u8, repeats: u32) -> u64 {
        let bases = self.stakes[0].base + self.stakes[1].base;
        part_up(bases, self.repeated(severity, repeats)).min(bases)
    }

    /// Held of each pool: of the own one the severity's most, twice the fee and what juries may cost.
    pub fn claims(&self, severity: u8, repeats: u32, bounty: u64) -> [u64; 2] {
        let own = part_up(self.stakes[0].base, MOST[usize::from(severity) - 1]);
        let juries = first_juries(severity, self.fees[0], bounty);
        [own + 2 * self.fee + juries, part_up(self.stakes[1].base, self.repeated(severity, repeats))]
    }

    /// Whether the provider is convicted.
    pub fn is_upheld(&self) -> bool {
        self.court.severity() > 0
    }
}

pub(super) fn layer(opening: &Opening, below: u8, bond: u64) -> Layer {
    let Opening { who, severity, committed_at, .. } = *opening;
    Layer { who, severity, below, bond, committed_at, withdrawn: false, conceded: false, credit: 0 }
}
