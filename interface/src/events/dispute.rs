//! Disputes: claims, answers, verdicts, slashes, and what they owe.

use crate::Address;

events! { dispute:
    /// Somebody committed to opening a dispute, raising a claim or proving a fault.
    OpeningCommitted {
        /// The commitment.
        opening: Address,
        /// Who.
        challenger: Address,
        /// Its deposit.
        deposit: u64,
    }
    /// A commitment was not opened in time: its deposit returned but for a tenth, which burned.
    OpeningLapsed {
        /// The commitment.
        opening: Address,
        /// Returned.
        returned: u64,
        /// Burned.
        burned: u64,
    }
    /// A dispute was opened.
    DisputeOpened {
        /// The dispute.
        dispute: Address,
        /// The provider.
        provider: Address,
        /// The assignment, or the provider.
        subject: Address,
        /// See `DisputeKind`.
        kind: u8,
        /// Severity claimed.
        severity: u8,
        /// Who opened it.
        challenger: Address,
        /// Its bond.
        bond: u64,
        /// The claim that it belongs to.
        claim: u32,
        /// Claimed from the own pool.
        own_claimed: u64,
        /// Claimed from the delegated pool.
        delegated_claimed: u64,
        /// Epoch of the fault.
        offence_epoch: u32,
        /// Hash of the evidence.
        evidence: [u8; 32],
    }
    /// A claim was raised.
    ClaimRaised {
        /// The dispute.
        dispute: Address,
        /// Who raised it.
        challenger: Address,
        /// Severity claimed.
        severity: u8,
        /// Its bond.
        bond: u64,
        /// Claimed from the own pool.
        own_claimed: u64,
        /// Claimed from the delegated pool.
        delegated_claimed: u64,
    }
    /// A dispute was answered.
    DisputeAnswered {
        /// The dispute.
        dispute: Address,
        /// The provider's counter-bond, for all of its disputes.
        counter_bond: u64,
    }
    /// A challenger withdrew its claim.
    DisputeWithdrawn {
        /// The dispute.
        dispute: Address,
        /// Who.
        challenger: Address,
        /// The severity that it had claimed.
        severity: u8,
    }
    /// Somebody filed evidence.
    EvidenceFiled {
        /// The dispute.
        dispute: Address,
        /// Who.
        author: Address,
        /// Its hash.
        evidence: [u8; 32],
    }
    /// A dispute went on to another phase.
    DisputeAdvanced {
        /// The dispute.
        dispute: Address,
        /// See `Phase`.
        phase: u8,
        /// The present or last jury.
        jury: u8,
        /// Severity found; 255 before the first verdict.
        verdict: u8,
        /// When the phase ends. Work time.
        until_work_ts: i64,
    }
    /// Somebody paid for an appeal.
    AppealFunded {
        /// The dispute.
        dispute: Address,
        /// See `Side`.
        side: u8,
        /// Who.
        owner: Address,
        /// How much.
        amount: u64,
    }
    /// A dispute was decided and its outcome applied.
    DisputeDecided {
        /// The dispute.
        dispute: Address,
        /// See `Outcome`.
        outcome: u8,
        /// Severity found; 0 for none.
        severity: u8,
        /// To be slashed from the own pool.
        own_slash: u64,
        /// To be slashed from the delegated pool.
        delegated_slash: u64,
        /// Own rewards confiscated.
        confiscated: u64,
        /// The provider's debt now.
        slash_debt: u64,
        /// The provider's state now.
        state: u8,
    }
    /// Nothing alters any more what a slash takes: who left is settled by it, whatever of it was executed.
    SlashCertain {
        /// The dispute.
        dispute: Address,
        /// Of the own pool. Base units.
        own_slash: u64,
        /// Of the delegated pool. Base units.
        delegated_slash: u64,
    }
    /// Nothing of a dispute is left to execute.
    DisputeEnded {
        /// The dispute.
        dispute: Address,
    }
    /// A part of a slash was executed.
    InstallmentExecuted {
        /// The dispute.
        dispute: Address,
        /// Taken from the own pool.
        own: u64,
        /// Taken from the delegated pool.
        delegated: u64,
        /// The own pool now.
        own_tokens: u64,
        /// The delegated pool now.
        delegated_tokens: u64,
    }
    /// What disputes owed to nobody in particular was burned, insured and shared.
    SlashDistributed {
        /// The dispute.
        dispute: Address,
        /// Burned.
        burned: u64,
        /// To the insurance vault.
        insurance: u64,
        /// To the provider's side, through the fees of the epoch.
        provider: u64,
    }
    /// Governance cancelled or reduced a slash.
    SlashVetoed {
        /// The dispute.
        dispute: Address,
        /// What stays of the own slash.
        own_slash: u64,
        /// What stays of the delegated one.
        delegated_slash: u64,
    }
    /// A party was paid what a dispute owed it.
    DisputeCreditPaid {
        /// The dispute.
        dispute: Address,
        /// Who.
        owner: Address,
        /// How much.
        amount: u64,
    }
    /// A counter-bond returned.
    CounterBondPaid {
        /// The provider.
        provider: Address,
        /// Who had deposited it.
        owner: Address,
        /// How much.
        amount: u64,
    }
    /// A provider left jail.
    ProviderUnjailed {
        /// The provider.
        provider: Address,
        /// Its state now.
        state: u8,
    }
    /// Governance wrote a provider's debt off.
    DebtForgiven {
        /// The provider.
        provider: Address,
        /// How much.
        amount: u64,
    }
    /// Two contradictory results of one seat were shown.
    FaultProved {
        /// The dispute that was opened.
        dispute: Address,
        /// Who signed both.
        operator: Address,
        /// One result.
        first: [u8; 32],
        /// The other.
        second: [u8; 32],
    }
    /// An account of a dispute was closed.
    DisputeClosed {
        /// The account.
        account: Address,
    }
}
