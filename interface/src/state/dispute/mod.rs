//! A contested fault: its parties, its juries, and the slash that it may end in.

mod accused;
mod answer;
mod appeal_share;
mod ballots;
mod claim;
mod claim_end;
mod commitment;
mod credits;
mod draw;
mod end;
mod fault;
mod kept;
mod opening;
mod parts;
mod phases;
mod rules;
mod slash;
mod verdict;

pub use accused::{Accused, Ask};
pub use answer::Answered;
pub use appeal_share::AppealShare;
pub use claim::{Charge, Claim, ClaimEntries, ClaimEntry, entry_of};
pub use commitment::{DisputeOpening, Lapsed};
pub use credits::CLIENT;
pub use draw::{Called, JurorRefusal, JuryCall, RandomValue};
pub use end::{Advanced, DisputeBooks};
pub use fault::{Fault, FaultStep, STEPS};
pub use kept::KeptState;
pub use opening::{Opened, Opening};
pub use parts::{ClaimedStake, DisputeCosts, JuryDraw, SlashState};
pub use rules::{DisputeRules, SeverityRule};
pub use slash::{Distributed, Executed, Installment, OpenVaults};
pub use verdict::Finished;

use crate::{
    Address,
    limits::MAX_DRAWN_JURORS,
    math::{
        self, Amount,
        dispute::{Clocks, JURIES, LAYERS, Outcome, Phase, SIDES},
    },
};

/// No leaf of the jurors' tree.
pub const NO_LEAF: u16 = u16::MAX;

/// What a dispute is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum DisputeKind {
    /// The result of a seat of a job.
    Job = 0,
    /// What the provider did in an epoch.
    Conduct = 1,
}

impl DisputeKind {
    /// From its byte.
    pub const fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            0 => Some(Self::Job),
            1 => Some(Self::Conduct),
            _ => None,
        }
    }
}

/// Bits of [`Dispute::flags`].
pub mod dispute_flags {
    /// The fault was proved by two signed results.
    pub const OBJECTIVE: u8 = 1;
    /// The client left out the bond for the claim: it holds stake only from the first verdict on
    /// (dispute-bond-2).
    pub const UNRESERVED: u8 = 2;
    /// The outcome was applied to provider, seat and bonds.
    pub const FINISHED: u8 = 4;
    /// Nothing is left to execute; claim and fault were told.
    pub const ENDED: u8 = 8;
    /// The fee of the disputed seat had been paid when the fault was found.
    pub const FEE_PAID: u8 = 16;
    /// The challengers' reward was drawn from the fault's.
    pub const REWARDED: u8 = 32;
    /// The seat only missed a deadline: the claim is not raised above severity 1.
    pub const MISSED: u8 = 64;
    /// The claim's entry was told what the slash takes, before all of it was executed.
    pub const TOLD: u8 = 128;
}

of_math!(jury_fields, Jury, math::dispute::Jury);
of_math!(machine_fields, Machine, math::dispute::Machine);

part! {
    /// A challenger, or one that raised the claim.
    pub struct Party {
        /// Who.
        pub owner: Address,
        /// The bond that its claim required; 0 once it withdrew before the answer. Base units.
        pub bond: u64,
        /// Due to it: what returns of the bond, and what it gained. In the escrow vault.
        pub credit: u64,
        /// When it committed to its claim: the earliest has the reward. Unix seconds.
        pub committed_ts: i64,
        /// The severity it claimed; 0 when there is none.
        pub severity: u8,
        /// See `PartyState`.
        pub state: u8,
        /// The claim that it raised; 0 for the first.
        pub below: u8,
        /// Unused.
        pub padding: [u8; 5],
    }
}

/// Life of a challenger's claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum PartyState {
    /// It stands.
    Standing = 0,
    /// Withdrawn before the answer, for a tenth of the bond.
    Withdrawn = 1,
    /// Withdrawn after it: the bond is lost.
    Conceded = 2,
}

impl Party {
    /// Where its claim stands.
    pub fn state(&self) -> PartyState {
        match self.state {
            0 => PartyState::Standing,
            1 => PartyState::Withdrawn,
            _ => PartyState::Conceded,
        }
    }
}

account! {
    /// A contested fault. Times are work time unless said otherwise.
    pub struct Dispute {
        /// Layout version.
        pub version: u8,
        /// Canonical bump of this account's address.
        pub bump: u8,
        /// See `DisputeKind`.
        pub kind: u8,
        /// See `dispute_flags`.
        pub flags: u8,
        /// The number among those of its subject.
        pub number: u32,
        /// The network.
        pub network: Address,
        /// The provider.
        pub provider: Address,
        /// The assignment, or the provider when no job is concerned.
        pub subject: Address,
        /// The job's client; zero without a job.
        pub client: Address,
        /// Who paid this account's rent and gets it back.
        pub payer: Address,
        /// Where it stands.
        pub machine: Machine,
        /// The challenger, and who raised the claim.
        pub parties: [Party; LAYERS],
        /// How long the phases last; copied.
        pub clocks: [u32; 6],
        /// Epoch of the fault.
        pub offence_epoch: u32,
        /// The claim at the provider.
        pub claim: u32,
        /// When its challenger committed to it; only older locks judge it. Unix seconds, because an outage
        /// that is recorded sets work time back.
        pub committed_ts: i64,
        /// What its juries and the arbiter cost.
        pub costs: DisputeCosts,
        /// The table of severities; copied from the job, or for conduct at opening.
        pub severities: [SeverityRule; 5],
        /// Part of the delegators' proportional loss that they bear while own stake is left; copied.
        pub delta_bps: u16,
        /// Part of the claim that the bond must be worth; copied.
        pub claim_bond_bps: u16,
        /// From this severity on delegators cover; copied.
        pub cover_from_severity: u8,
        /// Drawn leaves that were called: the next is the first that was not.
        pub called: u8,
        /// 1 once the present jury's draw is armed, 2 once its seed is known.
        pub seed_state: u8,
        /// The jury for which the draw is armed.
        pub seed_jury: u8,
        /// Unused.
        pub padding: [u8; 4],
        /// Fee of the disputed seat. Base units.
        pub fee: u64,
        /// The stake that the slash is measured on, and what is claimed of it.
        pub stake: ClaimedStake,
        /// The slash that it ends in.
        pub slash: SlashState,
        /// Installments.
        pub installments: u8,
        /// Ballots that exist.
        pub ballots: u8,
        /// Which dispute of its claim it is, from 1; 0 while it holds no stake.
        pub joined: u16,
        /// Shares of appeals that exist.
        pub shares: u32,
        /// Bounties paid in the rounds.
        pub bounties: [u64; 3],
        /// The own pool's part in the jurors' pay.
        pub own_jury_pay: u64,
        /// What of it is not yet executed.
        pub own_jury_due: u64,
        /// To be burned. In the escrow vault.
        pub burn_due: u64,
        /// To the insurance vault.
        pub insurance_due: u64,
        /// To the provider's side.
        pub provider_due: u64,
        /// The client's compensation, until it claims it.
        pub client_credit: u64,
        /// All of it, claimed or not.
        pub compensated: u64,
        /// What earlier disputes of the seat may compensate its client with.
        pub compensated_before: u64,
        /// What of each side's payments for the two appeals returns, until it is claimed.
        pub appeals_back: [[u64; SIDES]; 2],
        /// The challengers' reward for the fault of the epoch, until the dispute ends.
        pub reward_due: u64,
        /// What of the own slash is twice the fee of a further seat of the epoch. Base units.
        pub extra_slash: u64,
        /// The challengers' reward out of that; no other dispute has a part in it.
        pub extra_reward: u64,
        /// Locks that juries without a quorum lost, for those that revealed there, by jury. In the escrow
        /// vault.
        pub forfeits: [u64; JURIES],
        /// The draw of the present jury.
        pub draw: JuryDraw,
        /// Where the random value begins in the account's data; copied when the draw was armed.
        pub randomness_offset: u16,
        /// How many leaves were drawn for the present jury.
        pub drawn: u8,
        /// The severity above which the reward is for the steps of the fault of the epoch.
        pub above: u8,
        /// The leaves that were drawn, in the order in which they are called; `NO_LEAF` once a juror was
        /// called in vain.
        pub leaves: [u16; MAX_DRAWN_JURORS],
        /// When everything ended; 0 before. Unix seconds.
        pub ended_ts: i64,
        /// Slashed from the own pool and still in a frozen stake vault. Base units.
        pub own_unmoved: u64,
        /// The same of the delegated pool.
        pub delegated_unmoved: u64,
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}

impl Dispute {
    /// Whether a flag is set.
    #[inline]
    pub fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// What it is about.
    pub fn kind(&self) -> DisputeKind {
        DisputeKind::from_byte(self.kind).unwrap_or(DisputeKind::Job)
    }

    /// How long the phases last.
    pub fn clocks(&self) -> Clocks {
        let [answer, draw, commit, reveal, appeal, arbiter] = self.clocks;
        Clocks { answer, draw, commit, reveal, appeal, arbiter }
    }

    /// Whether juries, appeals and the arbiter are done.
    pub fn is_decided(&self) -> bool {
        self.machine.phase() == Phase::Decided
    }

    /// How it ended.
    pub fn outcome(&self) -> Outcome {
        self.machine.outcome()
    }

    /// Sum of the bonds that the challengers' claims required.
    pub fn bonds(&self) -> Amount {
        self.parties.iter().fold(Amount::ZERO, |sum, party| sum.saturating_add(Amount(party.bond)))
    }

    /// The table's row of a severity; nothing for 0.
    pub fn rule(&self, severity: u8) -> SeverityRule {
        let row = usize::from(severity).checked_sub(1).and_then(|row| self.severities.get(row));
        row.copied().unwrap_or(bytemuck::Zeroable::zeroed())
    }
}
