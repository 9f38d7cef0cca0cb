//! Disputes: their addresses and bonds, commitments, claims and proofs.

use {
    crate::{Actor, Localnet, Scenario},
    bytemuck::Zeroable,
    solana_sdk::pubkey::Pubkey,
    work_token_sdk::{
        DisputeAddresses, Instruction, ProviderAddresses, SeatAddresses,
        accounts::ClaimAccount,
        addresses,
        commit::SealedOpening,
        ix,
        math::Epoch,
        state::{
            Assignment, Dispute, Network, Provider,
            dispute::{Accused, Opening},
        },
        transport::{Outcome, Transport, TransportError},
    },
};

impl Localnet {
    /// Addresses of the next dispute about a seat.
    pub fn next_dispute(&self, seat: &SeatAddresses) -> DisputeAddresses {
        let state = self.seat_state(seat);
        DisputeAddresses::next_of_seat(seat, &state, &self.read::<Provider>(&state.provider), self.now())
    }

    /// Addresses of the next dispute about a provider's conduct in an epoch.
    pub fn next_conduct(&self, provider: &ProviderAddresses, epoch: u32) -> DisputeAddresses {
        DisputeAddresses::next_of_conduct(provider, &self.read(&provider.provider), epoch, self.now())
    }

    /// A dispute's account.
    pub fn dispute_state(&self, at: &DisputeAddresses) -> Dispute {
        self.read(&at.dispute)
    }

    /// A claim with its entries, if its account exists.
    pub fn claim_account(&self, provider: &Pubkey, number: u32) -> Option<ClaimAccount> {
        let account = self.account(&addresses::claim(provider, number)).expect("the embedded chain answers")?;
        ClaimAccount::decode(&account.data).ok()
    }

    /// The bond that a dispute of a severity needs now, by the program's own rules on a copy.
    pub fn bond_for(&self, at: &DisputeAddresses, severity: u8) -> u64 {
        let (network, provider): (Network, Provider) = (self.read(&at.network.network), self.read(&at.provider));
        let seat = at.assignment.map(|seat| self.read::<Assignment>(&seat));
        let now_ts = self.now();
        let accused = match &seat {
            Some(seat) => Accused::of_seat(seat, &network, now_ts),
            None => Accused::of_epoch(&provider, &network, Epoch(at.epoch)).expect("the provider remembers the epoch"),
        };
        let opening = Opening {
            kind: at.kind,
            severity,
            commitment: &Zeroable::zeroed(),
            without_claim: false,
            is_proved: false,
            now_ts,
            now: network.epoch_at(now_ts),
        };
        let mut copy = Dispute::zeroed();
        copy.begin(&opening, &accused, &provider, &network).expect("can be opened").0
    }

    /// The bond of who raises the claim of a dispute to a severity now.
    pub fn bond_to_raise(&self, at: &DisputeAddresses, severity: u8) -> u64 {
        let (network, provider): (Network, Provider) = (self.read(&at.network.network), self.read(&at.provider));
        let (rules, now) = (&network.params.disputes, network.epoch_at(self.now()));
        self.dispute_state(at).raising_bond(severity, &provider, rules, now).0
    }

    /// What the counter-bond lacks to answer a dispute.
    pub fn missing_bond(&self, at: &DisputeAddresses) -> u64 {
        let has = self.read::<Provider>(&at.provider).counter.bond;
        self.dispute_state(at).bonds().0.saturating_sub(has)
    }

    /// The instruction that executes what is due of a slash.
    pub fn execute_ix(&self, at: &DisputeAddresses) -> Instruction {
        ix::execute_installment(at, self.read::<Provider>(&at.provider).stake_vault)
    }
}

/// The input with which a challenger opens a dispute about a seat of `job`, or about conduct; the surplus of
/// its deposit returns to its tokens.
pub fn open_input(challenger: (Pubkey, Pubkey), job: Option<Pubkey>, severity: u8, salt: [u8; 32]) -> ix::OpenDispute {
    let (challenger, refund_to) = challenger;
    ix::OpenDispute { challenger, job, refund_to, severity, without_claim: false, evidence: [7; 32], salt }
}

/// The instruction with which somebody adds `bond` to the counter-bond of a dispute.
pub fn answer_ix(at: &DisputeAddresses, (answerer, from): (Pubkey, Pubkey), bond: u64) -> Instruction {
    ix::answer_dispute(at, ix::AnswerDispute { answerer, from, bond, refund_to: None })
}

/// Whoever commits uses its own key as the salt here.
impl Scenario {
    /// The instruction with which a challenger commits to what it sealed, with a deposit.
    pub fn commit_ix(&self, sealed: &SealedOpening, challenger: &Actor, deposit: u64) -> Instruction {
        ix::commit_dispute(&self.network, sealed, challenger.tokens, deposit)
    }

    /// Commits to what a challenger will open, with a deposit.
    pub fn commit_opening(
        &self,
        challenger: &Actor,
        sealed: &SealedOpening,
        deposit: u64,
    ) -> Result<Outcome, TransportError> {
        self.send(&[self.commit_ix(sealed, challenger, deposit)], &[challenger])
    }

    /// What somebody seals that will open a dispute.
    pub fn sealed(&self, at: &DisputeAddresses, challenger: &Actor, severity: u8) -> SealedOpening {
        SealedOpening::open(at, challenger.address(), severity, challenger.address().to_bytes())
    }

    /// What somebody seals that will raise a claim.
    pub fn sealed_raise(&self, at: &DisputeAddresses, challenger: &Actor, severity: u8) -> SealedOpening {
        SealedOpening::raise(at, challenger.address(), severity, challenger.address().to_bytes())
    }

    /// The instruction that returns the deposit of what somebody sealed and did not open.
    pub fn lapse_ix(&self, sealed: &SealedOpening, challenger: &Actor) -> Instruction {
        let opening = sealed.address().0;
        ix::lapse_opening(&self.network, opening, challenger.address(), challenger.tokens)
    }

    /// The instruction that opens what was committed to.
    pub fn open_dispute_ix(
        &self,
        at: &DisputeAddresses,
        job: Option<Pubkey>,
        challenger: &Actor,
        severity: u8,
    ) -> Instruction {
        ix::open_dispute(at, &self.open_input(job, challenger, severity))
    }

    /// The inputs of it.
    pub fn open_input(&self, job: Option<Pubkey>, challenger: &Actor, severity: u8) -> ix::OpenDispute {
        open_input(challenger.purse(), job, severity, challenger.address().to_bytes())
    }

    /// The instructions that commit to a dispute and open it.
    pub fn dispute_ixs(
        &self,
        at: &DisputeAddresses,
        job: Option<Pubkey>,
        challenger: &Actor,
        severity: u8,
        deposit: u64,
    ) -> [Instruction; 2] {
        let sealed = self.sealed(at, challenger, severity);
        [self.commit_ix(&sealed, challenger, deposit), self.open_dispute_ix(at, job, challenger, severity)]
    }

    /// The instructions that commit to raising a claim and raise it.
    pub fn raise_ixs(&self, at: &DisputeAddresses, challenger: &Actor, severity: u8, deposit: u64) -> [Instruction; 2] {
        let sealed = self.sealed_raise(at, challenger, severity);
        let input = ix::RaiseClaim {
            challenger: challenger.address(),
            refund_to: challenger.tokens,
            severity,
            salt: sealed.salt,
        };
        [self.commit_ix(&sealed, challenger, deposit), ix::raise_claim(at, input)]
    }
}
