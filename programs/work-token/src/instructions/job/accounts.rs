//! What several instructions of a seat share.

use crate::prelude::*;

#[derive(Accounts)]
pub struct ClientSeat {
    /// The job's client.
    #[account(constraint = is_at(client.address(), &job.client) @ E::WrongClient)]
    pub client: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &job.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The job.
    #[account(mut, constraint = is_at(job.address(), &assignment.job) @ E::WrongJob)]
    pub job: Stored<Job>,
    /// Its seat.
    #[account(mut)]
    pub assignment: Stored<Assignment>,
    /// The operator that accepted the seat; needed to extend its time then.
    pub operator: Option<Signer>,
}

#[derive(Accounts)]
pub struct OperatorSeat {
    /// The provider's operator, or that of the job's class.
    pub operator: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &job.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The job.
    #[account(mut, constraint = is_at(job.address(), &assignment.job) @ E::WrongJob)]
    pub job: Stored<Job>,
    /// Its seat.
    #[account(mut)]
    pub assignment: Stored<Assignment>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
    /// The provider's offer; needed to take a seat that nobody was drawn for, and by the operator of a class.
    pub offer: Option<Stored<Offer>>,
}

#[derive(Accounts)]
pub struct SeatWork {
    /// The seat's operator; to keep a meter running the client or its hot key.
    pub signer: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &job.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The job.
    #[account(mut, constraint = is_at(job.address(), &assignment.job) @ E::WrongJob)]
    pub job: Stored<Job>,
    /// Its seat.
    #[account(mut)]
    pub assignment: Stored<Assignment>,
}
