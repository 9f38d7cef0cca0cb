//! What a dispute needs before it is opened.

use {
    super::super::touched,
    crate::{
        Pubkey, WorkTokenError as E,
        math::{Amount, Epoch, slash::Stakes},
        state::{
            Dispute, DisputeKind, Network, Provider,
            dispute::{Accused, Opening},
        },
    },
    bytemuck::Zeroable,
};

/// What somebody wants to dispute.
#[derive(Clone, Copy, Debug)]
pub struct DisputeAsk {
    /// What it is about.
    pub kind: DisputeKind,
    /// The severity to claim; 1 for a score.
    pub severity: u8,
    /// Whether the claim is left out: only a client on its own job.
    pub without_claim: bool,
}

/// What a dispute needs and books. Base units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DisputeQuote {
    /// The smallest bond.
    pub bond: u64,
    /// Claimed from the own pool; 0 without a claim.
    pub own_claimed: u64,
    /// Claimed from the delegated pool.
    pub delegated_claimed: u64,
    /// Whether it joins the claim of other disputes, because four are open.
    pub joins_claim: bool,
}

/// The accused of a dispute about conduct or a score: what the provider's record of the epoch says; `None` once it is
/// forgotten. That of a seat is [`Accused::of_seat`].
pub fn accused_of_epoch(network: &Network, provider: &Provider, epoch: u32, now_ts: i64) -> Option<Accused> {
    let provider = touched(network, provider, now_ts);
    let record = provider.record(Epoch(epoch))?;
    Some(Accused {
        epoch: Epoch(epoch),
        base: Stakes { own: Amount(record.own_total), delegated: Amount(record.delegated_total) },
        fee: Amount::ZERO,
        severities: network.params.disputes.severities,
    })
}

/// What a dispute opened now needs and books. The windows of seats and epochs are not looked at.
///
/// # Errors
///
/// An unknown severity.
pub fn quote_dispute(
    network: &Network,
    provider: &Provider,
    accused: &Accused,
    ask: &DisputeAsk,
    now_ts: i64,
) -> Result<DisputeQuote, E> {
    let mut provider = touched(network, provider, now_ts);
    let now = network.epoch_at(now_ts);
    let (claim, is_new) = provider.next_claim();
    let is_score = ask.kind == DisputeKind::Score;
    let mut dispute = Dispute { claim: if is_score { 0 } else { claim }, ..Dispute::zeroed() };
    let opening = Opening {
        kind: ask.kind,
        severity: ask.severity,
        challenger: &Pubkey::default(),
        bond: u64::MAX,
        without_claim: ask.without_claim,
        is_proved: false,
        now_ts,
        work_ts: network.work_ts(now_ts),
        now,
    };
    let rules = &network.params.disputes;
    dispute.open(&opening, accused, &provider, rules, network.params.job_bounty)?;
    let claimed = match ask.without_claim {
        true => Amount::ZERO,
        false => dispute.claim_value(ask.severity, provider.repeats(ask.severity, now)),
    };
    let bond = dispute.required_bond(ask.severity, claimed).max(Amount(rules.minimum_bond));
    dispute.book(&mut provider, now);
    Ok(DisputeQuote {
        bond: bond.0,
        own_claimed: dispute.own_claimed,
        delegated_claimed: dispute.delegated_claimed,
        joins_claim: !is_score && !is_new,
    })
}
