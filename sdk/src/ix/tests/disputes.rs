use {
    super::*,
    crate::{
        commit::result_message,
        math::dispute::Side,
        state::{Assignment, Unbonding},
    },
    solana_sdk::{
        signature::Keypair,
        signer::{SeedDerivable, Signer},
    },
};

/// About the seat's result.
fn of_seat() -> DisputeAddresses {
    let state = Assignment { provider: key(15), accepted_epoch: 4, ..Zeroable::zeroed() };
    DisputeAddresses::next_of_seat(&seat(), &state, &Zeroable::zeroed())
}

fn of_score() -> DisputeAddresses {
    DisputeAddresses::next_of_score(&provider(), &Zeroable::zeroed(), 4)
}

fn opening() -> OpenDispute {
    OpenDispute {
        challenger: key(1),
        job: Some(seat().job.job),
        from: key(2),
        severity: 3,
        bond: 500,
        without_claim: true,
        evidence: [6; 32],
    }
}

fn proof() -> ProveFault {
    ProveFault { challenger: key(1), job: seat().job.job, from: key(2), results: [[7; 32], [8; 32]], bond: 500 }
}

pub fn disputes() -> Vec<(Instruction, &'static str)> {
    let (dispute, score, network, n) = (of_seat(), of_score(), network(), network().network);
    let raise = RaiseClaim { challenger: key(1), from: key(2), severity: 4, bond: 9 };
    let answer = AnswerDispute { answerer: key(1), from: key(2), bond: 9, refund_to: None };
    let fund = FundAppeal { contributor: key(1), from: key(2), side: Side::Provider, amount: 9 };
    let ticket = Unbonding { number: 3, held_disputes: [4, 2, 0, 0], ..Zeroable::zeroed() };
    let position = provider().position(key(11));
    vec![
        (open_dispute(&dispute, &opening()), "pwwwrwwwwwrrr"),
        (open_dispute(&score, &OpenDispute { job: None, ..opening() }), "pww--w-wwwrrr"),
        (raise_claim(&dispute, raise), "swwwwwrr"),
        (answer_dispute(&dispute, answer), "swwwww-rr"),
        (answer_dispute(&dispute, AnswerDispute { refund_to: Some(key(3)), ..answer }), "swwwwwwrr"),
        (withdraw_dispute(&dispute, key(1)), "sww"),
        (file_evidence(&dispute.dispute, key(1), [1; 32]), "sr"),
        (advance_dispute(&dispute), "wwwwww"),
        (advance_dispute(&score), "www-w-"),
        (fund_appeal(&dispute, fund), "pwwwwwrrr"),
        (rule_dispute(&dispute, key(1), 3), "sww"),
        (execute_installment(&dispute, key(1)), "wwwwwrr"),
        (distribute_slash(&dispute), "rwwwwwwr"),
        (veto_slash(&dispute, key(1), 5_000), "swww"),
        (settle_ticket(&position, &ticket, key(1)), "rwwwwwwwrrr"),
        (claim_dispute_credit(&dispute, key(1), Creditor::Challenger(1), key(2)), "srwwwwrr"),
        (claim_appeal(&dispute, key(1), Side::Challenger, key(2)), "prwwwwrr"),
        (claim_counter_bond(&network, key(1), key(2), key(4)), "srwwwrr"),
        (unjail(&provider()), "srw"),
        (forgive_debt(&n, key(1), key(2), 5), "srw"),
        (pay_insurance(&network, key(1), key(2), 5), "swwwrr"),
        (prove_fault(&dispute, &proof()), "pwwwrwwwwwrrrr"),
        (correct_score(&score), "rww"),
        (close_dispute(&dispute.dispute, key(1)), "ww"),
        (close_case(&dispute.fault, key(1)), "ww"),
    ]
}

pub fn juries() -> Vec<(Instruction, &'static str)> {
    let (dispute, juror) = (of_seat(), JurorAddresses::derive(network(), key(16)));
    let ballot = dispute.ballot(1, 6);
    let place = SeatJuror { juror_tree: key(1), juror: juror.juror, ballot: ballot.ballot, interest: key(2) };
    let unpaid = Keeper { account: None, ..keeper() };
    vec![
        (join_jury(&juror, JoinJury { juror_tree: key(1), from: key(2), amount: 5, leaf: 7 }), "pwwwwwrrr"),
        (leave_jury(&juror, key(1), key(2)), "pwwwwwrr"),
        (claim_juror_pay(&juror, key(2)), "srwwwrr"),
        (sync_juror(&juror, key(1)), "www"),
        (call_jury(&dispute, None), "wwr-"),
        (call_jury(&dispute, Some(key(1))), "wwrr"),
        (seat_juror(&dispute, keeper(), &place), "pwwrrwwrwwrrr"),
        (seat_juror(&dispute, unpaid, &place), "pwwrrwwrw-rrr"),
        (exclude_juror(&ballot, key(1)), "wwrwr"),
        (commit_vote(&ballot, key(16), [1; 32]), "swww"),
        (reveal_vote(&ballot, key(16), 3, [1; 32]), "swww"),
        (settle_ballot(&ballot, juror.juror, key(1)), "wwww"),
    ]
}

#[test]
fn what_parties_and_jurors_say_stands_behind_the_discriminator() {
    let open = open_dispute(&of_seat(), &opening()).data;
    let expected = [&[0, 3][..], &4u32.to_le_bytes(), &500u64.to_le_bytes(), &[1], &[6; 32]].concat();
    assert_eq!(open[8..], expected);
    let prove = prove_fault(&of_seat(), &proof()).data;
    assert_eq!(prove[8..], [&[7; 32][..], &[8; 32], &500u64.to_le_bytes()].concat());
    let reveal = reveal_vote(&of_seat().ballot(0, 0), key(16), 2, [9; 32]).data;
    assert_eq!(reveal[8..], [&[2][..], &[9; 32]].concat());
    let fund = FundAppeal { contributor: key(1), from: key(2), side: Side::Provider, amount: 9 };
    assert_eq!(fund_appeal(&of_seat(), fund).data[8..], [&[1][..], &9u64.to_le_bytes()].concat());
    let client = claim_dispute_credit(&of_seat(), key(1), Creditor::Client, key(2));
    assert_eq!(client.data[8..], [255]);
}

#[test]
fn a_ticket_is_settled_with_the_claims_that_it_lists_in_their_order() {
    let ticket = Unbonding { number: 3, held_disputes: [4, 2, 0, 0], ..Zeroable::zeroed() };
    let settle = settle_ticket(&provider().position(key(11)), &ticket, key(1));
    let listed: Vec<Pubkey> = settle.accounts[9..].iter().map(|meta| meta.pubkey).collect();
    assert_eq!(listed, [4, 2].map(|number| claim(&provider().provider, number)));
}

/// The parts of an ed25519 instruction that a record of offsets points at: signature, key, message.
fn record(data: &[u8], number: usize) -> [&[u8]; 3] {
    let word = |index: usize| {
        let at = 2 + 14 * number + 2 * index;
        u16::from_le_bytes([data[at], data[at + 1]])
    };
    assert_eq!([word(1), word(3), word(6)], [u16::MAX; 3], "all of it in the instruction itself");
    let part = |from: u16, len: usize| &data[usize::from(from)..][..len];
    [part(word(0), 64), part(word(2), 32), part(word(4), usize::from(word(5)))]
}

#[test]
fn the_proof_holds_the_operators_two_signatures_and_fits_into_a_transaction() {
    let operator = Keypair::from_seed(&[5; 32]).unwrap();
    let signed = [[7; 32], [8; 32]].map(|result_hash| SignedResult {
        result_hash,
        signature: operator.sign_message(&result_message(&seat(), 300, &result_hash)),
    });
    let verify = signed_results(&seat(), 300, &operator.pubkey(), &signed);
    assert_eq!((verify.program_id, verify.accounts.len(), &verify.data[..2]), (ED25519_PROGRAM, 0, &[2, 0][..]));
    for (number, result) in signed.iter().enumerate() {
        let [signature, by, message] = record(&verify.data, number);
        assert_eq!((signature, by), (result.signature.as_ref(), operator.pubkey().as_ref()));
        assert_eq!(message, result_message(&seat(), 300, &result.result_hash));
        assert!(result.signature.verify(by, message));
    }
    let both = [verify, prove_fault(&of_seat(), &proof())];
    let transaction = Unsigned::new(&both, &key(1), Hash::default());
    assert!(transaction.size() <= MAX_TRANSACTION_BYTES, "{}", transaction.size());
}

#[test]
fn everything_about_disputes_fits_into_a_transaction_with_a_budget() {
    let prove = prove_fault(&of_seat(), &proof());
    for (instruction, _) in [disputes(), juries()].concat().into_iter().filter(|(built, _)| built.data != prove.data) {
        assert!(size(instruction) <= MAX_TRANSACTION_BYTES);
    }
}
