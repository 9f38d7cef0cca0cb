//! What a dispute costs and pays, from its end state: the books that the program keeps around the machine.

use work_token_math::{
    Amount, Bps,
    dispute::{
        BondTerms, CAUTIOUS_SEVERITY, Changed, Clocks, Flows, Jury, LAYERS, Layer, Machine, Outcome, Phase, ROUNDS,
        SIDES, Settlement, Side, juror_fee, jury_cost, raising_bond, required_bond, settle, settle_appeal,
    },
};

/// No two phases last equally long, and the appeal is odd.
pub const CLOCKS: Clocks = Clocks { answer: 9, draw: 4, commit: 3, reveal: 5, appeal: 7, arbiter: 6 };

/// Fractions of stake by severity (dispute-slash-1).
pub const FRACTIONS: [u16; 6] = [0, 10, 100, 500, 3_000, 10_000];

/// Odd prices, so that every rounding shows.
pub const TERMS: BondTerms = BondTerms { minimum: Amount(1), juror_fee: Amount(7), bounty: Amount(3), claim: Bps(500) };

/// What each side loses when nobody decides.
pub const ARBITER_FEE: Amount = Amount(1);

/// Stake whose claim pays the jurors of later rounds more than the fixed fee from severity 4 on, and not
/// below.
const STAKE: u64 = 100_000;

/// What the jury of a round costs a dispute at most.
pub fn cost(severity: u8) -> impl Fn(u8) -> u64 {
    move |round| jury_cost(round, severity, fee(round, severity), TERMS.bounty).0
}

/// What a juror of a round is paid.
pub fn fee(round: u8, severity: u8) -> Amount {
    juror_fee(round, severity, TERMS.juror_fee, Amount(STAKE / 10_000 * u64::from(FRACTIONS[usize::from(severity)])))
}

/// Where an appeal's second half begins: who appeals can fund no more.
pub fn half_work_ts(machine: &Machine) -> i64 {
    machine.until_work_ts - i64::from(CLOCKS.appeal.div_ceil(2))
}

/// How many challengers a search follows.
pub const PARTIES: usize = 3;

/// Life of a challenger's claim.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PartyState {
    #[default]
    Standing,
    Withdrawn,
    Conceded,
}

/// A challenger's claim. Nobody's while its severity is 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Party {
    pub severity: u8,
    pub below: u8,
    pub state: PartyState,
    pub bond: u16,
}

fn small(bond: Amount) -> u16 {
    u16::try_from(bond.0).expect("small prices")
}

/// A machine with those who claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Case {
    pub machine: Machine,
    pub parties: [Party; PARTIES],
}

impl Case {
    /// A dispute with one challenger. A bond is measured without the claim, so that nothing but juries makes
    /// it large.
    pub fn open(machine: Machine) -> Self {
        let mut parties = [Party::default(); PARTIES];
        let bond = required_bond(machine.claimed, Amount::ZERO, Amount::ZERO, &TERMS);
        parties[0] = Party { severity: machine.claimed, bond: small(bond), ..Party::default() };
        Self { machine, parties }
    }

    /// The severities that somebody claims and did not take back.
    pub fn standing(&self) -> impl Iterator<Item = u8> + use<> {
        let parties = self.parties;
        let standing = parties.into_iter().filter(|party| party.state == PartyState::Standing);
        standing.map(|party| party.severity).filter(|severity| *severity > 0)
    }

    pub fn highest_standing(&self) -> u8 {
        self.standing().max().unwrap_or(0)
    }

    /// Whether there is room for another.
    pub fn has_room(&self) -> bool {
        self.parties.iter().any(|party| party.severity == 0)
    }

    /// Somebody raises a claim of `below` with a bond of its own.
    pub fn raise(&mut self, severity: u8, below: u8) {
        let before = Amount(self.parties.iter().map(|party| u64::from(party.bond)).sum());
        let bond = small(raising_bond(severity, Amount::ZERO, Amount::ZERO, before, &TERMS));
        let free = self.parties.iter_mut().find(|party| party.severity == 0).expect("room");
        *free = Party { severity, below, state: PartyState::Standing, bond };
    }

    /// Who claims a severity takes it back: before the answer for a tenth, after it for all of the bond.
    pub fn withdraw(&mut self, severity: u8, early: bool) {
        let standing = |party: &&mut Party| party.severity == severity && party.state == PartyState::Standing;
        let party = self.parties.iter_mut().find(standing).expect("somebody claims it");
        if early {
            (party.state, party.bond) = (PartyState::Withdrawn, 0);
        } else {
            party.state = PartyState::Conceded;
        }
    }

    fn layers(&self) -> [Layer; LAYERS] {
        let mut layers = [Layer::default(); LAYERS];
        for (layer, party) in layers.iter_mut().zip(&self.parties) {
            *layer = Layer {
                bond: Amount(party.bond.into()),
                from: Bps(FRACTIONS[usize::from(party.below)]),
                to: Bps(FRACTIONS[usize::from(party.severity)]),
                is_conceded: party.state == PartyState::Conceded,
            };
        }
        layers
    }

    /// The books of a dispute that has ended, with a counter-bond of what the claims required.
    pub fn settlement(&self) -> Settlement {
        let layers = self.layers();
        let counter = if self.machine.is_answered() { bonds(&layers) } else { 0 };
        let (pay, paid) = spent(&self.machine, 1);
        Settlement {
            outcome: self.machine.outcome(),
            layers,
            counter: Amount(counter),
            jury: Amount(pay + paid),
            spent: Amount(paid),
            found: Bps(FRACTIONS[usize::from(self.machine.severity())]),
            arbiter_fee: ARBITER_FEE,
        }
    }
}

/// Bounties for the ballots that were drawn: a fresh jury's, twice as large, pays none.
fn bounties(machine: &Machine, index: usize, jury: &Jury) -> u64 {
    let fresh = index > 0 && machine.juries[index - 1].round == jury.round;
    if fresh { 0 } else { TERMS.bounty.0 * u64::from(jury.drawn) }
}

/// What a round's juries cost: bounties, and the pay of those that voted on the side of the final verdict, or
/// on either side of a tie, in a jury that had a quorum.
pub fn spent(machine: &Machine, round: u8) -> (u64, u64) {
    let of_round = machine.juries.iter().enumerate().filter(|(_, jury)| jury.round == round);
    of_round.fold((0, 0), |(pay, paid), (index, jury)| {
        let coherent = if machine.is_tied() { jury.revealed } else { jury.coherent(machine.verdict) };
        let paid_votes = if jury.is_decided() { u64::from(coherent) } else { 0 };
        let fee = fee(round, machine.claimed).0;
        (pay + fee * paid_votes, paid + bounties(machine, index, jury))
    })
}

pub fn sum(amounts: &[Amount]) -> u64 {
    amounts.iter().map(|amount| amount.0).sum()
}

pub fn bonds(layers: &[Layer]) -> u64 {
    layers.iter().map(|layer| layer.bond.0).sum()
}

/// What flows in is what flows out.
pub fn assert_conserved(of: &Settlement, flows: &Flows) {
    let given = bonds(&of.layers) + flows.counter_lost.0 + flows.from_own.0;
    let taken = sum(&flows.challengers) + flows.jurors.0 + flows.provider.0 + flows.burned.0;
    assert_eq!(given, taken, "{of:?} {flows:?}");
    assert!(flows.counter_lost <= of.counter, "{of:?} {flows:?}");
}

/// Settles where the own stake can pay nothing for jurors.
pub fn settle_poor(of: &Settlement) -> Flows {
    let mut flows = settle(of);
    flows.advance(flows.from_own);
    flows
}

/// What a challenger gets at most: its bond, and half of the counter-bond's part that stands against it.
fn most(of: &Settlement, place: usize) -> u64 {
    let below = bonds(&of.layers[..place]);
    let bond = of.layers[place].bond.0;
    bond + of.counter.0.saturating_sub(below).min(bond) / 2
}

/// No party gets more than the flow table says, jurors get what they earned, and only a fault costs own
/// stake.
pub fn assert_flows_are_bounded(of: &Settlement, flows: &Flows) {
    assert_conserved(of, flows);
    let due = match of.outcome {
        Outcome::Silent | Outcome::Withdrawn | Outcome::Pending => 0,
        Outcome::Undecided => of.spent.0,
        _ => of.jury.0,
    };
    assert_eq!(flows.jurors.0, due, "{of:?} {flows:?}");
    for place in 0..LAYERS {
        assert!(flows.challengers[place].0 <= most(of, place), "{place} {of:?} {flows:?}");
    }
    let kept = flows.challengers.iter().zip(&of.layers).map(|(due, layer)| due.0.min(layer.bond.0)).sum::<u64>();
    let lost = bonds(&of.layers) - kept;
    assert!(2 * flows.provider.0 <= lost, "{of:?} {flows:?}");
    assert!(of.outcome == Outcome::Upheld || flows.from_own.is_zero(), "own stake pays only for a fault");
    assert!(flows.from_own.0 <= of.jury.0);
}

/// The same dispute had nobody raised the claim of a place: its votes are cut to what was claimed, its
/// silence counts at once, and its jury, which can only be smaller, costs nothing.
fn without_joiners(case: &Case, of: &Settlement, place: usize) -> Settlement {
    let mut alone = *of;
    let joined = bonds(&of.layers[place + 1..]);
    alone.layers[place + 1..].fill(Layer::default());
    alone.counter = alone.counter.min(Amount(bonds(&alone.layers)));
    let stood = |party: &&Party| party.state != PartyState::Withdrawn;
    let claimed = case.parties[..=place].iter().filter(stood).map(|party| party.severity).max().unwrap_or(0);
    if joined > 0 {
        (alone.jury, alone.spent) = (Amount::ZERO, Amount::ZERO);
        alone.found = alone.found.min(Bps(FRACTIONS[usize::from(claimed)]));
        if !case.machine.is_answered() && claimed <= 2 {
            (alone.outcome, alone.found) = (Outcome::Silent, Bps(FRACTIONS[usize::from(claimed)]));
        }
    }
    alone
}

/// No challenger whose claim stands does worse because somebody raised it, however small the counter-bond,
/// however poor the own stake, and whatever the larger jury costs (dispute-layer-1).
pub fn assert_nobody_is_harmed_by_a_joiner(case: &Case) {
    let mut of = case.settlement();
    let whole = of.counter;
    for counter in [whole.0, of.layers[0].bond.0, of.layers[0].bond.0 / 3, 0] {
        of.counter = whole.min(Amount(counter));
        for place in 0..PARTIES {
            let party = case.parties[place];
            if party.severity == 0 || party.state != PartyState::Standing {
                continue;
            }
            let joined = bonds(&of.layers[place + 1..]) > 0;
            let alone = settle(&without_joiners(case, &of, place)).challengers[place];
            let with = if joined { settle_poor(&of) } else { settle(&of) }.challengers[place];
            assert!(with >= alone, "{with:?} instead of {alone:?} for {place}: {of:?} {case:?}");
        }
    }
}

/// Settles a dispute that has ended and checks every bound on what its parties get.
pub fn assert_settles(case: &Case) {
    assert_eq!(case.machine.phase(), Phase::Decided);
    let of = case.settlement();
    assert!(of.jury.0 <= bonds(&of.layers) || of.jury.is_zero(), "bonds pay every jury of the first round: {case:?}");
    for counter in [of.counter.0, of.counter.0 / 3] {
        let of = Settlement { counter: Amount(counter), ..of };
        let flows = settle(&of);
        assert_flows_are_bounded(&of, &flows);
        assert_flows_are_bounded(&of, &settle_poor(&of));
    }
    assert_nobody_is_harmed_by_a_joiner(case);
    (1..ROUNDS).for_each(|round| assert_appeal_settles(&case.machine, round));
}

/// What became of the verdict of a round. Where a young tree's verdict was not confirmed, every one counts as
/// severity 2.
pub fn changed(machine: &Machine, round: u8) -> Changed {
    let found = matches!(machine.outcome(), Outcome::Upheld | Outcome::Dismissed) && !machine.is_tied();
    let jury = machine.juries.iter().find(|jury| jury.round == round && jury.is_decided());
    // A proof counts as a verdict for all that it claims.
    let then = jury.map_or(machine.claimed, |jury| jury.verdict().min(machine.highest_standing()));
    let then =
        if machine.cautious != 0 && machine.verdict <= CAUTIOUS_SEVERITY { then.min(CAUTIOUS_SEVERITY) } else { then };
    let was_tied = jury.is_some_and(Jury::is_tied);
    match machine.verdict {
        _ if !found => Changed::Open,
        now if now > then => Changed::Raised,
        now if now < then || was_tied => Changed::Lowered,
        _ => Changed::Stands,
    }
}

fn assert_appeal_settles(machine: &Machine, round: u8) {
    let index = usize::from(round - 1);
    let (pots, full) = (machine.pots[index], machine.costs[index]);
    let held = machine.juries.iter().any(|jury| jury.round == round + 1);
    let (pay, paid) = spent(machine, round + 1);
    let (jury, all) = (pay + paid, pots.iter().sum::<u64>());
    let changed = changed(machine, round);
    let pots = pots.map(Amount);
    let returned = settle_appeal(pots, Amount(full), Amount(jury), changed);
    if !held {
        assert_eq!((returned, jury), (pots, 0), "an appeal that was not held costs nothing");
        return;
    }
    assert_eq!(sum(&returned) + jury, all, "{machine:?}");
    for (appellant, defence) in [(Side::Challenger, Side::ProviderDefence), (Side::Provider, Side::ChallengerDefence)] {
        let paid = |side: Side| pots[side as usize].0;
        let back = |side: Side| returned[side as usize].0;
        assert!(back(appellant) + back(defence) <= paid(appellant) + paid(defence), "one appeal never pays another's");
        for side in [appellant, defence] {
            assert!(paid(side) > 0 || back(side) == 0, "who paid nothing for an appeal wins nothing by it");
        }
    }
    let defended = returned[Side::ChallengerDefence as usize] >= pots[Side::ChallengerDefence as usize];
    assert!(
        !matches!(changed, Changed::Stands | Changed::Raised) || defended,
        "whose verdict stood pays for no appeal"
    );
    assert_eq!(pots.len(), SIDES);
}
