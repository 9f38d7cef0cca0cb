//! What has to hold of the parameters as a whole: every bound, and the inequalities among them.

use bytemuck::bytes_of;

use crate::{
    WorkTokenError as E,
    limits::*,
    math::{Amount, Ppm, attester::BOND_UNIT_BITS, emission::Rate, mul_div::mul_checked},
    state::{
        DisputeRules, Metric, NetworkParams, SeverityRule,
        governed::{self, Governed},
    },
};

impl NetworkParams {
    /// Checks the whole set: every bound, and every inequality between durations (epoch-open-1,
    /// network-params-9, network-params-13, network-params-12, network-params-10, epoch-work-3).
    /// - Refuses: the first that does not hold, each with its own error.
    pub fn validate(&self) -> Result<(), E> {
        governed::require_bounds(Self::RULES, bytes_of(self))?;
        self.disputes.require_severity_bounds()?;
        self.validate_epochs()?;
        self.validate_unbonding()?;
        check(self.emission_per_epoch <= self.max_supply, E::EmissionTooLarge)?;
        self.emission.validate()?;
        self.validate_work()?;
        Metric::validate_all(&self.metrics)?;
        let fees = [Ppm(self.fee_burn_ppm), Ppm(self.fee_treasury_ppm)];
        self.work_pay.validate(fees, self.most_emission())?;
        self.disputes.validate(self)
    }

    /// The rules of jobs, scores and places.
    fn validate_work(&self) -> Result<(), E> {
        let fee_shares = self.fee_burn_ppm.saturating_add(self.fee_treasury_ppm);
        check(fee_shares <= MAX_FEE_SHARE_PPM, E::FeeSharesTooLarge)?;
        let shares = self.keeper_share_ppm.saturating_add(self.attester_share_ppm);
        check(shares <= MAX_KEEPER_AND_ATTESTER_PPM, E::AttesterShareTooLarge)?;
        check(self.attester_fine <= self.attester_bond, E::AttesterBondOutOfBounds)?;
        check(!self.is_attested() || self.attester_bond >> BOND_UNIT_BITS > 0, E::AttesterBondOutOfBounds)?;
        check(!self.is_attested() || self.reveal_secs >= MIN_REVEAL_SECS, E::RevealWindowTooShort)?;
        check(self.least_places <= self.most_places, E::PlaceCapOutOfBounds)?;
        check(self.place_cap_mode == 0 || self.most_places > 0, E::PlaceCapOutOfBounds)?;
        check(self.place_cap_mode != 2 || self.headroom_bps >= MIN_HEADROOM_BPS, E::PlaceCapOutOfBounds)?;
        check(self.minimum_stake_ceiling >= self.minimum_self_stake, E::MinimumCeilingOutOfBounds)
    }

    fn validate_epochs(&self) -> Result<(), E> {
        let epoch = u64::from(self.epoch_secs);
        let windows = u64::from(self.reveal_secs).saturating_add(u64::from(self.weigh_secs));
        check(windows <= epoch, E::WindowsExceedEpoch)?;
        check(times_epoch(self.vesting_epochs, epoch) >= self.liability_secs(), E::VestingTooShort)?;
        check(times_epoch(6, epoch) >= u64::from(self.challenge_secs), E::ChallengeTooLong)
    }

    fn validate_unbonding(&self) -> Result<(), E> {
        let least = self.liability_secs().saturating_add(u64::from(self.epoch_secs));
        let vote = self.longest_silence_secs();
        check(u64::from(self.unbonding_secs) >= least.max(vote), E::UnbondingTooShort)?;
        let own_least = least
            .saturating_add(u64::from(self.longest_dispute_secs))
            .saturating_add(self.disputes.longest_window_secs(self.epoch_secs));
        check(u64::from(self.own_unbonding_secs) >= own_least.max(vote), E::OwnUnbondingTooShort)
    }

    /// How long stake that leaves and comes back is silent at least: as long as a voice that passes to
    /// another voter, where stake has one (position-direct-2).
    fn longest_silence_secs(&self) -> u64 {
        let slack = if self.has_voice() { VOICE_SLACK_SECS } else { 0 };
        u64::from(self.longest_vote_secs).saturating_add(u64::from(slack))
    }

    /// The most that an epoch can emit by these parameters: what the law allows of the largest supply, and no
    /// more than a year may.
    pub fn most_emission(&self) -> Amount {
        let ceiling = Rate(self.emission.rate_ceiling_ppt);
        let law = self.emission.law_at(ceiling, Amount(self.emission_per_epoch), Amount(self.max_supply));
        law.most(self.epoch_secs).min(Amount(self.emission.year_cap))
    }

    /// How long a fault can go undisputed: longest job, challenge window, and the hour in which what was
    /// committed to is opened (network-params-9).
    fn liability_secs(&self) -> u64 {
        let window = u64::from(self.challenge_secs).saturating_add(u64::from(OPENING_SECS));
        u64::from(self.longest_job_secs).saturating_add(window)
    }
}

impl DisputeRules {
    /// Refuses a severity beyond a bound: how long stake stays depends on what they say.
    fn require_severity_bounds(&self) -> Result<(), E> {
        let mut severities = self.severities.iter().zip(SEVERITY_BOUNDS);
        severities.try_for_each(|(rule, bounds)| governed::require_bounds(&SeverityRule::rules(bounds), bytes_of(rule)))
    }

    /// Refuses rules that break a bound, or that the liability of stake does not cover.
    #[inline(never)]
    pub(crate) fn validate(&self, params: &NetworkParams) -> Result<(), E> {
        governed::require_bounds(Self::RULES, bytes_of(self))?;
        let term = u64::from(self.juror_term_secs);
        check(term >= self.longest_secs(), E::DisputeTimesOutOfBounds)?;
        check(self.longest_secs() <= u64::from(params.longest_dispute_secs), E::DisputeLongerThanLiability)?;
        let amounts = self.juror_fee <= self.juror_lock
            && self.arbiter_fee <= self.minimum_bond
            && params.job_bounty <= self.juror_lock;
        check(amounts, E::BondsOutOfBounds)?;
        let (mut least, mut shortest) = (0, 0);
        for rule in &self.severities {
            let rising = rule.base_bps > least;
            least = rule.base_bps;
            // The graver the fault, the longer governance and the provider have to look at what it costs.
            let window = rule.window_secs(params.epoch_secs);
            check(rising && window >= shortest, E::SeverityOutOfBounds)?;
            shortest = window;
        }
        Ok(())
    }
}

fn times_epoch(epochs: u32, epoch_secs: u64) -> u64 {
    mul_checked(u64::from(epochs), epoch_secs).unwrap_or(u64::MAX)
}

fn check(holds: bool, error: E) -> Result<(), E> {
    if holds { Ok(()) } else { Err(error) }
}
