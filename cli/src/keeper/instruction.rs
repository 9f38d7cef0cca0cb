//! The instructions that do cranks.

use {
    super::{DisputeWork, JobStep, Snapshot, Step, Work, step::creditor_key, voters},
    crate::chain::usual_token_account,
    work_token_sdk::{
        AttesterAddresses, BallotAddresses, Instruction, JurorAddresses, PositionAddresses, ProviderAddresses, Pubkey,
        ShardAddresses, ix, math::dispute::Side, votes,
    },
};

impl Step {
    /// The instruction that does it. `None` when what it is about is not in the snapshot.
    pub fn instruction(&self, snapshot: &Snapshot, keeper: ix::Keeper) -> Option<Instruction> {
        let (network, epoch) = (&snapshot.addresses, self.epoch);
        let shard = |number: u16| ShardAddresses::derive(*network, epoch, number);
        Some(match &self.work {
            Work::Open => ix::open_epoch(&network.network, keeper.keeper, epoch),
            Work::Beacon => ix::advance_beacon(&network.network, snapshot.randomness()),
            Work::DrawAttesters(number) => ix::draw_attesters(&shard(*number), keeper.keeper),
            Work::Mask(number, opinion, provider, interest) => {
                ix::mask_report(&shard(*number), *opinion, *provider, *interest)
            }
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
            Work::Activate(key) => ix::activate_delegation(&position_addresses(snapshot, key)?, keeper),
            Work::Restake(key) => ix::restake_for(&position_addresses(snapshot, key)?, keeper),
            Work::CompleteReturn(key) => ix::set_direct(&position_addresses(snapshot, key)?, keeper.keeper, false),
            Work::UpdateMaxWeight(key) => votes::update_max_voter_weight(&snapshot.registrar(key)?),
            Work::UpdateVoter(key) => return voters::update(snapshot, key),
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
            Work::VacatePlace(provider) => ix::vacate_place(&network.network, *provider),
            Work::AdmitHead(_) => ix::admit_head(&snapshot.queue_head.as_ref()?.1),
            Work::PassHead(_) => ix::pass_head(&snapshot.queue_head.as_ref()?.1),
            Work::Close(payer) => ix::close_epoch(&network.network, epoch, *payer),
        })
    }
}

fn position_addresses(snapshot: &Snapshot, key: &Pubkey) -> Option<PositionAddresses> {
    let position = snapshot.position(key)?;
    let provider = snapshot.provider(&position.provider)?;
    let provider = ProviderAddresses::recorded(snapshot.addresses, position.provider, provider);
    Some(PositionAddresses::recorded(provider, *key, position))
}

fn job_instruction(snapshot: &Snapshot, keeper: ix::Keeper, key: &Pubkey, step: &JobStep) -> Option<Instruction> {
    let entry = snapshot.work.jobs.get(key)?;
    let refund_account = entry.job.refund_account;
    Some(match step {
        JobStep::Capture => ix::capture_seed(&snapshot.job_addresses(key, entry), keeper),
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
            ix::close_job(&snapshot.job_addresses(key, entry), keeper.keeper, &assignments)
        }
    })
}

fn dispute_instruction(
    snapshot: &Snapshot,
    keeper: ix::Keeper,
    key: &Pubkey,
    work: &DisputeWork,
) -> Option<Instruction> {
    let dispute = snapshot.docket.disputes.get(key)?;
    let at = snapshot.dispute_addresses(key, dispute);
    Some(match work {
        DisputeWork::Advance => ix::advance_dispute(&at),
        DisputeWork::CallJury => ix::call_jury(&at, snapshot.network.juror_tree, snapshot.randomness()),
        DisputeWork::Ballot(call) => ix::draw_juror(&at, keeper, call),
        DisputeWork::Execute => ix::execute_installment(&at, snapshot.provider(&dispute.provider)?.stake_vault),
        DisputeWork::Distribute => ix::distribute_slash(&at),
        DisputeWork::SettleBallot(ballot) => {
            let state = snapshot.docket.ballots.get(ballot)?;
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
