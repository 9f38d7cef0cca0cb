//! Bring a network's epochs to their end, as any stranger may: open, weigh, finalize, settle, sweep, close,
//! and be paid the bounties. What is due is tried on copies of the accounts, with the very methods that the
//! program runs, so nothing is sent that would change nothing. Call it now and then; late and twice do no
//! harm.

use {
    work_token_localnet::{HOUR, Scenario, ScenarioOptions, TOKEN},
    work_token_sdk::{
        Client, ClientError, Instruction, Keypair, Pubkey, Signer, Transport,
        ix::{self, SETTLE_BATCH, WEIGH_BATCH},
        math::Epoch,
        state::Provider,
        view::{EpochPhase as Phase, epoch_progress},
    },
};

/// The cranks that are due now.
fn due(chain: &dyn Transport, network: &Pubkey, keeper: ix::Keeper) -> Result<Vec<Instruction>, ClientError> {
    let client = Client::new(chain);
    let (addresses, state) = (client.network_addresses(network)?, client.network(network)?);
    let (providers, clock) = (client.providers(network)?, client.clock()?);
    let (slot, now_ts) = clock;
    let terms = state.terms(now_ts);
    let changed_by = |crank: &dyn Fn(&mut Provider) -> bool| -> Vec<Pubkey> {
        let changes = |provider: &Provider| {
            let mut copy = *provider;
            copy.touch(&state, &terms);
            crank(&mut copy)
        };
        providers.iter().filter(|(_, provider)| changes(provider)).map(|(key, _)| *key).collect()
    };
    let mut due = ix::open_due_epochs(network, &state, keeper.keeper, now_ts);
    for mut pool in client.epochs(network)? {
        let epoch = pool.epoch;
        match epoch_progress(&state, epoch, Some(&pool), clock).phase {
            phase @ (Phase::Weighing | Phase::Finalizable) => {
                let tree = Some(*state.work_tree(Epoch(epoch))).filter(|tree| *tree != Pubkey::default());
                let weighing = pool.begin_weighing(&state, state.work_now(slot, now_ts));
                let unweighed = changed_by(&|provider| { pool }.weigh(provider, &weighing).is_some());
                let weigh = |batch: &[Pubkey]| ix::weigh_providers(&addresses, epoch, keeper, tree, batch);
                due.extend(unweighed.chunks(WEIGH_BATCH).map(weigh));
                if phase == Phase::Finalizable && unweighed.is_empty() {
                    due.push(ix::finalize_epoch(&addresses, epoch, keeper));
                }
            }
            Phase::Settling => {
                let Ok(terms) = pool.settle_terms(now_ts) else { continue };
                let unsettled = changed_by(&|provider| { pool }.settle(provider, &terms).is_some());
                let settle = |batch: &[Pubkey]| ix::settle_providers(&addresses, epoch, keeper, batch);
                due.extend(unsettled.chunks(SETTLE_BATCH).map(settle));
            }
            Phase::Sweepable => due.push(ix::sweep_epoch(network, epoch)),
            Phase::Closable => due.push(ix::close_epoch(network, epoch, pool.payer)),
            _ => {}
        }
    }
    Ok(due)
}

/// Sends them, and what they make due, until nothing is; returns how many that were.
fn crank(chain: &dyn Transport, network: &Pubkey, key: &Keypair, account: Pubkey) -> Result<usize, ClientError> {
    let keeper = ix::Keeper { keeper: key.pubkey(), account: Some(account) };
    let mut sent = 0;
    loop {
        let due = due(chain, network, keeper)?;
        if due.is_empty() {
            return Ok(sent);
        }
        for instruction in &due {
            Client::new(chain).send(std::slice::from_ref(instruction), key, &[])?;
        }
        sent += due.len();
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let world = Scenario::start(&ScenarioOptions::default())?;
    world.owner("ada", 1_000, 50_000 * TOKEN)?;
    world.owner("ben", 1_000, 20_000 * TOKEN)?;
    let keeper = world.actor("a stranger", 0);
    let mut sent = 0;
    while world.epoch() < 3 {
        sent += crank(&world.chain, &world.network.network, &keeper.key, keeper.tokens)?;
        world.advance(HOUR);
    }
    let (first, second) = (world.pool(0), world.pool(1));
    println!("{sent} cranks settled {} and {} providers", first.settled, second.settled);
    println!("for {} base units", world.balance(&keeper));

    assert_eq!((first.weighed, first.settled, second.weighed, second.settled), (2, 2, 2, 2));
    assert!(second.distributed > 0);
    assert_eq!(world.balance(&keeper), first.keeper_paid + second.keeper_paid);
    assert!(world.balance(&keeper) > 0, "whoever cranks is paid");
    assert_eq!(crank(&world.chain, &world.network.network, &keeper.key, keeper.tokens)?, 1, "epoch 3 is opened");
    Ok(())
}
