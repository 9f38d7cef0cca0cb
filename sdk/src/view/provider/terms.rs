//! Who shall own a provider, and who is paid its own rewards?

use {
    crate::view::touched,
    crate::{
        Pubkey, WorkTokenError,
        args::AcceptOwnerArgs,
        state::{Beneficiary, Handover, Juror, Network, Provider},
    },
};

/// How far a proposal of another owner is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandoverPhase {
    /// Its notice runs: every delegator can leave before it can be accepted.
    Notice,
    /// It can be accepted.
    Open,
    /// It can no longer be accepted.
    Lapsed,
}

/// A proposal of another owner at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandoverStatus {
    /// Who shall own the provider.
    pub to: Pubkey,
    /// How far it is.
    pub phase: HandoverPhase,
    /// It can be accepted from then on. Unix seconds.
    pub from_ts: i64,
    /// It has lapsed from then on. Unix seconds.
    pub until_ts: i64,
}

/// What is agreed with a beneficiary at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BeneficiaryStatus {
    /// Who is paid; `None` before somebody has agreed.
    pub beneficiary: Option<Pubkey>,
    /// Its token account.
    pub destination: Pubkey,
    /// What it is still to be paid: nothing once its time is over. Base units.
    pub left: u64,
    /// Until when. Unix seconds.
    pub until_ts: i64,
    /// What is its, and could not be paid. Base units.
    pub owed: u64,
    /// Paid since it agreed. Base units.
    pub paid: u64,
    /// Its part of what is free now, that debt comes before. Base units.
    pub part_of_free: u64,
    /// To whom other terms are proposed, with quota and end.
    pub proposed: Option<(Pubkey, u64, i64)>,
}

/// How far a proposal of another owner is.
pub fn handover(state: &Handover, now_ts: i64) -> HandoverStatus {
    let phase = match state.require_acceptable(&state.to, now_ts) {
        Err(WorkTokenError::HandoverNotDue) => HandoverPhase::Notice,
        Err(_) => HandoverPhase::Lapsed,
        Ok(()) => HandoverPhase::Open,
    };
    HandoverStatus { to: state.to, phase, from_ts: state.from_ts, until_ts: state.until_ts }
}

/// Whether somebody could take a provider over now on terms of its own. `juror` is the account of the one
/// that accepts, if it is one. That it neither delegates to the provider nor attests in its network is not
/// looked at.
///
/// # Errors
///
/// The first rule that the program would refuse it by.
pub fn accept_owner(
    provider: &Provider,
    (state, beneficiary, juror): (&Handover, Option<&Beneficiary>, Option<&Juror>),
    owner: &Pubkey,
    args: &AcceptOwnerArgs,
    now_ts: i64,
) -> Result<(), WorkTokenError> {
    state.require_acceptable(owner, now_ts)?;
    provider.require_as_agreed(beneficiary, args, now_ts)?;
    juror.map_or(Ok(()), |juror| provider.require_no_judge(juror))?;
    let mut after = Provider { owner: *owner, ..*provider };
    after.set_operator(args.operator)?;
    after.set_reward_destination(args.reward_destination)
}

/// What is agreed with a provider's beneficiary, and what of the rewards that are free now is its.
pub fn beneficiary(network: &Network, provider: &Provider, state: &Beneficiary, now_ts: i64) -> BeneficiaryStatus {
    let mut books = touched(network, provider, now_ts);
    let free = books.take_free_rewards(now_ts);
    let released = books.pay_debt(free);
    let is_proposed = state.proposed != Pubkey::default();
    BeneficiaryStatus {
        beneficiary: state.is_agreed().then_some(state.beneficiary),
        destination: state.destination,
        left: state.quota_left(now_ts).0,
        until_ts: state.until_ts,
        owed: state.owed,
        paid: state.paid,
        part_of_free: released.min(state.quota_left(now_ts)).0,
        proposed: is_proposed.then_some((state.proposed, state.proposed_quota, state.proposed_until_ts)),
    }
}
