//! What is committed to, and how it opens a dispute or raises a claim.

use super::dispute::{Cost, Dispute, Dues, LAYERS, MISSED, OPENING, Opening, Stake, layer};
use {
    super::{
        ballot::{Draw, Seed},
        bonds::{largest_deposit, required_bond},
        books::Model,
        court::{Clocks, Court, first_juries},
        job::Job,
        num::Kept,
        refuse::{Verdict, require},
    },
    crate::op::{Target, Who},
    std::collections::BTreeMap,
};

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
        require(opening.who != self.providers[provider].owner, "it disputes itself")?;
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
            draw: rules.draw_secs.into(),
            commit: rules.commit_secs.into(),
            reveal: rules.reveal_secs.into(),
            appeal: rules.appeal_secs.into(),
            arbiter: rules.arbiter_secs.into(),
        };
        let cautious = opening.committed_at < self.jury.adopted_at + 2 * self.longest_dispute();
        let stake = |base| Stake { base, claimed: 0, left: 0, kept: Kept::all(), slash: 0, executed: 0 };
        Dispute {
            provider,
            owner: self.providers[provider].owner,
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
            costs: rules.severities.map(|rule| Cost::of(&rule)),
            cover_from: rules.cover_from_severity,
            delta: rules.delta_bps.into(),
            fee: 0,
            stakes: bases.map(stake),
            fees: [rules.juror_fee; 3],
            bounties: [0; 3],
            interval: self.time.anchor.1,
            finished: false,
            told: false,
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
        require(opening.who != self.providers[provider].owner, "it disputes itself")?;
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
}
