//! The Work Token program: checks who and what, brings the books up to date, asks `work-token-math` for the decision, writes it down,
//! moves the tokens and says what happened.
//!
//! Handlers live in `instructions/`, one file each, grouped by the actor that signs; layouts, errors and events in `work-token-interface`.
#![cfg_attr(not(test), no_std)]

pub mod create;
pub mod instructions;
pub mod stored;
pub mod token;

pub use work_token_interface::{ID, check_id, id};
use {
    anchor_lang::prelude::*,
    instructions::{
        admin::{authorities::*, create_network::*, params::*, pause::*, pay_treasury::*},
        crank::{
            activate_delegation::*, close_epoch::*, finalize_epoch::*, open_epoch::*, provider_batch::*,
            settle_providers::*, sweep_epoch::*, sweep_surplus::*, touch_provider::*, weigh_providers::*,
        },
        delegator::{
            cancel_unbonding::*, claim_rewards::*, close_delegation::*, delegate::*, request_unbonding::*, restake::*,
            withdraw_unbonded::*,
        },
        provider::{
            claim_provider_rewards::*, close_provider::*, owner_settings::*, register_provider::*, stake_self::*,
        },
    },
    work_token_interface::{
        args::{CreateNetworkArgs, RegisterProviderArgs},
        state::NetworkParams,
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

    /// Proposes a whole new parameter set.
    pub fn propose_params(ctx: &mut Context<ProposeParams>, params: NetworkParams) -> Result<()> {
        handle_propose_params(ctx, params)
    }

    /// Puts a proposed parameter set in force once its delay has passed.
    pub fn execute_params(ctx: &mut Context<ExecuteParams>) -> Result<()> {
        handle_execute_params(ctx)
    }

    /// Withdraws a proposed parameter set.
    pub fn cancel_params(ctx: &mut Context<CancelParams>) -> Result<()> {
        handle_cancel_params(ctx)
    }

    /// Pays out of the treasury vault.
    pub fn pay_treasury(ctx: &mut Context<PayTreasury>, amount: u64) -> Result<()> {
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

    /// Sets the token account that the owner's rewards go to by default.
    pub fn set_reward_destination(ctx: &mut Context<OwnerSettings>, reward_destination: Address) -> Result<()> {
        handle_set_reward_destination(ctx, reward_destination)
    }

    /// Begins to leave, for good.
    pub fn retire(ctx: &mut Context<OwnerSettings>) -> Result<()> {
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
    pub fn weigh_providers(ctx: &mut Context<ProviderBatch>) -> Result<()> {
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
}
