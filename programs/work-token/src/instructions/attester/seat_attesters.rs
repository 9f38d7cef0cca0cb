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
        math::Epoch,
        seeds,
        state::{AttesterRoster, EpochPool, Network, ScoreShard},
    },
};

#[derive(Accounts)]
pub struct SeatAttesters {
    /// Pays the rent and gets it back when the shard is closed.
    #[account(mut)]
    pub payer: Signer,
    /// The network.
    pub network: Stored<Network>,
    /// The present epoch; counts its shards.
    #[account(mut, constraint = is_at(&pool.network, network.address()) @ E::WrongNetwork)]
    pub pool: Stored<EpochPool>,
    /// The network's roster.
    pub roster: Stored<AttesterRoster>,
    /// The shard of the present epoch, at its canonical address.
    #[account(mut)]
    pub shard: UncheckedAccount,
    /// Creates the account.
    pub system_program: Program<System>,
}

/// Draws at most fifteen attesters for a shard of the present epoch: by bond, without repetition, from the
/// roster as it was when the epoch began, by the epoch's seed (R M2, W6). They alone can commit, and each
/// owes its reports from now on, by the rules that the epoch began with (E2).
/// Signer: anybody. Refuses: an epoch in which nothing is attested, or another than the present; before the
/// seed is captured; in the second half of the epoch, or whoever seats them late has them all fined; a shard
/// without a taken seat, for the same reason; a second time; when nobody can be drawn.
pub fn handle_seat_attesters(ctx: &mut Context<SeatAttesters>, shard: u16) -> Result<()> {
    let SeatAttesters { payer, network, pool, roster, shard: account, .. } = &mut ctx.accounts;
    require_same(&roster.network, network.address(), E::WrongNetwork)?;
    let now_ts = now_ts()?;
    let epoch = network.epoch_at(now_ts);
    if pool.epoch != epoch.0 {
        return Err(E::WrongEpoch.into());
    }
    pool.require_seatable(now_ts)?;
    let seed = network.beacon.seed_of(epoch).ok_or(E::BeaconNotReady)?;
    if !network.shard_has_seats(shard) {
        return Err(E::ShardOutOfRange.into());
    }

    let mut stored = open_shard(payer, network, account, (epoch, shard))?;
    stored.commit_until_work_ts = pool.ends_at_work_ts;
    stored.reveal_until_work_ts = pool.weigh_from_work_ts;
    draw(roster, epoch, seed, &mut stored);
    if stored.attesters == 0 {
        return Err(E::NoAttesters.into());
    }
    pool.open_shards = pool.open_shards.saturating_add(1);

    let attesters: Vec<Address> = stored.drawn().iter().map(|seat| seat.attester).collect();
    emit!(AttestersSeated { network: *network.address(), epoch: epoch.0, shard, attesters });
    Ok(())
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
        let Some((place, bond)) = draw.next(&hash) else { return };
        if let Some(entry) = roster.entries.get(place) {
            shard.enter(entry.attester, bond);
        }
    }
}
