//! Attesters: who is drawn, what each of them reports, the medians, and what everybody gets for it.

use {
    super::{
        agent::Kind,
        chance::{around, happens, sha256},
        medians::{Report, reports},
        setting::{ATTESTED, SHARD_PROVIDERS},
        world::World,
    },
    work_token_sdk::math::{
        Amount,
        attester::{fine, pay, weighted_points},
        draw::reduce,
        panel::{Agreement, MAX_REPORTS, Panel},
        sampling::pick,
    },
};

/// A silent attester forgets to reveal so often in a thousand epochs.
const FORGETS: u16 = 250;

/// One drawn attester.
struct Seat {
    attester: usize,
    bond: u64,
    has_revealed: bool,
    points: u32,
}

impl Seat {
    /// What it is paid by.
    fn weighted_points(&self) -> u64 {
        weighted_points(self.points, self.bond)
    }
}

/// The attesters of an epoch, their agreement, and the medians by provider.
pub struct Shard {
    seats: Vec<Seat>,
    /// Medians by provider and metric; none where too few of the bonds reported (score-value-2).
    pub medians: Vec<[Option<u16>; ATTESTED]>,
}

impl World {
    /// Draws the attesters, lets them measure or not, and takes the medians.
    pub fn attest(&mut self) -> Shard {
        assert!(self.providers.len() <= SHARD_PROVIDERS, "the simulation has one shard");
        let seats = self.seat();
        let mut shard = Shard { seats, medians: vec![[None; ATTESTED]; self.providers.len()] };
        let panel = shard.panel();
        for provider in 0..self.providers.len() {
            if !self.providers[provider].is_eligible(self.epoch) {
                continue;
            }
            let medians = self.judge(&mut shard, &panel, provider);
            shard.medians[provider] = medians;
            if let [Some(accuracy), Some(uptime)] = medians {
                self.published[provider].add([accuracy, uptime]);
            }
        }
        shard
    }

    /// Fifteen attesters, drawn by bond, without repetition (score-draw-1).
    fn seat(&mut self) -> Vec<Seat> {
        let seed = self.chance.slot_hash(self.epoch, u32::MAX);
        let mut free: Vec<(usize, u64)> = self.attesters.iter().map(|attester| attester.bond).enumerate().collect();
        let mut left: u64 = free.iter().map(|(_, bond)| bond).sum();
        let mut seats = Vec::with_capacity(MAX_REPORTS);
        for number in (0u8..).take(MAX_REPORTS) {
            let hash = sha256(&[b"attesters", &seed, &[number]]);
            let Some(drawn) = pick(free.iter().copied(), reduce(&hash, left)) else { break };
            let bond = std::mem::take(&mut free[drawn].1);
            left -= bond;
            let attester = &mut self.attesters[drawn];
            let forgets = attester.kind == Kind::SilentAttester && happens(&mut self.chance.reports, FORGETS);
            attester.seated += 1;
            attester.missed += u32::from(forgets);
            seats.push(Seat { attester: drawn, bond, has_revealed: !forgets, points: 0 });
        }
        seats
    }

    /// The medians of a provider, as the program takes them. Counts agreement, and has the medians judged.
    fn judge(&mut self, shard: &mut Shard, panel: &Panel, provider: usize) -> [Option<u16>; ATTESTED] {
        let mut agreement = Agreement::within(self.rules.tolerance_bps);
        let mut medians = [None; ATTESTED];
        for (metric, median) in medians.iter_mut().enumerate() {
            let mut said = [None; MAX_REPORTS];
            for (place, seat) in said.iter_mut().zip(&shard.seats).filter(|(_, seat)| seat.has_revealed) {
                *place = Some(self.report(seat.attester, provider, metric));
            }
            let reports = reports(&said, |_| true);
            *median = panel.value(&reports, || 0);
            if let Some(median) = *median {
                agreement.add(&reports, median);
                self.tally.judge(panel, &said, median);
            }
        }
        if medians.iter().all(Option::is_none) {
            return medians;
        }
        let mut seats = shard.seats.iter_mut();
        agreement.each(|points, is_complete| {
            let Some(seat) = seats.next() else { return };
            seat.points += points;
            let attester = &mut self.attesters[seat.attester];
            attester.points += u64::from(points);
            attester.reported += if is_complete { ATTESTED as u64 } else { 0 };
        });
        medians
    }

    /// What an attester says.
    fn report(&mut self, attester: usize, provider: usize, metric: usize) -> Report {
        let Self { attesters, providers, published, truths, scene, chance, .. } = self;
        let known = &published[provider];
        let (value, is_measured) = match attesters[attester].kind {
            Kind::CopyingAttester => (known.last(metric), false),
            Kind::LazyAttester => (known.mean(metric), false),
            Kind::ColludingAttester => (if provider == self.praised { 10_000 } else { 0 }, false),
            _ => {
                let truth = truths[providers[provider].conduct.machines][metric];
                (around(&mut chance.reports, truth, scene.noise_bps), true)
            }
        };
        Report { value, bond: attesters[attester].bond, is_measured }
    }

    /// Pays the attesters for agreement, by points times bond, out of what the emission has for them, and
    /// fines those who did not reveal. Returns what was paid.
    pub fn pay_attesters(&mut self, shard: &Shard, emission: u64) -> u64 {
        let (mut paid, all) = (0, shard.weighted_points());
        let (revealed, drawn) = (shard.bonds(|seat| seat.has_revealed), shard.bonds(|_| true));
        for seat in &shard.seats {
            let attester = &mut self.attesters[seat.attester];
            let agent = &mut self.agents[attester.owner];
            if seat.has_revealed {
                let pay = pay(Amount(emission), seat.weighted_points(), all).0;
                agent.earn(pay, 0);
                self.vaults.reward -= pay;
                paid += pay;
            } else {
                let least = Amount(self.rules.attester_fine);
                let fine = fine(least, Amount(seat.bond), Amount(attester.bond), revealed, drawn).0;
                attester.bond -= fine;
                agent.paid += fine;
                self.vaults.burned += fine;
                if attester.bond < self.rules.attester_bond {
                    // It leaves the roster with what is left.
                    agent.purse += attester.bond;
                    attester.bond = 0;
                }
            }
        }
        paid
    }
}

impl Shard {
    /// The bonds of those that were drawn, to weigh their reports by.
    fn panel(&self) -> Panel {
        let mut bonds = [0; MAX_REPORTS];
        for (bond, seat) in bonds.iter_mut().zip(&self.seats) {
            *bond = seat.bond;
        }
        Panel::new(&bonds).expect("bonds are part of the supply")
    }

    fn bonds(&self, of: impl Fn(&Seat) -> bool) -> Amount {
        Amount(self.seats.iter().filter(|seat| of(seat)).map(|seat| seat.bond).sum())
    }

    /// Points times bond of all seats.
    pub fn weighted_points(&self) -> u64 {
        self.seats.iter().map(Seat::weighted_points).sum()
    }
}
