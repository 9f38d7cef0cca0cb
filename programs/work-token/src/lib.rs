//! The Work Token program: checks who and what, brings the books up to date, asks `work-token-math` for the
//! decision, writes it down, moves the tokens and says what happened.
//!
//! Handlers live in `instructions/`, one file each, one folder per noun; layouts, errors and events in
//! `work-token-interface`.
#![cfg_attr(not(test), no_std)]

extern crate alloc;

pub mod belongs;
pub mod clock;
pub mod create;
pub mod hash;
pub mod instructions;
pub mod prelude;
pub mod randomness;
pub mod signatures;
pub mod slot_hashes;
pub mod token;
pub mod touch;

pub use work_token_interface::{ID, check_id, id};
use {
    anchor_lang::prelude::*,
    instructions::{
        dispute::{
            advance_dispute::*, answer_dispute::*, claim_appeal::*, claim_counter_bond::*, claim_dispute_credit::*,
            close_claim::*, close_dispute::*, close_fault::*, commit_dispute::*, distribute_slash::*,
            execute_installment::*, file_evidence::*, forgive_debt::*, fund_appeal::*, lapse_opening::*,
            open_dispute::*, prove_fault::*, raise_claim::*, rule_dispute::*, unjail::*, veto_slash::*,
            withdraw_dispute::*,
        },
        epoch::{
            advance_beacon::*, close_epoch::*, finalize_epoch::*, open_epoch::*, settle_providers::*, sweep_epoch::*,
            touch_provider::*, weigh_providers::*,
        },
        job::{
            accept_job::*, accounts::*, approve_result::*, cancel_job::*, capture_seed::*, claim_credit::*,
            close_job::*, commit_result::*, create_job::*, decline_job::*, draw_job::*, ending::*, expire_job::*,
            extend_job::*, keep_alive::*, rate_job::*, register_client::*, reveal_result::*, settle_job::*,
            settlement::*, stop_job::*, submit_result::*,
        },
        jury::{
            call_jury::*, claim_juror_pay::*, commit_vote::*, draw_juror::*, exclude_juror::*, join_jury::*,
            leave_jury::*, reveal_vote::*, settle_ballot::*, sync_juror::*,
        },
        network::{
            accept_authority::*, accounts::*, cancel_params::*, close_draft::*, create_network::*, draft_params::*,
            execute_params::*, pause::*, pay_insurance::*, pay_treasury::*, propose_authority::*, propose_params::*,
            record_outage::*, refresh_note::*, set_job_class::*, set_model::*, sweep_surplus::*, unpause::*,
        },
        place::{
            accounts::*, admit_head::*, challenge_place::*, declare_maintenance::*, heartbeat::*, init_tree::*,
            join_queue::*, pass_head::*, swap_place::*, take_place::*, vacate_place::*,
        },
        position::{
            accounts::*, activate_delegation::*, cancel_unbonding::*, claim_rewards::*, close_delegation::*,
            delegate::*, request_unbonding::*, restake::*, restake_for::*, set_auto_restake::*, set_direct::*,
            settle_ticket::*, stake_self::*, transfer_shares::*, withdraw_unbonded::*,
        },
        provider::{
            accept_beneficiary::*, accept_owner::*, accounts::*, announce_commission::*, claim_provider_rewards::*,
            close_provider::*, end_beneficiary::*, propose_beneficiary::*, propose_owner::*, register_provider::*,
            retire::*, set_beneficiary_destination::*, set_class_operator::*, set_offer::*, set_operator::*,
            set_reward_destination::*,
        },
        score::{
            add_attester_bond::*, aim_attester::*, claim_attester_rewards::*, close_attester::*, close_score_shard::*,
            commit_canaries::*, commit_reports::*, displace_attester::*, draw_attesters::*, mask_report::*,
            register_attester::*, retire_attester::*, reveal_reports::*, score_providers::*, set_reporter::*,
            settle_attesters::*,
        },
    },
    work_token_interface::{
        args::{
            AcceptOwnerArgs, CreateJobArgs, CreateNetworkArgs, DraftParamsArgs, OpenDisputeArgs, ProveFaultArgs,
            RegisterProviderArgs, SetModelArgs, SetOfferArgs,
        },
        state::JobRules,
    },
};
#[cfg(target_arch = "bpf")]
use {bpf_builtins as _, solana_compiler_builtins as _};

#[program]
pub mod work_token {
    use super::*;

    /// Creates a network with its six vaults. Its first epoch begins now.
    pub fn create_network(ctx: &mut Context<CreateNetwork>, args: CreateNetworkArgs) -> Result<()> {
        handle_create_network(ctx, args)
    }

    /// Proposes who shall be admin (0), guardian (1) or arbiter (2).
    pub fn propose_authority(ctx: &mut Context<ProposeAuthority>, role: u8, proposed: Address) -> Result<()> {
        handle_propose_authority(ctx, role, proposed)
    }

    /// Takes over an authority that was proposed.
    pub fn accept_authority(ctx: &mut Context<AcceptAuthority>, role: u8) -> Result<()> {
        handle_accept_authority(ctx, role)
    }

    /// Closes the entrances for at most 7 days; never exits, claims, own stake or cranks.
    pub fn pause(ctx: &mut Context<Pause>, secs: u32) -> Result<()> {
        handle_pause(ctx, secs)
    }

    /// Opens the entrances before the pause is over.
    pub fn unpause(ctx: &mut Context<Pause>) -> Result<()> {
        handle_unpause(ctx)
    }

    /// Writes a part of a parameter set, before a network is created with it or a change proposed.
    pub fn draft_params(ctx: &mut Context<DraftParams>, args: DraftParamsArgs) -> Result<()> {
        handle_draft_params(ctx, args)
    }

    /// Closes a draft that nobody used.
    pub fn close_draft(ctx: &mut Context<CloseDraft>) -> Result<()> {
        handle_close_draft(ctx)
    }

    /// Proposes a whole new parameter set, which somebody drafted.
    pub fn propose_params(ctx: &mut Context<ProposeParams>) -> Result<()> {
        handle_propose_params(ctx)
    }

    /// Puts a proposed parameter set in force once its delay has passed.
    pub fn execute_params(ctx: &mut Context<ExecuteParams>) -> Result<()> {
        handle_execute_params(ctx)
    }

    /// Withdraws a proposed parameter set.
    pub fn cancel_params(ctx: &mut Context<CancelParams>) -> Result<()> {
        handle_cancel_params(ctx)
    }

    /// Announces a payment of the treasury, or makes the one that was announced.
    pub fn pay_treasury(ctx: &mut Context<PayOut>, amount: u64) -> Result<()> {
        handle_pay_treasury(ctx, amount)
    }

    /// Registers a provider with its stake vault and its owner's position.
    pub fn register_provider(ctx: &mut Context<RegisterProvider>, args: RegisterProviderArgs) -> Result<()> {
        handle_register_provider(ctx, args)
    }

    /// Adds to the owner's stake; counts from the next epoch on.
    pub fn stake_self(ctx: &mut Context<StakeSelf>, amount: u64) -> Result<()> {
        handle_stake_self(ctx, amount)
    }

    /// Pays the owner's rewards that are free.
    pub fn claim_provider_rewards(ctx: &mut Context<ClaimProviderRewards>) -> Result<()> {
        handle_claim_provider_rewards(ctx)
    }

    /// Announces a commission: a fall holds at once, a raise after one unbonding time.
    pub fn announce_commission(ctx: &mut Context<OwnerSettings>, commission_bps: u16) -> Result<()> {
        handle_announce_commission(ctx, commission_bps)
    }

    /// Sets the hot key that works for the provider.
    pub fn set_operator(ctx: &mut Context<OwnerSettings>, operator: Address) -> Result<()> {
        handle_set_operator(ctx, operator)
    }

    /// Names the key that takes seats of a class beside the operator, which signs too; none where it does
    /// not.
    pub fn set_class_operator(ctx: &mut Context<SetClassOperator>, class: u8) -> Result<()> {
        handle_set_class_operator(ctx, class)
    }

    /// Proposes who shall own a provider after one unbonding time; the zero address withdraws it.
    pub fn propose_owner(ctx: &mut Context<ProposeOwner>, proposed: Address) -> Result<()> {
        handle_propose_owner(ctx, proposed)
    }

    /// Takes over a provider with its own position, as it was proposed.
    pub fn accept_owner(ctx: &mut Context<AcceptOwner>, args: AcceptOwnerArgs) -> Result<()> {
        handle_accept_owner(ctx, args)
    }

    /// Proposes who is paid a provider's own rewards up to a quota; the zero address withdraws it.
    pub fn propose_beneficiary(
        ctx: &mut Context<ProposeBeneficiary>,
        proposed: Address,
        quota: u64,
        until_ts: i64,
    ) -> Result<()> {
        handle_propose_beneficiary(ctx, proposed, quota, until_ts)
    }

    /// Agrees to be paid a provider's own rewards on the proposed terms.
    pub fn accept_beneficiary(ctx: &mut Context<AcceptBeneficiary>, quota: u64, until_ts: i64) -> Result<()> {
        handle_accept_beneficiary(ctx, quota, until_ts)
    }

    /// Names another token account of a beneficiary.
    pub fn set_beneficiary_destination(ctx: &mut Context<SetBeneficiaryDestination>) -> Result<()> {
        handle_set_beneficiary_destination(ctx)
    }

    /// Gives up what is left of a beneficiary's quota.
    pub fn end_beneficiary(ctx: &mut Context<BeneficiarySigns>) -> Result<()> {
        handle_end_beneficiary(ctx)
    }

    /// Sets the token account that the owner's rewards go to by default.
    pub fn set_reward_destination(ctx: &mut Context<OwnerSettings>, reward_destination: Address) -> Result<()> {
        handle_set_reward_destination(ctx, reward_destination)
    }

    /// Begins to leave, for good.
    pub fn retire(ctx: &mut Context<OwnerPlace>) -> Result<()> {
        handle_retire(ctx)
    }

    /// Closes a provider on which nothing hangs any more.
    pub fn close_provider(ctx: &mut Context<CloseProvider>) -> Result<()> {
        handle_close_provider(ctx)
    }

    /// Places stake behind a provider; earns from the next epoch on.
    pub fn delegate(
        ctx: &mut Context<Delegate>,
        amount: u64,
        min_shares_out: u64,
        max_open_claims: u64,
        delegation_bump: u8,
    ) -> Result<()> {
        handle_delegate(ctx, amount, min_shares_out, max_open_claims, delegation_bump)
    }

    /// Moves shares of a position into a ticket.
    pub fn request_unbonding(ctx: &mut Context<RequestUnbonding>, shares: u64, ticket_bump: u8) -> Result<()> {
        handle_request_unbonding(ctx, shares, ticket_bump)
    }

    /// Puts a ticket's shares back into their pool.
    pub fn cancel_unbonding(ctx: &mut Context<CancelUnbonding>) -> Result<()> {
        handle_cancel_unbonding(ctx)
    }

    /// Pays a matured ticket.
    pub fn withdraw_unbonded(ctx: &mut Context<WithdrawUnbonded>) -> Result<()> {
        handle_withdraw_unbonded(ctx)
    }

    /// Pays everything a position has earned.
    pub fn claim_rewards(ctx: &mut Context<ClaimRewards>) -> Result<()> {
        handle_claim_rewards(ctx)
    }

    /// Turns everything a position has earned into stake behind the same provider.
    pub fn restake(ctx: &mut Context<ClaimRewards>, max_open_claims: u64) -> Result<()> {
        handle_restake(ctx, max_open_claims)
    }

    /// Gives active shares to another holder behind the same provider; both sign.
    pub fn transfer_shares(
        ctx: &mut Context<TransferShares>,
        shares: u64,
        min_value: u64,
        max_open_claims: u64,
        to_bump: u8,
    ) -> Result<()> {
        handle_transfer_shares(ctx, shares, min_value, max_open_claims, to_bump)
    }

    /// Says whether anybody may turn what the position earns into stake.
    pub fn set_auto_restake(ctx: &mut Context<SetAutoRestake>, on: bool, max_open_claims: u64) -> Result<()> {
        handle_set_auto_restake(ctx, on, max_open_claims)
    }

    /// The holder takes its stake's voice from the provider's owner, or gives it back.
    pub fn set_direct(ctx: &mut Context<SetDirect>, on: bool) -> Result<()> {
        handle_set_direct(ctx, on)
    }

    /// Turns what a position has earned into stake, for a holder that asked for it.
    pub fn restake_for(ctx: &mut Context<RestakeFor>) -> Result<()> {
        handle_restake_for(ctx)
    }

    /// Closes an empty position.
    pub fn close_delegation(ctx: &mut Context<CloseDelegation>) -> Result<()> {
        handle_close_delegation(ctx)
    }

    /// Opens an epoch that has ended, so that its providers can be weighed.
    pub fn open_epoch(ctx: &mut Context<OpenEpoch>, epoch: u32) -> Result<()> {
        handle_open_epoch(ctx, epoch)
    }

    /// Brings a provider's records up to the present epoch.
    pub fn touch_provider(ctx: &mut Context<TouchProvider>) -> Result<()> {
        handle_touch_provider(ctx)
    }

    /// Weighs 1 to 24 providers, the remaining accounts, for an epoch that has ended.
    pub fn weigh_providers(ctx: &mut Context<WeighBatch>) -> Result<()> {
        handle_weigh_providers(ctx)
    }

    /// Freezes an epoch's weights and emits its tokens.
    pub fn finalize_epoch(ctx: &mut Context<FinalizeEpoch>) -> Result<()> {
        handle_finalize_epoch(ctx)
    }

    /// Settles 1 to 24 providers, the remaining accounts, for a finalized epoch.
    pub fn settle_providers(ctx: &mut Context<ProviderBatch>) -> Result<()> {
        handle_settle_providers(ctx)
    }

    /// Returns what an epoch could not hand out to the next emission.
    pub fn sweep_epoch(ctx: &mut Context<SweepEpoch>) -> Result<()> {
        handle_sweep_epoch(ctx)
    }

    /// Closes a swept epoch.
    pub fn close_epoch(ctx: &mut Context<CloseEpoch>) -> Result<()> {
        handle_close_epoch(ctx)
    }

    /// Activates a position's due lots.
    pub fn activate_delegation(ctx: &mut Context<ActivateDelegation>) -> Result<()> {
        handle_activate_delegation(ctx)
    }

    /// Moves what strangers sent to a stake vault into the treasury.
    pub fn sweep_surplus(ctx: &mut Context<SweepSurplus>) -> Result<()> {
        handle_sweep_surplus(ctx)
    }

    /// Sets which classes the provider works for, its lowest fees and least working times, from the next
    /// epoch on.
    pub fn set_offer(ctx: &mut Context<SetOffer>, args: SetOfferArgs) -> Result<()> {
        handle_set_offer(ctx, args)
    }

    /// Keeps a job's seed before the list of slot hashes forgets it.
    pub fn capture_seed(ctx: &mut Context<CaptureSeed>) -> Result<()> {
        handle_capture_seed(ctx)
    }

    /// Draws the provider of a seat, among the remaining accounts.
    pub fn draw_job(ctx: &mut Context<DrawJob>) -> Result<()> {
        handle_draw_job(ctx)
    }

    /// Accepts a seat that was drawn for the provider, or that is open to all.
    pub fn accept_job(ctx: &mut Context<OperatorSeat>) -> Result<()> {
        handle_accept_job(ctx)
    }

    /// Declines a seat; the same as silence.
    pub fn decline_job(ctx: &mut Context<OperatorSeat>) -> Result<()> {
        handle_decline_job(ctx)
    }

    /// Submits the result of a job for one provider.
    pub fn submit_result(ctx: &mut Context<SubmitResult>, result_hash: [u8; 32]) -> Result<()> {
        handle_submit_result(ctx, result_hash)
    }

    /// Commits to the result of a job for several providers.
    pub fn commit_result(ctx: &mut Context<SeatWork>, commitment: [u8; 32]) -> Result<()> {
        handle_commit_result(ctx, commitment)
    }

    /// Reveals a committed result.
    pub fn reveal_result(ctx: &mut Context<SeatWork>, result_hash: [u8; 32], salt: [u8; 32]) -> Result<()> {
        handle_reveal_result(ctx, result_hash, salt)
    }

    /// Keeps a meter running.
    pub fn keep_alive(ctx: &mut Context<SeatWork>) -> Result<()> {
        handle_keep_alive(ctx)
    }

    /// Stops a meter.
    pub fn stop_job(ctx: &mut Context<StopJob>) -> Result<()> {
        handle_stop_job(ctx)
    }

    /// Adopts an empty account as a tree to draw from.
    pub fn init_tree(ctx: &mut Context<InitTree>, kind: u8) -> Result<()> {
        handle_init_tree(ctx, kind)
    }

    /// Takes a free place of the active set.
    pub fn take_place(ctx: &mut Context<OwnerPlace>, index: u16) -> Result<()> {
        handle_take_place(ctx, index)
    }

    /// Challenges a place of the active set.
    pub fn challenge_place(ctx: &mut Context<PlaceRivals>) -> Result<()> {
        handle_challenge_place(ctx)
    }

    /// Swaps a challenged place.
    pub fn swap_place(ctx: &mut Context<PlaceRivals>) -> Result<()> {
        handle_swap_place(ctx)
    }

    /// Joins the queue for a place of the active set.
    pub fn join_queue(ctx: &mut Context<JoinQueue>) -> Result<()> {
        handle_join_queue(ctx)
    }

    /// Gives the head of the queue the first free place.
    pub fn admit_head(ctx: &mut Context<AdmitHead>) -> Result<()> {
        handle_admit_head(ctx)
    }

    /// Passes a head of the queue that cannot have a place.
    pub fn pass_head(ctx: &mut Context<PassHead>) -> Result<()> {
        handle_pass_head(ctx)
    }

    /// Takes the place of a provider that does not keep it up.
    pub fn vacate_place(ctx: &mut Context<VacatePlace>) -> Result<()> {
        handle_vacate_place(ctx)
    }

    /// Gives a sign of life.
    pub fn heartbeat(ctx: &mut Context<OperatorSigns>) -> Result<()> {
        handle_heartbeat(ctx)
    }

    /// Declares maintenance inside the present epoch.
    pub fn declare_maintenance(ctx: &mut Context<OperatorSigns>, from_ts: i64, secs: u32) -> Result<()> {
        handle_declare_maintenance(ctx, from_ts, secs)
    }

    /// Records that the chain stood still.
    pub fn record_outage(ctx: &mut Context<NoteTime>) -> Result<()> {
        handle_record_outage(ctx)
    }

    /// Notes slot and time anew, so that a later outage is measured from now.
    pub fn refresh_note(ctx: &mut Context<NoteTime>) -> Result<()> {
        handle_refresh_note(ctx)
    }

    /// Locks an attester's bond and takes a free place of the roster, or aims at the one with the smallest
    /// bond.
    pub fn register_attester(ctx: &mut Context<RegisterAttester>, bond: u64) -> Result<()> {
        handle_register_attester(ctx, bond)
    }

    /// Adds to an attester's bond; counts from the next epoch on.
    pub fn add_attester_bond(ctx: &mut Context<AddAttesterBond>, amount: u64) -> Result<()> {
        handle_add_attester_bond(ctx, amount)
    }

    /// Takes a free place of the roster with a bond that waits, or aims anew.
    pub fn aim_attester(ctx: &mut Context<AimAttester>) -> Result<()> {
        handle_aim_attester(ctx)
    }

    /// Lets an attester that aimed take over its place, in the second half of the next epoch.
    pub fn displace_attester(ctx: &mut Context<DisplaceAttester>) -> Result<()> {
        handle_displace_attester(ctx)
    }

    /// Takes an attester out of the roster.
    pub fn retire_attester(ctx: &mut Context<RetireAttester>) -> Result<()> {
        handle_retire_attester(ctx)
    }

    /// Pays a retired attester its bond and closes it.
    pub fn close_attester(ctx: &mut Context<CloseAttester>) -> Result<()> {
        handle_close_attester(ctx)
    }

    /// Pays what an attester has earned.
    pub fn claim_attester_rewards(ctx: &mut Context<ClaimAttesterRewards>) -> Result<()> {
        handle_claim_attester_rewards(ctx)
    }

    /// Arms or captures the present epoch's seed.
    pub fn advance_beacon(ctx: &mut Context<AdvanceBeacon>) -> Result<()> {
        handle_advance_beacon(ctx)
    }

    /// Draws the attesters of a shard of the present epoch.
    pub fn draw_attesters(ctx: &mut Context<DrawAttesters>, shard: u16) -> Result<()> {
        handle_draw_attesters(ctx, shard)
    }

    /// Bars an attester from reporting on a provider that it has an interest in.
    pub fn mask_report(ctx: &mut Context<MaskReport>, opinion: u8) -> Result<()> {
        handle_mask_report(ctx, opinion)
    }

    /// Commits an attester to a set of canaries, which holds from the next epoch on; zero to none.
    pub fn commit_canaries(ctx: &mut Context<CommitCanaries>, commitment: [u8; 32]) -> Result<()> {
        handle_commit_canaries(ctx, commitment)
    }

    /// Commits an attester to its reports about a shard.
    pub fn commit_reports(ctx: &mut Context<CommitReports>, commitment: [u8; 32]) -> Result<()> {
        handle_commit_reports(ctx, commitment)
    }

    /// Names the hot key that commits for an attester.
    pub fn set_reporter(ctx: &mut Context<SetReporter>, reporter: Address) -> Result<()> {
        handle_set_reporter(ctx, reporter)
    }

    /// Reveals an attester's reports about a shard: values by provider and metric, little-endian, 65,535 for
    /// none.
    pub fn reveal_reports(ctx: &mut Context<RevealReports>, values: &[u8; 576], salt: &[u8; 32]) -> Result<()> {
        handle_reveal_reports(ctx, values, salt)
    }

    /// Scores 1 to 24 providers, the remaining accounts, for an epoch that has ended.
    pub fn score_providers(ctx: &mut Context<ScoreProviders>) -> Result<()> {
        handle_score_providers(ctx)
    }

    /// Pays or fines attesters of a shard, the remaining accounts.
    pub fn settle_attesters(ctx: &mut Context<SettleAttesters>) -> Result<()> {
        handle_settle_attesters(ctx)
    }

    /// Closes a shard whose attesters are settled.
    pub fn close_score_shard(ctx: &mut Context<CloseScoreShard>) -> Result<()> {
        handle_close_score_shard(ctx)
    }

    /// Announces the rules of a class of jobs.
    pub fn set_job_class(ctx: &mut Context<SetJobClass>, class: u8, rules: JobRules) -> Result<()> {
        handle_set_job_class(ctx, class, rules)
    }

    /// Sets what the name of a model stands for.
    pub fn set_model(ctx: &mut Context<SetModel>, args: SetModelArgs) -> Result<()> {
        handle_set_model(ctx, args)
    }

    /// Registers a client.
    pub fn register_client(ctx: &mut Context<RegisterClient>) -> Result<()> {
        handle_register_client(ctx)
    }

    /// Creates a job with its seats, the remaining accounts, and pays for it into escrow; where it names a
    /// model, that account comes last.
    pub fn create_job(ctx: &mut Context<CreateJob>, args: CreateJobArgs) -> Result<()> {
        handle_create_job(ctx, args)
    }

    /// Cancels a seat before acceptance.
    pub fn cancel_job(ctx: &mut Context<EndSeat>) -> Result<()> {
        handle_cancel_job(ctx)
    }

    /// Extends the working time.
    pub fn extend_job(ctx: &mut Context<ClientSeat>, secs: u32) -> Result<()> {
        handle_extend_job(ctx, secs)
    }

    /// Pays a seat's fee by the client's leave.
    pub fn approve_result(ctx: &mut Context<SettleSeat>) -> Result<()> {
        handle_approve_result(ctx)
    }

    /// Rates a result.
    pub fn rate_job(ctx: &mut Context<ClientSeat>, rating: u8) -> Result<()> {
        handle_rate_job(ctx, rating)
    }

    /// Pays a client what a seat still owes it.
    pub fn claim_credit(ctx: &mut Context<ClaimCredit>) -> Result<()> {
        handle_claim_credit(ctx)
    }

    /// Pays a seat's fee once its result can no longer be disputed.
    pub fn settle_job(ctx: &mut Context<SettleSeat>) -> Result<()> {
        handle_settle_job(ctx)
    }

    /// Ends a seat whose deadline has passed.
    pub fn expire_job(ctx: &mut Context<EndSeat>) -> Result<()> {
        handle_expire_job(ctx)
    }

    /// Closes a job and its seats, the remaining accounts.
    pub fn close_job(ctx: &mut Context<CloseJob>) -> Result<()> {
        handle_close_job(ctx)
    }

    /// Commits to opening a dispute, raising a claim or proving a fault, with the bond.
    pub fn commit_dispute(ctx: &mut Context<CommitDispute>, hash: &[u8; 32], deposit: u64, bump: u8) -> Result<()> {
        handle_commit_dispute(ctx, hash, deposit, bump)
    }

    /// Returns the deposit of a commitment that was not opened in time, but for a tenth.
    pub fn lapse_opening(ctx: &mut Context<LapseOpening>) -> Result<()> {
        handle_lapse_opening(ctx)
    }

    /// Contests a result, a conduct or a score against a bond.
    pub fn open_dispute(ctx: &mut Context<OpenDispute>, args: OpenDisputeArgs) -> Result<()> {
        handle_open_dispute(ctx, args)
    }

    /// Claims a higher severity with the bond that is missing for it.
    pub fn raise_claim(ctx: &mut Context<RaiseClaim>, severity: u8, salt: &[u8; 32]) -> Result<()> {
        handle_raise_claim(ctx, severity, salt)
    }

    /// Answers a dispute for its provider, with a counter-bond if the present one is too small.
    pub fn answer_dispute(ctx: &mut Context<AnswerDispute>, bond: u64) -> Result<()> {
        handle_answer_dispute(ctx, bond)
    }

    /// Gives a dispute up.
    pub fn withdraw_dispute(ctx: &mut Context<WithdrawDispute>, place: u8) -> Result<()> {
        handle_withdraw_dispute(ctx, place)
    }

    /// Brings a dispute as far as time and votes allow, and applies its outcome.
    pub fn advance_dispute(ctx: &mut Context<AdvanceDispute>) -> Result<()> {
        handle_advance_dispute(ctx)
    }

    /// Executes what is due of a slash.
    pub fn execute_installment(ctx: &mut Context<ExecuteInstallment>) -> Result<()> {
        handle_execute_installment(ctx)
    }

    /// Burns, insures and gives back what a dispute holds for nobody in particular.
    pub fn distribute_slash(ctx: &mut Context<DistributeSlash>) -> Result<()> {
        handle_distribute_slash(ctx)
    }

    /// Locks a juror's stake for a term.
    pub fn join_jury(ctx: &mut Context<JoinJury>, amount: u64) -> Result<()> {
        handle_join_jury(ctx, amount)
    }

    /// Pays a juror its lock and its fees and closes it.
    pub fn leave_jury(ctx: &mut Context<LeaveJury>) -> Result<()> {
        handle_leave_jury(ctx)
    }

    /// Pays what a juror has earned.
    pub fn claim_juror_pay(ctx: &mut Context<ClaimJurorPay>) -> Result<()> {
        handle_claim_juror_pay(ctx)
    }

    /// Writes what has ripened of a juror's lock into the jurors' tree, at a leaf if it has none.
    pub fn sync_juror(ctx: &mut Context<SyncJuror>, leaf: u16) -> Result<()> {
        handle_sync_juror(ctx, leaf)
    }

    /// Arms the draw of a jury, or makes its seed known.
    pub fn call_jury(ctx: &mut Context<CallJury>) -> Result<()> {
        handle_call_jury(ctx)
    }

    /// Calls the next of the jurors that were drawn.
    pub fn draw_juror(ctx: &mut Context<DrawJuror>) -> Result<()> {
        handle_draw_juror(ctx)
    }

    /// Takes a juror out that may not judge.
    pub fn exclude_juror(ctx: &mut Context<ExcludeJuror>) -> Result<()> {
        handle_exclude_juror(ctx)
    }

    /// Commits a juror to a vote.
    pub fn commit_vote(ctx: &mut Context<CommitVote>, commitment: [u8; 32]) -> Result<()> {
        handle_commit_vote(ctx, commitment)
    }

    /// Reveals a vote.
    pub fn reveal_vote(ctx: &mut Context<RevealVote>, vote: u8, salt: &[u8; 32]) -> Result<()> {
        handle_reveal_vote(ctx, vote, salt)
    }

    /// Settles a ballot of a jury and closes it.
    pub fn settle_ballot(ctx: &mut Context<SettleBallot>) -> Result<()> {
        handle_settle_ballot(ctx)
    }

    /// Says that there is evidence, by its hash.
    pub fn file_evidence(ctx: &mut Context<FileEvidence>, evidence: [u8; 32]) -> Result<()> {
        handle_file_evidence(ctx, evidence)
    }

    /// Pays for an appeal (0 challengers, 1 the provider), or to defend the verdict against it (2, 3).
    pub fn fund_appeal(ctx: &mut Context<FundAppeal>, side: u8, amount: u64) -> Result<()> {
        handle_fund_appeal(ctx, side, amount)
    }

    /// Decides a dispute as its last resort.
    pub fn rule_dispute(ctx: &mut Context<RuleDispute>, severity: u8) -> Result<()> {
        handle_rule_dispute(ctx, severity)
    }

    /// Cancels or reduces a slash before its first installment.
    pub fn veto_slash(ctx: &mut Context<VetoSlash>, keep_bps: u16) -> Result<()> {
        handle_veto_slash(ctx, keep_bps)
    }

    /// Settles what a ticket left behind for claims, the remaining accounts, that have ended.
    pub fn settle_ticket(ctx: &mut Context<SettleTicket>) -> Result<()> {
        handle_settle_ticket(ctx)
    }

    /// Pays a challenger (0 to 4) or the client (255) what a dispute owes it.
    pub fn claim_dispute_credit(ctx: &mut Context<ClaimDisputeCredit>, party: u8) -> Result<()> {
        handle_claim_dispute_credit(ctx, party)
    }

    /// Pays a contributor what returns of its payments for appeals.
    pub fn claim_appeal(ctx: &mut Context<ClaimAppeal>) -> Result<()> {
        handle_claim_appeal(ctx)
    }

    /// Returns what is left of a counter-bond.
    pub fn claim_counter_bond(ctx: &mut Context<ClaimCounterBond>) -> Result<()> {
        handle_claim_counter_bond(ctx)
    }

    /// Leaves jail.
    pub fn unjail(ctx: &mut Context<Unjail>) -> Result<()> {
        handle_unjail(ctx)
    }

    /// Writes off what slashes could not take.
    pub fn forgive_debt(ctx: &mut Context<ForgiveDebt>, amount: u64) -> Result<()> {
        handle_forgive_debt(ctx, amount)
    }

    /// Announces a payment of the insurance, or makes the one that was announced.
    pub fn pay_insurance(ctx: &mut Context<PayOut>, amount: u64) -> Result<()> {
        handle_pay_insurance(ctx, amount)
    }

    /// Shows two contradictory results of one seat that its operator signed.
    pub fn prove_fault(ctx: &mut Context<ProveFault>, args: ProveFaultArgs) -> Result<()> {
        handle_prove_fault(ctx, args)
    }

    /// Closes a dispute in which nothing is owed any more.
    pub fn close_dispute(ctx: &mut Context<CloseDispute>) -> Result<()> {
        handle_close_dispute(ctx)
    }

    /// Shrinks a claim whose disputes have long ended, or closes it after its provider.
    pub fn close_claim(ctx: &mut Context<CloseClaim>) -> Result<()> {
        handle_close_claim(ctx)
    }

    /// Closes what was found of a provider in one epoch, long after.
    pub fn close_fault(ctx: &mut Context<CloseFault>) -> Result<()> {
        handle_close_fault(ctx)
    }
}
