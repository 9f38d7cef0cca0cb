//! What a dispute needs before it is opened, or its claim before it is raised.

use {
    super::{super::touched, AnswerView, Books, DisputeAt, OutcomeCost, answer, outcome::outcomes, up_to_date},
    crate::{
        Pubkey, WorkTokenError as E, addresses,
        limits::{CLAIM_ENTRIES, OBJECTIVE_SEVERITY},
        math::{
            Amount, Epoch, WorkTs,
            dispute::{MAX_SEVERITY, forfeited_deposit, largest_deposit},
        },
        state::{
            Assignment, Claim, Dispute, DisputeKind, DisputeOpening, Fault, Network, Provider,
            dispute::{Accused, Advanced, Opening},
        },
    },
    bytemuck::Zeroable,
};

/// What somebody wants to dispute.
#[derive(Clone, Copy, Debug)]
pub struct DisputeAsk<'a> {
    /// Who would dispute.
    pub challenger: Pubkey,
    /// The disputed seat's assignment, or the provider for its conduct.
    pub subject: Pubkey,
    /// The disputed seat; `None` for conduct.
    pub seat: Option<&'a Assignment>,
    /// The provider's faults of the epoch; `None` while there is no such account.
    pub fault: Option<&'a Fault>,
    /// The severity to claim; that of a proof is fixed.
    pub severity: u8,
    /// Whether the claim is left out: only a client on its own job.
    pub without_claim: bool,
}

/// What is to be deposited with a commitment. Base units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BondQuote {
    /// The bond required: all that can be lost, and the least that must be deposited.
    pub required: u64,
    /// The most that may be deposited; what is beyond the bond required at the opening returns then.
    pub largest: u64,
    /// Half of the way between them: it fits even if the bond required moves a little before the opening.
    pub suggested: u64,
}

impl BondQuote {
    fn of(required: Amount) -> Self {
        let largest = largest_deposit(required).0;
        Self { required: required.0, largest, suggested: required.0.midpoint(largest) }
    }

    /// What burns of a deposit whose opening does not come within an hour. Base units.
    pub fn lapse_burns(deposit: u64) -> u64 {
        forfeited_deposit(Amount(deposit)).0
    }
}

/// What a dispute needs and books, and what it may end in. Base units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisputeQuote {
    /// What is to be deposited.
    pub bond: BondQuote,
    /// What an answer costs.
    pub answer: AnswerView,
    /// Claimed from the own pool; 0 without a claim.
    pub own_claimed: u64,
    /// Claimed from the delegated pool.
    pub delegated_claimed: u64,
    /// Number of the claim that it belongs to.
    pub claim: u32,
    /// Whether it joins the claim of other disputes, because four are open.
    pub joins_claim: bool,
    /// Whether it shares the claim's last entry with others: then a ticket that leaves meanwhile may pay more
    /// than it would have lost, never more than its part.
    pub shares_entry: bool,
    /// What each outcome would cost whom, if it were opened now and no jury had voted.
    pub outcomes: Vec<OutcomeCost>,
}

/// What raising a claim needs and books. Base units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RaiseQuote {
    /// The severity to which it is raised.
    pub severity: u8,
    /// What is to be deposited.
    pub bond: BondQuote,
    /// The counter-bond must be at least that then.
    pub answer_required: u64,
    /// What the dispute claims then from the own pool.
    pub own_claimed: u64,
    /// And from the delegated pool.
    pub delegated_claimed: u64,
}

/// The accused of a dispute about conduct: what the provider's record of the epoch says; `None` once it is
/// forgotten. That of a seat is [`Accused::of_seat`].
pub fn accused_of_epoch(network: &Network, provider: &Provider, epoch: u32, now_ts: i64) -> Option<Accused> {
    Accused::of_epoch(&touched(network, provider, now_ts), network, Epoch(epoch))
}

/// What a dispute that is committed to and opened now needs and books, and what each outcome would cost. The
/// windows of seats and epochs are not looked at.
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
    quote(network, provider, accused, ask, false, now_ts)
}

/// The same for a fault of a seat that two signed results prove.
///
/// # Errors
///
/// None that depends on the ask.
pub fn quote_proof(
    network: &Network,
    provider: &Provider,
    accused: &Accused,
    ask: &DisputeAsk,
    now_ts: i64,
) -> Result<DisputeQuote, E> {
    let ask = DisputeAsk { severity: OBJECTIVE_SEVERITY, without_claim: false, ..*ask };
    quote(network, provider, accused, &ask, true, now_ts)
}

/// A commitment made now.
fn commitment(network: &Network, challenger: Pubkey, deposit: Amount, now_ts: i64) -> DisputeOpening {
    let mut opening = DisputeOpening::zeroed();
    opening.commit(&challenger, &[0; 32], deposit.0, (now_ts, network.work_ts(now_ts)));
    opening
}

fn quote(
    network: &Network,
    provider: &Provider,
    accused: &Accused,
    ask: &DisputeAsk,
    is_proved: bool,
    now_ts: i64,
) -> Result<DisputeQuote, E> {
    let number = ask.seat.map_or(provider.disputes.conduct, |seat| seat.disputes).saturating_add(1);
    let mut books = Books {
        network: *network,
        provider: touched(network, provider, now_ts),
        address: addresses::dispute(&ask.subject, number),
        dispute: Dispute { number, subject: ask.subject, ..Dispute::zeroed() },
        fault: ask.fault.copied().unwrap_or(Fault { epoch: accused.epoch.0, ..Fault::zeroed() }),
        seat: ask.seat.copied(),
        slot: 0,
        now_ts,
        advanced: Advanced::default(),
    };
    let (number, is_new) = books.provider.next_claim(now_ts);
    let mut claim = Claim { number, opened: u32::from(!is_new), ..Claim::zeroed() };
    let opening = |commitment| Opening {
        kind: if ask.seat.is_some() { DisputeKind::Job } else { DisputeKind::Conduct },
        severity: ask.severity,
        commitment,
        without_claim: ask.without_claim,
        is_proved,
        now_ts,
        now: network.epoch_at(now_ts),
    };
    let nothing = commitment(network, ask.challenger, Amount::ZERO, now_ts);
    let required = { books.dispute }.begin(&opening(&nothing), accused, &books.provider, network)?;
    let deposited = commitment(network, ask.challenger, required, now_ts);
    let Books { dispute, provider, fault, .. } = &mut books;
    dispute.open(&opening(&deposited), accused, network, provider, &mut claim, fault)?;
    Ok(DisputeQuote {
        bond: BondQuote::of(required),
        answer: answer(&books.dispute, &books.provider),
        own_claimed: books.dispute.stake.own_claimed,
        delegated_claimed: books.dispute.stake.delegated_claimed,
        claim: number,
        joins_claim: !is_new,
        shares_entry: usize::from(books.dispute.joined) > CLAIM_ENTRIES,
        outcomes: outcomes(&books),
    })
}

/// What raising a dispute's claim to a severity needs and books now, and what each outcome would cost then.
///
/// # Errors
///
/// What the program would refuse it with.
pub fn quote_raise(at: &DisputeAt, challenger: Pubkey, severity: u8) -> Result<(RaiseQuote, Vec<OutcomeCost>), E> {
    let (quote, raised) = raise(&up_to_date(at), challenger, severity)?;
    Ok((quote, outcomes(&raised)))
}

fn raise(books: &Books, challenger: Pubkey, severity: u8) -> Result<(RaiseQuote, Books), E> {
    let (mut raised, rules) = (books.clone(), &books.network.params.disputes);
    let now: (WorkTs, Epoch) = (books.work_ts(), books.now());
    let required = raised.dispute.raising_bond(severity, &raised.provider, rules, now.1);
    let deposited = commitment(&books.network, challenger, required, books.now_ts);
    raised.dispute.raise(&deposited, severity, &mut raised.provider, rules, now)?;
    let quote = RaiseQuote {
        severity,
        bond: BondQuote::of(required),
        answer_required: raised.dispute.bonds().0,
        own_claimed: raised.dispute.stake.own_claimed,
        delegated_claimed: raised.dispute.stake.delegated_claimed,
    };
    Ok((quote, raised))
}

/// Everything to which the claim can be raised now.
pub(super) fn raises(books: &Books) -> Vec<RaiseQuote> {
    let higher = books.dispute.machine.claimed.saturating_add(1)..=MAX_SEVERITY;
    higher.filter_map(|severity| raise(books, Pubkey::default(), severity).ok()).map(|(quote, _)| quote).collect()
}
