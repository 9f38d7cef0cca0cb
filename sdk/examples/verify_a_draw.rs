//! Recompute who had to get a job, from accounts alone: the job's seed, the tree of weights, the leaves that
//! were looked at. Nobody is asked and nothing is trusted but the chain. Once the tree is overwritten, two
//! epochs later, the draw's event takes its place: `Evidence::Event`.

mod support;

use {
    std::error::Error,
    work_token_sdk::{
        Client, Pubkey, Transport,
        client::JobState,
        draw::{DrawMismatch, DrawnSeat, Evidence, VerifiedDraw, verify_draw},
        state::Tree,
    },
};

/// A job as it is now, and the tree that it was drawn from.
fn read(chain: &dyn Transport, job: &Pubkey) -> Result<(JobState, Box<Tree>), Box<dyn Error>> {
    let client = Client::new(chain);
    let state = client.job_state(job)?;
    let tree = client.work_tree(&state.network, state.job.tree_epoch)?.ok_or("the network has no tree")?;
    Ok((state, tree))
}

/// The draw of each seat, or the first difference.
fn verify(job: &Pubkey, state: &JobState, tree: &Tree) -> Result<Vec<VerifiedDraw>, DrawMismatch> {
    let drawn = state.assignments.iter().map(|assignment| DrawnSeat { job_address: job, job: &state.job, assignment });
    drawn.map(|seat| verify_draw(&seat, Evidence::Tree(tree))).collect()
}

fn main() -> Result<(), Box<dyn Error>> {
    let (world, providers) = support::market()?;
    let client = world.actor("client", 100 * support::FEE);
    let at = world.client(&client)?;
    let job = world.create_job(&client, &at, &world.job_input(&client, support::CLASS, support::FEE))?;
    world.capture_seed(&job)?;
    world.draw(&job.seat(0))?;

    let (mut state, tree) = read(&world.chain, &job.job)?;
    let draws = verify(&job.job, &state, &tree)?;
    let winner = draws[0].winner.ok_or("nobody was drawn")?;
    println!("of a total weight of {} the seed draws {winner}", draws[0].total);
    assert_eq!(winner, world.seat_state(&job.seat(0)).provider);

    let other = providers.iter().find(|(_, provider)| provider.provider != winner).ok_or("there are others")?;
    state.assignments[0].provider = other.1.provider;
    let refused = verify(&job.job, &state, &tree);
    println!("had the seat gone to somebody else: {}", refused.as_ref().expect_err("a lie"));
    assert!(matches!(refused, Err(DrawMismatch::WrongProvider { drawn, .. }) if drawn == winner));
    Ok(())
}
