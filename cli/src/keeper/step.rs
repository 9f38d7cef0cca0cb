//! Cranks, and the instructions that do them.

use {
    super::Snapshot,
    crate::chain::usual_token_account,
    work_token_sdk::{
        AttesterAddresses, BallotAddresses, Instruction, JurorAddresses, PositionAddresses, ProviderAddresses, Pubkey,
        ShardAddresses,
        draw::{DrawPlan, TreeEntry},
        ix::{self, Creditor},
        math::dispute::Side,
        state::Dispute,
    },
};

/// One crank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The epoch it is about.
    pub epoch: u32,
    /// What it does.
    pub work: Work,
}

/// What a crank does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Work {
    /// Opens the ended epoch.
    Open,
    /// Arms or captures the present epoch's seed.
    Beacon,
    /// Draws the attesters of a shard.
    DrawAttesters(u16),
    /// Lets this attester take the place that it aims at, of whoever holds it.
    Displace(Pubkey, Option<Pubkey>),
    /// Scores these providers, all of one shard where something is attested.
    Score(Option<u16>, Vec<Pubkey>),
    /// Weighs these providers.
    Weigh(Vec<Pubkey>),
    /// Freezes the weights and emits.
    Finalize,
    /// Settles these providers.
    Settle(Vec<Pubkey>),
    /// Pays or fines these attesters of a shard.
    SettleAttesters(u16, Vec<Pubkey>),
    /// Closes a shard; its rent goes back to its payer.
    CloseShard(u16, Pubkey),
    /// Activates a position's due lots, before the provider forgets from when on they earn.
    Activate(Pubkey),
    /// Brings a job a step further.
    Job(Pubkey, JobStep),
    /// Brings a dispute a step further.
    Dispute(Pubkey, DisputeWork),
    /// Returns the deposit of a commitment that was not opened in time.
    LapseOpening(Pubkey),
    /// Settles what a ticket held back for these claims, whose disputes have ended.
    SettleTicket(Pubkey, Vec<u32>),
    /// Writes what has ripened of a juror's lock into its leaf, or finds one for it.
    SyncJuror(Pubkey, TreeEntry),
    /// Shrinks a claim, or closes it after its provider; the rent goes back to its payer.
    CloseClaim(Pubkey),
    /// Closes what was found of a provider in an epoch; the rent goes back to its payer.
    CloseFault(Pubkey),
    /// Moves deadlines by the time that the chain has lost.
    RecordOutage,
    /// Notes slot and time anew, so that a later outage is measured from now.
    RefreshNote,
    /// Swaps a challenged place, or lets the challenge of this provider fall.
    SwapPlace(Pubkey),
    /// Returns what is left to the network.
    Sweep,
    /// Closes the account; its rent goes back to its payer.
    Close(Pubkey),
}

/// What a crank of a job does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JobStep {
    /// Captures the seed.
    Capture,
    /// Draws a seat.
    Draw(u8, DrawPlan),
    /// Stops a meter that has run out.
    Stop(u8),
    /// Ends a seat whose deadline has passed.
    Expire(u8),
    /// Pays a seat's fee.
    Settle(u8),
    /// Closes the job, long after its end.
    Close,
}

/// What a crank of a dispute does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisputeWork {
    /// Brings it past its deadlines, to its outcome, to its end.
    Advance,
    /// Arms the present jury's draw, or captures its seed.
    CallJury,
    /// Calls the next juror of the present jury.
    Ballot(ix::DrawJuror),
    /// Executes what is due of the slash.
    Execute,
    /// Burns, insures and shares out what is held for nobody in particular.
    Distribute,
    /// Pays or fines the juror of a seat.
    SettleBallot(Pubkey),
    /// Pays a party what the dispute owes it, and draws the challengers' reward.
    ClaimCredit(ix::Creditor),
    /// Pays back what is left of somebody's payments for appeals.
    ClaimAppeal(Pubkey),
    /// Closes it, long after its end.
    Close,
}

impl DisputeWork {
    /// The crank's name.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Advance => "advance-dispute",
            Self::CallJury => "call-jury",
            Self::Ballot(_) => "draw-juror",
            Self::Execute => "execute-installment",
            Self::Distribute => "distribute-slash",
            Self::SettleBallot(_) => "settle-ballot",
            Self::ClaimCredit(_) => "claim-dispute-credit",
            Self::ClaimAppeal(_) => "claim-appeal",
            Self::Close => "close-dispute",
        }
    }
}

impl Work {
    /// The crank's name.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Beacon => "beacon",
            Self::DrawAttesters(_) => "draw-attesters",
            Self::Displace(..) => "displace-attester",
            Self::Score(..) => "score",
            Self::Weigh(_) => "weigh",
            Self::Finalize => "finalize",
            Self::Settle(_) => "settle",
            Self::SettleAttesters(..) => "settle-attesters",
            Self::CloseShard(..) => "close-shard",
            Self::Activate(_) => "activate",
            Self::Job(_, JobStep::Capture) => "capture-seed",
            Self::Job(_, JobStep::Draw(..)) => "draw-job",
            Self::Job(_, JobStep::Stop(_)) => "stop-job",
            Self::Job(_, JobStep::Expire(_)) => "expire-job",
            Self::Job(_, JobStep::Settle(_)) => "settle-job",
            Self::Job(_, JobStep::Close) => "close-job",
            Self::Dispute(_, work) => work.name(),
            Self::LapseOpening(_) => "lapse-opening",
            Self::SettleTicket(..) => "settle-ticket",
            Self::SyncJuror(..) => "sync-juror",
            Self::CloseClaim(_) => "close-claim",
            Self::CloseFault(_) => "close-fault",
            Self::RecordOutage => "record-outage",
            Self::RefreshNote => "refresh-note",
            Self::SwapPlace(_) => "swap-place",
            Self::Sweep => "sweep",
            Self::Close(_) => "close",
        }
    }

    /// How many providers or attesters it is about.
    pub const fn providers(&self) -> usize {
        match self {
            Self::Score(_, batch) | Self::Weigh(batch) | Self::Settle(batch) | Self::SettleAttesters(_, batch) => {
                batch.len()
            }
            _ => 0,
        }
    }

    /// Whether it is about epochs, scores and stake: what goes on without anybody's job, dispute or
    /// challenge.
    pub const fn keeps_epochs(&self) -> bool {
        !matches!(
            self,
            Self::Job(..)
                | Self::Dispute(..)
                | Self::LapseOpening(_)
                | Self::SettleTicket(..)
                | Self::SyncJuror(..)
                | Self::CloseClaim(_)
                | Self::CloseFault(_)
                | Self::RecordOutage
                | Self::RefreshNote
                | Self::SwapPlace(_)
        )
    }

    /// The dispute that it brings further.
    pub const fn dispute(&self) -> Option<&Pubkey> {
        match self {
            Self::Dispute(dispute, _) => Some(dispute),
            _ => None,
        }
    }

    /// The job that it brings further.
    pub const fn job(&self) -> Option<&Pubkey> {
        match self {
            Self::Job(job, _) => Some(job),
            _ => None,
        }
    }
}

impl Step {
    /// The instruction that does it. `None` when what it is about is not in the snapshot.
    pub fn instruction(&self, snapshot: &Snapshot, keeper: ix::Keeper) -> Option<Instruction> {
        let (network, epoch) = (&snapshot.addresses, self.epoch);
        let shard = |number: u16| ShardAddresses::derive(*network, epoch, number);
        Some(match &self.work {
            Work::Open => ix::open_epoch(&network.network, keeper.keeper, epoch),
            Work::Beacon => ix::advance_beacon(&network.network, snapshot.randomness()),
            Work::DrawAttesters(number) => ix::draw_attesters(&shard(*number), keeper.keeper),
            Work::Displace(owner, holder) => {
                let at = |owner: &Pubkey| AttesterAddresses::derive(*network, *owner);
                ix::displace_attester(&at(owner), holder.as_ref().map(|holder| at(holder).attester))
            }
            Work::Score(number, batch) => ix::score_providers(&network.network, epoch, *number, batch),
            Work::Weigh(batch) => ix::weigh_providers(network, epoch, keeper, snapshot.work_tree(epoch), batch),
            Work::Finalize => ix::finalize_epoch(network, epoch, keeper),
            Work::Settle(batch) => ix::settle_providers(network, epoch, keeper, batch),
            Work::SettleAttesters(number, batch) => ix::settle_attesters(&shard(*number), batch),
            Work::CloseShard(number, payer) => ix::close_score_shard(&shard(*number), *payer),
            Work::Sweep => ix::sweep_epoch(&network.network, epoch),
            Work::Activate(key) => {
                let (_, position) = snapshot.positions.iter().find(|(known, _)| known == key)?;
                let provider = snapshot.provider(&position.provider)?;
                let provider = ProviderAddresses::recorded(*network, position.provider, provider);
                ix::activate_delegation(&PositionAddresses::recorded(provider, *key, position), keeper)
            }
            Work::Job(job, step) => return job_instruction(snapshot, keeper, job, step),
            Work::Dispute(dispute, work) => return dispute_instruction(snapshot, keeper, dispute, work),
            Work::LapseOpening(key) => {
                let challenger = snapshot.docket.openings.get(key)?.challenger;
                ix::lapse_opening(network, *key, challenger, *snapshot.docket.paid_to.get(&challenger)?)
            }
            Work::SettleTicket(key, claims) => return settle_ticket(snapshot, key, claims),
            Work::SyncJuror(key, entry) => {
                let juror = JurorAddresses::recorded(*network, *key, snapshot.docket.jurors.get(key)?);
                ix::sync_juror(&juror, snapshot.network.juror_tree, entry.leaf, entry.holder)
            }
            Work::CloseClaim(key) => {
                let claim = &snapshot.docket.claims.get(key)?.claim.claim;
                ix::close_claim(key, claim.provider, claim.payer)
            }
            Work::CloseFault(key) => ix::close_fault(key, snapshot.docket.faults.get(key)?.payer),
            Work::RecordOutage => ix::record_outage(&network.network),
            Work::RefreshNote => ix::refresh_note(&network.network),
            Work::SwapPlace(candidate) => {
                let incumbent = snapshot.provider(candidate)?.place_challenge.incumbent;
                ix::swap_place(&network.network, keeper.keeper, *candidate, incumbent)
            }
            Work::Close(payer) => ix::close_epoch(&network.network, epoch, *payer),
        })
    }
}

fn job_instruction(snapshot: &Snapshot, keeper: ix::Keeper, key: &Pubkey, step: &JobStep) -> Option<Instruction> {
    let entry = snapshot.job(key)?;
    let refund_account = entry.job.refund_account;
    Some(match step {
        JobStep::Capture => ix::capture_seed(&snapshot.job_addresses(entry), keeper),
        JobStep::Draw(seat, plan) => ix::draw_job(&snapshot.seat(key, *seat)?.0, keeper, &plan.accounts()),
        JobStep::Stop(seat) => {
            let (seat, assignment) = snapshot.seat(key, *seat)?;
            ix::stop_job(&seat, keeper.keeper, assignment.provider)
        }
        JobStep::Expire(seat) => {
            let (seat, assignment) = snapshot.seat(key, *seat)?;
            ix::expire_job(&seat, keeper, assignment.holder(), refund_account)
        }
        JobStep::Settle(seat) => {
            let (seat, assignment) = snapshot.seat(key, *seat)?;
            ix::settle_job(&seat, keeper.keeper, assignment.provider, refund_account)
        }
        JobStep::Close => {
            let assignments: Vec<Pubkey> = entry.seats.iter().map(|(key, _)| *key).collect();
            ix::close_job(&snapshot.job_addresses(entry), keeper.keeper, &assignments)
        }
    })
}

fn dispute_instruction(
    snapshot: &Snapshot,
    keeper: ix::Keeper,
    key: &Pubkey,
    work: &DisputeWork,
) -> Option<Instruction> {
    let dispute = snapshot.docket.dispute(key)?;
    let at = snapshot.dispute_addresses(key, dispute);
    Some(match work {
        DisputeWork::Advance => ix::advance_dispute(&at),
        DisputeWork::CallJury => ix::call_jury(&at, snapshot.network.juror_tree, snapshot.randomness()),
        DisputeWork::Ballot(call) => ix::draw_juror(&at, keeper, call),
        DisputeWork::Execute => ix::execute_installment(&at, snapshot.provider(&dispute.provider)?.stake_vault),
        DisputeWork::Distribute => ix::distribute_slash(&at),
        DisputeWork::SettleBallot(ballot) => {
            let state = snapshot.docket.ballot(ballot)?;
            ix::settle_ballot(&BallotAddresses::recorded(at, *ballot, state), state.juror, state.payer)
        }
        DisputeWork::ClaimCredit(creditor) => {
            let owner = creditor_key(dispute, *creditor)?;
            // Who is due nothing needs no account that exists.
            ix::claim_dispute_credit(&at, owner, *creditor, usual_token_account(&owner, &snapshot.addresses))
        }
        DisputeWork::ClaimAppeal(share) => {
            let share = snapshot.docket.shares.get(share)?;
            let side = Side::from_byte(share.side)?;
            ix::claim_appeal(&at, share.owner, side, usual_token_account(&share.owner, &snapshot.addresses))
        }
        DisputeWork::Close => ix::close_dispute(key, dispute.payer),
    })
}

fn settle_ticket(snapshot: &Snapshot, key: &Pubkey, claims: &[u32]) -> Option<Instruction> {
    let ticket = snapshot.docket.tickets.get(key)?;
    let position = snapshot.position(&ticket.delegation)?;
    let (provider, to) = (snapshot.provider(&position.provider)?, snapshot.docket.paid_to.get(&position.delegator)?);
    let provider = ProviderAddresses::recorded(snapshot.addresses, position.provider, provider);
    let position = PositionAddresses::recorded(provider, ticket.delegation, position);
    Some(ix::settle_ticket(&position, ticket.number, claims, *to))
}

/// How many accounts of a kind one transaction takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batches {
    /// Providers that are weighed, beside the tree.
    pub weigh: usize,
    /// Providers that are settled.
    pub settle: usize,
    /// Providers that are scored.
    pub score: usize,
    /// Leaves that are drawn, each with an offer.
    pub draw: usize,
}

impl Batches {
    /// For transactions that the keeper pays itself, or that somebody else pays: a second signature takes the
    /// room of three accounts.
    pub const fn of(keeper_pays: bool) -> Self {
        let room = if keeper_pays { 0 } else { 3 };
        Self {
            weigh: ix::WEIGH_BATCH - room,
            settle: ix::SETTLE_BATCH - room,
            score: ix::SCORE_BATCH - room,
            draw: ix::DRAW_BATCH - room.div_ceil(2),
        }
    }
}

/// Who a creditor of a dispute is.
pub fn creditor_key(dispute: &Dispute, creditor: Creditor) -> Option<Pubkey> {
    match creditor {
        Creditor::Challenger(place) => dispute.parties.get(usize::from(place)).map(|party| party.owner),
        Creditor::Client => Some(dispute.client),
    }
}
