//! What a client asks for: its account, its jobs, and more time.

use {
    super::accounts::client_seat,
    crate::{
        addresses::{self, ClientAddresses, JobAddresses, SeatAddresses},
        ix::*,
    },
    work_token_interface::{args::CreateJobArgs, limits::MAX_REDUNDANCY, state::VaultKind},
};

/// Inputs of [`create_job`].
#[derive(Clone, Copy, Debug)]
pub struct CreateJob {
    /// The class.
    pub class: u8,
    /// Seats: the redundancy that the class's rules have now.
    pub seats: u8,
    /// Fee of each seat, or its ceiling. Base units.
    pub fee: u64,
    /// Price of a metered second; zero for a fixed fee. Base units.
    pub price_per_sec: u64,
    /// Working time, from acceptance to submission. Seconds.
    pub work_secs: u32,
    /// Hash of the input.
    pub input_hash: [u8; 32],
    /// The client's hot key: keeps a meter running and stops it. May be the client.
    pub operator: Pubkey,
    /// The client's token account that everything is paid from.
    pub from: Pubkey,
    /// Token account that refunds go to.
    pub refund_account: Pubkey,
    /// The model that the job shall run, if the client names one.
    pub model: Option<ModelVersion>,
}

/// One version of a model, the present one when a job names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ModelVersion {
    /// The model.
    pub model: Pubkey,
    /// Which of its versions.
    pub version: u32,
}

/// Creates the client's account, once.
pub fn register_client(client: &ClientAddresses) -> Instruction {
    const TAG: [u8; 8] = tag("register_client");
    build(
        TAG,
        &(),
        vec![payer(client.owner), readonly(client.network.network), writable(client.client), readonly(SYSTEM_PROGRAM)],
    )
}

/// Creates a job, its number the client's `next_number`, and pays fees and draw fee into escrow.
pub fn create_job(job: &JobAddresses, input: &CreateJob) -> Instruction {
    let class = addresses::job_class(&job.client.network.network, input.class);
    create_job_at(job, class, &job.seats(input.seats), input)
}

/// [`create_job`] when the addresses of the class and of the seats are known.
pub fn create_job_at(job: &JobAddresses, class: Pubkey, seats: &[SeatAddresses], input: &CreateJob) -> Instruction {
    const TAG: [u8; 8] = tag("create_job");
    let (client, network) = (&job.client, &job.client.network);
    let mut assignment_bumps = [0; MAX_REDUNDANCY];
    for (bump, seat) in assignment_bumps.iter_mut().zip(seats) {
        *bump = seat.bump;
    }
    let args = CreateJobArgs {
        fee: input.fee,
        price_per_sec: input.price_per_sec,
        work_secs: input.work_secs,
        input_hash: input.input_hash,
        operator: input.operator,
        refund_account: input.refund_account,
        model_version: input.model.map_or(0, |model| model.version),
        job_bump: job.bump,
        assignment_bumps,
    };
    let mut accounts = vec![
        payer(client.owner),
        readonly(network.network),
        readonly(class),
        writable(client.client),
        writable(job.job),
        writable(input.from),
        writable(network.vault(VaultKind::Escrow)),
        readonly(input.refund_account),
        readonly(network.mint),
        readonly(network.token_program),
        readonly(SYSTEM_PROGRAM),
    ];
    accounts.extend(seats.iter().map(|seat| writable(seat.assignment)));
    accounts.extend(input.model.map(|model| readonly(model.model)));
    build(TAG, &args, accounts)
}

/// Adds seconds to the working time: of all seats that are not accepted yet by the client alone, of an
/// accepted one with the operator that accepted it, who signs too.
pub fn extend_job(seat: &SeatAddresses, operator: Option<Pubkey>, secs: u32) -> Instruction {
    const TAG: [u8; 8] = tag("extend_job");
    client_seat(TAG, seat, operator, &secs)
}
