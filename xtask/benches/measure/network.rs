//! Governance of a network.

use anyhow::Result;
use work_token_localnet::{Actor, DAY};
use work_token_sdk::{
    ix,
    state::{AuthorityRole, NetworkParams, VaultKind},
};

use crate::life::{Life, TOKEN};

/// Pause, authorities, parameters, treasury.
pub fn govern(life: &mut Life, admin: &Actor, next: &Actor, params: &NetworkParams) -> Result<()> {
    let addresses = life.scenario.network;
    let network = addresses.network;
    life.scenario.chain.give_tokens(&addresses.vault(VaultKind::Treasury), 10 * TOKEN);
    let pay = ix::pay_treasury(&addresses, admin.address(), next.tokens, TOKEN);
    life.measure("pay_treasury, announced", pay.clone(), admin)?;
    life.scenario.chain.advance(3 * DAY);
    life.measure("pay_treasury, as announced", pay, admin)?;
    life.measure("pause", ix::pause(&network, admin.address(), 3_600), admin)?;
    life.measure("unpause", ix::unpause(&network, admin.address()), admin)?;
    let role = AuthorityRole::Guardian;
    life.measure("propose_authority", ix::propose_authority(&network, admin.address(), role, next.address()), admin)?;
    life.scenario.chain.advance(3 * DAY);
    life.measure("accept_authority", ix::accept_authority(&network, next.address(), role), next)?;
    let changed = NetworkParams { emission_per_epoch: params.emission_per_epoch + TOKEN, ..*params };
    let propose =
        |number| ix::propose_params(&network, admin.address(), admin.address(), admin.address(), number, &changed);
    for write in ix::draft_params(&network, admin.address(), &changed) {
        life.measure("draft_params", write, admin)?;
    }
    life.measure("propose_params", propose(1), admin)?;
    let [unused, ..] = ix::draft_params(&network, admin.address(), params);
    life.scenario.send(&[unused], &[admin])?;
    life.measure("close_draft", ix::close_draft(&network, admin.address(), params), admin)?;
    life.scenario.draft(admin, &changed);
    life.scenario.send(&[propose(2)], &[admin])?;
    life.measure("cancel_params", ix::cancel_params(&network, admin.address(), 2, admin.address()), admin)?;
    life.scenario.chain.advance(3 * DAY);
    life.scenario.send(&life.scenario.open_due_ix(), &[])?;
    life.measure("execute_params", ix::execute_params(&addresses, 1, admin.address()), next)
}
