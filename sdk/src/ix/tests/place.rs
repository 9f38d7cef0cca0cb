use super::*;
use crate::state::QueueEntry;

fn entry() -> QueueEntry {
    QueueEntry {
        number: 3,
        network: network().network,
        provider: key(1),
        payer: key(2),
        ..bytemuck::Zeroable::zeroed()
    }
}

pub fn built() -> Vec<(Instruction, &'static str)> {
    let n = network().network;
    vec![
        (init_tree(&n, key(1), key(2), 0), "sww"),
        (take_place(&provider(), 1), "sww"),
        (join_queue(&provider(), 1), "pwwwr"),
        (admit_head(&entry()), "wwww"),
        (pass_head(&entry()), "wwww"),
        (vacate_place(&n, key(1)), "ww"),
        (challenge_place(&provider(), key(1)), "srww"),
        (swap_place(&n, key(3), key(1), key(2)), "srww"),
        (heartbeat(&n, key(1), key(2)), "srw"),
        (declare_maintenance(&n, key(1), key(2), Maintenance { from_ts: 1, secs: 1 }), "srw"),
    ]
}
