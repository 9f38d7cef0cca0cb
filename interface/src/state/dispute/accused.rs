//! What can be disputed: a result, a missed deadline, two signed results, or the conduct of an epoch.

use crate::{
    Address, WorkTokenError as E,
    limits::MISSED_SEVERITY,
    math::{Amount, Epoch, WorkTs, slash::Stakes},
    state::{Assignment, Network, Provider, SeatState, SeverityRule, assignment_flags},
};

/// The accused: which fault, on which stake, by which table.
#[derive(Clone, Copy, Debug)]
pub struct Accused {
    /// Epoch of the fault.
    pub epoch: Epoch,
    /// Stake then, unbonding included.
    pub base: Stakes,
    /// Fee of the disputed seat; zero without one.
    pub fee: Amount,
    /// The table in force for it.
    pub severities: [SeverityRule; 5],
    /// Own rewards of these epochs stop vesting: the first and the last of the fault.
    pub frozen: (Epoch, Epoch),
    /// Whether the seat has no result: it only missed a deadline.
    pub is_missed: bool,
}

impl Accused {
    /// Of a fault in the work on a seat, from its acceptance to its result, or to now while there is none.
    pub fn of_seat(seat: &Assignment, network: &Network, now_ts: i64) -> Self {
        let submitted_ts =
            if seat.submitted_work_ts == 0 { now_ts } else { network.unix_ts(WorkTs(seat.submitted_work_ts)) };
        Self {
            epoch: Epoch(seat.accepted_epoch),
            base: Stakes { own: Amount(seat.own_total), delegated: Amount(seat.delegated_total) },
            fee: Amount(seat.fee),
            severities: seat.severities,
            frozen: (Epoch(seat.accepted_epoch), network.epoch_at(submitted_ts)),
            is_missed: !seat.has_result(),
        }
    }

    /// Of the conduct in an epoch, by the provider's record of it; `None` once that is forgotten. The
    /// provider was brought up to date.
    pub fn of_epoch(provider: &Provider, network: &Network, epoch: Epoch) -> Option<Self> {
        let record = provider.record(epoch)?;
        Some(Self {
            epoch,
            base: Stakes { own: Amount(record.own_total), delegated: Amount(record.delegated_total) },
            fee: Amount::ZERO,
            severities: network.params.disputes.severities,
            frozen: (epoch, epoch),
            is_missed: false,
        })
    }
}

/// What a challenger asks for besides the fault.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// Who disputes.
    pub challenger: &'a Address,
    /// The severity claimed.
    pub severity: u8,
    /// Whether it leaves the claim out of its bond.
    pub without_claim: bool,
    /// When it committed to it.
    pub committed_at: WorkTs,
}

impl Provider {
    /// Refuses its owner as challenger. Not the present operator, which its owner could name to bar a
    /// challenger.
    #[inline]
    pub fn require_other(&self, challenger: &Address) -> Result<(), E> {
        self.require_not_owner(challenger, E::DisputesItself)
    }

    /// Another dispute about its conduct in an epoch is opened.
    ///
    /// Refuses: an epoch that its records have forgotten; a claim that is left out; an epoch before its
    /// registration; the epoch's challenge window has passed.
    #[inline(never)]
    pub fn dispute_conduct(&mut self, network: &Network, epoch: Epoch, ask: &Ask) -> Result<Accused, E> {
        let accused = Accused::of_epoch(self, network, epoch).ok_or(E::ConductTooOld)?;
        let until_work_ts = network.ends_at_work_ts(epoch).saturating_add(i64::from(network.params.challenge_secs));
        let is_late = ask.committed_at.has_reached(until_work_ts);
        if ask.without_claim || epoch.0 < self.registered_epoch || is_late {
            return Err(E::ConductTooOld);
        }
        self.disputes.conduct = self.disputes.conduct.saturating_add(1);
        Ok(accused)
    }
}

impl Assignment {
    /// Refuses the operator that accepted the seat as challenger.
    #[inline]
    pub fn require_other(&self, challenger: &Address) -> Result<(), E> {
        if solana_address::address_eq(challenger, &self.operator) { Err(E::DisputesItself) } else { Ok(()) }
    }

    /// Another dispute of the seat is opened. `client` is its job's.
    ///
    /// Refuses: the operator that accepted it; what cannot be disputed; a claim that is left out by anybody
    /// but the client.
    #[inline(never)]
    pub fn dispute(&mut self, network: &Network, client: &Address, ask: &Ask, now_ts: i64) -> Result<Accused, E> {
        self.require_other(ask.challenger)?;
        let is_client = solana_address::address_eq(ask.challenger, client);
        self.require_disputable(is_client, ask.severity, ask.committed_at)?;
        if ask.without_claim && !is_client {
            return Err(E::WrongClient);
        }
        Ok(self.open_dispute(network, now_ts))
    }

    /// The same with the proof of its fault.
    #[inline]
    pub fn open_dispute(&mut self, network: &Network, now_ts: i64) -> Accused {
        self.disputes = self.disputes.saturating_add(1);
        self.open_disputes = self.open_disputes.saturating_add(1);
        Accused::of_seat(self, network, now_ts)
    }

    /// Refuses to dispute a seat that nobody worked on, or whose window has passed when it was committed to.
    /// One that was accepted and expired only its client can dispute, at severity 1: a missed deadline is a
    /// refund, and more of it needs a bond and a jury (dispute-kind-2).
    pub fn require_disputable(&self, is_client: bool, severity: u8, work_ts: WorkTs) -> Result<(), E> {
        let by_client = self.state() == SeatState::Expired && is_client;
        if self.accepted_work_ts == 0 || !(self.has_result() || by_client) {
            return Err(E::NotDisputable);
        }
        if severity > MISSED_SEVERITY && !self.has_result() {
            return Err(E::MissedDeadline);
        }
        if work_ts.has_reached(self.challenge_until_work_ts) { Err(E::ChallengeHasPassed) } else { Ok(()) }
    }

    /// Notes that two contradictory results of the seat were shown. Once: the same proof again would count as
    /// a repeated fault. While it is worked on the window has not begun.
    ///
    /// Refuses: a seat that nobody accepted, or whose window has passed; a second proof; the same result
    /// twice.
    pub fn prove(&mut self, [first, second]: [&[u8; 32]; 2], committed_at: WorkTs) -> Result<(), E> {
        let is_running = matches!(self.state(), SeatState::Accepted | SeatState::Committed);
        let in_time =
            self.accepted_work_ts > 0 && (is_running || !committed_at.has_reached(self.challenge_until_work_ts));
        if !in_time || self.flags & assignment_flags::PROVED != 0 {
            return Err(E::NotAProvenFault);
        }
        if first == second {
            return Err(E::NotContradictory);
        }
        self.flags |= assignment_flags::PROVED;
        Ok(())
    }
}
