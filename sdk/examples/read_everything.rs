//! Read everything about a provider: what it is, who stands behind it, how it works, what it was disputed
//! for, and whether to delegate to it. One read each of its accounts; everything else is computed from them,
//! by the methods that the program runs.

use {
    work_token_localnet::{Scenario, ScenarioOptions, TOKEN},
    work_token_sdk::{
        Client, ClientError, Pubkey, Transport,
        state::{Assignment, Delegation, Dispute, Offer, Provider},
        view,
    },
};

struct Everything {
    provider: Provider,
    positions: Vec<(Pubkey, Delegation)>,
    offer: Option<Offer>,
    seats: Vec<(Pubkey, Assignment)>,
    disputes: Vec<(Pubkey, Dispute)>,
    pool: view::PoolHealth,
    work: view::WorkStatus,
    owner: view::OwnerClaim,
    risk: view::ProviderRisk,
}

fn read_everything(chain: &dyn Transport, key: &Pubkey) -> Result<Everything, ClientError> {
    let client = Client::new(chain);
    let provider = client.provider(key)?;
    let (network, now_ts) = (client.network(&provider.network)?, chain.now_ts()?);
    Ok(Everything {
        positions: client.positions_of_provider(key)?,
        offer: client.offer(key)?,
        seats: client.seats_of_provider(key)?,
        disputes: client.disputes_of_provider(key)?,
        pool: view::pool_health(&network, &provider, now_ts),
        work: view::work_status(&network, &provider, now_ts),
        owner: view::owner_claim(&network, &provider, now_ts),
        risk: view::provider_risk(&network, &provider, now_ts),
        provider,
    })
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let world = Scenario::start(&ScenarioOptions::default())?;
    let (owner, provider) = world.owner("owner", 1_000, 50_000 * TOKEN)?;
    world.offer(&owner, &provider, 0b1, TOKEN)?;
    for (name, tokens) in [("alice", 1_000), ("bob", 2_000)] {
        let delegator = world.actor(name, tokens * TOKEN);
        world.delegate(&delegator, &provider, tokens * TOKEN)?;
    }
    world.go_to_epoch(2);
    world.crank_all(&[provider.provider])?;

    let all = read_everything(&world.chain, &provider.provider)?;
    println!("operator {}, {} positions", all.provider.operator, all.positions.len());
    println!("stake: {} own, {} delegated, room for {}", all.work.own_staked, all.pool.staked, all.pool.room);
    println!("keeps {} bps of its delegators' rewards", all.pool.commission_bps);
    println!("tier {}, reputation {} ppm", all.work.tier, all.work.reputation_ppm);
    println!("without weight because: {:?}", all.work.without_weight);
    println!("own rewards: {} free, {} vesting", all.owner.free, all.owner.vesting);
    println!("{} seats, {} disputes, {} open", all.seats.len(), all.disputes.len(), all.risk.open_disputes);

    let shares: u64 = all.positions.iter().map(|(_, position)| position.total_shares().0).sum();
    assert_eq!(shares, all.pool.shares + all.provider.own.shares, "the positions hold every share");
    assert_eq!((all.positions.len(), all.pool.staked), (3, 3_000 * TOKEN));
    assert_eq!((all.work.own_staked, all.work.without_weight), (50_000 * TOKEN, None));
    assert!(all.owner.vesting > 0 && all.offer.is_some());
    assert!(all.seats.is_empty() && all.disputes.is_empty());
    Ok(())
}
