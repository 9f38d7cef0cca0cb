//! Who comes while somebody has committed to a dispute, and after it was opened (position-deposit-2).
//!
//! Kind: a limit that somebody names and that does not know of what it is to limit. Looked for at every
//! entrance that names one: a deposit, a restake by the holder and by a stranger, shares of another.

use crate::{dispute::contested::PURSE, *};
use work_token_sdk::view;
use work_token_tests::refused;

/// What somebody sees who would join: how many claims, and how much they take of what is delegated.
fn seen(market: &Market, owner: &Owner) -> (usize, u64) {
    let (network, provider) = (market.network(), market.provider(owner));
    let risk = view::provider_risk(&network, &provider, market.now());
    (risk.claims.len(), provider.claimed_from_delegated().0)
}

// position-deposit-2
#[test]
fn in_the_hour_of_a_commitment_nobody_sees_it_and_a_limit_refuses_from_the_opening_on() {
    let (market, _) = Market::judged(1, 12);
    let owner = &market.owners[0];
    let ada = market.holder("ada", owner, 10_000 * TOKEN);
    market.next_market_day();
    let seat = market.submitted(FIXED, FEE);
    let challenger = market.actor("challenger", PURSE);
    let at = market.scenario.next_dispute(&seat);
    let sealed = market.sealed(&at, &challenger, 4);
    // A little more than it needs now: what comes in meanwhile raises it.
    market.commit(&sealed, &challenger, market.bond_for(&at, 4) / 100 * 107);
    assert_eq!(seen(&market, owner), (0, 0), "a commitment says of nobody whom it is about");

    // Whoever accepts no claim comes in: there is none. What is claimed later is claimed of her too.
    let bea = market.holder("bea", owner, 1_000 * TOKEN);
    market.send(&[market.open_dispute_ix(&at, Some(seat.job.job), &challenger, 4)], &[&challenger]);
    let (claims, claimed) = seen(&market, owner);
    assert!(claims == 1 && claimed > 0);
    let base = market.scenario.dispute_state(&at).stake.delegated_base;
    assert_eq!(base, 10_000 * TOKEN, "a claim is as large as what lay there when the work was done");
    assert_invariants(&market);

    let cid = market.stranger("cid", owner, 5_000 * TOKEN);
    let join = |most: u64| {
        let input =
            ix::Delegate { from: cid.actor.tokens, amount: 5_000 * TOKEN, min_shares_out: 0, max_open_claims: most };
        ix::delegate(&cid.at, input)
    };
    for most in [0, claimed - 1] {
        market.refuses(join(most), &[&cid.actor], E::OpenClaims);
        let input = ix::TransferShares { shares: 500 * TOKEN, min_value: 0, max_open_claims: most };
        let gift = ix::transfer_shares(&bea.at, cid.actor.address(), input);
        let before = Photo::of(&market);
        refused(&market, &before, market.tries(&[gift], &[&bea.actor, &cid.actor]), E::OpenClaims);
        market.refuses(ix::restake(&ada.at, most), &[&ada.actor], E::OpenClaims);
        market.send(&[ix::set_auto_restake(&ada.at, Some(most))], &[&ada.actor]);
        market.refuses(market.restake_for_ix(&ada), &[], E::OpenClaims);
    }
    market.send(&[join(claimed)], &[&cid.actor]);
    // Nobody who is in needs a limit to leave; who came within the hour leaves a part of the claim behind.
    let ticket = market.request_all(&bea);
    market.pass(10 * DAY);
    let (paid, all) = (market.withdraw(&bea, ticket), 1_000 * TOKEN);
    assert_eq!(market.ticket(&bea, ticket).held, all - paid);
    assert_eq!(all - paid, claimed.div_ceil(16), "of 16,000 that lie there by then a thousand are hers");
    assert_invariants(&market);
}
