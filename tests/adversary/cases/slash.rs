//! What follows from a decided dispute: slashes, credits, the way out of jail, and the ends of its accounts.

use {
    super::{
        Case,
        Repeat::{Again, Once},
        Sender::{Anybody, Entitled},
    },
    crate::world::*,
    solana_sdk::account::Account,
    work_token_sdk::{
        Instruction, PositionAddresses, Pubkey, ix,
        math::dispute::Side,
        state::{ProviderState, Unbonding, VaultKind},
    },
};

pub const CASES: &[Case] = &[
    Case {
        name: "execute_installment",
        instruction: "execute_installment",
        prepare: |world| {
            world.finished(CLAIMED);
            world.chain.net.advance(2 * DAY);
            world.execute(&world.case())
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "distribute_slash",
        instruction: "distribute_slash",
        prepare: distribute,
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "distribute_slash, of a lost bond",
        instruction: "distribute_slash",
        prepare: |world| {
            world.finished(0);
            ix::distribute_slash(&world.case())
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "veto_slash",
        instruction: "veto_slash",
        prepare: |world| {
            world.finished(CLAIMED);
            ix::veto_slash(&world.case(), world.a.admin, 5_000)
        },
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "settle_ticket",
        instruction: "settle_ticket",
        prepare: |world| {
            let (position, ticket) = world.undecided_with_ticket();
            settle_ticket(world, &position, &ticket)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "settle_ticket, claim by claim",
        instruction: "settle_ticket",
        prepare: |world| {
            let (position, ticket) = world.undecided_with_ticket();
            ix::settle_ticket(&position, ticket.number, &[1], world.d1.tokens)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "claim_dispute_credit",
        instruction: "claim_dispute_credit",
        prepare: |world| {
            world.undecided_with_ticket();
            challengers_credit(world)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "claim_dispute_credit, with the reward",
        instruction: "claim_dispute_credit",
        prepare: |world| {
            world.ended();
            challengers_credit(world)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "claim_dispute_credit, by the client",
        instruction: "claim_dispute_credit",
        prepare: |world| {
            world.ended();
            clients_credit(world)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "claim_appeal",
        instruction: "claim_appeal",
        prepare: |world| {
            world.finished(CLAIMED);
            ix::claim_appeal(&world.case(), world.d1.key, Side::Provider, world.d1.tokens)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "claim_counter_bond",
        instruction: "claim_counter_bond",
        prepare: |world| {
            world.finished(0);
            ix::claim_counter_bond(&world.a.at, world.p1.provider, world.o1.key, world.o1.tokens)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "unjail",
        instruction: "unjail",
        prepare: |world| {
            jail(world);
            ix::unjail(&world.p1)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "forgive_debt",
        instruction: "forgive_debt",
        prepare: |world| {
            for provider in [&world.p1, &world.p2, &world.q1] {
                world.edit_provider(provider, |provider| provider.slash_debt = 7 * TOKEN);
            }
            ix::forgive_debt(&world.a.at.network, world.a.admin, world.p1.provider, 3 * TOKEN)
        },
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "pay_insurance",
        instruction: "pay_insurance",
        prepare: |world| insure(world, TOKEN),
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "pay_insurance, as announced",
        instruction: "pay_insurance",
        prepare: |world| {
            let pay = insure(world, TOKEN);
            world.chain.must(std::slice::from_ref(&pay));
            world.chain.net.advance(3 * DAY);
            pay
        },
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "close_dispute",
        instruction: "close_dispute",
        prepare: |world| {
            over(world);
            ix::close_dispute(&world.case().dispute, world.c2.key)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "close_claim",
        instruction: "close_claim",
        prepare: |world| {
            over(world);
            ix::close_claim(&world.case().claim, world.p1.provider, world.c2.key)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "close_claim, of a closed provider",
        instruction: "close_claim",
        prepare: |world| {
            over(world);
            gone(world, &world.p1.provider);
            ix::close_claim(&world.case().claim, world.p1.provider, world.c2.key)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "close_fault",
        instruction: "close_fault",
        prepare: |world| {
            over(world);
            ix::close_fault(&world.case().fault, world.c2.key)
        },
        sender: Anybody,
        repeat: Once,
    },
];

/// The first installments of all slashes were executed.
fn distribute(world: &mut World) -> Instruction {
    world.finished(CLAIMED);
    world.chain.net.advance(2 * DAY);
    for at in world.all_disputes() {
        world.chain.must(&[world.execute(&at)]);
    }
    ix::distribute_slash(&world.case())
}

pub fn challengers_credit(world: &World) -> Instruction {
    ix::claim_dispute_credit(&world.case(), world.c2.key, ix::Creditor::Challenger(0), world.c2.tokens)
}

pub fn clients_credit(world: &World) -> Instruction {
    ix::claim_dispute_credit(&world.case(), world.c1.key, ix::Creditor::Client, world.c1.tokens)
}

/// Constructs a jail whose time is over, of all who have a seat.
pub fn jail(world: &World) {
    for provider in [&world.p1, &world.p2, &world.q1] {
        world.edit_provider(provider, |provider| provider.state = ProviderState::Jailed as u8);
    }
}

/// The admin pays D1 out of an insurance that holds something.
pub fn insure(world: &World, amount: u64) -> Instruction {
    for net in [&world.a, &world.b] {
        world.chain.net.give_tokens(&net.vault(VaultKind::Insurance), 10 * TOKEN);
    }
    ix::pay_insurance(&world.a.at, world.a.admin, world.d1.tokens, amount)
}

/// Constructs that a provider has closed.
pub fn gone(world: &World, provider: &Pubkey) {
    world.chain.net.with_svm(|svm| svm.set_account(*provider, Account::default())).expect("any account can be written");
}

/// The settlement of all claims that a ticket lists.
pub fn settle_ticket(world: &World, position: &PositionAddresses, ticket: &Unbonding) -> Instruction {
    let listed = ticket.claims.map(|claim| claim.number);
    let claims: Vec<u32> = listed.into_iter().filter(|number| *number != 0).collect();
    ix::settle_ticket(position, ticket.number, &claims, world.d1.tokens)
}

/// Constructs that everything was claimed of disputes which ended long ago.
pub fn over(world: &mut World) {
    world.undecided_with_ticket();
    for at in world.all_disputes() {
        world.edit_dispute(&at, |dispute| {
            (dispute.burn_due, dispute.insurance_due, dispute.provider_due, dispute.client_credit) = (0, 0, 0, 0);
            dispute.parties[0].credit = 0;
        });
    }
    world.chain.net.advance(90 * DAY);
}
