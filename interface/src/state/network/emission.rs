//! What an epoch may emit: the rate, what fees took, and what was emitted of late.

use super::{BucketLevel, EmissionPolicy, Network, NetworkParams};
use crate::{
    limits::{ACTIVATION_COVER, ACTIVATION_EPOCHS, BOUNTY_PART_OF_MINIMUM_REWARD},
    math::{
        Amount, Ppm,
        bucket::Bucket,
        emission::{Caps, Controller, FEE_EPOCHS, Rate, WEEKS, Window, of_providers, weeks},
        mul_div::mul_div_floor,
        reward::of_emission,
    },
    state::EmissionRules,
};

part! {
    /// What the next emission follows from.
    pub struct EmissionState {
        /// The rate of the target law: part of the supply in a year, in 10^-12.
        pub rate_ppt: u64,
        /// What was emitted and has not leaked out of the window.
        pub window: BucketLevel,
        /// What fees burned and paid the treasury in the last finalized epochs, by their number modulo 7.
        /// Base units.
        pub fees_taken: [u64; FEE_EPOCHS],
        /// What the providers shared in the last finalized epoch that earned anything. Base units.
        pub earned: u64,
        /// The stake that shared it. Base units.
        pub earning_stake: u64,
        /// What was emitted in the last 54 weeks of unix time, by week modulo 54. Base units.
        pub weeks: [u64; WEEKS],
        /// The last of them, from the beginning of unix time.
        pub last_week: u32,
        /// Where the next finalized epoch's fees are noted: below 7.
        pub next_fees: u32,
    }
}

/// What an epoch emits, and why. Base units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedEmission {
    /// The rate of the epoch; of the target law.
    pub rate: Rate,
    /// What the law makes of it.
    pub whole: Amount,
    /// What is left once it has given way to fees.
    pub less_fees: Amount,
    /// What stands above it.
    pub caps: Caps,
    /// What is split and scaled by stake.
    pub emits: Amount,
    /// The window by then.
    pub window: Bucket,
}

/// What of an epoch decides its emission.
#[derive(Clone, Copy, Debug)]
pub struct EmittingEpoch {
    /// Its length. Seconds.
    pub secs: u32,
    /// Stake of every provider in a place that was weighed.
    pub folded: Amount,
    /// The largest of eight epochs, this one included.
    pub largest: Amount,
    /// Tokens in existence, or in circulation where a reserve is emitted from.
    pub supply: Amount,
    /// What can still be emitted at all.
    pub room: Amount,
    /// Now. Unix seconds.
    pub now_ts: i64,
}

impl EmissionState {
    /// Forgets the weeks that are over for so long.
    pub fn advance(&mut self, now_ts: i64) {
        self.last_week = weeks::advance(&mut self.weeks, self.last_week, weeks::week_of(now_ts));
    }

    /// Notes what the fees of a finalized epoch took.
    pub fn note_fees(&mut self, taken: u64) {
        let place = usize::try_from(self.next_fees).unwrap_or(0);
        if let Some(noted) = self.fees_taken.get_mut(place) {
            *noted = taken;
        }
        self.next_fees = if place.saturating_add(1) >= FEE_EPOCHS { 0 } else { self.next_fees.saturating_add(1) };
    }

    /// The emission of an epoch by its own rules. What is over for so long was forgotten: [`Self::advance`].
    ///
    /// The rate stays where less than half of the largest stake of eight epochs was folded: whoever weighs
    /// alone shall not move it (epoch-emission-7).
    pub fn plan(&self, rules: &EmissionRules, epoch: &EmittingEpoch) -> PlannedEmission {
        let policy = &rules.policy;
        let rate = self.next_rate(policy, epoch);
        let law = policy.law_at(rate, Amount(rules.per_epoch), epoch.supply);
        let whole = law.whole(epoch.secs);
        let less_fees = law.less_fees(whole, &self.fees_taken);
        let limit = Window::of(law.most(epoch.secs), epoch.secs);
        let window = limit.at(&self.window.bucket(), epoch.now_ts);
        let caps = Caps {
            room: epoch.room,
            year: Amount(policy.year_cap).saturating_sub(weeks::total(&self.weeks)),
            window: limit.room(&window),
        };
        PlannedEmission { rate, whole, less_fees, caps, emits: less_fees.min(caps.least()), window }
    }

    fn next_rate(&self, policy: &EmissionPolicy, epoch: &EmittingEpoch) -> Rate {
        let (controller, rate) = (policy.controller(), Rate(self.rate_ppt));
        if !policy.follows_stake() {
            return rate;
        }
        if epoch.folded.saturating_add(epoch.folded) < epoch.largest {
            return controller.clamp(rate);
        }
        controller.next(rate, Controller::staked_part(epoch.folded, epoch.supply), epoch.secs)
    }

    /// Notes what was emitted by a plan.
    pub fn note_emission(&mut self, plan: &PlannedEmission, emitted: Amount) {
        self.rate_ppt = plan.rate.0;
        let mut window = plan.window;
        window.fill(emitted);
        self.window.set(&window);
        weeks::add(&mut self.weeks, self.last_week, emitted);
    }

    /// Notes what providers shared by what stake.
    pub fn note_earned(&mut self, shared: Amount, stake: Amount) {
        if !shared.is_zero() && !stake.is_zero() {
            (self.earned, self.earning_stake) = (shared.0, stake.0);
        }
    }

    /// What an amount of stake earned in the last finalized epoch that earned anything. Rounds down.
    pub fn earned_by(&self, stake: u64) -> Amount {
        of_emission(Amount(self.earned), stake, self.earning_stake)
    }

    /// Begins as a network's first parameters say. Nothing has been earned yet: as if every token that there
    /// may ever be were staked.
    pub fn begin(&mut self, params: &NetworkParams, now_ts: i64) {
        self.rate_ppt = params.emission.initial_rate_ppt;
        self.last_week = weeks::week_of(now_ts);
        let supply = Amount(params.max_supply);
        let law = params.emission.law_at(Rate(self.rate_ppt), Amount(params.emission_per_epoch), supply);
        let others = params
            .keeper_share_ppm
            .saturating_add(params.attester_share_ppm)
            .saturating_add(params.emission.treasury_share_ppm);
        self.note_earned(of_providers(law.whole(params.epoch_secs), Ppm(others)), supply);
    }
}

impl Network {
    /// The largest bounty of a crank in an epoch that is opened now: a hundredth of what the minimum stake
    /// earned last (network-params-12). Rounds down.
    pub fn most_bounty(&self) -> u64 {
        let earned = self.emission.earned_by(self.params.minimum_self_stake).0;
        earned.checked_div(BOUNTY_PART_OF_MINIMUM_REWARD).unwrap_or(0)
    }

    /// The bounty for activating a lot: at most what the minimum delegation, earning as it did last, covers
    /// ten times within eight epochs (network-params-12). Rounds down.
    pub fn activation_bounty(&self) -> u64 {
        let earned = self.emission.earned_by(self.params.minimum_delegation).0;
        let most = mul_div_floor(earned, ACTIVATION_EPOCHS, ACTIVATION_COVER).unwrap_or(u64::MAX);
        self.params.activation_bounty.min(most)
    }
}
