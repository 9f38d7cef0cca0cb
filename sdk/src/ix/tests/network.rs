use {
    super::*,
    crate::{
        args::SetModelArgs,
        state::{AuthorityRole, EmissionMode, Model, ModelStatus, NetworkParams},
    },
};

fn model() -> SetModelArgs {
    let name = Model::name_bytes("lamp-7b").expect("a name");
    let (uri, uri_len) = Model::uri_bytes("ipfs://lamp").expect("a URI");
    SetModelArgs { name, hash: [1; 32], status: ModelStatus::Offered as u8, uri_len, uri }
}

pub fn built() -> Vec<(Instruction, &'static str)> {
    let (network, n) = (network(), network().network);
    let create = CreateNetwork {
        creator: key(1),
        id: 1,
        emission_mode: EmissionMode::Mint,
        accept_freeze_authority: false,
        admin: key(2),
        guardian: key(2),
        arbiter: key(2),
        params: NetworkParams::zeroed(),
    };
    vec![
        (create_network(&network, &create), "pwwrwwwwwwrr"),
        (propose_authority(&n, key(1), AuthorityRole::Admin, key(2)), "sw"),
        (accept_authority(&n, key(1), AuthorityRole::Admin), "sw"),
        (pause(&n, key(1), 1), "sw"),
        (unpause(&n, key(1)), "sw"),
        (propose_params(&n, key(1), key(2), key(3), 1, &NetworkParams::zeroed()), "spwwwwr"),
        (draft_params(&n, key(1), &NetworkParams::zeroed())[0].clone(), "prwr"),
        (close_draft(&n, key(1), &NetworkParams::zeroed()), "pw"),
        (execute_params(&network, 1, key(2)), "wrww"),
        (cancel_params(&n, key(1), 1, key(2)), "srww"),
        (pay_treasury(&network, key(1), key(2), 1), "swwwrr"),
        (set_job_class(&n, key(1), key(2), 3, &crate::state::JobRules::zeroed()), "spwwr"),
        (set_model(&n, key(1), key(2), &model()), "sprwr"),
        (sweep_surplus(&provider()), "rrwwrr"),
        (record_outage(&n), "w"),
        (refresh_note(&n), "w"),
        (pay_insurance(&network, key(1), key(2), 5), "swwwrr"),
    ]
}
