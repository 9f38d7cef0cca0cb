//! Disputes: what is committed to, what it claims, and what its parties do before anybody judges.

use {
    super::{
        Model, Verdict,
        ballots::Ballot,
        bonds::first_juries,
        claims::Joined,
        court::Court,
        draws::Draw,
        num::{Kept, part_up},
        require,
    },
    crate::op::{Target, Who},
    std::collections::BTreeMap,
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
    pub deferral: i64,
    pub interval: i64,
    pub finished: bool,
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

impl Model {
    /// What is claimed is held of both pools, in full. With the first booking the dispute joins its claim.
    pub fn book(&mut self, number: usize) {
        let dispute = self.disputes.get_mut(&number).expect("it is open");
        if dispute.unreserved {
            return;
        }
        let (provider, severity) = (dispute.provider, dispute.court.claimed);
        let (claim, epoch) = ((provider, dispute.claim), dispute.epoch);
        let repeats = self.repeats(provider, severity, epoch, self.time.epoch());
        let kept = [0, 1].map(|kind| self.providers[provider].pools[kind].kept.clone());
        let dispute = self.disputes.get_mut(&number).expect("it is open");
        let claim = self.claims.get_mut(&claim).expect("its claim");
        if dispute.joined == 0 {
            dispute.joined = claim.joined.len() + 1;
            for (stake, kept) in dispute.stakes.iter_mut().zip(&kept) {
                stake.kept = kept.clone();
            }
            let (executed, parts) = ([0; 2], [0; 2]);
            claim.joined.push(Joined { dispute: number, kept: kept.clone(), executed, parts, ended: false });
        }
        let claims = dispute.claims(severity, repeats, self.rules.job_bounty);
        for (kind, stake) in dispute.stakes.iter_mut().enumerate() {
            let added = claims[kind].saturating_sub(stake.claimed);
            claim.claimed[kind] += kept[kind].of(added, &stake.kept);
            stake.claimed += added;
            stake.left = stake.claimed;
        }
    }

    pub fn answer(&mut self, number: usize, who: Who, bond: u64) -> Verdict {
        let work = self.time.cross();
        require(self.disputes.contains_key(&number), "no such dispute")?;
        self.walk(number, work);
        let dispute = self.disputes.get_mut(&number).expect("it is open");
        dispute.court.answer(work)?;
        let required = dispute.bonds();
        let provider = &mut self.providers[dispute.provider];
        let former = provider.counter_bond;
        let replaces = former > 0 && provider.counter_bonder != Some(who);
        require(!replaces || bond > former, "another's counter-bond is replaced by a larger one")?;
        let held = if replaces { bond } else { former + bond };
        require(held >= required, "too small a counter-bond")?;
        let former_bonder = provider.counter_bonder;
        provider.counter_bond = held;
        provider.answered_disputes += 1;
        if bond > 0 {
            provider.counter_bonder = Some(who);
            self.money.pay_in(who, bond)?;
            self.money.escrow += bond;
        }
        if replaces {
            self.money.escrow -= former;
            self.money.wallets[former_bonder.expect("somebody deposited it")] += former;
        }
        Ok(())
    }

    /// A challenger gives its own claim up.
    pub fn concede(&mut self, number: usize, place: u8) -> Verdict {
        let work = self.time.cross();
        require(self.disputes.contains_key(&number), "no such dispute")?;
        let dispute = self.disputes.get(&number).expect("it is open");
        let layer = dispute.layers.get(usize::from(place)).ok_or("no such layer")?;
        require(!layer.withdrawn && !layer.conceded, "it was withdrawn")?;
        let severity = layer.severity;
        self.walk(number, work);
        let dispute = self.disputes.get_mut(&number).expect("it is open");
        let early = dispute.court.withdraw(severity, work)?;
        let layer = &mut dispute.layers[usize::from(place)];
        if early {
            let bond = std::mem::take(&mut layer.bond);
            let burned = bond.div_ceil(10);
            layer.credit += bond - burned;
            layer.withdrawn = true;
            dispute.dues.burn += burned;
        } else {
            layer.conceded = true;
        }
        Ok(())
    }
}

pub(super) fn layer(opening: &Opening, below: u8, bond: u64) -> Layer {
    let Opening { who, severity, committed_at, .. } = *opening;
    Layer { who, severity, below, bond, committed_at, withdrawn: false, conceded: false, credit: 0 }
}
