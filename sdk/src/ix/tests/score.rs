use super::*;

pub fn built() -> Vec<(Instruction, &'static str)> {
    let (attester, shard) = (AttesterAddresses::derive(network(), key(14)), ShardAddresses::derive(network(), 5, 1));
    let n = network().network;
    vec![
        (register_attester(&attester, key(1), 1), "prwwwwrrr"),
        (add_attester_bond(&attester, key(1), 1), "srwwwwrr"),
        (aim_attester(&attester), "srww"),
        (displace_attester(&attester, Some(key(1))), "rwww"),
        (displace_attester(&attester, None), "rww-"),
        (retire_attester(&attester), "srww"),
        (close_attester(&attester, key(1)), "prwwwwrr"),
        (claim_attester_rewards(&attester, key(1)), "srwwwrr"),
        (commit_canaries(&attester, [1; 32]), "srw"),
        (draw_attesters(&shard, key(1)), "prwrwr"),
        (mask_report(&shard, 1, key(1), key(2)), "rwrr-"),
        (mask_reporter(&shard, 1, key(1), key(2), key(3)), "rwrrr"),
        (set_reporter(&attester, Some(key(1))), "sw"),
        (commit_reports(&attester, &shard, [1; 32]), "srww"),
        (commit_reports_by(&attester, key(1), &shard, [1; 32]), "srww"),
        (reveal_reports(&attester, &shard, &Reports::new(), [1; 32]), "rrwr"),
        (score_providers(&n, 5, Some(1), &providers(2)), "wwwww"),
        (score_providers(&n, 5, None, &providers(1)), "ww-w"),
        (settle_attesters(&shard, &providers(2)), "wwwwwwrww"),
        (close_score_shard(&shard, key(1)), "ww"),
    ]
}
