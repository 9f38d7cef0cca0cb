//! Disputes: the machine of phases, what its juries decide, and who gets which bond (MD 6 with the rulings).
//!
//! The machine knows no money and no accounts, only phases, votes and deadlines; it is searched exhaustively over small bounds. Flows know no
//! phases, only an outcome and the bonds.

mod bonds;
mod flows;
mod jury;
mod machine;
mod phases;
mod slashing;

pub use bonds::{BondTerms, first_jury_cost, jury_cost, required_bond};
pub use flows::{AppealPots, Flows, LAYERS, Layer, Settlement, settle, settle_appeal, share};
pub use jury::{Jury, MAX_SEVERITY, lower_median, quorum, sizes};
pub use machine::{JURIES, Machine, NO_VERDICT, ROUNDS, SILENT_SEVERITY};
pub use phases::{Clocks, MachineError, Outcome, Phase, Side};
pub use slashing::{Bucket, Claim, ClaimStep, installment_due};
