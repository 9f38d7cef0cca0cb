use {super::*, work_token_interface::args::SetOfferArgs};

pub fn built() -> Vec<(Instruction, &'static str)> {
    let provider = provider();
    let register =
        RegisterProvider { operator: key(1), reward_destination: key(2), metadata_hash: [0; 32], commission_bps: 1 };
    vec![
        (register_provider(&provider, register), "prwwwrrr"),
        (claim_provider_rewards(&provider, key(1)), "rwwwrr"),
        (announce_commission(&provider, 1), "srw"),
        (set_operator(&provider, key(1)), "srw"),
        (set_reward_destination(&provider, key(1)), "srw"),
        (retire(&provider), "sww"),
        (close_provider(&provider), "wwwwwrrw"),
        (set_offer(&provider, provider.owner, &SetOfferArgs::default()), "prwwr"),
    ]
}
