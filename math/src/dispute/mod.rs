//! Disputes: the machine of phases, what its juries decide, and who gets which bond (dispute-time-1).
//!
//! The machine knows no money and no accounts, only phases, votes and deadlines; it is searched exhaustively
//! over small bounds. Flows know no phases, only an outcome and the bonds.

mod appeals;
mod bonds;
mod flows;
mod jury;
mod machine;
mod phases;
mod slashing;

pub use bonds::{
    BondTerms, ballot_fee, ballot_lock, first_jury_cost, forfeited_deposit, juror_fee, jury_cost, largest_deposit,
    raising_bond, required_bond,
};
pub use flows::{AppealPots, Changed, Flows, LAYERS, Layer, Settlement, settle, settle_appeal, share, withdrawal_cost};
pub use jury::{Jury, MAX_SEVERITY, lower_median, quorum, sizes};
pub use machine::{CAUTIOUS_SEVERITY, JURIES, Machine, NO_VERDICT, ROUNDS, SILENT_SEVERITY};
pub use phases::{Clocks, MachineError, Outcome, Phase, SIDES, Side};
pub use slashing::{Departed, Kept, installment_due, passing_part, used_claim};
