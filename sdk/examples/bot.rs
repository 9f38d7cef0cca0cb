//! A bot: looks at the chain, decides, acts, waits, and begins again. This one turns the rewards of all of a
//! holder's positions into stake as soon as they are worth a transaction. It remembers nothing, so it may be
//! stopped and started at any time; it leaves alone what the program would refuse, and says why.

use {
    work_token_localnet::{Scenario, ScenarioOptions, TOKEN},
    work_token_sdk::{Client, ClientError, Keypair, Signer, Transport, ix, view},
};

/// Rewards below that are left to grow. Base units.
const WORTHWHILE: u64 = 10_000;

/// One look at every position of the holder; returns what was restaked. Base units.
fn look_and_act(chain: &dyn Transport, holder: &Keypair) -> Result<u64, ClientError> {
    let client = Client::new(chain);
    let mut restaked = 0;
    for (_, position) in client.positions_of_holder(&holder.pubkey())? {
        let position = client.provider_addresses(&position.provider)?.position(holder.pubkey());
        let due = view::claim(&client.position_state(&position)?.at());
        match due.restake_refusal {
            _ if due.amount < WORTHWHILE => continue,
            Some(refusal) => println!("{} keeps {}: {}", position.delegation, due.amount, refusal.message()),
            None => {
                client.send(&[ix::restake(&position, 0)], holder, &[])?;
                restaked += due.amount;
            }
        }
    }
    Ok(restaked)
}

/// The loop. `wait` says when to look again, by returning, and whether to go on.
fn run(chain: &dyn Transport, holder: &Keypair, mut wait: impl FnMut() -> bool) -> u64 {
    let mut restaked = 0;
    while wait() {
        match look_and_act(chain, holder) {
            Ok(amount) => restaked += amount,
            Err(error) => println!("{error}; later again"),
        }
    }
    restaked
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let world = Scenario::start(&ScenarioOptions::default())?;
    let alice = world.actor("alice", 2_000 * TOKEN);
    let mut providers = Vec::new();
    for name in ["ada", "ben"] {
        let (_, provider) = world.owner(name, 1_000, 50_000 * TOKEN)?;
        world.delegate(&alice, &provider, 1_000 * TOKEN)?;
        providers.push(provider);
    }
    let keys: Vec<_> = providers.iter().map(|provider| provider.provider).collect();

    // An epoch passes between two looks, and somebody cranks it.
    let restaked = run(&world.chain, &alice.key, || {
        world.next_epoch();
        world.crank_all(&keys).expect("the epochs are cranked");
        world.epoch() <= 4
    });
    println!("{restaked} base units became stake");

    let client = Client::new(&world.chain);
    let mut held = 0;
    for provider in &providers {
        held += view::holdings(&client.position_state(&provider.position(alice.address()))?.at()).value;
    }
    assert!(restaked > 0);
    // Each position rounds its value down by itself.
    assert!((2_000 * TOKEN + restaked - held) <= 2, "what was restaked is stake: {held}");
    assert_eq!(world.balance(&alice), 0);
    Ok(())
}
