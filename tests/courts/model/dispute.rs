//! Disputes: what is committed to, what it claims, and what its parties do before anybody judges.

use {
    super::{
        Model, Verdict,
        ballots::Ballot,
        bonds::{first_juries, largest_deposit, required_bond},
        claims::Joined,
        court::{Clocks, Court},
        draws::{Draw, Seed},
        num::{Kept, part_up},
        require,
        seats::Job,
    },
    crate::op::{Target, Who},
    std::collections::BTreeMap,
};

/// What is opened follows its commitment within an hour. Seconds.
const OPENING: i64 = 3_600;
/// The most that each severity may cost, from 1 on. Hundredths of a percent.
pub const MOST: [u64; 5] = [100, 500, 1_500, 5_000, 10_000];
/// Claims of one dispute.
const LAYERS: usize = 5;
/// A missed deadline is claimed at this severity at most.
const MISSED: u8 = 1;

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
    fn value(&self, severity: u8, repeats: u32) -> u64 {
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

/// Who is accused, of which epoch, with what stake then, and the job.
type Accused = (usize, u32, [u64; 2], Option<Job>);

impl Model {
    pub fn commit(&mut self, number: usize, who: Who, target: Target, severity: u8, deposit: u64) -> Verdict {
        let work = self.time.cross();
        require(deposit > 0, "nothing is deposited")?;
        self.money.pay_in(who, deposit)?;
        self.money.escrow += deposit;
        let (committed_at, committed_work) = (self.time.now, work);
        self.openings.insert(number, Opening { who, target, severity, deposit, committed_at, committed_work });
        Ok(())
    }

    pub fn lapse(&mut self, number: usize) -> Verdict {
        let work = self.time.cross();
        let opening = self.openings.get(&number).ok_or("no such opening")?;
        require(work > opening.committed_work + OPENING, "its hour has not passed")?;
        let (who, deposit) = (opening.who, opening.deposit);
        let burned = deposit.div_ceil(10);
        self.money.escrow -= deposit;
        self.money.wallets[who] += deposit - burned;
        self.money.burn(burned);
        self.openings.remove(&number);
        Ok(())
    }

    /// An opening is used: to open the dispute `number`, or to raise a claim.
    pub fn use_opening(&mut self, opening: usize, number: usize) -> Result<bool, &'static str> {
        let work = self.time.cross();
        let opening_number = opening;
        let opening = self.openings.get(&opening_number).ok_or("no such opening")?.clone();
        require(work <= opening.committed_work + OPENING, "its hour has passed")?;
        let opens = !matches!(opening.target, Target::Raise { .. });
        let required = match opening.target {
            Target::Raise { dispute } => self.raise(&opening, dispute, work)?,
            _ => self.open(&opening, number, work)?,
        };
        let surplus = opening.deposit - required;
        self.money.escrow -= surplus;
        self.money.wallets[opening.who] += surplus;
        self.openings.remove(&opening_number);
        Ok(opens)
    }

    /// What a provider did in an epoch, or on a seat: stake then, fee, and the costs in force for it.
    fn accused(&self, opening: &Opening) -> Result<Accused, &'static str> {
        match opening.target {
            Target::Conduct { provider, epoch } => {
                let now = self.time.epoch();
                require(self.providers[provider].exists, "the provider is closed")?;
                require(epoch <= now && now - epoch < 8, "no record of the epoch")?;
                let record = self.providers[provider].records.get(&epoch).copied().unwrap_or([0; 2]);
                let until = self.time.ends_at_work(epoch) + i64::from(self.rules.challenge_secs);
                require(opening.committed_work < until, "the conduct is too old")?;
                Ok((provider, epoch, record, None))
            }
            Target::Result { seat, without_claim } => {
                let job = self.jobs.get(&seat).ok_or("no such seat")?.clone();
                let is_client = job.client == opening.who;
                require(is_client || !job.missed, "only the client disputes a missed deadline")?;
                require(!job.missed || opening.severity <= MISSED, "a missed deadline is mild")?;
                require(opening.committed_work < job.challenge_until, "its window has passed")?;
                require(is_client || !without_claim, "only the client leaves its claim out")?;
                Ok((job.provider, job.epoch, job.base, Some(job)))
            }
            Target::Raise { .. } => Err("not an opening"),
        }
    }

    fn open(&mut self, opening: &Opening, number: usize, work: i64) -> Result<u64, &'static str> {
        let (provider, epoch, then, job) = self.accused(opening)?;
        require(opening.who != provider, "it disputes itself")?;
        require((1..=5).contains(&opening.severity), "no such severity")?;
        let without_claim = matches!(opening.target, Target::Result { without_claim: true, .. });
        let seat = match opening.target {
            Target::Result { seat, .. } => Some(seat),
            _ => None,
        };
        let delegated = then[1].min(self.providers[provider].pools[1].tokens);
        let mut dispute = self.blank(provider, epoch, opening, [then[0], delegated], work);
        (dispute.job, dispute.unreserved) = (seat, without_claim);
        if let Some(job) = &job {
            (dispute.fee, dispute.missed, dispute.client) = (job.fee, job.missed, Some(job.client));
        }
        let repeats = self.repeats(provider, opening.severity, epoch, self.time.epoch());
        let claimed = if without_claim { 0 } else { dispute.value(opening.severity, repeats) };
        let required = self.required(opening.severity, dispute.fee, claimed, dispute.fees[0]);
        require(opening.deposit >= required, "less than the bond required")?;
        require(opening.deposit <= largest_deposit(required), "more than a tenth above it")?;
        dispute.layers.push(layer(opening, 0, required));
        dispute.claim = self.open_claim(provider);
        if let Some(job) = seat.and_then(|seat| self.jobs.get_mut(&seat)) {
            job.open_disputes += 1;
        }
        self.providers[provider].open_disputes += 1;
        self.faults.entry((provider, epoch)).or_default().join();
        self.disputes.insert(number, dispute);
        self.book(number);
        Ok(required)
    }

    fn blank(&self, provider: usize, epoch: u32, opening: &Opening, bases: [u64; 2], work: i64) -> Dispute {
        let rules = &self.rules.disputes;
        let clocks = Clocks {
            answer: rules.answer_secs.into(),
            seat: rules.seat_secs.into(),
            commit: rules.commit_secs.into(),
            reveal: rules.reveal_secs.into(),
            appeal: rules.appeal_secs.into(),
            arbiter: rules.arbiter_secs.into(),
        };
        let cautious = opening.committed_at < self.jury.adopted_at + 2 * self.longest_dispute();
        let cost = |place: usize| {
            let rule = &rules.severities[place];
            let (base, reward) = (rule.base_bps.into(), rule.reward_bps.into());
            Cost { base, reward, jail: rule.jail_epochs.into(), installments: rule.installments.into() }
        };
        let stake = |base: u64| {
            let kept = Kept::all();
            Stake { base, claimed: 0, left: 0, kept, slash: 0, executed: 0 }
        };
        Dispute {
            provider,
            job: None,
            client: None,
            epoch,
            claim: 0,
            joined: 0,
            committed_at: opening.committed_at,
            missed: false,
            unreserved: false,
            court: Court::open(opening.severity, clocks, cautious, work),
            layers: Vec::new(),
            costs: std::array::from_fn(cost),
            cover_from: rules.cover_from_severity,
            delta: rules.delta_bps.into(),
            fee: 0,
            stakes: bases.map(stake),
            fees: [rules.juror_fee; 3],
            bounties: [0; 3],
            deferral: self.rules.deferral_secs.into(),
            interval: self.time.anchor.1,
            finished: false,
            ended: false,
            ended_at: 0,
            slash_from: 0,
            installments: 0,
            confiscated: 0,
            jury_pay: 0,
            jury_due: 0,
            extra: 0,
            above: 0,
            fee_was_paid: false,
            rewarded: false,
            compensated: 0,
            compensated_before: 0,
            dues: Dues::default(),
            contributions: BTreeMap::new(),
            ballots: BTreeMap::new(),
            draw: Draw::default(),
            absent: [0; 4],
        }
    }

    /// The bond that opening a dispute requires now; nothing where it cannot be opened.
    pub fn bond_to_open(&self, who: Who, target: Target, severity: u8) -> Option<u64> {
        let (committed_at, committed_work) = (self.time.now, self.time.work());
        let opening = Opening { who, target, severity, deposit: 0, committed_at, committed_work };
        let (provider, epoch, then, job) = self.accused(&opening).ok()?;
        let delegated = then[1].min(self.providers[provider].pools[1].tokens);
        let dispute = self.blank(provider, epoch, &opening, [then[0], delegated], committed_work);
        let repeats = self.repeats(provider, severity, epoch, self.time.epoch());
        let without_claim = matches!(target, Target::Result { without_claim: true, .. });
        let claimed = if without_claim { 0 } else { dispute.value(severity, repeats) };
        Some(self.required(severity, job.map_or(0, |job| job.fee), claimed, dispute.fees[0]))
    }

    fn required(&self, severity: u8, fee: u64, claimed: u64, juror_fee: u64) -> u64 {
        let rules = &self.rules.disputes;
        let juries = first_juries(severity, juror_fee, self.rules.job_bounty);
        required_bond(rules.minimum_bond, fee, juries, claimed, rules.claim_bond_bps.into())
    }

    /// What raising the claim of a dispute to a severity requires now.
    pub fn raising(&self, number: usize, severity: u8) -> Option<u64> {
        let dispute = self.disputes.get(&number)?;
        let repeats = self.repeats(dispute.provider, severity, dispute.epoch, self.time.epoch());
        let value = dispute.value(severity, repeats);
        let required = self.required(severity, dispute.fee, value, dispute.fees[0]);
        let juries = first_juries(severity, dispute.fees[0], self.rules.job_bounty);
        let missing = required.saturating_sub(dispute.bonds());
        Some(missing.max(self.rules.disputes.minimum_bond).max(juries))
    }

    fn raise(&mut self, opening: &Opening, number: usize, work: i64) -> Result<u64, &'static str> {
        let dispute = self.disputes.get(&number).ok_or("no such dispute")?;
        let (provider, severity, below) = (dispute.provider, opening.severity, dispute.court.claimed);
        require(opening.who != provider, "it disputes itself")?;
        require(!dispute.missed || severity <= MISSED, "a missed deadline is mild")?;
        require(dispute.draw.seed(&dispute.court) == Seed::None, "its jury was called")?;
        require((1..=5).contains(&severity), "no such severity")?;
        let required = self.raising(number, severity).expect("it is open");
        self.walk(number, work);
        let dispute = self.disputes.get_mut(&number).expect("it is open");
        dispute.court.raise(severity, work)?;
        require(opening.deposit >= required, "less than the bond required")?;
        require(opening.deposit <= largest_deposit(required), "more than a tenth above it")?;
        require(dispute.layers.len() < LAYERS, "no layer is left")?;
        dispute.layers.push(layer(opening, below, required));
        dispute.unreserved = false;
        self.book(number);
        Ok(required)
    }

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

fn layer(opening: &Opening, below: u8, bond: u64) -> Layer {
    let Opening { who, severity, committed_at, .. } = *opening;
    Layer { who, severity, below, bond, committed_at, withdrawn: false, conceded: false, credit: 0 }
}
