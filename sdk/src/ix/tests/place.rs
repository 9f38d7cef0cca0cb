use super::*;

pub fn built() -> Vec<(Instruction, &'static str)> {
    let n = network().network;
    vec![
        (init_tree(&n, key(1), key(2), 0), "sww"),
        (take_place(&provider(), 1), "sww"),
        (challenge_place(&provider(), key(1)), "srww"),
        (swap_place(&n, key(3), key(1), key(2)), "srww"),
        (heartbeat(&n, key(1), key(2)), "srw"),
        (declare_maintenance(&n, key(1), key(2), Maintenance { from_ts: 1, secs: 1 }), "srw"),
    ]
}
