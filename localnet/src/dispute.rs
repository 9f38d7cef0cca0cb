//! Disputes on a scenario's network: commitments, claims and proofs.

use {
    crate::{Actor, Scenario},
    solana_sdk::pubkey::Pubkey,
    work_token_sdk::{
        DisputeAddresses, SeatAddresses,
        accounts::ClaimAccount,
        addresses,
        commit::SealedOpening,
        ix,
        state::{Dispute, Provider},
        transport::{Outcome, Transport, TransportError},
    },
};

impl Scenario {
    /// Addresses of the next dispute about a seat.
    pub fn next_dispute(&self, seat: &SeatAddresses) -> DisputeAddresses {
        let state = self.seat_state(seat);
        DisputeAddresses::next_of_seat(seat, &state, &self.read::<Provider>(&state.provider), self.chain.now())
    }

    /// A dispute's account.
    pub fn dispute_state(&self, at: &DisputeAddresses) -> Dispute {
        self.read(&at.dispute)
    }

    /// Commits to what a challenger will open, with a deposit.
    pub fn commit_opening(
        &self,
        challenger: &Actor,
        sealed: &SealedOpening,
        deposit: u64,
    ) -> Result<Outcome, TransportError> {
        self.send(&[ix::commit_dispute(&self.network, sealed, challenger.tokens, deposit)], &[challenger])
    }

    /// Commits to a dispute with a deposit, and opens it at once; the surplus returns where `input` says.
    pub fn open_dispute(
        &self,
        challenger: &Actor,
        at: &DisputeAddresses,
        input: &ix::OpenDispute,
        deposit: u64,
    ) -> Result<Outcome, TransportError> {
        let sealed = SealedOpening::open(at, challenger.address(), input.severity, input.salt);
        self.commit_opening(challenger, &sealed, deposit)?;
        self.send(&[ix::open_dispute(at, input)], &[challenger])
    }

    /// Commits to raising a dispute's claim with a deposit, and raises it at once.
    pub fn raise_claim(
        &self,
        challenger: &Actor,
        at: &DisputeAddresses,
        input: ix::RaiseClaim,
        deposit: u64,
    ) -> Result<Outcome, TransportError> {
        let sealed = SealedOpening::raise(at, challenger.address(), input.severity, input.salt);
        self.commit_opening(challenger, &sealed, deposit)?;
        self.send(&[ix::raise_claim(at, input)], &[challenger])
    }

    /// Commits to proving a fault with a deposit, and proves it at once; `signed` verifies the operator's two
    /// signatures.
    pub fn prove_fault(
        &self,
        challenger: &Actor,
        at: &DisputeAddresses,
        input: &ix::ProveFault,
        signed: work_token_sdk::Instruction,
        deposit: u64,
    ) -> Result<Outcome, TransportError> {
        let sealed = SealedOpening::prove(at, challenger.address(), input.results[0]);
        self.commit_opening(challenger, &sealed, deposit)?;
        self.send(&[signed, ix::prove_fault(at, input)], &[challenger])
    }

    /// A claim with its entries, if its account exists.
    pub fn claim_account(&self, provider: &Pubkey, number: u32) -> Option<ClaimAccount> {
        let account = self.chain.account(&addresses::claim(provider, number)).expect("the embedded chain answers")?;
        ClaimAccount::decode(&account.data).ok()
    }
}
