//! A keeper where something is wrong: no SOL, a node that dies, accounts that cannot be read, steps that are
//! refused, slashes that wait.

use {
    super::{dispute::Court, *},
    solana_sdk::{
        hash::Hash,
        signature::Signature,
        transaction::{TransactionError, VersionedTransaction},
    },
    std::cell::{Cell, RefCell},
    work_token_sdk::{
        Account, Fate, InFlight, Pubkey, Refusal, TransportError,
        math::Ppm,
        state::{Metric, MetricSource, Network, Provider},
        transport::{Filter, Outcome, RawAccount},
    },
};

/// A chain that counts what it is asked, and may die, or refuse whatever touches an account.
pub struct Watched<'a> {
    chain: &'a dyn Transport,
    pub requests: RefCell<Vec<&'static str>>,
    bytes: Cell<usize>,
    sent: Cell<usize>,
    dies_after: Option<usize>,
    refuses: Option<Pubkey>,
}

impl<'a> Watched<'a> {
    pub fn new(desk: &'a Desk) -> Self {
        Self {
            chain: &desk.scenario.chain,
            requests: RefCell::default(),
            bytes: Cell::new(0),
            sent: Cell::new(0),
            dies_after: None,
            refuses: None,
        }
    }

    fn asked(&self, what: &'static str) -> Result<(), TransportError> {
        self.requests.borrow_mut().push(what);
        match self.dies_after {
            Some(most) if self.sent.get() >= most => Err(TransportError::Unreachable("the node is gone".into())),
            _ => Ok(()),
        }
    }

    fn require_willing(&self, transaction: &VersionedTransaction) -> Result<(), TransportError> {
        let touches = |key: &Pubkey| transaction.message.static_account_keys().contains(key);
        if !self.refuses.as_ref().is_some_and(touches) {
            return Ok(());
        }
        let error = TransactionError::InvalidAccountIndex;
        Err(TransportError::Refused(Box::new(Refusal { error, logs: Vec::new() })))
    }
}

impl Transport for Watched<'_> {
    fn accounts(&self, keys: &[Pubkey]) -> Result<Vec<Option<RawAccount>>, TransportError> {
        self.asked("accounts")?;
        let found = self.chain.accounts(keys)?;
        self.bytes.set(self.bytes.get() + found.iter().flatten().map(|account| account.data.len()).sum::<usize>());
        Ok(found)
    }

    fn program_accounts(&self, program: &Pubkey, filter: &Filter) -> Result<Vec<(Pubkey, RawAccount)>, TransportError> {
        self.asked("program accounts")?;
        let found = self.chain.program_accounts(program, filter)?;
        self.bytes.set(self.bytes.get() + found.iter().map(|(_, account)| account.data.len()).sum::<usize>());
        Ok(found)
    }

    fn latest_blockhash(&self) -> Result<Hash, TransportError> {
        self.asked("blockhash")?;
        self.chain.latest_blockhash()
    }

    fn now_ts(&self) -> Result<i64, TransportError> {
        self.asked("clock")?;
        self.chain.now_ts()
    }

    fn simulate(&self, transaction: &VersionedTransaction) -> Result<Outcome, TransportError> {
        self.asked("simulate")?;
        self.require_willing(transaction)?;
        self.chain.simulate(transaction)
    }

    fn send(&self, transaction: &VersionedTransaction) -> Result<Outcome, TransportError> {
        self.asked("send")?;
        self.require_willing(transaction)?;
        let outcome = self.chain.send(transaction)?;
        self.sent.set(self.sent.get() + 1);
        Ok(outcome)
    }

    fn in_flight(&self, transaction: &VersionedTransaction) -> Result<InFlight, TransportError> {
        self.asked("in flight")?;
        self.chain.in_flight(transaction)
    }

    fn fate(&self, flight: &InFlight) -> Result<Fate, TransportError> {
        self.asked("fate")?;
        self.chain.fate(flight)
    }

    fn outcome(&self, signature: &Signature) -> Result<Option<Outcome>, TransportError> {
        self.asked("outcome")?;
        self.chain.outcome(signature)
    }

    fn genesis_hash(&self) -> Result<Hash, TransportError> {
        self.chain.genesis_hash()
    }

    fn recent_fees(&self, written: &[Pubkey]) -> Result<Vec<u64>, TransportError> {
        self.asked("fees")?;
        self.chain.recent_fees(written)
    }
}

/// A network in its epoch 2, of which nothing was cranked yet; so many providers, and a keeper.
fn neglected(providers: usize) -> (Desk, Actor) {
    let desk = Desk::new();
    for number in 0..providers {
        desk.scenario.owner(&format!("owner {number}"), 500, 10_000 * TOKEN).unwrap();
    }
    desk.scenario.go_to_epoch(2);
    let keeper = desk.scenario.actor("a keeper", 0);
    (desk, keeper)
}

fn crank(desk: &Desk, chain: &dyn Transport, keeper: &Actor) -> Result<Reply> {
    desk.a_moment_later();
    let line = format!("epoch crank --bounty-to {} --keypair {}", keeper.tokens, keeper.key.to_base58_string());
    desk.reply_on(chain, &line)
}

fn names(reply: &Reply, list: &str) -> Vec<String> {
    let name = |row: &Value| format!("{} {}", row["step"].as_str().unwrap(), row["epoch"]);
    reply.data[list].as_array().unwrap().iter().map(name).collect()
}

fn message(reply: &Reply) -> (&'static str, String) {
    match reply.failure() {
        None => ("done", String::new()),
        Some(Failure::Failed(why)) => ("refused", why),
        Some(Failure::TryAgain(why)) => ("again", why),
        Some(Failure::Usage(why)) => ("usage", why),
        Some(Failure::Unknown(_)) => ("unknown", String::new()),
    }
}

#[test]
fn a_keeper_that_cannot_pay_is_told_before_anything_is_sent() {
    let (desk, keeper) = neglected(2);
    let poor = Actor { key: desk.scenario.unfunded("poor").key, tokens: keeper.tokens };
    let chain = Watched::new(&desk);
    let told = refusal(crank(&desk, &chain, &poor).map(|reply| Value::Object(reply.data)));
    assert!(told.contains(&poor.address().to_string()) && told.contains("0 lamports"), "{told}");
    assert!(!chain.requests.borrow().iter().any(|what| matches!(*what, "send" | "simulate")));

    // Enough for the note, not for the account of an epoch: what is paid for is done, the rest is named.
    desk.scenario.chain.fund(&poor.address(), 1_000_000);
    let reply = crank(&desk, &desk.scenario.chain, &poor).unwrap();
    assert_eq!(names(&reply, "steps"), ["refresh-note 2"]);
    assert_eq!(names(&reply, "left"), ["open 0", "open 1", "open 2"]);
    let (how, why) = message(&reply);
    assert!(how == "again" && why.contains("lamports left and needs"), "{why}");
}

#[test]
fn what_landed_before_the_node_died_is_told_and_the_next_crank_continues() {
    let (desk, keeper) = neglected(2);
    for most in 1..4 {
        let chain = Watched { dies_after: Some(most), ..Watched::new(&desk) };
        let before = desk.scenario.chain.slot();
        let reply = crank(&desk, &chain, &keeper).unwrap();
        let told: Vec<&Value> = reply.data["steps"].as_array().unwrap().iter().collect();
        assert_eq!((told.len(), &reply.data["transactions"]), (most, &most.into()), "since slot {before}");
        assert!(told.iter().all(|row| row["signature"].as_str().is_some_and(|signature| signature.len() > 80)));
        let (how, why) = message(&reply);
        assert!(how == "again" && why.contains(&format!("{most} landed")) && why.contains("gone"), "{why}");
    }
    let reply = crank(&desk, &desk.scenario.chain, &keeper).unwrap();
    assert_eq!(message(&reply).0, "done");
    assert_eq!(desk.types_keyless("epoch show").unwrap()["next_to_finalize"], 1);
}

#[test]
fn an_account_that_cannot_be_read_is_named_and_stops_nothing() {
    let (desk, keeper) = neglected(3);
    let chain = &desk.scenario.chain;
    let providers: Vec<Pubkey> = chain.list::<Provider>().into_iter().map(|(key, _)| key).collect();
    let (poisoned, elsewhere) = (providers[1], Pubkey::new_from_array([8; 32]));
    let newer = |key: &Pubkey, network: Option<[u8; 32]>| {
        let mut account = chain.account(key).unwrap().unwrap();
        account.data[8] = 77;
        account.data[16..48].copy_from_slice(&network.unwrap_or_else(|| desk.scenario.network.network.to_bytes()));
        account
    };
    // Of another network: nobody's business here. Its own, of every size: named.
    chain.set_account(elsewhere, newer(&poisoned, Some([5; 32])));
    let (opening, mut longer) = (Pubkey::new_from_array([9; 32]), newer(&poisoned, None));
    longer.data[..8].copy_from_slice(&work_token_sdk::state::DisputeOpening::DISCRIMINATOR);
    longer.data.push(0);
    chain.set_account(opening, longer);
    chain.set_account(poisoned, newer(&poisoned, None));

    let reply = crank(&desk, chain, &keeper).unwrap();
    let (how, why) = message(&reply);
    assert!(how == "refused" && why.contains(&poisoned.to_string()) && why.contains("version 77"), "{why}");
    assert!(why.contains(&opening.to_string()) && !why.contains(&elsewhere.to_string()), "{why}");
    let addresses: Vec<&Value> =
        reply.data["skipped"].as_array().unwrap().iter().map(|skipped| &skipped["address"]).collect();
    assert_eq!(addresses.len(), 2, "{addresses:?}");
    let done = names(&reply, "steps");
    assert!(["weigh 0", "finalize 0", "settle 0"].iter().all(|name| done.contains(&(*name).to_owned())), "{done:?}");
    let pool = desk.types_keyless("epoch show 0").unwrap();
    assert_eq!((&pool["weighed"], &pool["settled"]), (&2.into(), &2.into()), "the other two");
}

#[test]
fn whoever_is_refused_among_others_is_tried_alone_named_and_stops_nobody_else() {
    let (desk, keeper) = neglected(30);
    let poisoned = desk.scenario.chain.list::<Provider>()[3].0;
    let chain = Watched { refuses: Some(poisoned), ..Watched::new(&desk) };
    let reply = crank(&desk, &chain, &keeper).unwrap();
    let (how, why) = message(&reply);
    assert!(how == "refused" && why.contains(&format!("weigh 0 of {poisoned}")), "{why}");
    assert_eq!(desk.types_keyless("epoch show 0").unwrap()["weighed"], 29);
    assert_eq!(reply.data["refused"][0]["about"], poisoned.to_string());
    // The next run finds it again, and ends.
    let again = crank(&desk, &chain, &keeper).unwrap();
    assert_eq!((message(&again).0, names(&again, "steps").len()), ("refused", 0));
}

#[test]
fn steps_go_out_in_windows_under_one_blockhash() {
    let (desk, keeper) = neglected(60);
    let chain = Watched::new(&desk);
    let reply = crank(&desk, &chain, &keeper).unwrap();
    let count = |what: &str| chain.requests.borrow().iter().filter(|asked| **asked == what).count();
    let sent = names(&reply, "steps");
    assert_eq!(count("send"), sent.len());
    assert_eq!(sent.iter().filter(|name| *name == "settle 0").count(), 3, "{sent:?}");
    // What can be done at once, then weigh, finalize, settle: a blockhash for each, a simulation for each
    // kind.
    assert_eq!((count("blockhash"), count("simulate")), (4, 5), "{sent:?}");
}

#[test]
fn a_crank_that_finds_nothing_asks_three_times_and_says_what_is_next() {
    let (desk, keeper) = neglected(3);
    let first = crank(&desk, &desk.scenario.chain, &keeper).unwrap();
    let chain = Watched::new(&desk);
    let idle = crank(&desk, &chain, &keeper).unwrap();
    assert_eq!((message(&idle).0, &idle.data["transactions"]), ("done", &0.into()));
    assert_eq!(*chain.requests.borrow(), ["accounts", "program accounts", "program accounts"]);
    assert!(chain.bytes.get() < 16_384, "{} bytes", chain.bytes.get());

    // What it says comes true to the second, each in its turn.
    assert_eq!(names(&first, "next"), names(&idle, "next"));
    assert_eq!(names(&idle, "next")[..2], ["weigh 1".to_owned(), "refresh-note 2".to_owned()]);
    for next in idle.data["next"].as_array().unwrap() {
        let (name, at_ts) = (format!("{} {}", next["step"].as_str().unwrap(), next["epoch"]), next["at_ts"].as_i64());
        let at_ts = at_ts.unwrap();
        // Two may be due within a second of each other.
        if desk.scenario.chain.now() > at_ts - 2 {
            continue;
        }
        desk.scenario.chain.set_now(at_ts - 2);
        let early = names(&crank(&desk, &desk.scenario.chain, &keeper).unwrap(), "steps");
        assert!(!early.contains(&name), "{name} before {at_ts}: {early:?}");
        let due = names(&crank(&desk, &desk.scenario.chain, &keeper).unwrap(), "steps");
        assert!(due.contains(&name), "{name} at {at_ts}: {due:?}");
    }
}

#[test]
fn a_slash_that_waits_for_the_limit_is_not_executed_in_crumbs_and_the_crank_says_until_when() {
    let court = Court::open();
    let dispute = court.contest(2);
    court.answer(&dispute);
    court.judge(&dispute, 2);
    let keeper = &court.shop.keeper;
    let (desk, chain) = (&court.shop.desk, &court.shop.desk.scenario.chain);
    let shown = || court.shows(&format!("dispute show {dispute}"));
    let at = |ts: i64| chain.set_now(ts);
    // Nobody appeals, nobody vetoes: the slash is found and its first installment due.
    while shown()["slash"].is_null() || shown()["slash"]["next_ts"].as_i64().unwrap() > chain.now() {
        let next_ts = shown()["slash"]["next_ts"].as_i64().or(shown()["until_ts"].as_i64()).unwrap();
        at(next_ts.max(chain.now() + 1));
        // The limit is full all the time.
        let network = desk.scenario.network.network;
        let (room, now_ts) = (desk.scenario.network_state().slash_room(chain.now()).0.0, chain.now());
        chain.change::<Network>(&network, |network| {
            network.slashing.tokens = network.slashing.tokens.saturating_add(room);
            network.slashing.as_of_ts = now_ts;
        });
        crank(desk, chain, keeper).unwrap();
    }
    let executions = |reply: &Reply| names(reply, "steps").iter().filter(|name| name.starts_with("execute")).count();
    let waiting = crank(desk, chain, keeper).unwrap();
    assert_eq!((executions(&waiting), message(&waiting).0), (0, "done"), "{:?}", waiting.data["steps"]);
    let next = waiting.data["next"].as_array().unwrap().iter().find(|next| next["step"] == "execute-installment");
    let next = next.expect("it says until when");
    assert_eq!(next["about"], dispute.as_str());
    let until_ts = next["at_ts"].as_i64().unwrap();
    assert!(until_ts > chain.now() + HOUR, "a little room comes at once: {until_ts}");
    at(until_ts - 2);
    assert_eq!(executions(&crank(desk, chain, keeper).unwrap()), 0);
    assert_eq!(executions(&crank(desk, chain, keeper).unwrap()), 1);
}

#[test]
fn attesters_with_an_interest_are_barred_before_their_reports_count() {
    let mut params = NETWORK_PARAMS;
    params.metrics[0] = Metric::new("uptime", Ppm(1_000_000), MetricSource::Attested);
    let desk = Desk::with(&ScenarioOptions { params, ..ScenarioOptions::default() });
    let (_, atlas) = desk.scenario.owner("Atlas", 500, 20_000 * TOKEN).unwrap();
    let owner = desk.scenario.actor("Olga", 21_000 * TOKEN);
    let own = desk.scenario.register(&owner, 500, 20_000 * TOKEN).unwrap();
    let ann = desk.scenario.actor("Ann", 2_000 * TOKEN);
    for attester in [&owner, &ann, &desk.scenario.actor("Bob", 1_000 * TOKEN)] {
        desk.types(attester, &format!("attester register --from {}", attester.tokens)).unwrap();
    }
    let keeper = desk.scenario.actor("a keeper", 0);
    desk.scenario.go_to_epoch(1);
    crank(&desk, &desk.scenario.chain, &keeper).unwrap();
    desk.scenario.chain.advance_slots(20);
    // Whoever is seated and owns a provider of the shard is barred in the same run.
    let seated = crank(&desk, &desk.scenario.chain, &keeper).unwrap();
    assert_eq!(names(&seated, "steps"), ["beacon 1", "draw-attesters 1", "mask-report 1"]);
    assert_eq!(seated.data["steps"][2]["about"], own.provider.to_string());

    // Ann buys a share of whom she reports on, once she is seated, and commits.
    desk.scenario.delegate(&ann, &atlas, 500 * TOKEN).unwrap();
    let file = File::new("interested.csv", "0,0,9900\n1,0,9900\n");
    let commit = format!("attester commit --shard 0 --reports {}", file.0.display());
    if desk.types(&ann, &commit).is_err() {
        return; // A client that refuses to commit leaves the crank nothing to bar.
    }
    desk.scenario.next_epoch();
    let ended = crank(&desk, &desk.scenario.chain, &keeper).unwrap();
    assert!(names(&ended, "steps").contains(&"mask-report 1".to_owned()), "{:?}", names(&ended, "steps"));
    let again = crank(&desk, &desk.scenario.chain, &keeper).unwrap();
    assert!(!names(&again, "steps").contains(&"mask-report 1".to_owned()), "once");
}

#[test]
fn a_dry_run_shows_every_step_and_changes_nothing() {
    let (desk, keeper) = neglected(2);
    let line = format!("epoch crank --dry-run --keypair {}", keeper.key.to_base58_string());
    let shown = desk.reply(&line).unwrap();
    assert_eq!(names(&shown, "steps"), ["refresh-note 2", "open 0", "open 1", "open 2"]);
    assert!(shown.data["steps"].as_array().unwrap().iter().all(|step| step["simulated"] == true));
    assert_eq!(names(&desk.reply(&line).unwrap(), "steps").len(), 4);
}
