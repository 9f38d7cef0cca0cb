//! A dispute that three jurors dismiss, seven uphold and the arbiter confirms; then the slash.

use {
    super::plot::Plot,
    crate::{
        demo::{
            cast::{JURORS, PROVIDERS, Who},
            dispute::Flows,
            job::Purchase,
            setup::SPREAD,
            story::{change, tokens},
            world::{Stake, World},
        },
        failure::Result,
    },
    work_token_localnet::TOKEN,
    work_token_sdk::{math::dispute::Outcome, view},
};

pub const WHY: &str = "bad work must cost stake, and one wrong jury must not be the last word.";

const SEVERITY: u8 = 3;

/// What a contested job costs, and who pays for it.
pub fn contested(world: &World) -> Purchase {
    Purchase { client: Who::Nova, class: world.stage.fixed, fee: 20 * TOKEN, price_per_sec: 0 }
}

pub fn play(world: &mut World, _: &mut Plot) -> Result<String> {
    assemble(world)?;
    let case = world.contest(Who::Vera, contested(world), SEVERITY)?;
    let accused = world.cases[case].accused;
    let bond = world.cases[case].flows.bonds[0];
    let answer = world.answer(case)?;
    world.tell(format!(
        "Vera contests {accused:?}, severity {SEVERITY} of 5, for {}; Wade answers: {}.",
        tokens(bond),
        tokens(answer)
    ));
    let (jurors, found) = world.judge(case, 0)?;
    let paid = world.appeal(case)?;
    world.tell(format!("{jurors} jurors are drawn and find {found}; Vera pays {} for an appeal.", tokens(paid)));
    world.pass_phase(case)?;
    let (jurors, found) = world.judge(case, SEVERITY)?;
    world.tell(format!("{jurors} jurors find {found}, and nobody pays for another appeal."));
    world.pass_phase(case)?;
    let waits = world.dispute(case).outcome() == Outcome::Pending;
    world.promise("what new jurors find above severity 2 waits for the arbiter's word", waits);
    let pia = Stake { who: Who::Pia, behind: accused };
    let loss = decide(world, case, pia)?;
    world.claim_everything(case)?;
    promises(world, case, loss);
    Ok(outcome(world, case, loss[1]))
}

/// Jurors lock stake, and a delegator places some behind every provider that has a place.
fn assemble(world: &mut World) -> Result<()> {
    world.next_epoch()?;
    world.admit_jurors()?;
    let mut placed = 0;
    for provider in PROVIDERS {
        if world.provider(*provider).place.is_held() {
            world.delegate(Who::Pia, *provider, SPREAD)?;
            placed += 1;
        }
    }
    let locked: u64 = JURORS.iter().map(|who| world.person(*who).flow.paid).sum();
    world.tell(format!(
        "{} jurors lock {}; Pia stakes {} behind each of {placed} providers.",
        JURORS.len(),
        tokens(locked),
        tokens(SPREAD)
    ));
    world.next_epoch()
}

/// The arbiter confirms what the jury found, and the slash is executed. Returns what the view foretold that
/// the delegator loses before anybody applied the decision, and what it lost.
fn decide(world: &mut World, case: usize, stake: Stake) -> Result<[u64; 2]> {
    world.rule(case, SEVERITY)?;
    let [foretold, before] = world.foretold_loss(case, stake)?;
    world.crank_disputes()?;
    let accused = stake.behind;
    let until = world.provider(accused).disputes.jailed_until_epoch;
    world.tell(format!("The arbiter confirms it: {accused:?} may not work until epoch {until}."));
    world.execute(case)?;
    let after = view::holdings(&world.position_state(stake)?.at()).value;
    let Flows { slashed, installments, .. } = world.cases[case].flows;
    world.tell(format!(
        "Slashed: {} of its own stake, {} of its delegators', in {installments} parts.",
        tokens(slashed[0]),
        tokens(slashed[1]),
    ));
    Ok([foretold, before.saturating_sub(after)])
}

fn promises(world: &mut World, case: usize, loss: [u64; 2]) {
    let (dispute, flows) = (world.dispute(case), world.cases[case].flows);
    let first = dispute.machine.juries[0].verdict();
    let kept = first == 0 && dispute.outcome() == Outcome::Upheld && dispute.machine.verdict == SEVERITY;
    world.promise("an appeal asks more jurors, and what they find counts", kept);
    let both = flows.installments >= 4 && flows.slashed.iter().all(|amount| *amount > 0);
    world.promise("a slash comes in installments, and takes own and delegated stake", both);
    let own = u128::from(flows.slashed[0] + flows.confiscated) * u128::from(dispute.stake.delegated_base);
    let delegated = u128::from(flows.slashed[1]) * u128::from(dispute.stake.own_base);
    world.promise("of each token the owner loses more than a delegator, rewards that burn included", own > delegated);
    world.promise("a delegator loses what was foretold, to the unit", loss[0] == loss[1] && loss[0] > 0);
    let paid = flows.challengers[0] > flows.bonds[0] && flows.client > 0 && flows.jurors > 0;
    world.promise("the challenger, the client and the jurors who found the fault are paid", paid);
    let returned = flows.surplus > 0 && flows.counter_bond[0] == flows.bonds[0];
    world.promise("what is deposited beyond the bond required returns, and no answer need match it", returned);
}

fn outcome(world: &World, case: usize, loss: u64) -> String {
    let flows = world.cases[case].flows;
    format!(
        "Vera {}, Nova {}, the jurors {}, the insurance {}, Wade {}, Pia {}, as foretold.",
        change(flows.challengers_gain()),
        change(flows.client.into()),
        change(flows.jurors.into()),
        change(flows.insurance.into()),
        change(flows.answerer_gain()),
        change(-i128::from(loss)),
    )
}
