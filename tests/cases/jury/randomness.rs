//! Where the seed of a jury comes from (jury-draw-4): the network's account of randomness in every state
//! before, at and after the arming of a draw, or a slot.

use {
    crate::{
        dispute::contested::Contested,
        jury::draws::{arm, capture},
        jury::votes::*,
        *,
    },
    work_token_sdk::{
        limits::{RANDOMNESS_SLOTS, SEED_DELAY_SLOTS},
        math::dispute::Phase,
        transport::RawAccount,
    },
};

/// A network that draws juries with the 32 bytes from the eighth on of an account; the account does not exist
/// yet.
fn with_randomness() -> (Contested, Pubkey, Pubkey) {
    let [account, program] = [[71; 32], [72; 32]].map(Pubkey::new_from_array);
    let case = Contested::with(3, 6, |options| {
        options.params.disputes.randomness = account;
        options.params.disputes.randomness_owner = program;
        options.params.disputes.randomness_offset = 8;
    });
    case.answer(&case.at, &case.friend);
    (case, account, program)
}

fn write_random(case: &Contested, key: Pubkey, owner: Pubkey, data: Vec<u8>) {
    let lamports = if data.is_empty() { 0 } else { 10_000_000 };
    case.scenario.chain.set_account(key, RawAccount { lamports, owner, data });
}

fn value(byte: u8) -> Vec<u8> {
    [vec![1; 8], vec![byte; 32]].concat()
}

/// Whether the call of a jury says that an account decides.
fn says(case: &Contested, account: Option<Pubkey>) -> bool {
    let said = events(&case.send(&[call_ix(case, &case.at, account)], &[]));
    let called = said.iter().find_map(|event| match event {
        Event::JuryCalled(called) => Some(called.by_randomness == 1),
        _ => None,
    });
    called.expect("the jury is called")
}

#[test]
fn where_the_network_names_an_account_of_randomness_its_first_new_value_seeds_the_jury() {
    let (case, account, program) = with_randomness();
    write_random(&case, account, program, value(5));
    case.refuses(call_ix(&case, &case.at, None), &[], E::WrongRandomness);
    case.refuses(call_ix(&case, &case.at, Some(case.friend.tokens)), &[], E::WrongRandomness);
    assert!(says(&case, Some(account)));
    case.refuses(call_ix(&case, &case.at, Some(account)), &[], E::RandomnessUnchanged);
    case.scenario.chain.advance_slots(20);
    case.refuses(call_ix(&case, &case.at, None), &[], E::RandomnessUnchanged);
    write_random(&case, account, program, value(6));
    case.refuses(call_ix(&case, &case.at, None), &[], E::RandomnessUnchanged);
    assert!(says(&case, Some(account)));
    assert_ne!(case.dispute().draw.seed, [6; 32], "the value itself is hashed");
    case.refuses(call_ix(&case, &case.at, Some(account)), &[], E::JuryArmed);
    case.scenario.draw_jury(&case.at).expect("the jury is drawn");
    assert_eq!(case.phase(), Phase::Commit);
    assert_invariants(&case);
}

// A vanished account once left every jury undecided.
#[test]
fn where_the_account_has_no_usable_value_the_slot_alone_decides_and_the_event_says_so() {
    let states: [fn(&Contested, Pubkey, Pubkey); 4] = [
        |_, _, _| (),
        |case, account, _| write_random(case, account, case.friend.address(), value(5)),
        |case, account, program| write_random(case, account, program, vec![5; 39]),
        |case, account, _| write_random(case, account, ix::SYSTEM_PROGRAM, value(5)),
    ];
    for state in states {
        let (case, account, program) = with_randomness();
        state(&case, account, program);
        case.refuses(call_ix(&case, &case.at, None), &[], E::WrongRandomness);
        case.refuses(call_ix(&case, &case.at, Some(program)), &[], E::WrongRandomness);
        assert!(!says(&case, Some(account)));
        assert_eq!(case.dispute().draw.source, [0; 32]);
        // A value that comes now could be known before: the slot decides all the same.
        write_random(&case, account, program, value(7));
        wait_for_seed(&case, &case.at);
        assert!(!says(&case, Some(account)));
        case.scenario.draw_jury(&case.at).expect("the jury is drawn");
        assert_eq!(case.phase(), Phase::Commit);
        assert_invariants(&case);
    }
}

#[test]
fn an_account_that_does_not_change_or_vanishes_gives_way_to_a_slot_after_ten_minutes() {
    let vanishes: [fn(&Contested, Pubkey, Pubkey); 4] = [
        |_, _, _| (),
        |case, account, _| write_random(case, account, ix::SYSTEM_PROGRAM, Vec::new()),
        |case, account, program| write_random(case, account, program, vec![6; 39]),
        // The same value at another owner is no other value of this source.
        |case, account, _| write_random(case, account, case.friend.address(), value(6)),
    ];
    for vanish in vanishes {
        let (case, account, program) = with_randomness();
        write_random(&case, account, program, value(5));
        assert!(says(&case, Some(account)));
        let armed = case.dispute();
        assert!(armed.draw.armed_until_slot - armed.draw.seed_slot >= RANDOMNESS_SLOTS);
        vanish(&case, account, program);
        case.pass(599);
        case.refuses(call_ix(&case, &case.at, Some(account)), &[], E::RandomnessUnchanged);
        case.refuses(sync_ix(&case, &case.jurors[0]), &[], E::JurorTreeFrozen);
        case.pass(1);
        // By then the slot has left the list: another is armed, and the account gets no more time by it.
        assert!(!says(&case, None));
        if !case.dispute().is_seeded() {
            capture(&case, &case.at);
        }
        assert!(case.dispute().is_seeded());
        assert_eq!(case.dispute().draw.armed_ts, armed.draw.armed_ts);
        case.scenario.draw_jury(&case.at).expect("the jury is drawn");
        assert_invariants(&case);
    }
}

#[test]
fn the_account_of_the_arming_decides_though_governance_names_another_since() {
    let (case, account, program) = with_randomness();
    write_random(&case, account, program, value(5));
    assert!(says(&case, Some(account)));
    let other = Pubkey::new_from_array([73; 32]);
    write_random(&case, other, program, value(6));
    case.edit_network(|network| {
        let rules = &mut network.params.disputes;
        (rules.randomness, rules.randomness_owner, rules.randomness_offset) = (other, case.friend.address(), 0);
    });
    case.refuses(call_ix(&case, &case.at, Some(other)), &[], E::RandomnessUnchanged);
    case.refuses(call_ix(&case, &case.at, Some(account)), &[], E::RandomnessUnchanged);
    write_random(&case, other, case.friend.address(), vec![9; 64]);
    case.refuses(call_ix(&case, &case.at, Some(other)), &[], E::RandomnessUnchanged);
    // What stands before the copied place is no value.
    write_random(&case, account, program, [vec![2; 8], vec![5; 32]].concat());
    case.refuses(call_ix(&case, &case.at, Some(account)), &[], E::RandomnessUnchanged);
    // Nor does it help to name none.
    case.edit_network(|network| network.params.disputes.randomness = Pubkey::default());
    wait_for_seed(&case, &case.at);
    case.refuses(call_ix(&case, &case.at, None), &[], E::RandomnessUnchanged);
    write_random(&case, account, program, value(6));
    assert!(says(&case, Some(account)));
    case.scenario.draw_jury(&case.at).expect("the jury is drawn");
    assert_invariants(&case);
}

#[test]
fn the_slot_of_an_arming_decides_though_governance_names_an_account_since() {
    let case = Contested::answered(3);
    arm(&case, &case.at);
    let account = Pubkey::new_from_array([71; 32]);
    write_random(&case, account, case.friend.address(), value(5));
    case.edit_network(|network| {
        network.params.disputes.randomness = account;
        network.params.disputes.randomness_owner = case.friend.address();
    });
    assert!(case.scenario.chain.slot() < case.dispute().draw.seed_slot);
    assert_eq!(case.dispute().draw.seed_slot, case.scenario.chain.slot() + SEED_DELAY_SLOTS);
    wait_for_seed(&case, &case.at);
    assert!(!says(&case, None), "nothing else must be shown");
    case.scenario.draw_jury(&case.at).expect("the jury is drawn");
    assert_invariants(&case);
}
