//! Addresses of jurors and of the ballots of juries.

use {
    super::{DisputeAddresses, NetworkAddresses},
    crate::Pubkey,
    work_token_interface::{
        seeds,
        state::{Ballot, Juror},
    },
};

/// A ballot of a jury and its vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BallotAddresses {
    /// The dispute.
    pub dispute: DisputeAddresses,
    /// Index of the jury in it.
    pub jury: u8,
    /// The ballot.
    pub index: u8,
    /// The ballot.
    pub ballot: Pubkey,
}

impl BallotAddresses {
    /// Of a ballot whose account is known; derives nothing.
    pub fn recorded(dispute: DisputeAddresses, ballot: Pubkey, state: &Ballot) -> Self {
        Self { dispute, jury: state.jury, index: state.index, ballot }
    }
}

impl DisputeAddresses {
    /// A ballot of one of its juries.
    pub fn ballot(&self, jury: u8, index: u8) -> BallotAddresses {
        BallotAddresses { dispute: *self, jury, index, ballot: ballot(&self.dispute, jury, index) }
    }
}

/// One that judges disputes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JurorAddresses {
    /// The network it judges in.
    pub network: NetworkAddresses,
    /// Who judges.
    pub owner: Pubkey,
    /// The juror.
    pub juror: Pubkey,
}

impl JurorAddresses {
    /// Of the juror that `owner` is in a network.
    pub fn derive(network: NetworkAddresses, owner: Pubkey) -> Self {
        Self { network, owner, juror: juror(&network.network, &owner) }
    }

    /// Of a juror whose account is known; derives nothing.
    pub fn recorded(network: NetworkAddresses, juror: Pubkey, state: &Juror) -> Self {
        Self { network, owner: state.owner, juror }
    }
}

/// A ballot of a jury of a dispute.
pub fn ballot(dispute: &Pubkey, jury: u8, index: u8) -> Pubkey {
    super::derive(&[seeds::BALLOT, dispute.as_ref(), &[jury], &[index]]).0
}

/// A juror.
pub fn juror(network: &Pubkey, owner: &Pubkey) -> Pubkey {
    super::derive(&[seeds::JUROR, network.as_ref(), owner.as_ref()]).0
}

/// The position that a juror's owner has, or would have, at a provider: what shows that it stands behind it.
pub fn interest(provider: &Pubkey, owner: &Pubkey) -> Pubkey {
    super::derive(&[seeds::DELEGATION, provider.as_ref(), owner.as_ref()]).0
}
