//! Registration, settings, own rewards, offers, the end.

mod commission;
mod offers;
mod parked;
mod registration;
mod retiring;
mod vesting;
