//! Every account that an attacker can name: the world's own, and some that he makes himself.

mod dispute;
mod vote;

pub use {dispute::of_disputes, vote::of_votes};

use {
    crate::{
        chain::Chain,
        world::{Net, World, tokens},
    },
    solana_sdk::{account::Account, pubkey::Pubkey, sysvar},
    work_token_localnet::TokenProgram,
    work_token_sdk::{
        ID, PositionAddresses, addresses,
        ix::SYSTEM_PROGRAM,
        state::{Tree, VaultKind},
    },
};

/// An account with the name that the table of refusals calls it by.
pub struct Named {
    pub name: String,
    pub key: Pubkey,
}

/// All of them. Writes those that the attacker makes.
pub fn catalog(world: &World) -> Vec<Named> {
    let mut all = Vec::new();
    let mut add = |name: &str, key: Pubkey| all.push(Named { name: name.into(), key });
    states(world, &mut add);
    jobs(world, &mut add);
    attesters(world, &mut add);
    vaults(world, &mut add);
    token_accounts(world, &mut add);
    programs(world, &mut add);
    wallets(world, &mut add);
    all
}

fn states(world: &World, add: &mut impl FnMut(&str, Pubkey)) {
    let World { a, b, c, p1, p2, p3, p4, q1, r1, d1, d2, d3, d5, .. } = world;
    for (name, net) in [("network A", a), ("network B", b), ("network C", c)] {
        add(name, net.at.network);
    }
    for (name, provider) in [
        ("provider P1", p1),
        ("provider P2", p2),
        ("retired provider P3", p3),
        ("candidate P4", p4),
        ("provider Q1 of B", q1),
        ("provider R1 of C", r1),
    ] {
        add(name, provider.provider);
    }
    let positions: [(&str, PositionAddresses, &[u32]); 9] = [
        ("own position at P1", p1.own(), &[1]),
        ("own position at P2", p2.own(), &[]),
        ("D1 at P1", p1.position(d1.key), &[1, 2]),
        ("D2 at P1", p1.position(d2.key), &[1]),
        ("D3 at P1", p1.position(d3.key), &[]),
        ("D5 at P1", p1.position(d5.key), &[]),
        ("D1 at P2", p2.position(d1.key), &[1]),
        ("D1 at Q1 of B", q1.position(d1.key), &[1]),
        ("D1 at R1 of C", r1.position(d1.key), &[]),
    ];
    for (name, position, tickets) in positions {
        add(name, position.delegation);
        for number in tickets {
            add(&format!("ticket {number} of {name}"), position.ticket(*number).0);
        }
    }
    for (name, net, epochs) in [("A", a, 0..4), ("B", b, 1..3), ("C", c, 2..3)] {
        for epoch in epochs {
            add(&format!("epoch {epoch} of {name}"), addresses::epoch_pool(&net.at.network, epoch));
        }
    }
    for (name, net, number) in [("change 1 of A", a, 1), ("change 2 of A", a, 2), ("change 1 of B", b, 1)] {
        add(name, addresses::param_change(&net.at.network, number));
    }
}

fn jobs(world: &World, add: &mut impl FnMut(&str, Pubkey)) {
    let World { a, b, c1, c2, p1, p2, q1, .. } = world;
    for (name, net, class) in [("0 of A", a, 0), ("1 of A", a, 1), ("2 of A", a, 2), ("0 of B", b, 0)] {
        add(&format!("class {name}"), addresses::job_class(&net.at.network, class));
    }
    add("model of A", world.model(a));
    add("model of B", world.model(b));
    for (name, net, client, jobs) in
        [("C1 of A", a, c1, vec![1, 3, 1, 1]), ("C2 of A", a, c2, vec![1]), ("C1 of B", b, c1, vec![1])]
    {
        let client = world.client(net, client);
        add(&format!("client {name}"), client.client);
        for (number, seats) in (0..).zip(jobs) {
            let job = client.job(number);
            add(&format!("job {number} of {name}"), job.job);
            for seat in job.seats(seats) {
                add(&format!("seat {} of job {number} of {name}", seat.seat), seat.assignment);
            }
        }
    }
    for (name, provider) in [("P1", p1), ("P2", p2), ("Q1 of B", q1)] {
        add(&format!("offer of {name}"), provider.offer());
    }
    for (name, tree) in ["tree 0 of A", "tree 1 of A", "tree 0 of B", "tree 1 of B"].iter().zip(world.trees) {
        add(name, tree);
    }
}

fn attesters(world: &World, add: &mut impl FnMut(&str, Pubkey)) {
    let World { a, b, d1, d2, d3, .. } = world;
    for (name, net, who) in [("D1 of A", a, d1), ("D2 of A", a, d2), ("D3 of A", a, d3), ("D1 of B", b, d1)] {
        add(&format!("attester {name}"), world.attester(net, who).attester);
    }
    for (name, net) in [("A", a), ("B", b)] {
        add(&format!("roster of {name}"), addresses::attester_roster(&net.at.network));
        for epoch in [3, 4] {
            add(&format!("shard of epoch {epoch} of {name}"), world.shard(net, epoch).shard);
        }
    }
}

fn vaults(world: &World, add: &mut impl FnMut(&str, Pubkey)) {
    let kinds = ["reward", "escrow", "insurance", "keeper", "treasury", "reserve"];
    for (name, kind) in kinds.iter().zip(VaultKind::ALL) {
        for (network, net) in [("A", &world.a), ("B", &world.b), ("C", &world.c)] {
            add(&format!("{name} vault of {network}"), net.vault(kind));
        }
    }
    let stakes = [
        ("P1", &world.p1),
        ("P2", &world.p2),
        ("P3", &world.p3),
        ("P4", &world.p4),
        ("Q1 of B", &world.q1),
        ("R1 of C", &world.r1),
    ];
    for (name, provider) in stakes {
        add(&format!("stake vault of {name}"), provider.stake_vault);
    }
}

fn token_accounts(world: &World, add: &mut impl FnMut(&str, Pubkey)) {
    let made = |chain: &Chain, name: &str, net: &Net, owner: Pubkey, edit: &dyn Fn(&mut [u8])| {
        let key = Chain::address(name);
        chain.net.create_token_account(key, net.program, net.at.mint, owner, 1_000_000_000_000);
        chain.net.edit(&key, edit);
        key
    };
    let World { chain, a, b, c, attacker, d1, c1, .. } = world;
    add("the attacker's tokens", attacker.tokens);
    add("the attacker's tokens of B", tokens(chain, b, attacker));
    add("the attacker's tokens of C", tokens(chain, c, attacker));
    add("D1's tokens", d1.tokens);
    add("D1's tokens of B", tokens(chain, b, d1));
    add("C1's tokens", c1.tokens);
    add("C1's tokens of B", tokens(chain, b, c1));
    add("the attacker's frozen tokens", made(chain, "frozen tokens", a, attacker.key, &|data| data[108] = 2));
    add("an uninitialised token account", made(chain, "raw tokens", a, attacker.key, &|data| data.fill(0)));
    add("a token account of the token program's address", made(chain, "odd tokens", a, a.program.id(), &|_| ()));
    // No vault, but made to look like one: the network is its authority.
    let own = Chain::address("the network's tokens");
    chain.net.create_token_account(own, a.program, a.at.mint, a.at.network, 1_000_000_000_000);
    add("a token account of the network's address", own);
    for (name, net) in [("mint of A", a), ("mint of B", b), ("mint of C", c)] {
        add(name, net.at.mint);
    }
}

fn programs(world: &World, add: &mut impl FnMut(&str, Pubkey)) {
    add("SPL Token", TokenProgram::Spl.id());
    add("Token-2022", TokenProgram::Token2022.id());
    add("the system program", SYSTEM_PROGRAM);
    add("this program", ID);
    let [token, system] = ["a fake token program", "a program in place of the system program"].map(Chain::address);
    world.chain.net.with_svm(|svm| {
        let elf = svm.get_account(&TokenProgram::Spl.id()).expect("the token program is deployed").data;
        let elf = if elf.starts_with(b"\x7fELF") { elf } else { work_token_localnet::COMMITTED_ELF.to_vec() };
        for program in [token, system] {
            svm.add_program(program, &elf).expect("the ELF of a deployed program loads");
        }
    });
    add("a fake token program", token);
    add("another program", system);
    add("the clock", sysvar::clock::ID);
    add("the rent sysvar", sysvar::rent::ID);
    add("the slot hashes", sysvar::slot_hashes::ID);
}

fn wallets(world: &World, add: &mut impl FnMut(&str, Pubkey)) {
    add("the attacker", world.attacker.key);
    add("an address never used", Chain::address("never used"));
    for (name, key) in [
        ("owner O1", world.o1.key),
        ("owner O2", world.o2.key),
        ("delegator D1", world.d1.key),
        ("delegator D2", world.d2.key),
        ("client C1", world.c1.key),
        ("client C2", world.c2.key),
        ("the clients' hot key", world.hot_key),
        ("the operator of P1", Chain::address("operator P1")),
        ("the operator of P2", Chain::address("operator P2")),
        ("the keeper", world.keeper.key),
        ("who paid the rents", world.rentier),
        ("the admin", world.a.admin),
        ("the guardian", world.a.guardian),
        ("the arbiter", world.a.arbiter),
        ("the admin of B", world.b.admin),
        ("the guardian of B", world.b.guardian),
    ] {
        add(name, key);
    }
    for (name, size) in [("zeros owned by this program", 2_600), ("an empty tree", Tree::SIZE)] {
        let zeros = Chain::address(name);
        let data = vec![0; size];
        let account = Account { lamports: 2_000_000_000, data, owner: ID, executable: false, rent_epoch: u64::MAX };
        world.chain.net.with_svm(|svm| svm.set_account(zeros, account)).expect("any account can be written");
        add(name, zeros);
    }
}
