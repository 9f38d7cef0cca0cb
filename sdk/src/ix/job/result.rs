//! The work on an accepted seat: its result, its meter, and what the client thinks of it.

use {
    super::accounts::{client_seat, seat_work},
    crate::{addresses::SeatAddresses, ix::*},
};

/// Submits the result of a job with one seat, and stops its meter if it has one. `provider` has the seat.
pub fn submit_result(seat: &SeatAddresses, operator: Pubkey, provider: Pubkey, result_hash: [u8; 32]) -> Instruction {
    const TAG: [u8; 8] = tag("submit_result");
    let mut submit = seat_work(TAG, seat, operator, &result_hash);
    submit.accounts.push(writable(provider));
    submit
}

/// Commits to a result of a redundant job: [`crate::commit::result_commitment`].
pub fn commit_result(seat: &SeatAddresses, operator: Pubkey, commitment: [u8; 32]) -> Instruction {
    const TAG: [u8; 8] = tag("commit_result");
    seat_work(TAG, seat, operator, &commitment)
}

/// Reveals a committed result.
pub fn reveal_result(seat: &SeatAddresses, operator: Pubkey, result_hash: [u8; 32], salt: [u8; 32]) -> Instruction {
    const TAG: [u8; 8] = tag("reveal_result");
    seat_work(TAG, seat, operator, &(result_hash, salt))
}

/// Keeps a meter running for another interval; `who` is the client or its hot key.
pub fn keep_alive(seat: &SeatAddresses, who: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("keep_alive");
    seat_work(TAG, seat, who, &())
}

/// Stops a meter: `who` is the client, its hot key or the seat's operator; anybody once it has run out by
/// itself. `provider` has the seat.
pub fn stop_job(seat: &SeatAddresses, who: Pubkey, provider: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("stop_job");
    let network = writable(seat.network().network);
    build(TAG, &(), vec![signer(who), network, writable(seat.job.job), writable(seat.assignment), writable(provider)])
}

/// Says what the client thinks of a result, 0 to 100. An event only; nothing reads it.
pub fn rate_job(seat: &SeatAddresses, rating: u8) -> Instruction {
    const TAG: [u8; 8] = tag("rate_job");
    client_seat(TAG, seat, None, &rating)
}
