//! Buy work: put a fee into escrow, let the chain draw who does it, and pay for the result. Capturing the
//! seed and drawing are cranks that anybody may send; here the client does. What a job costs is known before
//! it is sent, and what is due next is what its view says.

mod support;

use {
    std::error::Error,
    work_token_sdk::{
        Client, ClientAddresses, JobAddresses, Keypair, Pubkey, Signer, Transport, addresses,
        draw::{DrawAt, plan_draw},
        ix,
        state::{Offer, Provider},
        view::{JobCrank, JobTerms, job_view, quote_job},
    },
};

/// Creates the client's next job, and returns it with what it put into escrow. Base units.
fn order(
    chain: &dyn Transport,
    network: &Pubkey,
    key: &Keypair,
    from: Pubkey,
) -> Result<(JobAddresses, u64), Box<dyn Error>> {
    let client = Client::new(chain);
    let at = ClientAddresses::derive(client.network_addresses(network)?, key.pubkey());
    let record = client.client_record(&at)?;
    let job = at.job(record.map_or(0, |record| record.next_number));
    let class = client.job_class(network, support::CLASS)?.ok_or("the network has no such class")?;
    let rules = class.rules_at(chain.now_ts()?);
    let (fee, work_secs) = (support::FEE, rules.least_work_secs);
    let terms = JobTerms { fee, price_per_sec: 0, work_secs };
    let quote = quote_job(&client.network(network)?.params, rules, &terms).map_err(|refusal| refusal.message())?;
    let input = ix::CreateJob {
        class: support::CLASS,
        seats: rules.redundancy,
        fee,
        price_per_sec: 0,
        work_secs,
        input_hash: [7; 32],
        operator: key.pubkey(),
        from,
        refund_account: from,
        model: None,
    };
    let mut order = vec![ix::create_job(&job, &input)];
    if record.is_none() {
        order.insert(0, ix::register_client(&at));
    }
    client.send(&order, key, &[])?;
    Ok((job, quote.total))
}

/// Does the next thing that anybody may do for a job; `false` when there is none now.
fn crank(chain: &dyn Transport, job: &JobAddresses, key: &Keypair) -> Result<bool, Box<dyn Error>> {
    let client = Client::new(chain);
    let state = client.job_state(&job.job)?;
    let keeper = ix::Keeper { keeper: key.pubkey(), account: None };
    let instruction = match job_view(&state.at()).next_crank() {
        Some(JobCrank::CaptureSeed) => ix::capture_seed(job, keeper),
        Some(JobCrank::Draw { seat }) => {
            let epoch = state.network.epoch_at(state.now_ts).0;
            let tree = client.work_tree(&state.network, epoch)?;
            let at = DrawAt {
                network: &state.network,
                job_address: &job.job,
                job: &state.job,
                assignment: &state.assignments[usize::from(seat)],
                tree: tree.as_deref(),
                slot: state.slot,
                now_ts: state.now_ts,
            };
            let candidates = candidates(&client, &job.client.network.network)?;
            let find = |key: &Pubkey| candidates.iter().find(|(known, ..)| known == key);
            let known = |key: &Pubkey| find(key).map(|(_, provider, offer)| (provider, offer.as_ref()));
            let plan = plan_draw(&at, ix::DRAW_BATCH, known).map_err(|refusal| refusal.message())?;
            ix::draw_job(&job.seat(seat), keeper, &plan.accounts())
        }
        _ => return Ok(false),
    };
    client.send(&[instruction], key, &[])?;
    Ok(true)
}

type Candidate = (Pubkey, Provider, Option<Offer>);

/// Who can be drawn, each with its offer.
fn candidates(client: &Client, network: &Pubkey) -> Result<Vec<Candidate>, Box<dyn Error>> {
    let offers = client.list::<Offer>(&[])?;
    let offer = |provider: &Pubkey| {
        let account = addresses::offer(provider);
        offers.iter().find(|(key, _)| *key == account).map(|(_, offer)| *offer)
    };
    let providers = client.providers(network)?;
    Ok(providers.into_iter().map(|(key, provider)| (key, provider, offer(&key))).collect())
}

/// Pays the provider of a job's only seat for its result, at once.
fn approve(chain: &dyn Transport, job: &JobAddresses, key: &Keypair) -> Result<(), Box<dyn Error>> {
    let client = Client::new(chain);
    let state = client.job_state(&job.job)?;
    let approve = ix::approve_result(&job.seat(0), state.assignments[0].provider, state.job.refund_account);
    client.send(&[approve], key, &[])?;
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let (world, providers) = support::market()?;
    let client = world.actor("client", 100 * support::FEE);
    let (job, total) = order(&world.chain, &world.network.network, &client.key, client.tokens)?;
    assert_eq!(world.balance(&client), 100 * support::FEE - total, "it costs what was quoted");

    world.wait_for_seed(&job);
    while crank(&world.chain, &job, &client.key)? {}

    // The provider's part: its operator accepts, works, and submits the hash of what it made.
    let (seat, (operator, provider)) = (job.seat(0), world.worker_of(&job.seat(0)));
    let (owner, _) = providers.iter().find(|(_, known)| known.provider == provider).ok_or("one of ours is drawn")?;
    let worker = world.operator_of(owner);
    world.send(&[ix::accept_job(&seat, operator, provider, None)], &[&worker])?;
    world.send(&[ix::submit_result(&seat, operator, provider, [9; 32])], &[&worker])?;

    approve(&world.chain, &job, &client.key)?;
    let state = Client::new(&world.chain).job_state(&job.job)?;
    let view = job_view(&state.at());
    println!("{provider} did the job for {} base units; {} are left in escrow", support::FEE, view.escrow.total());

    assert_eq!(view.escrow.total(), 0);
    assert_eq!(view.seats[0].fee, support::FEE);
    assert!(view.seats[0].is_approved);
    let earned = Client::new(&world.chain).provider(&provider)?.records.iter().map(|record| record.fees).sum::<u64>();
    assert!(earned > 0 && earned < support::FEE, "a part is burned, and a part goes to the treasury");
    Ok(())
}
