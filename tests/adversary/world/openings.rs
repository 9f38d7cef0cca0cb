//! What disputes begin with: a commitment with its deposit, and the opening, the raise or the proof that
//! follows it.

use {
    super::*,
    work_token_localnet::open_input,
    work_token_sdk::{
        DisputeAddresses, SeatAddresses,
        commit::{self, SealedOpening},
        state::Job,
    },
};

/// The salt of every commitment to an opening.
pub const OPENING_SALT: [u8; 32] = [4; 32];

impl World {
    /// What somebody seals that will open a dispute.
    pub fn sealed(&self, at: &DisputeAddresses, who: &Person, severity: u8) -> SealedOpening {
        SealedOpening::open(at, who.key, severity, OPENING_SALT)
    }

    /// Somebody's commitment to what it sealed.
    pub fn commit_opening(&self, at: &DisputeAddresses, sealed: &SealedOpening, deposit: u64) -> Instruction {
        let net = self.net_of(&at.network);
        let who = Person { key: sealed.challenger, tokens: sealed.challenger };
        ix::commit_dispute(&net.at, sealed, tokens(&self.chain, net, &who), deposit)
    }

    /// Somebody's dispute, once it has committed to it, with a deposit from which something returns.
    pub fn open_dispute(&self, at: &DisputeAddresses, who: &Person) -> Instruction {
        let required = self.bond_for(at, CLAIMED);
        self.open_with(at, who, CLAIMED, required + required / 20)
    }

    /// The same with any severity and deposit.
    pub fn open_with(&self, at: &DisputeAddresses, who: &Person, severity: u8, deposit: u64) -> Instruction {
        self.chain.must(&[self.commit_opening(at, &self.sealed(at, who, severity), deposit)]);
        self.open_again(at, who, severity)
    }

    /// The opening of what was committed to.
    pub fn open_again(&self, at: &DisputeAddresses, who: &Person, severity: u8) -> Instruction {
        let net = self.net_of(&at.network);
        let job = at.assignment.map(|_| self.job(net, 0).job);
        ix::open_dispute(at, &open_input((who.key, tokens(&self.chain, net, who)), job, severity, OPENING_SALT))
    }

    /// C2 has committed to all four disputes, and D2 to the first.
    pub fn sealed_openings(&mut self) {
        self.disputable();
        let all = self.all_disputes();
        for (at, who) in all.iter().map(|at| (at, self.c2)).chain([(&all[0], self.d2)]) {
            let required = self.bond_for(at, CLAIMED);
            let sealed = self.sealed(at, &who, CLAIMED);
            self.chain.must(&[self.commit_opening(at, &sealed, required + required / 20)]);
        }
    }

    /// What the operator of P1 signed: two results of the fixed seat. They stand in front of the proof from
    /// now on.
    pub fn signed_results(&self, seat: &SeatAddresses, results: [[u8; 32]; 2]) {
        let created_slot = self.read::<Job>(&seat.job.job).created_slot;
        let operator = self.seat(seat).operator;
        let signed = results.map(|result_hash| {
            let message = commit::result_message(seat, created_slot, &result_hash);
            ix::SignedResult { result_hash, signature: self.chain.sign_message(&operator, &message) }
        });
        let proof = ix::signed_results(seat, created_slot, &operator, &signed);
        *self.chain.proof.borrow_mut() = Some(proof);
    }

    /// C2's commitment to the proof of a fault on the fixed seat of A.
    pub fn commit_proof(&self, first: [u8; 32], deposit: u64) -> Instruction {
        self.commit_opening(&self.case(), &SealedOpening::prove(&self.case(), self.c2.key, first), deposit)
    }

    /// The proof that was committed to.
    pub fn prove(&self, results: [[u8; 32]; 2]) -> Instruction {
        let (challenger, refund_to) = (self.c2.key, self.c2.tokens);
        let input = ix::ProveFault { challenger, job: self.fixed().job.job, refund_to, results };
        ix::prove_fault(&self.case(), &input)
    }
}
