use {
    super::*,
    crate::{
        Keypair, Signer,
        commit::{SealedOpening, result_message},
        math::dispute::Side,
    },
};

fn of_conduct() -> DisputeAddresses {
    DisputeAddresses::next_of_conduct(&provider(), &Zeroable::zeroed(), 4, 0)
}

fn opening() -> OpenDispute {
    OpenDispute {
        challenger: key(1),
        job: Some(seat().job.job),
        refund_to: key(2),
        severity: 3,
        without_claim: true,
        evidence: [6; 32],
        salt: [5; 32],
    }
}

pub fn proof() -> ProveFault {
    ProveFault { challenger: key(1), job: seat().job.job, refund_to: key(2), results: [[7; 32], [8; 32]] }
}

pub fn built() -> Vec<(Instruction, &'static str)> {
    let (dispute, conduct, network, n) = (of_seat(), of_conduct(), network(), network().network);
    let raise = RaiseClaim { challenger: key(1), refund_to: key(2), severity: 4, salt: [5; 32] };
    let answer = AnswerDispute { answerer: key(1), from: key(2), bond: 9, refund_to: None };
    let fund = FundAppeal { contributor: key(1), from: key(2), side: Side::Provider, amount: 9 };
    let sealed = SealedOpening::open(&dispute, key(1), 3, [5; 32]);
    vec![
        (commit_dispute(&network, &sealed, key(2), 500), "pwwwwrrr"),
        (lapse_opening(&network, sealed.address().0, key(1), key(2)), "wwwwwwr"),
        (open_dispute(&dispute, &opening()), "pwwwwrwwwwwrrr"),
        (open_dispute(&conduct, &OpenDispute { job: None, ..opening() }), "pwww--wwwwwrrr"),
        (raise_claim(&dispute, raise), "pwwwwwwrr"),
        (answer_dispute(&dispute, answer), "swwwww-rr"),
        (answer_dispute(&dispute, AnswerDispute { refund_to: Some(key(3)), ..answer }), "swwwwwwrr"),
        (withdraw_dispute(&dispute, key(1), 1), "sww"),
        (file_evidence(&dispute.dispute, key(1), [1; 32]), "sr"),
        (advance_dispute(&dispute), "wwwwww"),
        (advance_dispute(&conduct), "wwwww-"),
        (fund_appeal(&dispute, fund), "pwwwwwrrr"),
        (rule_dispute(&dispute, key(1), 3), "swww"),
        (execute_installment(&dispute, key(1)), "wwwwwrr"),
        (distribute_slash(&dispute), "rwwwwwwr"),
        (veto_slash(&dispute, key(1), 5_000), "swww"),
        (claim_dispute_credit(&dispute, key(1), Creditor::Challenger(1), key(2)), "rrwwwwrr"),
        (claim_appeal(&dispute, key(1), Side::ChallengerDefence, key(2)), "wrwwwwrr"),
        (claim_counter_bond(&network, key(1), key(2), key(4)), "srwwwrr"),
        (unjail(&provider()), "srw"),
        (forgive_debt(&n, key(1), key(2), 5), "srw"),
        (prove_fault(&dispute, &proof()), "pwwwwrwwwwwrrrr"),
        (close_dispute(&dispute.dispute, key(1)), "ww"),
        (close_claim(&dispute.claim, key(15), key(1)), "wrw"),
        (close_fault(&dispute.fault, key(1)), "ww"),
    ]
}

#[test]
fn what_parties_and_jurors_say_stands_behind_the_discriminator() {
    let sealed = SealedOpening::open(&of_seat(), key(1), 3, [5; 32]);
    let commit = commit_dispute(&network(), &sealed, key(2), 500).data;
    assert_eq!(commit[8..], [&sealed.hash()[..], &500u64.to_le_bytes(), &[sealed.address().1]].concat());
    let open = open_dispute(&of_seat(), &opening()).data;
    assert_eq!(open[8..], [&[0, 3][..], &0u32.to_le_bytes(), &[1], &[6; 32], &[5; 32]].concat());
    let conduct = open_dispute(&of_conduct(), &OpenDispute { job: None, without_claim: false, ..opening() }).data;
    assert_eq!(conduct[8..], [&[1, 3][..], &4u32.to_le_bytes(), &[0], &[6; 32], &[5; 32]].concat());
    let raise = RaiseClaim { challenger: key(1), refund_to: key(2), severity: 4, salt: [5; 32] };
    assert_eq!(raise_claim(&of_seat(), raise).data[8..], [&[4][..], &[5; 32]].concat());
    let prove = prove_fault(&of_seat(), &proof()).data;
    assert_eq!(prove[8..], [[7; 32], [8; 32]].concat());
    let reveal = reveal_vote(&of_seat().ballot(0, 0), 2, [9; 32]).data;
    assert_eq!(reveal[8..], [&[2][..], &[9; 32]].concat());
    for (byte, side) in (0u8..).zip(Side::ALL) {
        let fund = FundAppeal { contributor: key(1), from: key(2), side, amount: 9 };
        assert_eq!(fund_appeal(&of_seat(), fund).data[8..], [&[byte][..], &9u64.to_le_bytes()].concat());
    }
    let client = claim_dispute_credit(&of_seat(), key(1), Creditor::Client, key(2));
    assert_eq!(client.data[8..], [255]);
    assert_eq!(withdraw_dispute(&of_seat(), key(1), 4).data[8..], [4]);
    let juror = JurorAddresses::derive(network(), key(16));
    assert_eq!(sync_juror(&juror, key(1), 258, None).data[8..], [2, 1]);
}

#[test]
fn the_account_that_is_opened_is_the_one_that_was_committed_to() {
    let at = of_seat();
    let raise = RaiseClaim { challenger: key(1), refund_to: key(2), severity: 4, salt: [5; 32] };
    let pairs = [
        (SealedOpening::open(&at, key(1), 3, [5; 32]), open_dispute(&at, &opening()), 3),
        (SealedOpening::raise(&at, key(1), 4, [5; 32]), raise_claim(&at, raise), 4),
        (SealedOpening::prove(&at, key(1), [7; 32]), prove_fault(&at, &proof()), 3),
    ];
    for (sealed, instruction, place) in pairs {
        let commit = commit_dispute(&network(), &sealed, key(2), 500);
        assert_eq!(commit.accounts[2].pubkey, sealed.address().0);
        assert_eq!(instruction.accounts[place].pubkey, sealed.address().0);
    }
}

#[test]
fn a_ticket_is_settled_with_the_claims_that_are_named() {
    let settle = settle_ticket(&provider().position(key(11)), 3, &[4, 2], key(1));
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
    let operator = Keypair::new_from_array([5; 32]);
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
