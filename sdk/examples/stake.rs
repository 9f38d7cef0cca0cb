//! Stake behind a provider and see what one holds. The provider's address is all that must be known: its
//! account names its network, and the position's address follows from both. On a real chain `chain` is an
//! `rpc::RpcTransport::new(url)`, with the feature `rpc`; here it is the embedded one.

use {
    work_token_localnet::{Scenario, ScenarioOptions, TOKEN},
    work_token_sdk::{
        Client, ClientError, Keypair, Pubkey, Signer, Transport, ix,
        view::{self, Holdings},
    },
};

fn stake(chain: &dyn Transport, provider: &Pubkey, alice: &Keypair, from: Pubkey) -> Result<Holdings, ClientError> {
    let client = Client::new(chain);
    let position = client.provider_addresses(provider)?.position(alice.pubkey());
    let order = ix::Delegate { from, amount: 200_000_000, min_shares_out: 0, max_open_claims: 0 };
    client.send(&[ix::delegate(&position, order)], alice, &[])?;
    let state = client.position_state(&position)?;
    Ok(view::holdings(&state.at()))
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let world = Scenario::start(&ScenarioOptions::default())?;
    let (_, provider) = world.owner("owner", 1_000, 50_000 * TOKEN)?;
    let alice = world.actor("alice", 200 * TOKEN);

    let holdings = stake(&world.chain, &provider.provider, &alice.key, alice.tokens)?;
    let lot = holdings.lots[0];
    println!("{} base units are staked and earn from epoch {} on", holdings.value, lot.earns_from_epoch);

    assert_eq!((holdings.value, holdings.active_shares), (200 * TOKEN, 0));
    assert_eq!(lot.earns_from_epoch, world.epoch() + 1);
    assert_eq!(world.balance(&alice), 0);
    Ok(())
}
