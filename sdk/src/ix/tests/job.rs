use super::*;

pub fn built() -> Vec<(Instruction, &'static str)> {
    let seat = seat();
    let client = seat.job.client;
    let candidates = [Candidate { provider: key(1), offer: Some(key(2)) }, Candidate { provider: key(3), offer: None }];
    let draw = Draw { work_tree: Some(key(12)), released: Some(key(13)), candidates: &candidates };
    let early = Draw { work_tree: None, released: None, candidates: &[] };
    let model = Some(ModelVersion { model: key(11), version: 1 });
    vec![
        (register_client(&client), "prwr"),
        (create_job(&seat.job, &job()), "prrwwwwrrrrwww"),
        (create_job(&seat.job, &CreateJob { model, ..job() }), "prrwwwwrrrrwwwr"),
        (cancel_job(&seat, Some(key(1)), key(2)), "swwwwww-wr"),
        (cancel_job(&seat, None, key(2)), "swww-ww-wr"),
        (expire_job(&seat, keeper(), Some(key(1)), key(2)), "swwwwwwwwr"),
        (extend_job(&seat, Some(key(1)), 5), "srwws"),
        (extend_job(&seat, None, 5), "srww-"),
        (approve_result(&seat, key(1), key(2)), "swwwwwwwrr"),
        (settle_job(&seat, key(3), key(1), key(2)), "swwwwwwwrr"),
        (rate_job(&seat, 100), "srww-"),
        (keep_alive(&seat, key(1)), "srww"),
        (stop_job(&seat, key(1), key(2)), "swwww"),
        (claim_credit(&seat, key(1)), "srrwwwrr"),
        (close_job(&seat.job, key(1), &providers(3)), "swwwwww"),
        (capture_seed(&seat.job, keeper()), "srwrwwrr"),
        (draw_job(&seat, keeper(), &draw), "swwwrwwrrwwrw"),
        (draw_job(&seat, keeper(), &early), "srww-wwrr"),
        (accept_job(&seat, key(1), key(2), None), "srwww-"),
        (accept_job(&seat, key(1), key(2), Some(key(3))), "srwwwr"),
        (decline_job(&seat, key(1), key(2)), "srwww-"),
        (decline_job_of_class(&seat, key(1), key(2), Some(key(3))), "srwwwr"),
        (submit_result(&seat, key(1), key(2), [1; 32]), "srwww"),
        (commit_result(&seat, key(1), [1; 32]), "srww"),
        (reveal_result(&seat, key(1), [1; 32], [2; 32]), "srww"),
    ]
}
