//! Executing a slash: in installments, each one change of each pool and one movement of tokens
//! (dispute-execute-2, dispute-sink-1, dispute-slash-7).

use super::{Dispute, DisputeKind, dispute_flags};
use crate::{
    WorkTokenError as E,
    limits::COMPENSATION_BPS,
    math::{
        Amount, Bps, Epoch, WorkTs,
        dispute::{installment_due, passing_part, share, used_claim},
        slash::{Loss, MAX_PAID_OUT, part, sinks},
    },
    state::{Network, PoolKind, Provider, entry_of, provider::SlashPart},
};

/// What is due of a slash. Nominal: tickets that left with a part of the claim pay theirs later.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Installment {
    /// Of the own side.
    pub own: Amount,
    /// Of the delegators.
    pub delegated: Amount,
}

/// What an installment took. Both parts leave the stake vault in one movement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Executed {
    /// What was due of both pools and tickets, whatever of it was there.
    pub nominal: Amount,
    /// Out of the own pool.
    pub own: Amount,
    /// Out of the delegated pool.
    pub delegated: Amount,
    /// Own rewards that burn with it; in the reward vault.
    pub confiscated: u64,
    /// Leaves the stake vault now: this installment, and what earlier ones could not move; nothing while a
    /// vault is frozen.
    pub moved: Amount,
}

/// Which vaults can give and receive what a dispute holds for nobody in particular: what a frozen one cannot
/// waits (dispute-execute-4).
#[derive(Clone, Copy, Debug)]
pub struct OpenVaults {
    /// Whether the escrow vault can give.
    pub escrow: bool,
    /// Whether the insurance vault can receive.
    pub insurance: bool,
    /// Whether the reward vault can receive.
    pub rewards: bool,
}

impl OpenVaults {
    /// No vault is frozen.
    pub const ALL: Self = Self { escrow: true, insurance: true, rewards: true };
}

/// What was shared out of that. Base units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Distributed {
    /// Burns.
    pub burned: u64,
    /// To the insurance vault.
    pub insurance: u64,
    /// To the provider's side, through the fees of the present epoch.
    pub provider: u64,
}

impl Dispute {
    /// Whether a slash was found and nothing of it is left to execute, or to move out of a frozen vault.
    pub fn is_executed(&self) -> bool {
        self.slash.own_executed >= self.slash.own
            && self.slash.delegated_executed >= self.slash.delegated
            && self.slash.confiscated == 0
            && self.unmoved().is_zero()
    }

    /// Slashed and still in the stake vault, because a vault was frozen.
    pub fn unmoved(&self) -> Amount {
        Amount(self.own_unmoved).saturating_add(Amount(self.delegated_unmoved))
    }

    /// When an installment, from 0 on, is due. Work time; meaningless before the outcome was applied.
    pub fn installment_from_work_ts(&self, number: u8) -> i64 {
        let waited = u64::from(self.slash.interval_secs).saturating_mul(u64::from(number));
        self.slash.from_work_ts.saturating_add(i64::try_from(waited).unwrap_or(i64::MAX))
    }

    /// What is due at a time: all installments whose time has come and that were not executed, in one call.
    pub fn due(&self, work_ts: WorkTs) -> Installment {
        if !self.has(dispute_flags::FINISHED) || !work_ts.has_reached(self.slash.from_work_ts) || self.is_executed() {
            return Installment::default();
        }
        let elapsed = u64::try_from(work_ts.0.saturating_sub(self.slash.from_work_ts)).unwrap_or(0);
        let passed = elapsed.checked_div(u64::from(self.slash.interval_secs)).unwrap_or(u64::MAX);
        let due = u32::try_from(passed).unwrap_or(u32::MAX).saturating_add(1);
        let of = |slash: u64, executed: u64| {
            installment_due(Amount(slash), due, self.installments).saturating_sub(Amount(executed))
        };
        Installment {
            own: of(self.slash.own, self.slash.own_executed),
            delegated: of(self.slash.delegated, self.slash.delegated_executed),
        }
    }

    /// Executes what is due as far as the network's limit has room, which it fills.
    ///
    /// Rounds: the pools' parts up, challengers, client and insurance down, the burn takes the rest. Refuses:
    /// when nothing is due; while the limit has no room.
    #[inline(always)]
    pub fn execute_installment(
        &mut self,
        network: &mut Network,
        provider: &mut Provider,
        (now_ts, now, work_ts): (i64, Epoch, WorkTs),
        can_move: bool,
    ) -> Result<Executed, E> {
        let (mut bucket, capacity, refill_secs) = network.slash_limit(now_ts, now);
        let executed = self.execute(provider, (bucket.room(capacity), refill_secs), work_ts, can_move)?;
        // Faults raise the minimum stake by what they cost, not by what they might (place-minimum-4).
        network.pace.slashed = network.pace.slashed.saturating_add(executed.nominal.0);
        if !self.has(dispute_flags::OBJECTIVE) {
            bucket.fill(executed.own.saturating_add(executed.delegated));
            network.slashing.set(&bucket);
        }
        Ok(executed)
    }

    /// Executes what is due, as far as the network's limit has `room`; the rest follows as it refills, its
    /// claim held meanwhile (dispute-execute-3), an eighth of the whole in each of eight times `refill_secs`
    /// whatever the limit (dispute-execute-3). Objective faults pass it.
    ///
    /// While a vault is frozen the pools fall all the same, and the tokens move when they can
    /// (dispute-execute-4): nobody is credited with what has not arrived, or one would be paid out of others'
    /// bonds.
    /// - Refuses: before the first installment is due, and while nothing is; while the network's limit lets
    ///   nothing pass.
    #[inline(never)]
    pub fn execute(
        &mut self,
        provider: &mut Provider,
        (room, refill_secs): (Amount, u64),
        work_ts: WorkTs,
        can_move: bool,
    ) -> Result<Executed, E> {
        let Installment { own, delegated } = self.due(work_ts);
        let all = own.saturating_add(delegated);
        let moves_only = can_move && !self.unmoved().is_zero();
        if !work_ts.has_reached(self.slash.from_work_ts)
            || (all.is_zero() && self.slash.confiscated == 0 && !moves_only)
        {
            return Err(E::NothingDue);
        }
        let is_limited = all > room && !self.has(dispute_flags::OBJECTIVE);
        let room = if is_limited { room.max(self.passing(refill_secs, work_ts)) } else { room };
        let (own, delegated) = if !is_limited || all <= room {
            (own, delegated)
        } else if room.is_zero() && !moves_only {
            return Err(E::SlashLimitReached);
        } else {
            let own = share(room, own, all);
            (own, room.saturating_sub(own).min(delegated))
        };

        let from_own = self.execute_on(provider, PoolKind::Own, own);
        let from_delegated = self.execute_on(provider, PoolKind::Delegated, delegated);
        let confiscated = core::mem::take(&mut self.slash.confiscated);
        provider.work.burn_due = provider.work.burn_due.saturating_add(confiscated);
        let moved = self.move_out(provider, from_own, from_delegated, can_move);
        let nominal = own.saturating_add(delegated);
        Ok(Executed { nominal, own: from_own, delegated: from_delegated, confiscated, moved })
    }

    /// What may be executed whatever the network's limit.
    #[inline(never)]
    fn passing(&self, refill_secs: u64, work_ts: WorkTs) -> Amount {
        let elapsed = u64::try_from(work_ts.0.saturating_sub(self.slash.from_work_ts)).unwrap_or(0);
        let whole = Amount(self.slash.own).saturating_add(Amount(self.slash.delegated));
        let executed = Amount(self.slash.own_executed).saturating_add(Amount(self.slash.delegated_executed));
        passing_part(whole, elapsed, refill_secs).saturating_sub(executed)
    }

    /// Shares out what an installment took and earlier ones could not move, or keeps it in the stake vault's
    /// books. Returns what leaves the vault.
    #[inline]
    fn move_out(&mut self, provider: &mut Provider, own: Amount, delegated: Amount, can_move: bool) -> Amount {
        if can_move && self.unmoved().is_zero() {
            self.share_out(own, delegated);
            return own.saturating_add(delegated);
        }
        let before = self.unmoved();
        let own = own.saturating_add(Amount(self.own_unmoved));
        let delegated = delegated.saturating_add(Amount(self.delegated_unmoved));
        let all = own.saturating_add(delegated);
        provider.unmoved_slashes = provider.unmoved_slashes.saturating_sub(before.0);
        if can_move {
            (self.own_unmoved, self.delegated_unmoved) = (0, 0);
            self.share_out(own, delegated);
            return all;
        }
        (self.own_unmoved, self.delegated_unmoved) = (own.0, delegated.0);
        provider.unmoved_slashes = provider.unmoved_slashes.saturating_add(all.0);
        Amount::ZERO
    }

    #[inline]
    fn execute_on(&mut self, provider: &mut Provider, kind: PoolKind, amount: Amount) -> Amount {
        if amount.is_zero() {
            return Amount::ZERO;
        }
        let (joined, entry) = (self.joined_at(kind), entry_of(self.joined));
        let (slash, executed, claim_left) = match kind {
            PoolKind::Own => (self.slash.own, &mut self.slash.own_executed, &mut self.slash.own_claim_left),
            PoolKind::Delegated => {
                (self.slash.delegated, &mut self.slash.delegated_executed, &mut self.slash.delegated_claim_left)
            }
        };
        let left = Amount(slash.saturating_sub(*executed));
        let used = used_claim(Amount(*claim_left), amount, left);
        *executed = executed.saturating_add(amount.0);
        *claim_left = claim_left.saturating_sub(used.0);
        let step = SlashPart { amount, used, joined, entry };
        let (taken, missing) = provider.execute_slash(self.claim, kind, &step);
        if kind == PoolKind::Own {
            provider.slash_debt = provider.slash_debt.saturating_add(missing.0);
        }
        taken
    }

    /// The part of a challengers' reward that is for twice the fee of a further seat.
    #[inline(never)]
    fn extra_of(&self, reward: Amount) -> Amount {
        let beyond_jury = Amount(self.slash.own).saturating_sub(Amount(self.own_jury_pay));
        share(reward, Amount(self.extra_slash), beyond_jury)
    }

    /// Shares out what was taken: first what the jurors are owed, then challengers, client, insurance; the
    /// burn takes the rest. A client whose fee had already been paid out is topped up to it out of the
    /// insurance's part, and challenger and client together never get more than 60 % of the own part
    /// (dispute-sink-2).
    fn share_out(&mut self, own: Amount, delegated: Amount) {
        let to_jurors = own.min(Amount(self.own_jury_due));
        self.own_jury_due = self.own_jury_due.saturating_sub(to_jurors.0);
        let own = own.saturating_sub(to_jurors);
        // What silence conceded is rewarded too, whatever the jury of a raised claim found
        // (dispute-answer-2).
        let rule = self.rule(self.severity());
        let is_job = self.kind() == DisputeKind::Job;
        let before = Amount(self.compensated).saturating_add(Amount(self.compensated_before));
        let twice_the_fee = Amount(self.fee).saturating_add(Amount(self.fee)).saturating_sub(before);
        let compensation = if is_job { part(own, Bps(COMPENSATION_BPS)).min(twice_the_fee) } else { Amount::ZERO };
        let mut to = sinks(Loss { own, delegated }, Bps(rule.reward_bps), compensation);
        if self.has(dispute_flags::OBJECTIVE) {
            let most = self.bonds().saturating_sub(Amount(self.reward_due)).saturating_sub(Amount(self.extra_reward));
            to.burned = to.burned.saturating_add(to.challenger.saturating_sub(most));
            to.challenger = to.challenger.min(most);
        }
        if self.has(dispute_flags::FEE_PAID) {
            let missing = Amount(self.fee).saturating_sub(before).saturating_sub(to.client);
            let room = part(own, MAX_PAID_OUT).saturating_sub(to.challenger).saturating_sub(to.client);
            let top_up = missing.min(room).min(to.insurance);
            to.client = to.client.saturating_add(top_up);
            to.insurance = to.insurance.saturating_sub(top_up);
        }
        let add = |total: &mut u64, amount: Amount| *total = total.saturating_add(amount.0);
        // Twice the fee of a further seat of the epoch rewards whoever disputed that seat; the rest whoever
        // committed to the fault first (dispute-epoch-2).
        let extra = if self.extra_slash == 0 { Amount::ZERO } else { self.extra_of(to.challenger) };
        add(&mut self.extra_reward, extra);
        add(&mut self.reward_due, to.challenger.saturating_sub(extra));
        add(&mut self.client_credit, to.client);
        add(&mut self.compensated, to.client);
        add(&mut self.insurance_due, to.insurance);
        add(&mut self.burn_due, to.burned);
    }

    /// Takes what it holds for nobody in particular: what burns, insures, and is the provider's side's, which
    /// burns once the provider has closed. While the own stake still owes jurors their pay, what it cannot
    /// give in the end comes out of these: all but the insurance's part wait.
    ///
    /// Refuses: when there is nothing.
    pub fn distribute(&mut self, vaults: &OpenVaults, provider_is_gone: bool) -> Result<Distributed, E> {
        if provider_is_gone {
            self.burn_due = self.burn_due.saturating_add(core::mem::take(&mut self.provider_due));
        }
        let take = |due: &mut u64, receives: bool| if vaults.escrow && receives { core::mem::take(due) } else { 0 };
        let is_secured = self.own_jury_due == 0;
        let distributed = Distributed {
            burned: take(&mut self.burn_due, is_secured),
            insurance: take(&mut self.insurance_due, vaults.insurance),
            provider: take(&mut self.provider_due, is_secured && vaults.rewards),
        };
        if distributed == Distributed::default() { Err(E::NoCredit) } else { Ok(distributed) }
    }

    /// Governance cancels or reduces a slash before its first installment, never more (dispute-execute-1):
    /// `keep` of it stays, and of the confiscated rewards; the rest of those is the owner's again. The
    /// jurors' pay stays due.
    ///
    /// Rounds: what stays down. Refuses: before the outcome is applied; from the first installment on; what
    /// would keep everything.
    pub fn veto(&mut self, provider: &mut Provider, keep: Bps, work_ts: WorkTs) -> Result<(), E> {
        let is_deferred = self.has(dispute_flags::FINISHED) && !work_ts.has_reached(self.slash.from_work_ts);
        if !is_deferred || self.has(dispute_flags::ENDED) {
            return Err(E::NotDeferred);
        }
        if u64::from(keep.0) >= Bps::ONE {
            return Err(E::VetoNeverRaises);
        }
        let beyond_jury = Amount(self.slash.own).saturating_sub(Amount(self.own_jury_due));
        self.slash.own = part(beyond_jury, keep).saturating_add(Amount(self.own_jury_due)).0.min(self.slash.own);
        self.slash.delegated = part(Amount(self.slash.delegated), keep).0;
        self.extra_slash = part(Amount(self.extra_slash), keep).0;
        let kept = part(Amount(self.slash.confiscated), keep).0;
        let returned = self.slash.confiscated.saturating_sub(kept);
        self.slash.confiscated = kept;
        provider.own_claimable = provider.own_claimable.saturating_add(returned);
        Ok(())
    }
}
