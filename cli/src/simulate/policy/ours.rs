//! The law of a network of this protocol: its account and the accounts of its epochs in memory, finalized by
//! the program's own methods.

use {
    super::law::{Law, Paid, Today},
    work_token_sdk::{
        Pubkey,
        interface::args::CreateNetworkArgs,
        math::{
            Amount, Epoch, Ppm,
            job::split_fee,
            minifloat::MOST,
            work_pay::{burn_back, counted},
        },
        state::{EmissionMode, EpochPool, EpochState, Ledger, Network, NetworkParams, PaidWork, Vaults},
    },
};

/// What everybody scores.
const SCORE: Ppm = Ppm(1_000_000);

/// A network by itself. Everything that is staked is own stake and got weight, in as many places as there
/// are; everybody scores one, and does as many units as stake and burned fees let count.
pub struct Ours {
    network: Box<Network>,
    treasury: Amount,
}

impl Ours {
    /// Begins at the beginning of unix time.
    pub fn begin(params: &NetworkParams) -> Self {
        let nobody = Pubkey::default();
        let args = CreateNetworkArgs {
            id: 0,
            emission_mode: EmissionMode::Mint as u8,
            flags: 0,
            vault_bumps: [0; 6],
            admin: nobody,
            guardian: nobody,
            arbiter: nobody,
        };
        let mut network: Box<Network> = bytemuck::zeroed_box();
        network.begin((&args, params), [&nobody, &nobody], (0, 0));
        Self { network, treasury: Amount::ZERO }
    }

    /// The epoch's account as it is once everybody was weighed, whose work burned so much.
    fn weighed(&self, epoch: Epoch, today: &Today, burned: Amount) -> EpochPool {
        let mut pool: EpochPool = bytemuck::Zeroable::zeroed();
        pool.begin(epoch.0, &self.network.rules_of(epoch), &self.network.params, self.network.most_bounty());
        pool.state = EpochState::Open as u8;
        pool.stake_folded = today.staked;
        pool.stake_weighted = today.staked;
        pool.stake_attested = today.staked;
        pool.attester_points = 1;
        pool.total_weight = today.staked;
        pool.weighed_with_weight = 1;
        (pool.burned, pool.working) = (burned.0, u32::from(!burned.is_zero()));
        let rules = &self.network.params.work_pay;
        pool.work = PaidWork {
            burn_back: burn_back(burned, rules.burn_back(), SCORE).0,
            units: counted(MOST, Amount(today.staked), burned, SCORE, &rules.unit_rules()),
            ..PaidWork::NONE
        };
        pool
    }
}

impl Law for Ours {
    fn name(&self) -> &'static str {
        "ours"
    }

    fn day(&mut self, today: &Today) -> Paid {
        let params = self.network.params;
        let epoch = Epoch(today.number);
        let fee = split_fee(Amount(today.fees()), Ppm(params.fee_burn_ppm), Ppm(params.fee_treasury_ppm));
        let mut pool = self.weighed(epoch, today, fee.burn);
        (pool.burn_due, pool.treasury_due) = (fee.burn.0, fee.treasury.0);
        let ledger = Ledger {
            supply: Amount(today.supply),
            reserve: Amount::ZERO,
            treasury: self.treasury,
            vaults: Vaults::OPEN,
        };
        let now_ts = pool.ends_at_ts;
        let done = self.network.finalize(&mut pool, true, &ledger, (epoch.next(), now_ts));
        let treasury = done.emitted.treasury.0.saturating_add(done.treasury);
        self.treasury = self.treasury.saturating_add(Amount(treasury));
        let (emitted, minted_back) = (done.emitted, done.burn_back);
        let of_work = emitted.by_units.0.saturating_add(minted_back);
        Paid {
            rate_ppt: self.network.emission.rate_ppt,
            emission: emitted.total().0,
            // The program leaves unburned what comes back: to the supply it is the same.
            burned: done.burned.saturating_add(minted_back),
            minted_back,
            by_units: emitted.by_units.0,
            treasury,
            fees_of_providers: fee.provider.0,
            income: emitted.providers.0.saturating_add(of_work).saturating_add(fee.provider.0),
        }
    }
}
