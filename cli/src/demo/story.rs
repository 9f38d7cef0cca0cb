//! What happens in the demo, epoch by epoch.

use {
    super::{
        cast::{self, LATECOMER},
        world::{Who, World},
    },
    crate::failure::Result,
    work_token_localnet::{HOUR, TokenProgram},
    work_token_sdk::{WorkTokenError, ix, math::Epoch},
};

/// A thing that was promised, and whether it held.
pub struct Promise {
    /// What.
    pub what: &'static str,
    /// Whether.
    pub kept: bool,
}

/// The story, as it runs.
pub struct Story<'a> {
    /// The network and its people.
    pub world: World,
    /// What was promised.
    pub promises: Vec<Promise>,
    tickets: Vec<(Who, u32)>,
    cancelled: Option<u32>,
    credited_at_exit: u64,
    raised_bps: u16,
    note: &'a dyn Fn(u32, &str),
}

const FALLS: usize = 1;
const RISES: usize = 2;
const RETIRES: usize = 4;
const LEAVES: Who = Who::Delegator(0);
const RETURNS: Who = Who::Delegator(1);
const CLAIMS: Who = Who::Delegator(2);
const RESTAKES: Who = Who::Delegator(3);
const TRIES: Who = Who::Delegator(5);
const DAY: u32 = 86_400;

impl<'a> Story<'a> {
    /// Epoch 0: everybody takes part; nobody earns yet.
    pub fn begin(seed: u64, program: TokenProgram, note: &'a dyn Fn(u32, &str)) -> Result<Self> {
        let world = cast::assemble(seed, program)?;
        let mut story = Self {
            world,
            promises: Vec::new(),
            tickets: Vec::new(),
            cancelled: None,
            credited_at_exit: 0,
            raised_bps: 0,
            note,
        };
        let provider = story.world.providers[RISES];
        story.raised_bps = story.world.scenario.provider_state(&provider).commission_bps + 300;
        story.world.act(Who::Owner(RISES), ix::announce_commission(&provider, story.raised_bps))?;
        (story.note)(
            0,
            "5 providers and 11 delegators stake; Cascade announces 3 % more commission, due after 10 days",
        );
        Ok(story)
    }

    fn promise(&mut self, what: &'static str, kept: bool) {
        self.promises.push(Promise { what, kept });
    }

    /// Lets the epoch before this one be cranked, then what happens in this one.
    pub fn epoch(&mut self, epoch: u32) -> Result<()> {
        self.world.scenario.next_epoch();
        self.world.crank(false)?;
        self.world.scenario.chain.advance(HOUR);
        match epoch {
            1 => self.a_latecomer()?,
            2 => self.two_ask_to_leave()?,
            3 => self.one_returns_and_a_commission_falls()?,
            4 => self.a_pause()?,
            5 => self.claims()?,
            6 => self.a_provider_retires()?,
            7 => self.an_owner_claims()?,
            8 => self.a_mistake()?,
            10 => self.a_commission_rises(),
            _ => {}
        }
        Ok(())
    }

    fn a_latecomer(&mut self) -> Result<()> {
        let stake = self.world.person(LATECOMER).flow.given / 2;
        self.world.stake(LATECOMER, stake)?;
        (self.note)(1, "Leo delegates during the epoch");
        Ok(())
    }

    fn two_ask_to_leave(&mut self) -> Result<()> {
        let nothing_yet = self.world.claimable(LATECOMER) == 0;
        self.promise("stake placed during an epoch earns nothing from that epoch", nothing_yet);
        self.credited_at_exit = self.world.claimable(LEAVES);
        let ticket = self.world.request_all(LEAVES)?;
        self.tickets.push((LEAVES, ticket));
        self.cancelled = Some(self.world.request(RETURNS, 1, 2)?);
        (self.note)(2, "Ada asks to leave altogether, Ben with half of his stake");
        Ok(())
    }

    fn one_returns_and_a_commission_falls(&mut self) -> Result<()> {
        let earns = self.world.claimable(LATECOMER) > 0;
        self.promise("it earns from the next epoch on", earns);
        if let Some(ticket) = self.cancelled.take() {
            self.world.cancel(RETURNS, ticket)?;
        }
        let provider = self.world.providers[FALLS];
        let lower = self.world.scenario.provider_state(&provider).commission_bps / 2;
        self.world.act(Who::Owner(FALLS), ix::announce_commission(&provider, lower))?;
        let state = self.world.scenario.provider_state(&provider);
        let at_once = state.record(Epoch(3)).is_some_and(|record| record.commission_bps == lower);
        self.promise("a fall of commission holds from the present epoch on", at_once);
        (self.note)(3, "Ben cancels his exit; Borealis halves its commission");
        Ok(())
    }

    fn a_pause(&mut self) -> Result<()> {
        let same = self.world.claimable(LEAVES) == self.credited_at_exit;
        self.promise("who asks to leave earns nothing any more", same);
        let (network, admin) = (self.world.scenario.network.network, self.world.scenario.admin.address());
        self.world.scenario.send(&[ix::pause(&network, admin, 2 * DAY)], &[&self.world.scenario.admin])?;
        self.world.tally.transactions += 1;
        let attempt = self.world.delegate_instruction(TRIES, 1_000_000_000);
        let refused = self.world.is_refused(TRIES, attempt, WorkTokenError::Paused);
        self.promise("a pause closes the entrance", refused);
        let ticket = self.world.request(TRIES, 1, 2)?;
        self.tickets.push((TRIES, ticket));
        self.promise("a pause stops no exit", true);
        (self.note)(
            4,
            "the guardian pauses the entrances for two days: Finn cannot delegate more, but can leave with half of his stake",
        );
        Ok(())
    }

    fn claims(&mut self) -> Result<()> {
        let (network, admin) = (self.world.scenario.network.network, self.world.scenario.admin.address());
        self.world.scenario.send(&[ix::unpause(&network, admin)], &[&self.world.scenario.admin])?;
        self.world.tally.transactions += 1;
        self.world.claim(CLAIMS)?;
        self.world.restake(RESTAKES)?;
        (self.note)(5, "the entrances open again; Cleo claims, Dan restakes");
        Ok(())
    }

    fn a_provider_retires(&mut self) -> Result<()> {
        let provider = self.world.providers[RETIRES];
        self.world.act(Who::Owner(RETIRES), ix::retire(&provider))?;
        let behind: Vec<usize> = (0..self.world.delegators.len())
            .filter(|index| self.world.delegators[*index].provider == RETIRES)
            .collect();
        for who in behind.into_iter().map(Who::Delegator).chain([Who::Owner(RETIRES)]) {
            // Who leaves already may have nothing left to ask for.
            if self.world.foresee(&self.world.person(who).position).1.total_shares().0 > 0 {
                let ticket = self.world.request_all(who)?;
                self.tickets.push((who, ticket));
            }
        }
        (self.note)(6, "Ember retires; its delegators and its owner ask to leave");
        Ok(())
    }

    fn an_owner_claims(&mut self) -> Result<()> {
        let rewards = self.world.scenario.provider_state(&self.world.providers[0]).own_rewards().0;
        let free = self.world.claim(Who::Owner(0))?;
        self.promise("own rewards become free over seven epochs, not at once", free > 0 && free < rewards);
        (self.note)(7, "Atlas claims what has become free of its rewards");
        Ok(())
    }

    fn a_mistake(&mut self) -> Result<()> {
        self.world.donate_and_sweep(CLAIMS, 12_345_678)?;
        (self.note)(8, "Cleo sends tokens straight to a stake vault; anybody may sweep them into the treasury");
        Ok(())
    }

    fn a_commission_rises(&mut self) {
        let position = self.world.owners[RISES].position;
        let (provider, _) = self.world.foresee(&position);
        let bps = |epoch| provider.record(Epoch(epoch)).map(|record| record.commission_bps);
        let as_announced = bps(9) == Some(self.raised_bps - 300) && bps(10) == Some(self.raised_bps);
        self.promise("an announced raise holds from the first epoch after its notice, not before", as_announced);
        (self.note)(10, "Cascade's higher commission holds from now on");
    }

    /// After the last epoch: what asked to leave leaves, and what is over is swept and closed.
    pub fn end(&mut self, epochs: u32) -> Result<()> {
        self.world.scenario.next_epoch();
        self.world.crank(false)?;
        let (owners, delegators): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.tickets).into_iter().partition(|(who, _)| matches!(who, Who::Owner(_)));
        // Own stake waits three times as long.
        let tickets: Vec<_> = delegators.into_iter().chain(owners).collect();
        self.withdraw(&tickets)?;
        (self.note)(epochs + 1, "what asked to leave has matured and is withdrawn");
        if epochs >= 6 {
            self.wind_up_the_retired()?;
        }
        self.world.scenario.wait_until(self.ts_of_epoch(epochs + 10));
        self.world.crank(true)
    }

    fn withdraw(&mut self, tickets: &[(Who, u32)]) -> Result<()> {
        let (mut early, mut all_refused) = (0, true);
        for (who, ticket) in tickets {
            let matures_at_ts = self.world.matures_at_ts(*who, *ticket);
            self.world.scenario.wait_until(matures_at_ts - 1);
            if self.world.scenario.chain.now() < matures_at_ts {
                let attempt = self.world.withdraw_instruction(*who, *ticket);
                let refused = self.world.is_refused(*who, attempt, WorkTokenError::NotMatured);
                all_refused &= refused;
                early += 1;
            }
            self.world.scenario.wait_until(matures_at_ts);
            self.world.withdraw(*who, *ticket)?;
        }
        if early > 0 {
            self.promise("a ticket cannot be withdrawn one second before it matures", all_refused);
        }
        Ok(())
    }

    /// Everybody takes the rest out of the retired provider; 90 epochs after it retired it closes.
    fn wind_up_the_retired(&mut self) -> Result<()> {
        let behind = (0..self.world.delegators.len()).filter(|index| self.world.delegators[*index].provider == RETIRES);
        let everybody: Vec<Who> = behind.map(Who::Delegator).chain([Who::Owner(RETIRES)]).collect();
        for who in everybody {
            self.world.claim(who)?;
            self.world.close(who)?;
        }
        self.world.scenario.wait_until(self.ts_of_epoch(6 + work_token_sdk::limits::CLOSE_PROVIDER_EPOCHS));
        let provider = self.world.providers[RETIRES];
        self.world.act(Who::Owner(RETIRES), ix::close_provider(&provider))?;
        (self.note)(6 + work_token_sdk::limits::CLOSE_PROVIDER_EPOCHS, "Ember closes, 90 epochs after it retired");
        Ok(())
    }

    fn ts_of_epoch(&self, epoch: u32) -> i64 {
        self.world.scenario.network_state().clock().starts_at_ts(Epoch(epoch)).unwrap_or(i64::MAX)
    }
}
