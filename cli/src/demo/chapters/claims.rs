//! A dispute without reason, and one whose claim somebody raises while a delegator leaves.

use {
    super::{appeal::contested, plot::Plot},
    crate::{
        demo::{
            cast::Who,
            story::tokens,
            world::{Stake, World},
        },
        failure::Result,
    },
    work_token_sdk::math::dispute::Outcome,
};

pub const WHY: &str = "nobody may gain by false claims, by joining in, or by leaving in time.";

pub fn play(world: &mut World, _: &mut Plot) -> Result<String> {
    let mut matures_at_ts = 0;
    let stakes: Vec<Stake> = world.stakes.iter().filter(|stake| stake.who == Who::Pia).copied().collect();
    for stake in stakes {
        matures_at_ts = matures_at_ts.max(world.ask_with_half(stake)?);
    }
    world.tell("Pia asks to leave with half of what she has behind each provider.");
    let (deposit, burned, can_be_opened) = world.lapse(Who::Ugo)?;
    let kept = !can_be_opened && burned == deposit / 10;
    world.promise("a dispute that is announced and not opened within an hour costs a tenth of its deposit", kept);
    world.tell(format!(
        "Ugo deposits {} for a dispute that he does not open: {} burn.",
        tokens(deposit),
        tokens(burned)
    ));
    let lost = dismissed(world)?;
    world.until(matures_at_ts)?;
    let [gained, borne] = raised(world)?;
    let exact = world.tally.miscounted == 0 && world.tally.counted > 0;
    world.promise("after every step of a dispute escrow holds what its books say, to the unit", exact);
    Ok(format!(
        "Ugo loses {} with a claim without reason and {} with one too high; Vera gains {}.",
        tokens(lost),
        tokens(borne),
        tokens(gained),
    ))
}

/// Three jurors find nothing, and the challenger leaves it at that. Returns what he lost.
fn dismissed(world: &mut World) -> Result<u64> {
    let case = world.contest(Who::Ugo, contested(world), 2)?;
    let accused = world.cases[case].accused;
    world.answer(case)?;
    let (jurors, found) = world.judge(case, 0)?;
    world.pass_phase(case)?;
    world.claim_everything(case)?;
    let (dispute, flows) = (world.dispute(case), world.cases[case].flows);
    world.tell(format!(
        "Ugo contests good work of {accused:?}: {jurors} jurors find {found}, he loses {}.",
        tokens(flows.bonds[0])
    ));
    let lost = dispute.outcome() == Outcome::Dismissed && flows.challengers[0] == 0;
    let halved = flows.provider.abs_diff(flows.bonds[0] / 2) <= 1;
    world.promise("who contests a good result loses the bond, half of it to the provider's side", lost && halved);
    Ok(flows.bonds[0] - flows.challengers[0])
}

/// Somebody raises an honest claim beyond what is found, and a delegator leaves before it is judged. Returns
/// what the honest challenger gained and the other one lost.
fn raised(world: &mut World) -> Result<[u64; 2]> {
    let case = world.contest(Who::Vera, contested(world), 1)?;
    let accused = world.cases[case].accused;
    let foretold = world.dispute_view(case).cost_of(Outcome::Upheld, 1).map_or(0, |cost| {
        let vera = &cost.challengers[0];
        vera.paid + vera.reward
    });
    world.raise(case, Who::Ugo, 2)?;
    world.answer(case)?;
    world.tell(format!("Vera contests a result of {accused:?} at severity 1; Ugo raises her claim to 2."));
    let leaver = world.leave(case, Who::Pia)?;
    world.promise(
        "what leaves during an open claim is paid at once but for its part of the claim",
        leaver.held > 0 && leaver.held + leaver.paid == leaver.worth[0],
    );
    world.tell(format!(
        "Pia leaves with {}; {} stay behind for the open claim.",
        tokens(leaver.paid),
        tokens(leaver.held)
    ));
    let (jurors, found) = world.judge(case, 1)?;
    world.pass_phase(case)?;
    world.execute(case)?;
    let [paid, burned, stayed] = world.settle_held(case, Who::Pia, &leaver)?;
    let nothing_left = world.position_state(Stake { who: Who::Pia, behind: accused })?.tickets.is_empty();
    let exact = burned > 0 && burned.abs_diff(stayed) <= 1 && nothing_left;
    world.promise("who left in time pays what the stake would have lost had it stayed, to the unit", exact);
    world.tell(format!(
        "{jurors} jurors find {found}: it takes {} of what Pia left, {} are hers.",
        tokens(burned),
        tokens(paid)
    ));
    world.claim_everything(case)?;
    let flows = world.cases[case].flows;
    let unharmed = foretold > 0 && flows.challengers[0] >= foretold && flows.challengers[1] == 0;
    world.promise("whoever joins a challenger's side takes nothing from it", unharmed);
    let gained = flows.challengers[0].saturating_sub(flows.bonds[0]);
    Ok([gained, flows.bonds[1].saturating_sub(flows.challengers[1])])
}
