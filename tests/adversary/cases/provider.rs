//! What the owner of a provider signs.

use {
    super::{
        Case,
        Repeat::{Again, Once},
        Sender::{Anybody, Entitled},
    },
    crate::world::*,
    work_token_sdk::{ProviderAddresses, args::SetOfferArgs, ix, limits::MAX_JOB_CLASSES},
};

pub const CASES: &[Case] = &[
    Case {
        name: "set_offer",
        instruction: "set_offer",
        prepare: |world| {
            ix::set_offer(
                &world.p4,
                world.p4.owner,
                &SetOfferArgs { classes: 1, floors: [TOKEN; MAX_JOB_CLASSES], ..SetOfferArgs::default() },
            )
        },
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "set_offer, again",
        instruction: "set_offer",
        prepare: |world| {
            ix::set_offer(
                &world.p1,
                world.p1.owner,
                &SetOfferArgs { classes: 1, floors: [TOKEN; MAX_JOB_CLASSES], ..SetOfferArgs::default() },
            )
        },
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "register_provider",
        instruction: "register_provider",
        prepare: |world| {
            let owner = person(&mut world.chain, &world.a, "o4");
            register(&ProviderAddresses::derive(world.a.at, owner.key), owner.tokens)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "claim_provider_rewards",
        instruction: "claim_provider_rewards",
        prepare: |world| ix::claim_provider_rewards(&world.p1, world.o1.tokens),
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "announce_commission",
        instruction: "announce_commission",
        prepare: |world| ix::announce_commission(&world.p1, 1_200),
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "set_operator",
        instruction: "set_operator",
        prepare: |world| ix::set_operator(&world.p1, world.keeper.key),
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "set_reward_destination",
        instruction: "set_reward_destination",
        prepare: |world| ix::set_reward_destination(&world.p1, world.keeper.tokens),
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "retire",
        instruction: "retire",
        prepare: |world| ix::retire(&world.p1),
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "close_provider",
        instruction: "close_provider",
        prepare: |world| {
            world.chain.must(&[ix::close_delegation(&world.p3.own(), world.p3.owner)]);
            world.chain.net.give_tokens(&world.p3.stake_vault, TOKEN);
            world.go_to(91 * DAY);
            ix::close_provider(&world.p3)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "close_provider, with its offer",
        instruction: "close_provider",
        prepare: |world| {
            let owner = person(&mut world.chain, &world.a, "o4");
            let provider = ProviderAddresses::derive(world.a.at, owner.key);
            world.chain.must(&[
                register(&provider, owner.tokens),
                ix::set_offer(&provider, provider.owner, &SetOfferArgs { classes: 1, ..SetOfferArgs::default() }),
                ix::retire(&provider),
                ix::close_delegation(&provider.own(), owner.key),
            ]);
            world.chain.net.give_tokens(&provider.stake_vault, TOKEN);
            world.go_to(95 * DAY);
            ix::close_provider(&provider)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "set_class_operator",
        instruction: "set_class_operator",
        prepare: |world| ix::set_class_operator(&world.p1, 0, Some(world.keeper.key)),
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "propose_owner",
        instruction: "propose_owner",
        prepare: |world| ix::propose_owner(&world.p1, Some(world.keeper.key)),
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "propose_owner, to withdraw",
        instruction: "propose_owner",
        prepare: |world| {
            world.chain.must(&[ix::propose_owner(&world.p1, Some(world.keeper.key))]);
            ix::propose_owner(&world.p1, None)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "accept_owner",
        instruction: "accept_owner",
        prepare: |world| {
            world.handed_over();
            world.accept_owner()
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "propose_beneficiary",
        instruction: "propose_beneficiary",
        prepare: |world| ix::propose_beneficiary(&world.p1, Some((world.c1.key, world.financed()))),
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "accept_beneficiary",
        instruction: "accept_beneficiary",
        prepare: |world| {
            world.chain.must(&[ix::propose_beneficiary(&world.p1, Some((world.c1.key, world.financed())))]);
            ix::accept_beneficiary(&world.p1, world.c1.key, world.financed(), world.c1.tokens, None)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "accept_beneficiary, after another",
        instruction: "accept_beneficiary",
        prepare: |world| {
            world.agreed();
            world.chain.must(&[ix::propose_beneficiary(&world.p1, Some((world.c2.key, world.financed())))]);
            let (key, incumbent) = (world.c2.key, Some(world.c1.key));
            ix::accept_beneficiary(&world.p1, key, world.financed(), world.c2.tokens, incumbent)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "set_beneficiary_destination",
        instruction: "set_beneficiary_destination",
        prepare: |world| {
            world.agreed();
            ix::set_beneficiary_destination(&world.p1, world.c1.key, world.c1.tokens)
        },
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "end_beneficiary",
        instruction: "end_beneficiary",
        prepare: |world| {
            world.agreed();
            ix::end_beneficiary(&world.p1, world.c1.key)
        },
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "claim_provider_rewards, shared",
        instruction: "claim_provider_rewards",
        prepare: |world| {
            world.agreed();
            ix::claim_shared_rewards(&world.p1, world.o1.tokens, Some(world.c1.tokens))
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "close_provider, with its terms",
        instruction: "close_provider",
        prepare: |world| {
            world.chain.must(&[
                ix::close_delegation(&world.p3.own(), world.p3.owner),
                ix::propose_owner(&world.p3, Some(world.c1.key)),
                ix::propose_beneficiary(&world.p3, Some((world.c1.key, world.financed()))),
            ]);
            world.chain.net.give_tokens(&world.p3.stake_vault, TOKEN);
            world.go_to(91 * DAY);
            ix::close_provider_of(&world.p3, &world.provider(&world.p3))
        },
        sender: Anybody,
        repeat: Once,
    },
];
