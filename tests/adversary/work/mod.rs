//! Jobs, seats, attesters, disputes: their addresses, amounts and sequences, and whom the instructions pay
//! that anybody may send.

mod addresses;
mod amounts;
mod disputes;
mod payments;
mod revival;
