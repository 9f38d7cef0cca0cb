//! What is wrong is noticed, said, and makes the command fail.

use {
    super::{Demo, books::audit, chapters, setup, stage::Stage, world::World},
    crate::{chain::Outbox, conclude, failure::Failure, options::Format},
    work_token_localnet::TokenProgram,
    work_token_sdk::{
        Pubkey,
        presets::Preset,
        state::{Delegation, VaultKind},
    },
};

const DEMO: Demo = Demo { seed: 3, token_2022: false, governance: None, preset: None, books: false, json: false };

/// What is wrong after one base unit has moved from one account into another.
fn wrong_after(world: &World, from: &Pubkey, to: &Pubkey) -> Vec<String> {
    world.scenario.move_tokens(from, to, 1);
    let wrong = wrong(world);
    world.scenario.move_tokens(to, from, 1);
    wrong
}

fn wrong(world: &World) -> Vec<String> {
    audit(world).unwrap().wrong().map(|line| line.name.clone()).collect()
}

#[test]
fn a_promise_that_is_not_kept_is_marked_and_makes_the_command_fail() {
    // Eva, who staked in epoch 1, is credited with something that the epoch did not bring.
    let meddle = |world: &World| {
        if world.scenario.epoch() == 2 {
            let eva = world.position(*world.stakes.last().unwrap());
            world.scenario.change(&eva.delegation, |state: &mut Delegation| state.credited += 10_000);
        }
    };
    let name = "stake placed during an epoch earns nothing from that epoch";
    let reply = DEMO.play(1, &meddle).unwrap();
    assert_eq!(reply.data["ok"], false);
    let promises = reply.data["promises"].as_array().unwrap();
    let broken: Vec<_> = promises.iter().filter(|promise| promise["kept"] == false).collect();
    assert_eq!(broken.len(), 1, "{promises:?}");
    assert_eq!(broken[0]["name"], name);
    let (plain, failed) = (reply.plain.clone().unwrap(), reply.failed.clone().unwrap());
    assert!(plain.contains(&format!("BROKEN  {name}\n")), "{plain}");
    assert!(plain.ends_with(&format!("WRONG: {failed}.")) && failed.contains(&format!("not kept: {name}")), "{failed}");
    assert_eq!(
        conclude(Ok(reply), Format::JsonCompact, &Outbox::of("demo", "demo", false)),
        Failure::Failed(String::new()).exit_code()
    );

    let kept = DEMO.play(1, &|_| {}).unwrap();
    assert_eq!((kept.failed, &kept.data["ok"]), (None, &true.into()));
}

#[test]
fn books_that_do_not_balance_in_the_middle_make_the_command_fail() {
    // What is taken is put back before the last chapter ends.
    let meddle = |world: &World| {
        let (wallet, treasury) = (world.people[6].actor.tokens, world.scenario.network.vault(VaultKind::Treasury));
        match (world.chapters.len(), world.scenario.epoch()) {
            (1, 3) => world.scenario.move_tokens(&wallet, &treasury, 1),
            (2, 4) => world.scenario.move_tokens(&treasury, &wallet, 1),
            _ => {}
        }
    };
    let reply = DEMO.play(2, &meddle).unwrap();
    let failed = "does not balance: treasury vault = part of the fees + mistakes; does not balance: wallet of Ada";
    assert_eq!(reply.failed.as_deref(), Some(failed));
    assert!(reply.data["books"].as_array().unwrap().iter().all(|line| line["ok"] == true));
}

#[test]
fn one_base_unit_in_the_wrong_account_is_noticed_wherever_it_is() {
    let mut world = setup::assemble(Stage::own(), 3, TokenProgram::Spl, &|_| {}).unwrap();
    chapters::play(&mut world, 1, None).unwrap();
    let world = &world;
    assert_eq!(wrong(world), [""; 0]);

    let network = &world.scenario.network;
    let stake_vault = world.members[0].at.stake_vault;
    let wallet = world.people[6].actor.tokens;
    for kind in VaultKind::ALL {
        let wrong = wrong_after(world, &wallet, &network.vault(kind));
        assert_eq!(wrong.len(), 2, "{kind:?}: {wrong:?}");
    }
    let wrong_now = wrong_after(world, &stake_vault, &world.scenario.keeper.tokens);
    assert_eq!(
        wrong_now,
        [
            "stake vault of Atlas = staked - withdrawn - slashed",
            "stake vault of Atlas = what its pools owe",
            "wallet of the keeper = all bounties"
        ]
    );

    let stranger = world.scenario.actor("a stranger", 1);
    assert_eq!(wrong(world), ["supply = handed out + emitted - burned", "token accounts that nobody knows"]);
    assert_eq!(world.scenario.chain.token_balance(&stranger.tokens), 1);
}

/// Plays the whole story by the rules of a preset: every promise that is made there, all books to the unit.
fn assert_holds(preset: Preset, promises: usize) {
    let reply = Demo { preset: Some(preset), ..DEMO }.play(chapters::COUNT, &|_| {}).unwrap();
    let name = preset.name();
    assert_eq!((reply.failed, &reply.data["ok"]), (None, &true.into()), "{name}");
    assert_eq!(reply.data["promises"].as_array().unwrap().len(), promises, "{name}");
    assert!(reply.data["disputes"].as_array().unwrap().len() == 3 && reply.data["network"]["settled"] != 0, "{name}");
}

#[test]
fn the_story_holds_by_the_rules_of_inference() {
    assert_holds(Preset::Inference, 42);
}

#[test]
fn the_story_holds_by_the_rules_of_training() {
    assert_holds(Preset::Training, 41);
}

#[test]
fn the_story_holds_by_the_rules_of_storage() {
    assert_holds(Preset::Storage, 42);
}

#[test]
fn the_story_holds_by_the_rules_of_compute() {
    assert_holds(Preset::Compute, 42);
}

#[test]
fn the_story_holds_by_the_rules_of_coverage() {
    assert_holds(Preset::Coverage, 41);
}
