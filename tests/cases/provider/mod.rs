//! Registration, settings, own rewards, offers, operators, other owners, the end.

mod beneficiary;
mod commission;
mod handover;
mod inherited;
mod offers;
mod operators;
mod parked;
mod registration;
mod retiring;
mod vesting;
mod voice;
