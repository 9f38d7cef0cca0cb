//! A treasury by its whole way, with a mint of Token-2022: from the emission and from fees, through the
//! reward vault, to who is paid.
//!
//! Kind: a path that only one of the two token programs was tried on. Looked for at minting, burning, the
//! movement between vaults and the payment.

use crate::*;

// epoch-emission-10, network-payment-2
#[test]
fn of_a_mint_of_token_2022_the_treasury_gets_its_shares_and_pays_what_was_announced() {
    let market = Market::with(&[STAKE], |options| {
        options.program = TokenProgram::Token2022;
        options.params.emission.treasury_share_ppm = 100_000;
    });
    let ann = &market.owners[0];
    let seat = market.submitted(FIXED, FEE);
    market.settle_seat(&seat);
    let epoch = market.epoch();
    market.next_epoch();
    market.finalize(epoch - 1, &[]);
    let supply = || market.scenario.chain.supply(&market.scenario.network.mint);
    let (had, minted, held) = (supply(), market.network().emitted_total, market.vault(VaultKind::Treasury));
    let reward = market.vault(VaultKind::Reward);
    let pool = market.crank(epoch, &[ann]);
    // A tenth of 100,000 tokens, and of the fee a twentieth; another twentieth burns, and of the draw fee
    // what was no bounty.
    let (of_emission, of_fee, burned) = (10_000 * TOKEN, FEE / 20, FEE / 20 + draw_fee(1) - 2 * JOB_BOUNTY);
    let treasury = market.vault(VaultKind::Treasury);
    assert_eq!(treasury - held, of_emission + of_fee);
    assert_eq!(market.network().emitted_total - minted, 100_000 * TOKEN);
    assert_eq!(supply() - had, 100_000 * TOKEN - burned);
    assert_eq!(market.vault(VaultKind::Reward) + of_fee + burned - reward, pool.emission, "only providers' is left");
    assert_invariants(&market);

    let (admin, eve) = (&market.scenario.admin, market.actor("eve", 0));
    let pay = || ix::pay_treasury(&market.scenario.network, admin.address(), eve.tokens, treasury);
    market.send(&[pay()], &[admin]);
    market.pass(3 * DAY - 1);
    market.refuses(pay(), &[admin], E::ChangeNotDue);
    market.pass(1);
    market.scenario.chain.set_frozen(&eve.tokens, true);
    market.refuses(pay(), &[admin], E::TokenAccountFrozen);
    market.scenario.chain.set_frozen(&eve.tokens, false);
    market.send(&[pay()], &[admin]);
    assert_eq!((market.balance(&eve), market.vault(VaultKind::Treasury)), (treasury, 0));
    assert_invariants(&market);
}
