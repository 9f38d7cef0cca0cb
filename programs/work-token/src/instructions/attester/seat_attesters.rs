extern crate alloc;

use {
    crate::{
        create::{canonical_bump, create, rent},
        hash::sha256,
        instructions::common::*,
        stored::Stored,
    },
    alloc::vec::Vec,
    anchor_lang::prelude::*,
    pinocchio::cpi::Seed,
    work_token_interface::{
        WorkTokenError as E, commitments,
        events::AttestersSeated,
        limits::SHARD_ATTESTERS,
        math::{Epoch, EpochClock},
        seeds,
        state::{AttesterRoster, Network, ScoreShard},
    },
};

#[derive(Accounts)]
pub struct SeatAttesters {
    /// Pays the rent and gets it back when the shard is closed.
    #[account(mut)]
    pub payer: Signer,
    /// The network.
    pub network: Stored<Network>,
    /// The network's roster.
    pub roster: Stored<AttesterRoster>,
    /// The shard of the present epoch, at its canonical address.
    #[account(mut)]
    pub shard: UncheckedAccount,
    /// Creates the account.
    pub system_program: Program<System>,
}

/// Draws at most fifteen attesters for a shard of the present epoch: by bond, without repetition, from those locked one epoch before, by the
/// epoch's seed (R M2). They alone can commit, and each owes its reports from now on.
/// Signer: anybody. Refuses: a network that attests nothing; before the seed is captured; in the second half of the epoch, or whoever seats them
/// late has them all fined; a shard without a taken seat, for the same reason; a second time; when nobody can be drawn.
pub fn handle_seat_attesters(ctx: &mut Context<SeatAttesters>, shard: u16) -> Result<()> {
    let SeatAttesters { payer, network, roster, shard: account, .. } = &mut ctx.accounts;
    require_same(&roster.network, network.address(), E::WrongNetwork)?;
    if !network.params.is_attested() {
        return Err(E::NotScored.into());
    }
    let now_ts = now_ts()?;
    let clock = network.clock();
    let epoch = clock.epoch_at(now_ts);
    let seed = network.beacon.seed_of(epoch).ok_or(E::BeaconNotReady)?;
    let (middle_ts, ends_at_ts) = middle_and_end(&clock, epoch).ok_or(E::ArithmeticOverflow)?;
    if now_ts >= middle_ts {
        return Err(E::TooLateToSeat.into());
    }
    if !network.shard_has_seats(shard) {
        return Err(E::ShardOutOfRange.into());
    }

    let mut stored = open_shard(payer, network, account, (epoch, shard))?;
    stored.commit_until_ts = network.work_ts(ends_at_ts);
    stored.reveal_until_ts = stored.commit_until_ts.saturating_add(i64::from(network.params.reveal_secs));
    draw(roster, epoch, seed, &mut stored);
    if stored.attesters == 0 {
        return Err(E::NoAttesters.into());
    }

    let attesters: Vec<Address> = stored.drawn().iter().map(|seat| seat.attester).collect();
    emit!(AttestersSeated { network: *network.address(), epoch: epoch.0, shard, attesters });
    Ok(())
}

fn middle_and_end(clock: &EpochClock, epoch: Epoch) -> Option<(i64, i64)> {
    let starts_at_ts = clock.starts_at_ts(epoch)?;
    let ends_at_ts = clock.starts_at_ts(epoch.next())?;
    Some((starts_at_ts.checked_add(ends_at_ts.checked_sub(starts_at_ts)? >> 1)?, ends_at_ts))
}

#[inline(never)]
fn open_shard(
    payer: &Signer,
    network: &Stored<Network>,
    account: &UncheckedAccount,
    (epoch, shard): (Epoch, u16),
) -> Result<Stored<ScoreShard>> {
    let (epoch_seed, shard_seed) = (epoch.0.to_le_bytes(), shard.to_le_bytes());
    let address = network.address();
    let bump = canonical_bump(account.account(), &[seeds::SCORES, address.as_ref(), &epoch_seed, &shard_seed])?;
    let bump_seed = [bump];
    let seeds = [
        Seed::from(seeds::SCORES),
        Seed::from(address.as_ref()),
        Seed::from(&epoch_seed),
        Seed::from(&shard_seed),
        Seed::from(&bump_seed),
    ];
    create(payer.account(), account.account(), &rent()?, (ScoreShard::SIZE, &crate::ID), &seeds)?;
    let mut stored = Stored::<ScoreShard>::created(*account.account());
    stored.bump = bump;
    stored.shard = shard;
    stored.epoch = epoch.0;
    stored.network = *address;
    stored.payer = *payer.address();
    Ok(stored)
}

#[inline(never)]
fn draw(roster: &AttesterRoster, epoch: Epoch, seed: &[u8; 32], shard: &mut ScoreShard) {
    let mut draw = roster.draw(epoch);
    let [low, high] = shard.shard.to_le_bytes();
    for number in (0u8..).take(SHARD_ATTESTERS) {
        let hash = sha256(&commitments::attester(seed, &[low, high, number]));
        let Some(entry) = draw.next(&hash).and_then(|place| roster.entries.get(place)) else { return };
        shard.enter(entry.attester, entry.bond);
    }
}
