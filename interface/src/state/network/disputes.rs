//! What disputes share across a network: correlated convictions, the slashing limit, the jurors' tree.

use super::{ArmedJury, CONVICTED_RING, Convicted, Network};
use crate::{
    Address, WorkTokenError as E,
    limits::{CORRELATED_SEVERITY, CORRELATION_EPOCHS, ECONOMIC_DELAY_SECS},
    math::{
        Amount, Bps, Epoch, WorkTs,
        dispute::Bucket,
        mul_div::mul_checked,
        slash::{correlation_bps, part},
        snapshot::slot,
    },
};

impl Network {
    /// Notes that a provider with `stake` was convicted, and says by how much the convictions of the last 7 epochs raise what its severity costs: from
    /// severity 3 on, faults of one severity, this one included (MD 5.2). Multipliers are those of the verdict's epoch (R M13).
    pub fn convict(&mut self, severity: u8, stake: Amount, now: Epoch) -> Bps {
        let Some(class) = severity.checked_sub(CORRELATED_SEVERITY).map(usize::from) else { return Bps::ZERO };
        if self.stake_total == 0 {
            return Bps::ZERO;
        }
        let ring = u32::try_from(CONVICTED_RING).unwrap_or(1);
        if let Some(entry) = self.convicted.get_mut(slot(now, ring)) {
            if entry.epoch_plus_one != now.next().0 {
                *entry = Convicted { epoch_plus_one: now.next().0, padding: 0, stake: [0; 3] };
            }
            if let Some(total) = entry.stake.get_mut(class) {
                *total = total.saturating_add(stake.0);
            }
        }
        let is_recent = |entry: &&Convicted| {
            entry.epoch_plus_one != 0 && now.next().0.saturating_sub(entry.epoch_plus_one) < CORRELATION_EPOCHS
        };
        let recent = self.convicted.iter().filter(is_recent).filter_map(|entry| entry.stake.get(class));
        let convicted = recent.copied().map(Amount).fold(Amount::ZERO, Amount::saturating_add);
        correlation_bps(convicted, Amount(self.stake_total))
    }

    /// Most that may be slashed at once; everything before the first epoch with stake was finalized, because nothing is known to take a part of.
    fn slash_capacity(&self) -> Amount {
        if self.stake_total == 0 {
            return Amount(u64::MAX);
        }
        part(Amount(self.stake_total), Bps(self.params.disputes.slash_cap_bps))
    }

    /// The slashing limit as it is at a time, and its capacity (R H17).
    pub fn slash_bucket(&self, now_ts: i64) -> (Bucket, Amount) {
        let epochs = u64::from(self.params.disputes.slash_refill_epochs);
        let refill_secs =
            mul_checked(epochs, u64::from(self.clock().length_in(self.epoch_at(now_ts)))).unwrap_or(u64::MAX);
        let capacity = self.slash_capacity();
        let bucket = Bucket { level: Amount(self.slash_level), as_of_ts: self.slash_level_ts };
        (bucket.at(capacity, refill_secs, now_ts), capacity)
    }

    /// What may be slashed at a time.
    pub fn slash_room(&self, now_ts: i64) -> Amount {
        let (bucket, capacity) = self.slash_bucket(now_ts);
        bucket.room(capacity)
    }

    /// Stores it after a slash.
    pub fn set_slash_bucket(&mut self, bucket: &Bucket) {
        (self.slash_level, self.slash_level_ts) = (bucket.level.0, bucket.as_of_ts);
    }

    /// Whether a jury is being drawn, so that nobody may change the tree: whoever could after the seed is known would choose the jury.
    pub fn juror_tree_is_frozen(&self, work_ts: WorkTs) -> bool {
        !work_ts.has_reached(self.juror_tree_frozen_until_work_ts())
    }

    /// When the last of the draws is over, if none is before. Work time; 0 while nothing is drawn.
    pub fn juror_tree_frozen_until_work_ts(&self) -> i64 {
        let armed = self.armed.iter().filter(|armed| armed.dispute != [0; 8]);
        armed.fold(0, |until_work_ts, armed| until_work_ts.max(armed.until_work_ts))
    }

    /// Refuses to change the jurors' tree while a jury is drawn from it.
    pub fn require_thawed(&self, work_ts: WorkTs) -> Result<(), E> {
        if self.juror_tree_is_frozen(work_ts) { Err(E::JurorTreeFrozen) } else { Ok(()) }
    }

    /// Arms a dispute's draw, which must be over by `until_work_ts`, in its own place, a free one, or that of a draw whose time has passed. Refuses a ninth at the same time:
    /// anybody may bring one of the others to its end.
    pub fn arm_jury(&mut self, dispute: &Address, until_work_ts: i64, work_ts: WorkTs) -> Result<(), E> {
        let key = key_of(dispute);
        let own = self.armed.iter().position(|armed| armed.dispute == key);
        let free =
            || self.armed.iter().position(|armed| armed.dispute == [0; 8] || work_ts.has_reached(armed.until_work_ts));
        let place = own.or_else(free).and_then(|place| self.armed.get_mut(place)).ok_or(E::JurorTreeFrozen)?;
        *place = ArmedJury { dispute: key, until_work_ts };
        Ok(())
    }

    /// Whether a dispute's draw keeps the tree frozen. It does not when another took its place after its time, and an outage gave the time back.
    pub fn draws_jury_of(&self, dispute: &Address) -> bool {
        let key = key_of(dispute);
        self.armed.iter().any(|armed| armed.dispute == key)
    }

    /// A dispute's draw is over.
    pub fn disarm_jury(&mut self, dispute: &Address) {
        let key = key_of(dispute);
        for armed in self.armed.iter_mut().filter(|armed| armed.dispute == key) {
            *armed = ArmedJury { dispute: [0; 8], until_work_ts: 0 };
        }
    }

    /// Announces a payment of the insurance, or says that the one announced can be made now: the delay of economic changes lies between (R C7).
    pub fn pay_insurance(&mut self, to: &Address, amount: u64, now_ts: i64) -> Result<bool, E> {
        let is_announced = self.insurance_to == *to && self.insurance_amount == amount && amount > 0;
        if !is_announced {
            self.insurance_to = *to;
            self.insurance_amount = amount;
            self.insurance_from_ts = now_ts.saturating_add(ECONOMIC_DELAY_SECS);
            return Ok(false);
        }
        if now_ts < self.insurance_from_ts {
            return Err(E::ChangeNotDue);
        }
        self.insurance_to = Address::default();
        self.insurance_amount = 0;
        self.insurance_from_ts = 0;
        Ok(true)
    }
}

fn key_of(dispute: &Address) -> [u8; 8] {
    dispute.as_ref().first_chunk().copied().unwrap_or([0; 8])
}
