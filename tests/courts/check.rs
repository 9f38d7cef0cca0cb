//! Compares the model with the chain.

use {
    crate::{
        chain::Chain,
        model::{Dispute, Juror, Model, Outcome, Phase, Provider, Seed},
        op::{At, OWN, Op, Standing, Step, Who, dispute_of},
    },
    std::collections::BTreeSet,
    work_token_sdk::{
        accounts::ClaimAccount,
        addresses,
        state::{self, Delegation, Fault, Handover, ProviderState, Unbonding, dispute_flags},
        transport::Transport,
    },
};

/// What a step has touched, to be compared.
#[derive(Default)]
pub struct Touched {
    pub providers: BTreeSet<usize>,
    disputes: BTreeSet<usize>,
    positions: BTreeSet<At>,
    tickets: BTreeSet<(At, u32)>,
    jurors: BTreeSet<Who>,
}

impl Touched {
    /// By the operations of a step, as the model has it afterwards.
    pub fn by(step: &Step, model: &Model) -> Self {
        let mut touched = Self::default();
        for op in step {
            touched.add(op, model);
        }
        for dispute in &touched.disputes {
            touched.providers.extend(model.disputes.get(dispute).map(|dispute| dispute.provider));
        }
        touched
    }

    fn add(&mut self, op: &Op, model: &Model) {
        match *op {
            Op::StakeSelf { provider, .. } | Op::ClaimOwn { provider } | Op::Retire { provider } => {
                self.providers.insert(provider);
                self.positions.insert((provider, OWN));
            }
            Op::ProposeOwner { provider, .. } | Op::AcceptOwner { provider, .. } => {
                self.providers.insert(provider);
                self.positions.insert((provider, OWN));
                let own = model.tickets.keys().filter(|(at, _)| *at == (provider, OWN));
                self.tickets.extend(own);
                let accused = model.disputes.iter().filter(|(_, dispute)| dispute.provider == provider);
                self.disputes.extend(accused.map(|(number, _)| *number));
            }
            Op::Delegate { at, .. } | Op::Request { at, .. } | Op::ClaimRewards { at } => {
                self.positions.insert(at);
                self.providers.insert(at.0);
                let last = model.positions.get(&at).map(|position| (at, position.last_ticket));
                self.tickets.extend(last);
            }
            Op::Cancel { at, ticket } | Op::Withdraw { at, ticket } | Op::SettleTicket { at, ticket, .. } => {
                self.positions.insert(at);
                self.providers.insert(at.0);
                self.tickets.insert((at, ticket));
            }
            Op::Touch { provider } | Op::Unjail { provider } | Op::Forgive { provider, .. } => {
                self.providers.insert(provider);
            }
            Op::ClaimCounterBond { provider } | Op::CloseClaim { provider, .. } => {
                self.providers.insert(provider);
            }
            Op::Use { .. } => self.disputes.extend(model.numbers[1].checked_sub(1)),
            Op::JoinJury { who, .. } | Op::Sync { who, .. } | Op::LeaveJury { who } | Op::ClaimJurorPay { who } => {
                self.jurors.insert(who);
            }
            Op::DrawJuror { dispute } | Op::SettleBallot { dispute, .. } => {
                self.disputes.insert(dispute);
                self.jurors.extend(model.jury.all.keys());
            }
            _ => self.disputes.extend(dispute_of(op)),
        }
    }
}

/// Every token account is what the model says, and so is every account that was touched.
pub fn assert_agrees(chain: &Chain, model: &Model, touched: &Touched) {
    assert_eq!(chain.money(), model.money, "every token account");
    for number in &touched.providers {
        assert_provider(chain, model, *number);
    }
    for number in &touched.disputes {
        assert_dispute(chain, model, *number);
    }
    for at in &touched.positions {
        assert_position(chain, model, *at);
    }
    for ticket in &touched.tickets {
        assert_ticket(chain, model, *ticket);
    }
    for who in &touched.jurors {
        assert_juror(chain, model, *who);
    }
}

/// Everything.
pub fn assert_agrees_wholly(chain: &Chain, model: &Model) {
    let touched = Touched {
        providers: (0..model.providers.len()).collect(),
        disputes: (0..model.numbers[1]).collect(),
        positions: model.positions.keys().copied().collect(),
        tickets: model.tickets.keys().copied().collect(),
        jurors: model.jury.all.keys().copied().collect(),
    };
    assert_agrees(chain, model, &touched);
    for ((provider, epoch), fault) in &model.faults {
        let key = addresses::fault(&chain.providers[*provider].provider, *epoch);
        let found: Fault = chain.world.scenario.read(&key);
        let applied = [found.own_applied, found.delegated_applied];
        let rewards = found.steps.map(|step| step.reward);
        assert_eq!(
            (found.open, found.upheld, found.severity, found.conduct_severity, applied, rewards),
            (
                fault.open,
                fault.upheld,
                fault.severity,
                fault.conduct,
                fault.applied,
                fault.steps.clone().map(|step| step.reward)
            ),
            "the fault of epoch {epoch} of provider {provider}"
        );
    }
    let known = model.jury.leaves.values().map(|(_, weight)| weight).sum::<u64>();
    assert_eq!(chain.juror_tree().total(), known, "the jurors' tree");
}

fn assert_provider(chain: &Chain, model: &Model, number: usize) {
    let known: &Provider = &model.providers[number];
    let Some(found) = chain.provider(number) else {
        assert!(!known.exists, "provider {number} is closed");
        return;
    };
    assert!(known.exists, "provider {number} is not closed");
    assert_owner(chain, known, (number, &found));
    for (kind, pool) in [&found.own, &found.delegated].into_iter().enumerate() {
        let expected = &known.pools[kind];
        assert_eq!(
            (pool.tokens, pool.shares, pool.unbonding_shares, pool.generation),
            (expected.tokens, expected.shares, expected.leaving, expected.generation),
            "pool {kind} of provider {number}"
        );
    }
    let standing = match known.standing {
        Standing::Free => found.state == ProviderState::Active as u8 || found.state == ProviderState::Candidate as u8,
        Standing::Jailed => found.state == ProviderState::Jailed as u8,
        Standing::Retiring => found.state == ProviderState::Retiring as u8,
        Standing::Expelled => found.state == ProviderState::Tombstoned as u8,
    };
    assert!(standing, "provider {number} is {:?}, found in state {}", known.standing, found.state);
    assert_eq!(
        (found.held, found.counter.bond, found.disputes.open, found.disputes.answered, found.slash_debt),
        (known.held, known.counter_bond, known.open_disputes, known.answered_disputes, known.debt),
        "held, counter-bond, disputes open and answered, debt of provider {number}"
    );
    assert_eq!(
        (found.disputes.claims, found.open_seats),
        (known.claims, known.open_seats),
        "claims and seats of {number}"
    );
    let places = known.places.map(|place| {
        place.map_or((0, [0; 2], 0), |claim| {
            let state = &model.claims[&(number, claim)];
            (claim, state.claimed, state.joined.len())
        })
    });
    let claims = found.reservations.map(|claim| (claim.claim, [claim.own, claim.delegated], claim.joined.into()));
    assert_eq!(claims, places, "what claims hold of provider {number}");
    for claim in known.places.iter().flatten() {
        let key = addresses::claim(&chain.providers[number].provider, *claim);
        let account = chain.world.scenario.chain.account(&key).expect("it answers").expect("the claim exists");
        let account = ClaimAccount::decode(&account.data).expect("a claim");
        let state = &model.claims[&(number, *claim)];
        assert_eq!(account.entries.len(), state.entries, "entries of claim {claim} of provider {number}");
        assert_eq!(account.claim.open as usize, state.open);
    }
}

fn assert_owner(chain: &Chain, known: &Provider, (number, found): (usize, &state::Provider)) {
    assert_eq!(chain.person(&found.owner), known.owner, "the owner of provider {number}");
    assert_eq!(found.reward_destination, chain.people[known.owner].tokens, "where rewards of provider {number} go");
    let proposed: Option<Handover> = chain.world.scenario.find(&chain.providers[number].handover());
    let proposed = proposed.map(|found| (chain.person(&found.to), found.from_ts, found.until_ts));
    let expected = known.proposal.map(|proposal| (proposal.to, proposal.from, proposal.until));
    assert_eq!((proposed, found.has_handover()), (expected, expected.is_some()), "who is to own provider {number}");
}

const PHASES: [Phase; 7] =
    [Phase::Answer, Phase::Draw, Phase::Commit, Phase::Reveal, Phase::Appeal, Phase::Arbiter, Phase::Decided];
const OUTCOMES: [Outcome; 8] = [
    Outcome::Pending,
    Outcome::Silent,
    Outcome::Withdrawn,
    Outcome::Conceded,
    Outcome::Upheld,
    Outcome::Dismissed,
    Outcome::Tied,
    Outcome::Undecided,
];

fn assert_dispute(chain: &Chain, model: &Model, number: usize) {
    let Some(found) = chain.dispute(number) else {
        assert!(!model.disputes.contains_key(&number), "dispute {number} is closed");
        return;
    };
    let known = model.disputes.get(&number).unwrap_or_else(|| panic!("dispute {number} is not closed"));
    assert_court(&found, known, number);
    let layers: Vec<_> = known.layers.iter().map(|layer| (layer.severity, layer.bond, layer.credit)).collect();
    let parties = found.parties.iter().filter(|party| party.severity > 0);
    let parties: Vec<_> = parties.map(|party| (party.severity, party.bond, party.credit)).collect();
    assert_eq!(parties, layers, "layers of dispute {number}: severity, bond, credit");
    let stakes = known.stakes.clone().map(|stake| [stake.base, stake.claimed, stake.left, stake.slash, stake.executed]);
    let own = [
        found.stake.own_base,
        found.stake.own_claimed,
        found.slash.own_claim_left,
        found.slash.own,
        found.slash.own_executed,
    ];
    let delegated = [
        found.stake.delegated_base,
        found.stake.delegated_claimed,
        found.slash.delegated_claim_left,
        found.slash.delegated,
        found.slash.delegated_executed,
    ];
    assert_eq!([own, delegated], stakes, "dispute {number}: base, claimed, left, slash and executed of each pool");
    let dues = &known.dues;
    assert_eq!(
        (found.burn_due, found.insurance_due, found.provider_due, found.client_credit, found.reward_due),
        (dues.burn, dues.insurance, dues.provider, dues.client, dues.reward),
        "dues of dispute {number}: burn, insurance, provider, client, reward"
    );
    assert_eq!(
        (found.extra_reward, found.slash.confiscated, found.own_jury_pay, found.own_jury_due, found.extra_slash),
        (dues.extra_reward, known.confiscated, known.jury_pay, known.jury_due, known.extra),
        "dispute {number}: extra reward, confiscated, jurors' pay, what of it is due, extra slash"
    );
    assert_eq!(found.appeals_back, dues.appeals, "what appeals of dispute {number} return");
    assert_eq!(found.forfeits, dues.forfeits, "forfeits of dispute {number}");
    assert_eq!((found.claim, found.joined.into()), (known.claim, known.joined), "claim of dispute {number}");
    assert_eq!(found.ballots as usize, known.ballots.len());
    let flags = [dispute_flags::UNRESERVED, dispute_flags::FINISHED, dispute_flags::TOLD, dispute_flags::ENDED];
    let flags = flags.map(|flag| found.has(flag));
    assert_eq!(flags, [known.unreserved, known.finished, known.told, known.ended], "flags of dispute {number}");
}

fn assert_court(found: &state::Dispute, known: &Dispute, number: usize) {
    let (machine, court) = (&found.machine, &known.court);
    let verdict = if machine.verdict == u8::MAX { None } else { Some(machine.verdict) };
    let outcome = OUTCOMES[usize::from(machine.outcome)];
    assert_eq!(
        (PHASES[usize::from(machine.phase)], outcome, machine.until_work_ts, machine.claimed, verdict),
        (court.phase, court.outcome, court.until, court.claimed, court.verdict),
        "dispute {number}: phase, outcome, until, claimed, verdict"
    );
    assert_eq!(
        (machine.tied != 0, machine.answered != 0, machine.floor, machine.cautious != 0),
        (court.tied, court.answered, court.conceded, court.cautious),
        "dispute {number}: tied, answered, conceded, cautious"
    );
    let juries = machine.juries.iter().filter(|jury| jury.round > 0);
    let juries: Vec<_> =
        juries.map(|jury| (jury.round, jury.size, jury.drawn, jury.filled, jury.committed, jury.revealed)).collect();
    let expected = court.juries.iter();
    let expected: Vec<_> = expected
        .map(|jury| (jury.round, jury.size, jury.drawn, jury.filled, jury.committed, jury.revealed()))
        .collect();
    assert_eq!(juries, expected, "juries of dispute {number}");
    assert_eq!(machine.pots, court.appeals.map(|appeal| appeal.paid), "what was paid for appeals of {number}");
    assert_eq!(machine.costs, court.appeals.map(|appeal| appeal.full), "what appeals of {number} cost");
    if let Seed::Known = known.draw.seed(court) {
        let drawn: Vec<u16> = known.draw.leaves.iter().map(|(leaf, _)| *leaf).collect();
        let leaves = &found.leaves[..usize::from(found.drawn)];
        let same = leaves.iter().zip(&drawn).all(|(found, drawn)| *found == u16::MAX || found == drawn);
        assert!(same && leaves.len() == drawn.len(), "dispute {number} drew {leaves:?}, not {drawn:?}");
    }
}

fn assert_position(chain: &Chain, model: &Model, at: At) {
    let found: Option<Delegation> = chain.world.scenario.find(&chain.positions[&at].delegation);
    let known = model.positions.get(&at);
    let Some(found) = found else {
        assert!(known.is_none(), "{at:?} is closed");
        return;
    };
    let known = known.unwrap_or_else(|| panic!("{at:?} is not closed"));
    let pool = model.providers[at.0].pools[usize::from(at.1 != OWN)].generation;
    let shares = if found.generation == pool { found.total_shares().0 } else { 0 };
    let expected = if known.generation == pool { known.shares } else { 0 };
    assert_eq!(
        (shares, found.live_tickets, found.held_tickets, found.last_ticket),
        (expected, known.live, known.held, known.last_ticket),
        "shares, live, held and last ticket of {at:?}"
    );
    assert_eq!(chain.person(&found.delegator), model.holder(at), "whose {at:?} is");
}

fn assert_ticket(chain: &Chain, model: &Model, (at, number): (At, u32)) {
    let found: Option<Unbonding> = chain.world.scenario.find(&chain.positions[&at].ticket(number).0);
    let known = model.tickets.get(&(at, number));
    let (Some(found), Some(known)) = (&found, known) else {
        assert_eq!(found.is_some(), known.is_some(), "ticket {number} of {at:?}");
        return;
    };
    let listed = known.claims.clone().map(|claim| claim.map_or((0, 0), |claim| (claim.number, claim.part)));
    assert_eq!(
        (found.shares, found.generation, found.matures_at_ts, found.held),
        (known.shares, known.generation, known.matures_at, known.held),
        "ticket {number} of {at:?}"
    );
    if found.held > 0 {
        assert_eq!(found.claims.map(|claim| (claim.number, claim.part)), listed, "claims of ticket {number} of {at:?}");
    }
}

fn assert_juror(chain: &Chain, model: &Model, who: Who) {
    let Some(found) = chain.juror(who) else {
        assert!(!model.jury.all.contains_key(&who), "juror {who} has left");
        return;
    };
    let known: &Juror = model.jury.all.get(&who).unwrap_or_else(|| panic!("juror {who} has not left"));
    let leaf = (found.is_in_tree != 0).then_some(found.leaf);
    let ballots: u32 = known.ballots.values().sum();
    assert_eq!(
        (found.lock, found.added, found.credit, leaf, found.ballots, usize::from(found.juries)),
        (known.lock, known.added, known.credit, known.leaf, ballots, known.juries.len()),
        "juror {who}: lock, added, credit, leaf, ballots, juries"
    );
}
