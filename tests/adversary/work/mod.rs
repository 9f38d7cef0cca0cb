//! Jobs, seats, attesters: their addresses, amounts and sequences, and whom the instructions pay that anybody may send.

mod addresses;
mod amounts;
mod payments;
mod revival;
