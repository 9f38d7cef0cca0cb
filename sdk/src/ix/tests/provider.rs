use {
    super::*,
    work_token_interface::{
        args::{AcceptOwnerArgs, SetOfferArgs},
        state::{
            Provider,
            provider::provider_flags::{HAS_BENEFICIARY, HAS_HANDOVER},
        },
    },
};

fn accept_owner_args() -> AcceptOwnerArgs {
    AcceptOwnerArgs {
        operator: key(1),
        reward_destination: key(2),
        min_own_staked: 1,
        max_liabilities: 2,
        max_quota: 3,
        max_open_seats: 4,
        state: 1,
    }
}

pub fn built() -> Vec<(Instruction, &'static str)> {
    let provider = provider();
    let register =
        RegisterProvider { operator: key(1), reward_destination: key(2), metadata_hash: [0; 32], commission_bps: 1 };
    let terms = BeneficiaryTerms { quota: 5, until_ts: 6 };
    let state = Provider { flags: HAS_HANDOVER | HAS_BENEFICIARY, ..Zeroable::zeroed() };
    vec![
        (register_provider(&provider, register), "prwwwrrr"),
        (claim_provider_rewards(&provider, key(1)), "rwwwrr--"),
        (claim_shared_rewards(&provider, key(1), Some(key(2))), "rwwwrrww"),
        (announce_commission(&provider, 1), "srw"),
        (set_operator(&provider, key(1)), "srw"),
        (set_reward_destination(&provider, key(1)), "srw"),
        (retire(&provider), "sww"),
        (close_provider(&provider), "wwwwwrrw--"),
        (close_provider_of(&provider, &state), "wwwwwrrwww"),
        (set_offer(&provider, provider.owner, &SetOfferArgs::default()), "prwwr"),
        (set_class_operator(&provider, 1, Some(key(1))), "prwwsr"),
        (set_class_operator(&provider, 1, None), "prww-r"),
        (propose_owner(&provider, Some(key(1))), "prwwr"),
        (accept_owner(&provider, key(1), true, &accept_owner_args()), "srwwwwwrrr"),
        (accept_owner(&provider, key(1), false, &accept_owner_args()), "srwwww-rrr"),
        (propose_beneficiary(&provider, Some((key(1), terms))), "prwwr"),
        (accept_beneficiary(&provider, key(1), terms, key(2), Some(key(3))), "srwrs"),
        (accept_beneficiary(&provider, key(1), terms, key(2), None), "srwr-"),
        (set_beneficiary_destination(&provider, key(1), key(2)), "srwr"),
        (end_beneficiary(&provider, key(1)), "srw"),
    ]
}
