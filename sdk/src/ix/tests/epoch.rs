use super::*;

pub fn built() -> Vec<(Instruction, &'static str)> {
    let (network, n) = (network(), network().network);
    let unpaid = Keeper { account: None, ..keeper() };
    vec![
        (open_epoch(&n, key(1), 1), "pwwr"),
        (touch_provider(&n, key(1)), "rw"),
        (weigh_providers(&network, 1, keeper(), Some(key(12)), &providers(2)), "swwwwwrrww"),
        (weigh_providers(&network, 1, unpaid, None, &providers(1)), "sww-w-rrw"),
        (settle_providers(&network, 1, keeper(), &providers(2)), "srwwwrrww"),
        (finalize_epoch(&network, 1, keeper()), "swwwwwwwwr"),
        (sweep_epoch(&n, 1), "ww"),
        (close_epoch(&n, 1, key(1)), "ww"),
        (advance_beacon(&n, None), "wr-"),
        (advance_beacon(&n, Some(key(1))), "wrr"),
    ]
}
