//! Addresses of disputes and of what they share.

use {
    super::{NetworkAddresses, ProviderAddresses, SeatAddresses},
    crate::Pubkey,
    work_token_interface::{
        math::dispute::Side,
        seeds,
        state::{Assignment, Dispute, DisputeKind, Provider},
    },
};

/// A dispute, the claim that it belongs to, and the faults of its epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DisputeAddresses {
    /// The network.
    pub network: NetworkAddresses,
    /// The accused.
    pub provider: Pubkey,
    /// What it is about.
    pub kind: DisputeKind,
    /// The disputed seat; `None` for conduct.
    pub assignment: Option<Pubkey>,
    /// Epoch of the fault.
    pub epoch: u32,
    /// The dispute.
    pub dispute: Pubkey,
    /// The claim.
    pub claim: Pubkey,
    /// The provider's faults of the epoch.
    pub fault: Pubkey,
}

impl DisputeAddresses {
    /// Of the next dispute about the result of a seat, from the accounts as they are at `now_ts`: `provider`
    /// is that of the seat.
    pub fn next_of_seat(seat: &SeatAddresses, state: &Assignment, provider: &Provider, now_ts: i64) -> Self {
        let (accused, epoch) = (state.provider, state.accepted_epoch);
        Self {
            network: *seat.network(),
            provider: accused,
            kind: DisputeKind::Job,
            assignment: Some(seat.assignment),
            epoch,
            dispute: dispute(&seat.assignment, state.disputes.saturating_add(1)),
            claim: claim(&accused, provider.next_claim(now_ts).0),
            fault: fault(&accused, epoch),
        }
    }

    /// Of the next dispute about a provider's conduct in an epoch, from its account as it is at `now_ts`.
    pub fn next_of_conduct(provider: &ProviderAddresses, state: &Provider, epoch: u32, now_ts: i64) -> Self {
        Self {
            network: provider.network,
            provider: provider.provider,
            kind: DisputeKind::Conduct,
            assignment: None,
            epoch,
            dispute: dispute(&provider.provider, state.disputes.conduct.saturating_add(1)),
            claim: claim(&provider.provider, state.next_claim(now_ts).0),
            fault: fault(&provider.provider, epoch),
        }
    }

    /// Of a dispute whose account is known: claim and fault are derived.
    pub fn recorded(network: NetworkAddresses, dispute: Pubkey, state: &Dispute) -> Self {
        let kind = state.kind();
        Self {
            network,
            provider: state.provider,
            kind,
            assignment: (kind == DisputeKind::Job).then_some(state.subject),
            epoch: state.offence_epoch,
            dispute,
            claim: claim(&state.provider, state.claim),
            fault: fault(&state.provider, state.offence_epoch),
        }
    }

    /// What somebody paid for the appeals of one side.
    pub fn appeal_share(&self, owner: &Pubkey, side: Side) -> Pubkey {
        appeal_share(&self.dispute, owner, side)
    }
}

/// A dispute; `subject` is the assignment, or the provider when no job is concerned.
pub fn dispute(subject: &Pubkey, number: u32) -> Pubkey {
    super::derive(&[seeds::DISPUTE, subject.as_ref(), &number.to_le_bytes()]).0
}

/// What somebody will open, and the bump of the address.
pub fn opening(challenger: &Pubkey, hash: &[u8; 32]) -> (Pubkey, u8) {
    super::derive(&[seeds::OPENING, challenger.as_ref(), hash])
}

/// A claim on a provider's stake.
pub fn claim(provider: &Pubkey, number: u32) -> Pubkey {
    super::derive(&[seeds::CLAIM, provider.as_ref(), &number.to_le_bytes()]).0
}

/// The faults of a provider in an epoch.
pub fn fault(provider: &Pubkey, epoch: u32) -> Pubkey {
    super::derive(&[seeds::FAULT, provider.as_ref(), &epoch.to_le_bytes()]).0
}

/// What somebody paid for the appeals of one side of a dispute.
pub fn appeal_share(dispute: &Pubkey, owner: &Pubkey, side: Side) -> Pubkey {
    super::derive(&[seeds::APPEAL, dispute.as_ref(), owner.as_ref(), &[side as u8]]).0
}

#[cfg(test)]
mod tests {
    use {
        super::*,
        crate::addresses::{ClientAddresses, interest},
        bytemuck::Zeroable,
    };

    fn key(byte: u8) -> Pubkey {
        Pubkey::new_from_array([byte; 32])
    }

    fn network() -> NetworkAddresses {
        NetworkAddresses::derive(&key(1), 1, key(2), key(3))
    }

    #[test]
    fn the_next_dispute_of_a_seat_joins_the_newest_claim_when_four_are_open() {
        let seat = ClientAddresses::derive(network(), key(4)).job(7).seat(2);
        let state = Assignment { provider: key(5), accepted_epoch: 9, disputes: 3, ..Zeroable::zeroed() };
        let mut provider: Provider = Zeroable::zeroed();
        provider.disputes.claims = 6;
        let at = DisputeAddresses::next_of_seat(&seat, &state, &provider, 0);
        assert_eq!(at.dispute, dispute(&seat.assignment, 4));
        assert_eq!((at.claim, at.fault), (claim(&key(5), 7), fault(&key(5), 9)));
        for (place, number) in provider.reservations.iter_mut().zip([3, 6, 4, 5]) {
            place.claim = number;
        }
        let joined = DisputeAddresses::next_of_seat(&seat, &state, &provider, 0);
        assert_eq!(joined.claim, claim(&key(5), 6));
    }

    #[test]
    fn a_dispute_on_record_has_the_addresses_with_which_it_was_opened() {
        let provider = ProviderAddresses::derive(network(), key(4));
        let state: Provider = Zeroable::zeroed();
        let at = DisputeAddresses::next_of_conduct(&provider, &state, 8, 0);
        let recorded = Dispute {
            kind: at.kind as u8,
            provider: provider.provider,
            subject: provider.provider,
            offence_epoch: 8,
            claim: 1,
            ..Zeroable::zeroed()
        };
        assert_eq!(DisputeAddresses::recorded(network(), at.dispute, &recorded), at);
        assert_eq!(at.assignment, None);
    }

    #[test]
    fn every_ballot_of_every_jury_and_either_side_of_an_appeal_has_an_address_of_its_own() {
        let accused = ProviderAddresses::derive(network(), key(4));
        let at = DisputeAddresses::next_of_conduct(&accused, &Zeroable::zeroed(), 8, 0);
        assert_ne!(at.ballot(1, 0).ballot, at.ballot(0, 1).ballot);
        let shares: std::collections::HashSet<_> = Side::ALL.map(|side| at.appeal_share(&key(6), side)).into();
        assert_eq!(shares.len(), Side::ALL.len());
        let provider = ProviderAddresses::derive(network(), key(4));
        assert_eq!(interest(&provider.provider, &key(6)), provider.position(key(6)).delegation);
        assert_eq!(provider.position(key(4)), provider.own(), "the owner's is the provider's own");
    }
}
