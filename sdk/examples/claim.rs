//! Claim what a position has earned, and only if there is something. What the view shows is what the
//! transaction pays, to the unit; what it paid also stands in the transaction's log, as an event. Rewards are
//! there once somebody has cranked the epoch, see `crank`.

use {
    work_token_localnet::{Scenario, ScenarioOptions, TOKEN},
    work_token_sdk::{
        Client, ClientError, Keypair, PositionAddresses, Pubkey, Transport,
        events::{Event, decode_logs},
        ix, view,
    },
};

/// Returns what was paid. Base units.
fn claim(
    chain: &dyn Transport,
    position: &PositionAddresses,
    holder: &Keypair,
    to: Pubkey,
) -> Result<u64, ClientError> {
    let client = Client::new(chain);
    let due = view::claim(&client.position_state(position)?.at());
    println!("{} base units are due, {} ended epochs are not settled yet", due.amount, due.unsettled_epochs);
    if due.amount == 0 {
        return Ok(0);
    }
    let outcome = client.send(&[ix::claim_rewards(position, to)], holder, &[])?;
    let paid = decode_logs(&outcome.logs).events.into_iter().find_map(|event| match event {
        Event::RewardsClaimed(claimed) => Some(claimed.amount),
        _ => None,
    });
    Ok(paid.unwrap_or(due.amount))
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let world = Scenario::start(&ScenarioOptions::default())?;
    let (_, provider) = world.owner("owner", 1_000, 50_000 * TOKEN)?;
    let alice = world.actor("alice", 1_000 * TOKEN);
    let position = world.delegate(&alice, &provider, 1_000 * TOKEN)?;
    assert_eq!(claim(&world.chain, &position, &alice.key, alice.tokens)?, 0, "nothing is earned in the first epoch");

    world.go_to_epoch(3);
    world.crank_all(&[provider.provider])?;
    let paid = claim(&world.chain, &position, &alice.key, alice.tokens)?;
    println!("{paid} base units were paid");

    assert!(paid > 0);
    assert_eq!(world.balance(&alice), paid);
    assert_eq!(claim(&world.chain, &position, &alice.key, alice.tokens)?, 0, "it was paid");
    Ok(())
}
