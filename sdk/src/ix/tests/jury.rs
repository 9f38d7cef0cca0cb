use super::*;

pub fn built() -> Vec<(Instruction, &'static str)> {
    let (dispute, juror) = (of_seat(), JurorAddresses::derive(network(), key(16)));
    let ballot = dispute.ballot(1, 6);
    let place = DrawJuror { juror: juror.juror, ballot: ballot.ballot, interest: key(2) };
    let unpaid = Keeper { account: None, ..keeper() };
    vec![
        (join_jury(&juror, JoinJury { from: key(2), amount: 5 }), "pwwwwrrr"),
        (leave_jury(&juror, key(1), key(2)), "pwwwwwrr"),
        (claim_juror_pay(&juror, key(2)), "srwwwrr"),
        (sync_juror(&juror, key(1), 7, None), "www-"),
        (sync_juror(&juror, key(1), 7, Some(key(3))), "wwww"),
        (call_jury(&dispute, key(1), None), "wwrr-"),
        (call_jury(&dispute, key(1), Some(key(2))), "wwrrr"),
        (draw_juror(&dispute, keeper(), &place), "pwwrwwrwwrrr"),
        (draw_juror(&dispute, unpaid, &place), "pwwrwwrw-rrr"),
        (exclude_juror(&ballot, key(1)), "wwrwr"),
        (commit_vote(&ballot, key(16), [1; 32]), "swww"),
        (reveal_vote(&ballot, 3, [1; 32]), "www"),
        (settle_ballot(&ballot, juror.juror, key(1)), "wwww"),
    ]
}
