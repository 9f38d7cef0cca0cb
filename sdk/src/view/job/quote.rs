//! What does a job cost?

use crate::{
    WorkTokenError as E,
    math::{Amount, Bps, job::cancel_fee},
    state::{Job, JobRules, NetworkParams, Provider},
};

/// What a client pays for a job. Base units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobQuote {
    /// Fees of all seats, or their ceilings; what seats do not earn returns.
    pub fees: u64,
    /// Bounties of the job's cranks: half of the draw fee; what is left of them burns with the last seat.
    pub bounties: u64,
    /// The other half of the draw fee: burns with the last seat.
    pub burn: u64,
    /// All of it: what goes into escrow.
    pub total: u64,
    /// What a seat can pay in the time asked for: providers compare their floors with it.
    pub payable: u64,
    /// What cancelling a seat costs once the seed's slot has come; nothing before.
    pub cancel_fee: u64,
    /// Own stake that each provider must have free.
    pub exposure: u64,
}

/// What a client asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JobTerms {
    /// Fee of each seat, or its ceiling. Base units.
    pub fee: u64,
    /// Price of a metered second; zero for a fixed fee. Base units.
    pub price_per_sec: u64,
    /// Working time, from acceptance to submission. Seconds.
    pub work_secs: u32,
}

/// What a job costs under the rules of its class.
///
/// # Errors
///
/// What the program would refuse the terms with.
pub fn quote_job(params: &NetworkParams, rules: &JobRules, terms: &JobTerms) -> Result<JobQuote, E> {
    let JobTerms { fee, price_per_sec, work_secs } = *terms;
    rules.require_terms(fee, price_per_sec, work_secs)?;
    let mut job: Job = bytemuck::Zeroable::zeroed();
    job.agree(params, rules, (fee, price_per_sec, work_secs))?;
    let total = job.require_escrow()?;
    Ok(JobQuote {
        fees: fee.saturating_mul(u64::from(job.seats())),
        bounties: job.bounties_left,
        burn: job.draw_burn(),
        total,
        payable: job.payable(),
        cancel_fee: cancel_fee(Amount(fee), Bps(rules.cancel_fee_bps)).0,
        exposure: Provider::exposure_of(&job).ok_or(E::FeeTooLarge)?.0,
    })
}
