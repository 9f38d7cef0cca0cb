//! A frozen vault stops no crank (principle-frozen-1); `job/frozen.rs` holds it for seats.
//!
//! Rule: what a frozen vault could not receive is not emitted or waits, what cannot leave one waits, and a
//! credit arises only when its tokens have arrived. Kind: a crank that waits for an account which somebody
//! else can freeze. Looked for at every movement of tokens that somebody other than the receiver sends:
//! emission, fees that burn or go to the treasury, bounties of every crank, installments and what they are
//! shared into, fines of attesters (`score/pay.rs`), the bounty of an activated lot. What a holder claims
//! itself waits for its vault by nature.

use crate::{
    dispute::slashing::{convicted, rich},
    *,
};

/// An epoch of two providers while a vault is frozen; its account.
fn epoch_under(kind: VaultKind) -> (World, work_token_sdk::state::EpochPool) {
    let world = World::with(|options| options.params.share_cap_ppm = 1_000_000);
    let (ann, ben) = (world.owner("ann", 0, 50_000 * TOKEN), world.owner("ben", 0, 50_000 * TOKEN));
    world.cycle(&[&ann, &ben]);
    world.next_epoch();
    world.freeze(kind, true);
    let epoch = world.epoch();
    world.next_epoch();
    let pool = world.crank(epoch, &[&ann, &ben]);
    assert_eq!(pool.state, EpochState::Finalized as u8);
    assert_invariants(&world);
    world.freeze(kind, false);
    (world, pool)
}

#[test]
fn the_keepers_part_stays_unminted_while_their_vault_is_frozen_and_their_cranks_work_unpaid() {
    let (world, pool) = epoch_under(VaultKind::Keeper);
    assert_eq!((pool.emission, pool.keeper_paid), (EMISSION, 0));
    assert_eq!(world.network().emitted_total, pool.emission, "the first epoch had nobody to pay");
}

#[test]
fn nothing_is_emitted_while_the_reward_vault_is_frozen() {
    let (world, pool) = epoch_under(VaultKind::Reward);
    assert_eq!((pool.emission, pool.attester_emission), (0, 0));
    let ann = world.owner("carl", 0, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    assert_invariants(&world);
}

#[test]
fn a_frozen_treasury_or_reserve_stops_no_epoch() {
    for kind in [VaultKind::Treasury, VaultKind::Reserve, VaultKind::Insurance, VaultKind::Escrow] {
        assert_eq!(epoch_under(kind).1.emission, EMISSION, "{kind:?}");
    }
}

#[test]
fn fees_that_cannot_leave_wait_for_the_next_epoch() {
    let market = Market::new(1);
    let ann = &market.owners[0];
    let seat = market.submitted(FIXED, FEE);
    market.approve(&market.client, &seat);
    market.next_epoch();
    market.touch(ann);
    let due = |market: &Market| (market.network().burn_due, market.network().treasury_due);
    market.freeze(VaultKind::Treasury, true);
    let epoch = market.epoch();
    market.next_epoch();
    market.crank(epoch - 1, &[ann]);
    market.crank(epoch, &[ann]);
    assert_eq!(due(&market), (0, FEE / 20), "the burned part left, the treasury's waits");
    assert_invariants(&market);
    market.freeze(VaultKind::Treasury, false);
    market.next_epoch();
    market.crank(epoch + 1, &[ann]);
    assert_eq!(due(&market), (0, 0));
    assert_eq!(market.token_balance(&market.scenario.network.vault(VaultKind::Treasury)), FEE / 20);
    assert_invariants(&market);
}

#[test]
fn an_installment_falls_while_a_vault_is_frozen_and_its_tokens_move_and_are_credited_when_it_thaws() {
    for stake_vault in [true, false] {
        let (market, jurors) = Market::judged(2, 12);
        let (challenger, friend) = (rich(&market, "challenger"), rich(&market, "friend"));
        let owner = &market.owners[0];
        let at = convicted(&market, &jurors, owner, 3, [&challenger, &friend], 3);
        market.pass(2 * DAY);
        let vault = match stake_vault {
            true => market.provider(owner).stake_vault,
            false => market.scenario.network.vault(VaultKind::Escrow),
        };
        let before = market.provider(owner).own.tokens;
        let due = |market: &Market| {
            let dispute = market.dispute_state(&at);
            (dispute.reward_due, dispute.burn_due, dispute.insurance_due)
        };
        let owed = due(&market);
        market.set_frozen(&vault, true);
        market.execute(&at);
        let (dispute, provider) = (market.dispute_state(&at), market.provider(owner));
        let part = before - provider.own.tokens;
        assert_eq!((dispute.slash.own_executed, dispute.own_unmoved, provider.unmoved_slashes), (part, part, part));
        assert_eq!(due(&market), owed, "nothing is credited that has not arrived");
        assert_invariants(&market);

        market.refuses(market.execute_ix(&at), &[], E::NothingDue);
        market.set_frozen(&vault, false);
        market.execute(&at);
        let (dispute, provider) = (market.dispute_state(&at), market.provider(owner));
        assert_eq!((dispute.slash.own_executed, dispute.own_unmoved, provider.unmoved_slashes), (part, 0, 0));
        assert_eq!(dispute.own_jury_due, 0);
        let credited = due(&market);
        assert!(credited.0 > owed.0 && credited.1 > owed.1 && credited.2 > owed.2);
        assert_invariants(&market);
    }
}

#[test]
fn what_a_dispute_owes_to_nobody_in_particular_leaves_as_far_as_the_vaults_let_it() {
    let (market, jurors) = Market::judged(2, 12);
    let (challenger, friend) = (rich(&market, "challenger"), rich(&market, "friend"));
    let at = convicted(&market, &jurors, &market.owners[0], 3, [&challenger, &friend], 3);
    market.pass(2 * DAY);
    market.execute(&at);
    market.freeze(VaultKind::Insurance, true);
    let insured = market.dispute_state(&at).insurance_due;
    market.distribute(&at);
    let left = market.dispute_state(&at);
    assert_eq!((left.burn_due, left.insurance_due), (0, insured));
    assert_invariants(&market);
    market.freeze(VaultKind::Insurance, false);
    market.distribute(&at);
    assert_eq!(market.dispute_state(&at).insurance_due, 0);
    assert_invariants(&market);
}
