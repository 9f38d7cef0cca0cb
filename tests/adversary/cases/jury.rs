//! Jurors: their locks, their ballots and their votes.

use {
    super::{
        Case,
        Repeat::{Again, ByChance, Once},
        Sender::{Anybody, Entitled},
    },
    crate::{chain::Chain, world::*},
    solana_sdk::account::Account,
    work_token_sdk::{Instruction, PositionAddresses, Pubkey, ix},
};

/// The program that owns an account of randomness.
const ORACLE: Pubkey = Pubkey::new_from_array([5; 32]);

pub const CASES: &[Case] = &[
    Case {
        name: "join_jury",
        instruction: "join_jury",
        prepare: |world| {
            world.judged();
            let newcomer = person(&mut world.chain, &world.a, "juror 9");
            world.join(&world.a, &newcomer, LOCK)
        },
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "join_jury, again",
        instruction: "join_jury",
        prepare: |world| {
            world.judged();
            world.join(&world.a, &world.known(JURORS[0]), LOCK)
        },
        sender: Entitled,
        repeat: Again,
    },
    Case { name: "leave_jury", instruction: "leave_jury", prepare: leave, sender: Entitled, repeat: Once },
    Case {
        name: "claim_juror_pay",
        instruction: "claim_juror_pay",
        prepare: claim_pay,
        sender: Entitled,
        repeat: Once,
    },
    Case { name: "sync_juror", instruction: "sync_juror", prepare: sync, sender: Anybody, repeat: Again },
    Case {
        name: "sync_juror, into a free leaf",
        instruction: "sync_juror",
        prepare: enter,
        sender: Anybody,
        repeat: Again,
    },
    Case {
        name: "sync_juror, in place of another",
        instruction: "sync_juror",
        prepare: displace,
        sender: Anybody,
        repeat: Again,
    },
    Case {
        name: "call_jury",
        instruction: "call_jury",
        prepare: |world| {
            world.answered();
            world.call(&world.case(), None)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "call_jury, once its slot has come",
        instruction: "call_jury",
        prepare: |world| {
            world.armed();
            world.call(&world.case(), None)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "call_jury, by an account's value",
        instruction: "call_jury",
        prepare: by_value,
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "draw_juror",
        instruction: "draw_juror",
        prepare: |world| {
            world.seeded();
            world.draw_juror(&world.case())
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "draw_juror, who stands behind the provider",
        instruction: "draw_juror",
        prepare: |world| {
            world.seeded();
            for name in JURORS {
                stand_behind(world, Chain::address(name));
            }
            world.draw_juror(&world.case())
        },
        sender: Anybody,
        repeat: ByChance,
    },
    Case { name: "exclude_juror", instruction: "exclude_juror", prepare: exclude, sender: Anybody, repeat: Once },
    Case {
        name: "commit_vote",
        instruction: "commit_vote",
        prepare: |world| {
            world.drawn_juries();
            world.commit_vote(&world.case().ballot(0, 0), CLAIMED)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "reveal_vote",
        instruction: "reveal_vote",
        prepare: |world| {
            world.committed_votes(CLAIMED);
            world.reveal_vote(&world.case().ballot(0, 0), CLAIMED)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case { name: "settle_ballot", instruction: "settle_ballot", prepare: settle, sender: Anybody, repeat: Once },
];

pub fn leave(world: &mut World) -> Instruction {
    world.judged();
    world.go_to(35 * DAY);
    let juror = world.juror(&world.a, 0);
    ix::leave_jury(&juror, world.juror_tree(&world.a), world.known(JURORS[0]).tokens)
}

/// Constructs what the first jurors of A and B have earned.
pub fn claim_pay(world: &mut World) -> Instruction {
    world.judged();
    for net in [&world.a, &world.b] {
        world.edit_juror(&world.juror(net, 0), |juror| juror.credit = 3 * TOKEN);
    }
    ix::claim_juror_pay(&world.juror(&world.a, 0), world.known(JURORS[0]).tokens)
}

/// Constructs a lost ballot in A and in B.
pub fn sync(world: &mut World) -> Instruction {
    world.judged();
    for net in [&world.a, &world.b] {
        world.edit_juror(&world.juror(net, 0), |juror| juror.lock -= 20 * TOKEN);
    }
    world.sync(&world.a, Chain::address(JURORS[0]), 0, None)
}

/// Somebody whose lock has ripened takes a free leaf.
pub fn enter(world: &mut World) -> Instruction {
    world.judged();
    let newcomer = newcomer(world, LOCK);
    world.ripened(&world.a, newcomer.key);
    world.sync(&world.a, newcomer.key, 9, None)
}

/// Constructs a full tree of locks as large as the jurors', and somebody with twice as much.
pub fn displace(world: &mut World) -> Instruction {
    world.judged();
    let newcomer = newcomer(world, 2 * LOCK);
    world.ripened(&world.a, newcomer.key);
    world.fill_tree(&world.a, LOCK);
    world.sync(&world.a, newcomer.key, 1, Some(world.juror(&world.a, 1).juror))
}

/// Somebody who has locked.
pub fn newcomer(world: &mut World, lock: u64) -> Person {
    let newcomer = person(&mut world.chain, &world.a, "juror 9");
    world.chain.must(&[world.join(&world.a, &newcomer, lock)]);
    newcomer
}

/// The account that juries of A are drawn by.
pub fn oracle() -> Pubkey {
    Chain::address("account of randomness")
}

/// Writes a value into it.
pub fn write_value(world: &World, value: [u8; 32]) {
    let data = value.to_vec();
    let account = Account { lamports: 2_000_000_000, data, owner: ORACLE, executable: false, rent_epoch: u64::MAX };
    world.chain.net.with_svm(|svm| svm.set_account(oracle(), account)).expect("any account can be written");
}

/// The jury of A is armed by an account of randomness.
pub fn armed_by_value(world: &mut World) {
    world.answered();
    ask_oracle(world);
    world.chain.must(&[world.call(&world.case(), Some(oracle()))]);
}

/// A draws by an account of randomness, which has its first value.
pub fn ask_oracle(world: &World) {
    write_value(world, [1; 32]);
    world.edit_network(&world.a, |network| {
        network.params.disputes.randomness = oracle();
        network.params.disputes.randomness_owner = ORACLE;
    });
}

/// Its value has changed since.
fn by_value(world: &mut World) -> Instruction {
    armed_by_value(world);
    write_value(world, [2; 32]);
    world.call(&world.case(), Some(oracle()))
}

/// A deposit of somebody who knows of the open claims.
fn delegate_to(position: &PositionAddresses, from: Pubkey) -> Instruction {
    ix::delegate(position, ix::Delegate { from, amount: 500 * TOKEN, min_shares_out: 0, max_open_claims: u64::MAX })
}

/// Somebody delegates to P1.
pub fn stand_behind(world: &World, key: Pubkey) {
    let from = tokens(&world.chain, &world.a, &Person { key, tokens: key });
    world.chain.must(&[delegate_to(&world.p1.position(key), from)]);
}

/// The juror of the first ballot became a delegator of P1.
pub fn exclude(world: &mut World) -> Instruction {
    world.drawn_juries();
    let (ballot, state) = world.ballots(&world.case()).swap_remove(0);
    stand_behind(world, state.owner);
    ix::exclude_juror(&ballot, world.p1.position(state.owner).delegation)
}

pub fn settle(world: &mut World) -> Instruction {
    world.finished(CLAIMED);
    let (ballot, state) = world.ballots(&world.case()).swap_remove(0);
    ix::settle_ballot(&ballot, state.juror, state.payer)
}
