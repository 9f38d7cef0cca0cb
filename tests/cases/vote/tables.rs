//! Lookup tables: a vote with every position that a voter may have, in one transaction.

use {
    super::{addin_governance as stake, *},
    solana_sdk::transaction::TransactionError,
    work_token_sdk::{
        AddressLookupTableAccount, Client, ClientError, TransportError,
        governance::{self, Proposal},
        tables,
        transactions::MAX_TRANSACTION_BYTES,
        votes::{self, MAX_ENTRIES, VoterAddresses},
    },
    work_token_tests::WAIT,
};

const ALL: u64 = 10_000 * TOKEN;
/// The most accounts that a cluster lets a transaction load, looked up or not.
const MAX_LOCKS: usize = 64;

/// A voter with as many positions as there may be, all of different providers, which have waited.
struct Crowd {
    world: World,
    at: VoterAddresses,
    eva: Actor,
    positions: Vec<[Pubkey; 2]>,
    /// What it votes with, on a proposal of somebody else.
    vote: [Instruction; 3],
    proposal: Pubkey,
}

fn crowd() -> Crowd {
    let world = World::new();
    let ann = world.owner("ann", 0, 4 * ALL);
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    let (at, registrar) = stake::found(&world);
    let anns = stake::member(&world, &registrar, &ann.actor, ann.own_voice());
    let eva = world.actor("eva", MAX_ENTRIES as u64 * ALL);
    let mut positions = Vec::new();
    for number in 0..MAX_ENTRIES {
        let owner = world.owner(&format!("owner {number}"), 0, ALL);
        let holder = Holder { actor: eva.clone(), at: owner.at.position(eva.address()) };
        world.delegate(&holder, ALL);
        world.set_direct(&holder, true);
        positions.push(holder.voice_of());
    }
    world.pass(work_token_tests::SILENCE);
    let evas = stake::member(&world, &registrar, &eva, positions[0]);
    for position in &positions[1..] {
        world.send(&[votes::add_position(&evas, *position)], &[&eva]);
    }
    world.pass(WAIT);
    let proposal = stake::propose(&world, &at, &anns, &ann);
    let vote = stake::vote_ixs(&world, &proposal, &evas, &eva, &positions);
    Crowd { world, at: evas, eva, positions, vote, proposal: proposal.proposal }
}

impl Crowd {
    /// Somebody's table of these addresses.
    fn table(&self, whose: &Actor, addresses: &[Pubkey]) -> Pubkey {
        let (world, authority) = (&self.world, whose.address());
        let newest = Client::new(&world.chain).recent_slots().expect("there are slots")[0];
        let (create, key) = tables::create(authority, authority, newest);
        world.send(&[create], &[whose]);
        for some in addresses.chunks(tables::ADDED_TOGETHER) {
            world.send(&[tables::extend(key, authority, authority, some)], &[whose]);
        }
        // What is added can be looked up from the next slot on.
        world.chain.advance_slots(1);
        key
    }

    /// All that votes name whatever is voted on.
    fn wanted(&self) -> Vec<Pubkey> {
        self.at.looked_up(governance::PROGRAM, &self.positions)
    }

    /// What is looked up in a table.
    fn only(&self, table: &Pubkey) -> [AddressLookupTableAccount; 1] {
        [Client::new(&self.world.chain).lookup_table(table).expect("it is there").only(&self.wanted())]
    }

    fn weight(&self) -> u64 {
        self.world.read_governance::<Proposal>(&self.proposal).yes_weight()
    }
}

#[test]
fn sixteen_positions_of_sixteen_providers_vote_in_one_transaction_with_a_lookup_table() {
    let crowd = crowd();
    let (world, eva) = (&crowd.world, &crowd.eva);
    let client = Client::new(&world.chain);
    let plain = client.unsigned(&crowd.vote, &eva.address()).expect("there is a blockhash");
    assert!(plain.size() > MAX_TRANSACTION_BYTES && plain.tables().is_empty(), "{}", plain.size());

    // The positions alone are enough, and all that is known before makes it smaller.
    for (addresses, bytes) in [(crowd.positions.as_flattened(), 837), (&crowd.wanted(), 527)] {
        let table = crowd.table(eva, addresses);
        let tables = crowd.only(&table);
        let unsigned = client.looking_up(&tables).unsigned(&crowd.vote, &eva.address()).expect("there is a blockhash");
        assert_eq!((unsigned.size(), unsigned.tables()), (bytes, vec![table]), "of {MAX_TRANSACTION_BYTES}");
        let message = &unsigned.transaction.message;
        let (named, lookups) =
            (message.static_account_keys(), message.address_table_lookups().expect("there are some"));
        assert!(named.contains(&crowd.proposal), "what is voted on stands in full");
        let places = lookups.iter().map(|lookup| lookup.readonly_indexes.len() + lookup.writable_indexes.len());
        assert!(named.len() + places.sum::<usize>() <= MAX_LOCKS);
        let rehearsal = client.looking_up(&tables).rehearse(&crowd.vote, &eva.address()).expect("it would vote");
        assert!(rehearsal.fits() && rehearsal.budget.is_some() && crowd.weight() == 0);
        assert!(rehearsal.outcome.compute_units < 200_000, "{}", rehearsal.outcome.compute_units);
    }
    let mine = client.lookup_tables_of(&eva.address()).expect("the chain lists them");
    let most = tables::fullest(&mine, &crowd.wanted()).expect("she has two");
    let tables = [most.only(&crowd.wanted())];
    client.looking_up(&tables).send(&crowd.vote, &eva.key, &[]).expect("she votes");
    assert_eq!(crowd.weight(), MAX_ENTRIES as u64 * ALL, "all sixteen");
    assert_invariants(world);
}

#[test]
fn whose_table_it_is_decides_whether_a_vote_fails_and_never_what_is_voted() {
    let crowd = crowd();
    let (world, eva) = (&crowd.world, &crowd.eva);
    let client = Client::new(&world.chain);
    let stranger = world.actor("stranger", 0);
    let table = crowd.table(&stranger, &[&crowd.wanted()[..], &[crowd.proposal]].concat());
    assert!(client.lookup_tables_of(&eva.address()).expect("the chain lists them").is_empty());
    let tables = crowd.only(&table);
    let signed = client.looking_up(&tables).sign(&crowd.vote, &eva.key, &[]).expect("she signs");
    assert!(signed.message.static_account_keys().contains(&crowd.proposal), "nothing else is looked up");

    // Whatever the stranger adds, places keep what they hold; nobody else changes anything.
    let refused = world.tries(&[tables::extend(table, eva.address(), eva.address(), &[eva.address()])], &[eva]);
    assert!(refused.is_err() && world.tries(&[tables::deactivate(table, eva.address())], &[eva]).is_err());
    let more = tables::extend(table, stranger.address(), stranger.address(), &[stranger.address(); 3]);
    world.send(&[more], &[&stranger]);
    world.chain.advance_slots(1);
    // However long that takes.
    world.chain.with_svm(|svm| *svm = std::mem::take(svm).with_blockhash_check(false));
    let before = world.chain.snapshot();
    world.land(&signed).expect("it votes as it was signed");
    assert_eq!(crowd.weight(), MAX_ENTRIES as u64 * ALL);

    world.chain.restore(&before);
    world.send(&[tables::deactivate(table, stranger.address())], &[&stranger]);
    let close = tables::close(table, stranger.address(), stranger.address());
    assert!(world.tries(std::slice::from_ref(&close), &[&stranger]).is_err(), "it is still a recent slot");
    let deactivated = client.lookup_table(&table).expect("it is there").deactivated_slot.expect("it was deactivated");
    let oldest = || *client.recent_slots().expect("there are slots").last().expect("and an oldest");
    while oldest() <= deactivated {
        world.chain.advance_slots(tables::RECENT_SLOTS as u64 / 4);
    }
    let late = client.looking_up(&tables).send(&crowd.vote, &eva.key, &[]).expect_err("nothing is looked up any more");
    let ClientError::Transport(TransportError::Refused(refusal)) = late else { panic!("{late}") };
    assert_eq!(refusal.error, TransactionError::AddressLookupTableNotFound);
    let rent = world.chain.account(&table).expect("the chain answers").expect("it is there").lamports;
    let held = || world.chain.account(&stranger.address()).expect("the chain answers").expect("he has SOL").lamports;
    let had = held();
    world.send(&[close], &[&stranger]);
    assert_eq!(held(), had + rent, "the rent returns");
    assert!(matches!(client.lookup_table(&table), Err(ClientError::Missing { .. })));
    assert!(matches!(client.lookup_table(&eva.address()), Err(ClientError::NotOurs { .. })));
    assert_eq!(crowd.weight(), 0);
    assert_invariants(world);
}
