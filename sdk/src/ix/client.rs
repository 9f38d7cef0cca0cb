//! What a client of jobs signs, and what an admin sets for them.

use {
    super::*,
    crate::addresses::{self, ClientAddresses, JobAddresses, SeatAddresses},
    work_token_interface::{
        args::CreateJobArgs,
        limits::MAX_REDUNDANCY,
        state::{JobRules, VaultKind},
    },
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
}

/// Announces the rules of a class; of a new one they hold at once, of an existing one after three days.
pub fn set_job_class(network: &Pubkey, admin: Pubkey, rent_payer: Pubkey, class: u8, rules: &JobRules) -> Instruction {
    const TAG: [u8; 8] = tag("set_job_class");
    build(
        TAG,
        &(class, *rules),
        vec![
            signer(admin),
            payer(rent_payer),
            writable(*network),
            writable(addresses::job_class(network, class)),
            readonly(SYSTEM_PROGRAM),
        ],
    )
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
    build(TAG, &args, accounts)
}

/// The accounts of an end without a result: `cancel_job` and `expire_job`.
pub(super) fn end_seat(
    tag: [u8; 8],
    seat: &SeatAddresses,
    who: AccountMeta,
    [provider, keeper_account]: [Option<Pubkey>; 2],
    refund_account: Pubkey,
) -> Instruction {
    let network = seat.network();
    build(
        tag,
        &(),
        vec![
            who,
            writable(network.network),
            writable(seat.job.job),
            writable(seat.assignment),
            optional(provider),
            writable(network.vault(VaultKind::Escrow)),
            writable(refund_account),
            optional(keeper_account),
            writable(network.mint),
            readonly(network.token_program),
        ],
    )
}

/// The accounts of a fee that is paid: `settle_job` and `approve_result`.
pub(super) fn settle_seat(
    tag: [u8; 8],
    seat: &SeatAddresses,
    who: Pubkey,
    provider: Pubkey,
    refund_account: Pubkey,
) -> Instruction {
    let network = seat.network();
    build(
        tag,
        &(),
        vec![
            signer(who),
            writable(network.network),
            writable(seat.job.job),
            writable(seat.assignment),
            writable(provider),
            writable(network.vault(VaultKind::Escrow)),
            writable(network.vault(VaultKind::Reward)),
            writable(refund_account),
            readonly(network.mint),
            readonly(network.token_program),
        ],
    )
}

/// Cancels a seat that nobody has accepted: free until the seed slot, for the class's cancel fee afterwards. `drawn` is
/// its provider, if one is drawn; `refund_account` the one that the job records.
pub fn cancel_job(seat: &SeatAddresses, drawn: Option<Pubkey>, refund_account: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("cancel_job");
    end_seat(TAG, seat, signer(seat.job.client.owner), [drawn, None], refund_account)
}

/// The accounts of what a client agrees with a seat's provider, or says about it: `extend_job` and `rate_job`.
fn client_seat(
    tag: [u8; 8],
    seat: &SeatAddresses,
    operator: Option<Pubkey>,
    args: &impl BorshSerialize,
) -> Instruction {
    build(
        tag,
        args,
        vec![
            signer(seat.job.client.owner),
            readonly(seat.network().network),
            writable(seat.job.job),
            writable(seat.assignment),
            operator.map_or(readonly(ID), signer),
        ],
    )
}

/// Adds seconds to the working time: of all seats that are not accepted yet by the client alone, of an accepted one
/// with the operator that accepted it, who signs too.
pub fn extend_job(seat: &SeatAddresses, operator: Option<Pubkey>, secs: u32) -> Instruction {
    const TAG: [u8; 8] = tag("extend_job");
    client_seat(TAG, seat, operator, &secs)
}

/// Pays a result before its challenge window has passed; it stays disputable, without refund.
pub fn approve_result(seat: &SeatAddresses, provider: Pubkey, refund_account: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("approve_result");
    settle_seat(TAG, seat, seat.job.client.owner, provider, refund_account)
}

/// Says what the client thinks of a result, 0 to 100. An event only; nothing reads it.
pub fn rate_job(seat: &SeatAddresses, rating: u8) -> Instruction {
    const TAG: [u8; 8] = tag("rate_job");
    client_seat(TAG, seat, None, &rating)
}

/// The accounts of the work on a seat: who signs, the network, the job, the seat.
pub(super) fn seat_work(tag: [u8; 8], seat: &SeatAddresses, who: Pubkey, args: &impl BorshSerialize) -> Instruction {
    build(
        tag,
        args,
        vec![signer(who), readonly(seat.network().network), writable(seat.job.job), writable(seat.assignment)],
    )
}

/// Keeps a meter running for another interval; `who` is the client or its hot key.
pub fn keep_alive(seat: &SeatAddresses, who: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("keep_alive");
    seat_work(TAG, seat, who, &())
}

/// Stops a meter: `who` is the client, its hot key or the seat's operator; anybody once it has run out by itself.
/// `provider` has the seat.
pub fn stop_job(seat: &SeatAddresses, who: Pubkey, provider: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("stop_job");
    let network = writable(seat.network().network);
    build(TAG, &(), vec![signer(who), network, writable(seat.job.job), writable(seat.assignment), writable(provider)])
}

/// Pays a refund that could not be paid when it was due to `to`: the recorded refund account, or any token account of
/// the client.
pub fn claim_credit(seat: &SeatAddresses, to: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("claim_credit");
    let network = seat.network();
    build(
        TAG,
        &(),
        vec![
            signer(seat.job.client.owner),
            readonly(network.network),
            readonly(seat.job.job),
            writable(seat.assignment),
            writable(network.vault(VaultKind::Escrow)),
            writable(to),
            readonly(network.mint),
            readonly(network.token_program),
        ],
    )
}

/// Closes a job that is over and all its assignments, given in the order of their seats; their rent returns to the
/// client. `closer` is the client, or anybody 30 days after the job's end.
pub fn close_job(job: &JobAddresses, closer: Pubkey, assignments: &[Pubkey]) -> Instruction {
    const TAG: [u8; 8] = tag("close_job");
    let mut accounts =
        vec![signer(closer), writable(job.client.network.network), writable(job.job), writable(job.client.owner)];
    accounts.extend(assignments.iter().copied().map(writable));
    build(TAG, &(), accounts)
}
