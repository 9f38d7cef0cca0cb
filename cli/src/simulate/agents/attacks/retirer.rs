//! The seed-watching retirer (score-roster-5): attesters that leave once the seed is known, so that others
//! are drawn.

use {
    super::{
        Attack, Books, Outcome, Stage,
        economy::{Economy, Laws, Stand, Standing, metric},
    },
    crate::simulate::agents::{
        chance::{Chance, sha256},
        setting::TOKEN,
    },
    work_token_sdk::{
        Pubkey as Address,
        limits::MAX_ATTESTERS,
        math::{
            Epoch,
            panel::{MAX_REPORTS, Panel, Reports},
        },
        state::{AttesterDraw, AttesterRoster, RosterEntry},
    },
};

/// See [`Attack::attack`].
pub const ATTACK: Attack = Attack {
    name: "retiring_under_a_known_seed_gains_nothing",
    attacker: "a coalition of two fifths of the bonds",
    attack: "praises its own provider wherever it is drawn, and lets that member retire under a known seed without whom it would be drawn in majority",
    victims: "the other provider",
    run: |stage| Outcome::of(|attacks| live(stage, AttesterRoster::draw, attacks)),
};

const STAKE: u64 = 1_000_000 * TOKEN;
const BOND: u64 = 20_000 * TOKEN;
/// Attesters, of whom two in five conspire.
const ATTESTERS: u16 = 30;
/// Members of whom it is tried whether their leaving helps.
const TRIED: usize = 6;
/// What its provider is worth, as the other is.
const TRUE_BPS: u16 = 7_000;
const PRAISE_BPS: u16 = 10_000;

/// What decides here: what can be drawn for an epoch from a roster that was changed in it.
type Law = fn(&AttesterRoster, Epoch) -> AttesterDraw;

fn key(number: u16) -> Address {
    let mut bytes = [0; 32];
    bytes[..2].copy_from_slice(&(number + 1).to_le_bytes());
    Address::new_from_array(bytes)
}

fn roster() -> AttesterRoster {
    let none = RosterEntry { attester: Address::default(), bond: 0, next_bond: 0 };
    let mut roster = AttesterRoster {
        version: 1,
        bump: 0,
        count: 0,
        from_epoch: 0,
        network: Address::default(),
        entries: [none; MAX_ATTESTERS],
        reserved: [0; 32],
    };
    for number in 0..ATTESTERS {
        roster.enter(number, key(number), BOND, Epoch(0));
    }
    roster
}

/// Who is drawn for the shard: places of the roster.
fn drawn(law: Law, roster: &AttesterRoster, seed: &[u8; 32], epoch: Epoch) -> Vec<usize> {
    let mut draw = law(roster, epoch);
    (0u8..)
        .take(MAX_REPORTS)
        .map_while(|number| draw.next(&sha256(&[b"attesters", seed, &[number]])).map(|(place, _)| place))
        .collect()
}

fn conspires(place: usize) -> bool {
    matches!(place % 5, 0 | 2)
}

fn is_majority(drawn: &[usize]) -> bool {
    2 * drawn.iter().filter(|place| conspires(**place)).count() > drawn.len()
}

/// The member whose leaving would bring the majority, if it took effect at once.
fn who_should_leave(roster: &AttesterRoster, seed: &[u8; 32], epoch: Epoch) -> Option<u16> {
    if is_majority(&drawn(AttesterRoster::draw, roster, seed, epoch)) {
        return None;
    }
    (0..ATTESTERS).filter(|place| conspires(usize::from(*place))).take(TRIED).find(|member| {
        let mut without = *roster;
        without.leave(*member, &key(*member), epoch);
        is_majority(&drawn(|roster, epoch| roster.draw(epoch.next()), &without, seed, epoch))
    })
}

fn live(stage: &Stage, law: Law, attacks: bool) -> Books {
    let chance = Chance::of(stage.seed);
    let mut roster = roster();
    let mut economy = Economy::new(stage.rules, Laws::PRESENT);
    let mut standings = [Standing::new(); 2];
    let mut books = Books::default();
    for epoch in 1..=stage.epochs {
        let seed = chance.slot_hash(epoch, u32::MAX);
        let leaves = if attacks { who_should_leave(&roster, &seed, Epoch(epoch)) } else { None };
        if let Some(member) = leaves {
            roster.leave(member, &key(member), Epoch(epoch));
        }
        let drawn = drawn(law, &roster, &seed, Epoch(epoch));
        if let Some(member) = leaves {
            // With as much again at hand it comes back in the second half, to be drawn from the next epoch
            // on: that costs it nothing.
            roster.enter(member, key(member), BOND, Epoch(epoch));
        }
        let values = [praised(&drawn), TRUE_BPS];
        let mut stands = [Stand::of(STAKE, standings[0].score); 2];
        for ((standing, value), stand) in standings.iter_mut().zip(values).zip(&mut stands) {
            standing.judge(&[(metric(1_000_000), value)], true, stage.rules);
            stand.score = standing.score;
        }
        let income = economy.share_out(&stands);
        books.attacker += income.providers[0].0;
        books.victims += income.providers[1].0;
    }
    books
}

/// The median of what is said of the coalition's provider.
fn praised(drawn: &[usize]) -> u16 {
    let (mut bonds, mut said) = ([0; MAX_REPORTS], [0; MAX_REPORTS]);
    for ((bond, value), place) in bonds.iter_mut().zip(&mut said).zip(drawn) {
        *bond = BOND;
        *value = 1 + if conspires(*place) { PRAISE_BPS } else { TRUE_BPS };
    }
    let panel = Panel::new(&bonds).expect("bonds are part of the supply");
    panel.value(&Reports::of(&said), || 0).unwrap_or(TRUE_BPS)
}

#[cfg(test)]
mod tests {
    use {super::*, crate::simulate::agents::attacks::tests::on_stage};

    #[test]
    fn where_a_roster_changes_at_once_whoever_knows_the_seed_chooses_its_shard() {
        let at_once: Law = |roster, epoch| roster.draw(epoch.next());
        let old = on_stage(|stage| Outcome::of(|attacks| live(stage, at_once, attacks)));
        assert!(old.gained() > 0 && old.lost() > 0, "{old:?}");
        assert!(!old.is_harmless());
    }

    #[test]
    fn a_member_that_leaves_moves_no_draw_of_the_epoch() {
        let present = on_stage(ATTACK.run);
        assert_eq!((present.gained(), present.lost()), (0, 0));
    }
}
