use super::*;

pub fn built() -> Vec<(Instruction, &'static str)> {
    let provider = provider();
    let (own, position) = (provider.own(), provider.position(key(11)));
    let deposit = Delegate { from: key(1), amount: 1, min_shares_out: 0, max_open_claims: 0 };
    let shares = TransferShares { shares: 1, min_value: 0, max_open_claims: 0 };
    vec![
        (stake_self(&provider, key(1), 1), "srwwwwrr"),
        (delegate(&position, deposit), "prwwwwrrr"),
        (request_unbonding(&own, 1, 1), "prwwwr"),
        (cancel_unbonding(&own, 1), "prwww"),
        (withdraw_unbonded(&own, 1, key(1)), "prwwwwwrr"),
        (claim_rewards(&position, key(1)), "srwwwwrr"),
        (restake(&position, 0), "srwwwwrr"),
        (transfer_shares(&position, key(1), shares), "sprwwwr"),
        (set_auto_restake(&own, Some(1)), "sw"),
        (set_direct(&position, key(1), true), "srww"),
        (restake_for(&position, keeper()), "srwwwwwrr"),
        (close_delegation(&position, key(1)), "srwww"),
        (activate_delegation(&position, keeper()), "srwwwwrr"),
        (settle_ticket(&position, 3, &[4, 2], key(1)), "rwwwwwwwrrr"),
    ]
}
