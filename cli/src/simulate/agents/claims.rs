//! What the rules promise, held against what the agents gained.

use {
    super::{
        agent::{Agent, Kind},
        setting::TOKEN,
        world::World,
    },
    crate::reply::{Value, facts, grouped},
};

/// A promise and what became of it.
#[derive(Clone, Debug)]
pub struct Claim {
    /// For machines.
    pub name: &'static str,
    /// What is promised.
    pub promise: String,
    /// Whether it was kept.
    pub holds: bool,
    /// The numbers in a sentence.
    pub found: String,
    /// The numbers.
    pub numbers: Value,
}

impl World {
    /// The promises of the protocol, and that whoever does less than he should earns less.
    pub fn claims(&self) -> Vec<Claim> {
        vec![
            self.splitting(),
            self.splitting_a_bond(),
            self.medians(),
            self.copying(),
            self.idling(),
            self.misreporting(),
        ]
    }

    fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Agent> {
        self.agents.iter().filter(move |agent| agent.kind == kind)
    }

    fn splitting(&self) -> Claim {
        let one = self.of_kind(Kind::OneIdentity).next().expect("there is one");
        let (holds, found, numbers) = self.whole_and_split(one, Kind::SybilSplitter, self.luck(one));
        Claim {
            name: "splitting_gains_nothing",
            promise: "splitting an identity gains nothing but luck in draws".to_owned(),
            holds,
            found,
            numbers,
        }
    }

    fn splitting_a_bond(&self) -> Claim {
        let one = self.of_kind(Kind::OneBond).next().expect("there is one");
        let (holds, found, numbers) = self.whole_and_split(one, Kind::BondSplitter, 0);
        Claim {
            name: "splitting_a_bond_gains_nothing",
            promise: "splitting an attester's bond gains nothing".to_owned(),
            holds,
            found,
            numbers,
        }
    }

    /// What chance may give or take: four standard deviations of the fees, as if all jobs were of the
    /// highest, and a thousandth of the emission for what is measured of identities on the same machines.
    fn luck(&self, agent: &Agent) -> i128 {
        let (lowest, highest) = self.scene.fees;
        let jobs = agent.fees / lowest;
        i128::from(4 * highest * (2 * jobs).isqrt() + agent.emission / 1_000)
    }

    /// Whether those who split gained no more than the one of another kind that did not, but for luck, and
    /// what they gained.
    fn whole_and_split(&self, one: &Agent, split: Kind, luck: i128) -> (bool, String, Value) {
        let splitters: Vec<&Agent> = self.of_kind(split).collect();
        let gained =
            |splitter: &&Agent| format!("{} gained {}", splitter.name, tokens_and_part(splitter.net(), one.net()));
        let found: Vec<String> = splitters.iter().map(gained).collect();
        let data = |splitter: &&Agent| facts!({ "agent": splitter.name, "net": splitter.net() });
        (
            splitters.iter().all(|splitter| splitter.placed == one.placed && splitter.net() <= one.net() + luck),
            format!("{} gained {}; {}", one.name, tokens(one.net()), found.join("; ")),
            facts!({
                "whole_net": one.net(),
                "luck": luck,
                "splitters": splitters.iter().map(data).collect::<Vec<_>>(),
            }),
        )
    }

    fn medians(&self) -> Claim {
        let tally = &self.tally;
        Claim {
            name: "minority_moves_no_median",
            promise: "attesters below half of the weight cannot move a median outside the honest range".to_owned(),
            holds: tally.medians > 0 && tally.outside == 0,
            found: format!(
                "of {} medians, against up to {} of the bonds, {} lie outside what was measured; the farthest was moved by {} bps; \
                 {} more were left to half of the bonds or more",
                grouped(tally.medians),
                percent(tally.most_unmeasured_ppm),
                grouped(tally.outside),
                tally.farthest_move_bps,
                grouped(tally.unprotected),
            ),
            numbers: facts!({
                "medians": tally.medians,
                "outside": tally.outside,
                "most_unmeasured_ppm": tally.most_unmeasured_ppm,
                "farthest_move_bps": tally.farthest_move_bps,
                "unprotected": tally.unprotected,
                "unprotected_outside": tally.unprotected_outside,
            }),
        }
    }

    fn copying(&self) -> Claim {
        let least = self.of_kind(Kind::MeasuringAttester).min_by_key(|agent| agent.net()).expect("some measure");
        let copying: Vec<&Agent> = self.of_kind(Kind::CopyingAttester).collect();
        let most = copying.iter().map(|agent| agent.net()).max().unwrap_or(0);
        let worth = self.pay_of_a_draw(Kind::MeasuringAttester) - self.pay_of_a_draw(Kind::CopyingAttester);
        Claim {
            name: "copying_earns_less",
            promise: "a copying attester earns less than a measuring one".to_owned(),
            holds: copying.iter().all(|agent| agent.placed == least.placed && agent.net() < least.net()),
            found: format!(
                "with the same bond the copying attester earned {}, the measuring ones {} or more; to measure for an epoch was worth {}",
                tokens_and_part(most, least.net()),
                tokens(least.net()),
                tokens(worth),
            ),
            numbers: facts!({
                "copying_net": most,
                "least_measuring_net": least.net(),
                "worth_of_measuring_an_epoch": worth,
            }),
        }
    }

    /// What the attesters of a kind earned on average each time that one was drawn.
    fn pay_of_a_draw(&self, kind: Kind) -> i128 {
        let drawn: i128 = self.attesters.iter().filter(|one| one.kind == kind).map(|one| i128::from(one.seated)).sum();
        self.of_kind(kind).map(Agent::net).sum::<i128>().checked_div(drawn).unwrap_or(0)
    }

    fn idling(&self) -> Claim {
        let (twin, tier) = (&self.agents[self.twin], self.tier_of(Kind::HonestProvider));
        let kinds = [Kind::LazyProvider, Kind::UnavailableProvider];
        let idle: Vec<&Agent> = kinds.into_iter().flat_map(|kind| self.of_kind(kind)).collect();
        let describe = |agent: &&Agent| {
            format!(
                "the {} {}, in tier {}",
                agent.name,
                tokens_and_part(agent.net(), twin.net()),
                self.tier_of(agent.kind)
            )
        };
        let found: Vec<String> = idle.iter().map(describe).collect();
        let is_poorer = |agent: &&Agent| agent.placed == twin.placed && agent.net() < twin.net();
        Claim {
            name: "idling_earns_less",
            promise: "a provider that is lazy or never there earns less than an honest one, in a lower tier".to_owned(),
            holds: idle.iter().all(is_poorer) && kinds.iter().all(|kind| self.tier_of(*kind) < tier),
            found: format!("an honest provider gained {}, in tier {tier}; {}", tokens(twin.net()), found.join("; ")),
            numbers: facts!({
                "honest_net": twin.net(),
                "idle": idle.iter().map(|agent| facts!({ "agent": agent.name, "net": agent.net() })).collect::<Vec<_>>(),
            }),
        }
    }

    /// The lowest tier in which one of a kind ended.
    fn tier_of(&self, kind: Kind) -> u8 {
        let of_kind = self.providers.iter().filter(|provider| self.agents[provider.owner].kind == kind);
        of_kind.map(|provider| provider.tier).min().unwrap_or(0)
    }

    fn misreporting(&self) -> Claim {
        let measuring: Vec<i128> = self.of_kind(Kind::MeasuringAttester).filter_map(Agent::net_per_mille).collect();
        let mean = measuring.iter().sum::<i128>() / i128::try_from(measuring.len().max(1)).expect("few attesters");
        let kinds = [Kind::SilentAttester, Kind::LazyAttester, Kind::ColludingAttester];
        let most = kinds.map(|kind| (kind, self.of_kind(kind).filter_map(Agent::net_per_mille).max().unwrap_or(0)));
        let found = most.map(|(kind, net)| format!("a {} {}", kind.name(), signed(net)));
        Claim {
            name: "misreporting_earns_less",
            promise: "an attester that is silent, lazy or colludes earns less than a measuring one".to_owned(),
            holds: most.iter().all(|(_, net)| *net < mean),
            found: format!(
                "per mille of the bond, measuring ones gained {} on average, {}",
                signed(mean),
                found.join(", ")
            ),
            numbers: facts!({
                "mean_measuring_per_mille": mean,
                "most_per_mille": most.iter().map(|(kind, net)| facts!({ "kind": kind.name(), "net_per_mille": *net }))
                    .collect::<Vec<_>>(),
            }),
        }
    }
}

/// An amount in tokens for people, rounded towards zero.
pub fn tokens(amount: i128) -> String {
    signed(amount / i128::from(TOKEN))
}

/// An amount, and how much more or less than another it is.
fn tokens_and_part(amount: i128, other: i128) -> String {
    let Some(part) = ((amount - other) * 10_000).checked_div(other) else { return tokens(amount) };
    let sign = if part < 0 { '-' } else { '+' };
    format!("{} ({sign}{}.{:02} %)", tokens(amount), part.abs() / 100, part.abs() % 100)
}

/// A signed number for people.
pub fn signed(number: i128) -> String {
    format!("{}{}", if number < 0 { "-" } else { "" }, grouped(number.unsigned_abs()))
}

fn percent(ppm: u64) -> String {
    format!("{}.{:02} %", ppm / 10_000, ppm / 100 % 100)
}
