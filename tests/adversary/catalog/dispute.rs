//! What an attacker can name of disputes and juries. Nothing of it exists in the world before a dispute's
//! case.

use {
    super::Named,
    crate::{
        cases::dispute::raised,
        chain::Chain,
        world::{CLAIMED, JUROR_TREES, JURORS, World},
    },
    solana_sdk::pubkey::Pubkey,
    work_token_sdk::math::dispute::Side,
};

pub fn of_disputes(world: &World) -> Vec<Named> {
    let mut all = Vec::new();
    let mut add = |name: String, key: Pubkey| all.push(Named { name, key });
    for tree in JUROR_TREES {
        add(tree.into(), Chain::address(tree));
    }
    for (number, juror) in JURORS.iter().enumerate() {
        add(format!("owner of {juror}"), Chain::address(juror));
        for (name, net) in [("A", &world.a), ("B", &world.b)] {
            add(format!("{juror} of {name}"), world.juror(net, number).juror);
        }
    }
    let seats = [("of A", "P1", &world.a), ("of B", "Q1 of B", &world.b)];
    let seats = seats.map(|(name, provider, net)| (name, provider, "work", world.disputed_seat(net)));
    let conducts = [("about P1's conduct", "P1", &world.p1), ("about P2's conduct", "P2", &world.p2)];
    let conducts = conducts.map(|(name, provider, at)| (name, provider, "conduct", world.disputed_conduct(at)));
    for (name, provider, kind, at) in seats.into_iter().chain(conducts) {
        add(format!("dispute {name}"), at.dispute);
        add(format!("C2's commitment to dispute {name}"), world.sealed(&at, &world.c2, CLAIMED).address().0);
        add(format!("claim on {provider} for its {kind}"), at.claim);
        add(format!("fault of {provider} in its {kind}"), at.fault);
        for seat in 0..2 {
            add(format!("ballot {seat} of the dispute {name}"), at.ballot(0, seat).ballot);
        }
        let defence = (Side::ChallengerDefence, "the challenger's defence");
        for (side, who) in [(Side::Challenger, "the challenger"), (Side::Provider, "the provider"), defence] {
            add(format!("D1's share for {who} in the dispute {name}"), at.appeal_share(&world.d1.key, side));
        }
    }
    let case = world.case();
    add("D2's commitment to dispute of A".into(), world.sealed(&case, &world.d2, CLAIMED).address().0);
    add("D2's commitment to raise of A".into(), raised(world, &world.d2).address().0);
    add("C2's commitment to raise of A".into(), raised(world, &world.c2).address().0);
    all
}
