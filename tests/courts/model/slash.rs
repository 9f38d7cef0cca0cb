//! Executing a slash in installments, within the network's limit, and paying out what a dispute owes.

use super::{
    books::Model,
    claim::CLOSE_AFTER,
    dispute::{Dispute, Dues},
    num::{floor, part, share},
    refuse::{Verdict, require},
    verdict::{OF_CLIENT, PAID_OUT},
};

/// Insurance's part of every slash. Hundredths of a percent.
const INSURANCE: u64 = 2_000;
/// After so many refills of the limit everything has passed.
const REFILLS: u64 = 8;
/// Stands for the client among the creditors.
const CLIENT: u8 = 255;

/// What of a whole in `count` parts is due once `passed` of them have come.
fn due(whole: u64, passed: u64, count: u64) -> u64 {
    if passed >= count { whole } else { floor(whole, passed, count) }
}

impl Dispute {
    /// Whether nothing of the slash is left.
    pub fn is_executed(&self) -> bool {
        self.stakes.iter().all(|stake| stake.executed >= stake.slash) && self.confiscated == 0
    }

    /// What of each pool is due and not executed.
    pub fn due(&self, work: i64) -> [u64; 2] {
        if !self.finished || work < self.slash_from || self.is_executed() {
            return [0; 2];
        }
        let passed = (work - self.slash_from) / self.interval + 1;
        let due = |kind: usize| {
            let stake = &self.stakes[kind];
            due(stake.slash, passed.unsigned_abs(), self.installments).saturating_sub(stake.executed)
        };
        [due(0), due(1)]
    }

    /// Shares out what an installment took: first what jurors are owed, then challengers, client and
    /// insurance; the rest burns.
    fn share_out(&mut self, taken: [u64; 2]) {
        let to_jurors = taken[0].min(self.jury_due);
        self.jury_due -= to_jurors;
        let own = taken[0] - to_jurors;
        let most = part(own, PAID_OUT);
        let reward = self.costs[usize::from(self.court.severity()) - 1].reward;
        let challenger = part(own, reward).min(most);
        let before = self.compensated + self.compensated_before;
        let mut client = 0;
        if self.job.is_some() {
            client = part(own, OF_CLIENT).min((2 * self.fee).saturating_sub(before)).min(most - challenger);
        }
        let mut insurance = part(own, INSURANCE) + part(taken[1], INSURANCE);
        let burned = own + taken[1] - challenger - client - insurance;
        if self.fee_was_paid {
            // The client's fee is gone: insurance makes it up.
            let missing = self.fee.saturating_sub(before).saturating_sub(client);
            let topped_up = missing.min(most - challenger - client).min(insurance);
            client += topped_up;
            insurance -= topped_up;
        }
        let extra = share(challenger, self.extra, self.stakes[0].slash - self.jury_pay);
        self.dues.extra_reward += extra;
        self.dues.reward += challenger - extra;
        self.dues.client += client;
        self.compensated += client;
        self.dues.insurance += insurance;
        self.dues.burn += burned;
    }

    /// The reward out of a further seat's part is its own challengers', by bond; the first gets the dust.
    fn reward_extra(&mut self) {
        let (reward, bonds) = (std::mem::take(&mut self.dues.extra_reward), self.bonds());
        let mut rest = reward;
        for layer in &mut self.layers {
            let part = share(reward, layer.bond, bonds);
            layer.credit += part;
            rest -= part;
        }
        if let Some(first) = self.layers.first_mut() {
            first.credit += rest;
        }
    }
}

impl Model {
    /// The largest stake of the last eight epochs that had any.
    pub fn largest_stake(&self) -> u64 {
        self.stakes.iter().rev().take(8).copied().max().unwrap_or(0)
    }

    fn capacity(&self) -> u64 {
        let stake = self.largest_stake();
        if stake == 0 { u64::MAX } else { part(stake, self.rules.disputes.slash_cap_bps.into()) }
    }

    fn refill(&self) -> u64 {
        u64::from(self.rules.disputes.slash_refill_epochs) * self.time.anchor.1.unsigned_abs()
    }

    /// Whether the limit has no room, as it was left.
    pub fn is_full(&self) -> bool {
        self.limit.level >= self.capacity()
    }

    /// The limit has refilled since it was last filled.
    fn leak(&mut self) {
        let (now, capacity, refill) = (self.time.now, self.capacity(), self.refill());
        let elapsed = u64::try_from(now - self.limit.as_of).unwrap_or(0).min(refill);
        if self.limit.level > 0 {
            self.limit.level = self.limit.level.saturating_sub(floor(capacity, elapsed, refill));
        }
        self.limit.as_of = self.limit.as_of.max(now);
    }

    /// Executes what is due, as far as the network's limit has room, and an eighth of the slash a refill in
    /// any case.
    pub fn execute(&mut self, number: usize) -> Verdict {
        let work = self.time.cross();
        require(self.disputes.contains_key(&number), "no such dispute")?;
        self.leak();
        let (room, refill) = (self.capacity().saturating_sub(self.limit.level), self.refill());
        let mut dispute = self.disputes.remove(&number).expect("it is open");
        let [own, delegated] = dispute.due(work);
        let all = own + delegated;
        require(work >= dispute.slash_from && (all > 0 || dispute.confiscated > 0), "nothing is due")?;
        let mut parts = [own, delegated];
        if all > room {
            let refills = u64::try_from(work - dispute.slash_from).unwrap_or(0) / refill;
            let whole = dispute.stakes[0].slash + dispute.stakes[1].slash;
            let executed = dispute.stakes[0].executed + dispute.stakes[1].executed;
            let room = room.max(due(whole, refills, REFILLS).saturating_sub(executed));
            if all > room {
                require(room > 0, "the limit has no room")?;
                let of_own = share(room, own, all);
                parts = [of_own, (room - of_own).min(delegated)];
            }
        }
        let taken = [0, 1].map(|kind| self.take(&mut dispute, kind, parts[kind]));
        dispute.confiscated = 0;
        dispute.share_out(taken);
        self.limit.level += taken[0] + taken[1];
        self.money.stakes[dispute.provider] -= taken[0] + taken[1];
        self.money.escrow += taken[0] + taken[1];
        self.disputes.insert(number, dispute);
        Ok(())
    }

    /// Takes a part of a slash from a pool: of those who stayed; who left pays when its ticket is settled.
    fn take(&mut self, dispute: &mut Dispute, kind: usize, amount: u64) -> u64 {
        if amount == 0 {
            return 0;
        }
        let provider = dispute.provider;
        let stake = &mut dispute.stakes[kind];
        let left = stake.slash - stake.executed;
        let used = if amount >= left { stake.left } else { floor(stake.left, amount, left) };
        stake.executed += amount;
        stake.left -= used;
        let pool = &mut self.providers[provider].pools[kind];
        let (due, used) = (pool.kept.of(amount, &stake.kept), pool.kept.of(used, &stake.kept));
        let taken = pool.slash(due);
        if kind == 0 {
            self.providers[provider].debt += due - taken;
        }
        let claim = self.claims.get_mut(&(provider, dispute.claim)).expect("its claim");
        claim.claimed[kind] = claim.claimed[kind].saturating_sub(used);
        if let Some(joined) = dispute.joined.checked_sub(1) {
            claim.joined[joined].executed[kind] += amount;
            claim.joined[joined].parts[kind] += 1;
        }
        taken
    }

    /// Governance lowers a slash before its first installment.
    pub fn veto(&mut self, number: usize, keep: u64) -> Verdict {
        let work = self.time.cross();
        let dispute = self.disputes.get_mut(&number).ok_or("no such dispute")?;
        let deferred = dispute.finished && work < dispute.slash_from && !dispute.ended;
        require(deferred && keep < 10_000, "it is not deferred")?;
        let beyond = dispute.stakes[0].slash - dispute.jury_due;
        dispute.stakes[0].slash = part(beyond, keep) + dispute.jury_due;
        dispute.stakes[1].slash = part(dispute.stakes[1].slash, keep);
        dispute.extra = part(dispute.extra, keep);
        dispute.confiscated = part(dispute.confiscated, keep);
        Ok(())
    }

    /// A dispute goes as far as time and votes allow.
    pub fn advance(&mut self, number: usize) -> Verdict {
        let work = self.time.cross();
        require(self.disputes.contains_key(&number), "no such dispute")?;
        let moved = self.walk(number, work);
        let dispute = self.disputes.get_mut(&number).expect("it is open");
        let found = dispute.court.found.iter().any(|severity| *severity > 0) || dispute.is_upheld();
        let books = found && dispute.unreserved && !dispute.finished;
        if books {
            dispute.unreserved = false;
            self.book(number);
        }
        let decides =
            self.disputes[&number].court.phase == super::court::Phase::Decided && !self.disputes[&number].finished;
        if decides {
            self.finish(number);
        }
        let dispute = &self.disputes[&number];
        let ends = dispute.finished && !dispute.ended && dispute.is_executed();
        let is_certain = dispute.finished && !dispute.ended && work >= dispute.slash_from;
        let tells = !ends && is_certain && !dispute.told && dispute.joined > 0;
        if ends {
            self.end(number);
        } else if tells {
            self.tell(number);
        }
        require(moved || books || decides || ends || tells, "nothing to advance")
    }

    /// No veto comes any more: who has left is settled by the whole slash, whatever of it is executed.
    fn tell(&mut self, number: usize) {
        let dispute = self.disputes.get_mut(&number).expect("it is open");
        dispute.told = true;
        let certain = [0, 1].map(|kind| dispute.stakes[kind].slash);
        let (at, joined) = ((dispute.provider, dispute.claim), dispute.joined - 1);
        self.claims.get_mut(&at).expect("its claim").joined[joined].certain = Some(certain);
    }

    /// Everything was executed: claim and fault are told.
    fn end(&mut self, number: usize) {
        let now = self.time.now;
        let mut dispute = self.disputes.remove(&number).expect("it is open");
        (dispute.ended, dispute.ended_at) = (true, now);
        let unpaid = std::mem::take(&mut dispute.jury_due);
        dispute.advance_jury_pay(unpaid);
        dispute.reward_extra();
        let reward = std::mem::take(&mut dispute.dues.reward);
        let (provider, claim) = (dispute.provider, dispute.claim);
        self.faults.get_mut(&(provider, dispute.epoch)).expect("its fault").end_one(&dispute, reward, now);
        let known = &self.providers[provider];
        let freed = [0, 1].map(|kind| known.pools[kind].kept.of(dispute.stakes[kind].left, &dispute.stakes[kind].kept));
        let book = self.claims.get_mut(&(provider, claim)).expect("its claim");
        book.open -= 1;
        for (claimed, freed) in book.claimed.iter_mut().zip(freed) {
            *claimed = claimed.saturating_sub(freed);
        }
        if let Some(joined) = dispute.joined.checked_sub(1) {
            book.joined[joined].ended = true;
        }
        if book.open == 0 {
            book.ended_at = now;
            self.release_claim(provider, claim);
        }
        self.disputes.insert(number, dispute);
    }

    /// What a dispute holds for nobody in particular burns, insures, or becomes fees of the present epoch.
    pub fn distribute(&mut self, number: usize) -> Verdict {
        let dispute = self.disputes.get_mut(&number).ok_or("no such dispute")?;
        // While the own stake owes jurors their pay, what it cannot give in the end comes out of these.
        let is_secured = dispute.jury_due == 0;
        let dues = &mut dispute.dues;
        let mut take = |due: fn(&mut Dues) -> &mut u64, may: bool| if may { std::mem::take(due(dues)) } else { 0 };
        let burned = take(|dues| &mut dues.burn, is_secured);
        let insurance = take(|dues| &mut dues.insurance, true);
        let provider = take(|dues| &mut dues.provider, is_secured);
        require(burned + insurance + provider > 0, "nothing to share out")?;
        self.money.escrow -= burned + insurance + provider;
        self.money.insurance += insurance;
        self.money.rewards += provider;
        self.money.burn(burned);
        Ok(())
    }

    pub fn claim_credit(&mut self, number: usize, place: u8) -> Verdict {
        require(self.disputes.contains_key(&number), "no such dispute")?;
        let drew = self.draw_reward(number);
        let dispute = self.disputes.get_mut(&number).expect("it is open");
        let (who, amount) = if place == CLIENT {
            (dispute.client.ok_or("it has no client")?, std::mem::take(&mut dispute.dues.client))
        } else {
            let secured = dispute.finished && dispute.jury_due == 0;
            let layer = dispute.layers.get_mut(usize::from(place)).ok_or("no such layer")?;
            require(secured || layer.withdrawn, "the jurors are not secured")?;
            (layer.who, std::mem::take(&mut layer.credit))
        };
        require(drew || amount > 0, "nothing is owed")?;
        self.money.escrow -= amount;
        self.money.wallets[who] += amount;
        Ok(())
    }

    /// A contributor gets its part of what returns to its side, rounded down; the last one takes the rest.
    pub fn claim_appeal(&mut self, number: usize, who: usize, side: usize) -> Verdict {
        let dispute = self.disputes.get_mut(&number).ok_or("no such dispute")?;
        let paid = dispute.contributions.get(&(who, side)).copied().ok_or("nothing was paid")?;
        require(dispute.finished, "it is not decided")?;
        let mut returned = 0;
        for (index, amount) in paid.into_iter().enumerate().filter(|(_, amount)| *amount > 0) {
            let (pot, back) = (&mut dispute.court.appeals[index].paid[side], &mut dispute.dues.appeals[index][side]);
            let part = if amount >= *pot { *back } else { share(*back, amount, *pot) };
            *pot -= amount;
            *back -= part;
            returned += part;
        }
        dispute.contributions.remove(&(who, side));
        self.money.escrow -= returned;
        self.money.wallets[who] += returned;
        Ok(())
    }

    pub fn close_dispute(&mut self, number: usize) -> Verdict {
        let now = self.time.now;
        let dispute = self.disputes.get(&number).ok_or("no such dispute")?;
        let dues = &dispute.dues;
        let owes = dues.burn + dues.insurance + dues.provider + dues.client > 0;
        let credits = dispute.layers.iter().any(|layer| layer.credit > 0);
        let awaits = dispute.is_upheld() && !dispute.rewarded;
        let held = !dispute.ballots.is_empty() || !dispute.contributions.is_empty();
        require(dispute.ended && !owes && !credits && !awaits && !held, "it owes something")?;
        require(now >= dispute.ended_at + CLOSE_AFTER, "it is too early")?;
        self.disputes.remove(&number);
        Ok(())
    }
}
