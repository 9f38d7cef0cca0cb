//! Work that has units, and what is sold: a provider, and a position.

use {
    super::{
        cast::Who,
        earned::Work,
        job::Purchase,
        world::{Stake, World},
    },
    crate::failure::Result,
    work_token_localnet::transfer_ix,
    work_token_sdk::{Instruction, args::AcceptOwnerArgs, ix},
};

/// The jobs of a day.
#[derive(Clone, Copy)]
pub struct Day {
    /// How many.
    pub jobs: u64,
    /// The fee of each. Base units.
    pub fee: u64,
}

impl World<'_> {
    /// An epoch of work: what is due for the one before it, then jobs whose results are approved at once, and
    /// then what attesters saw.
    pub fn work_day(&mut self, day: Day) -> Result<()> {
        self.give_signs()?;
        self.scenario.next_epoch();
        let epoch = self.scenario.epoch();
        self.reveal(epoch - 1)?;
        for member in &mut self.members {
            member.work = [Work::default(), member.work[0]];
        }
        self.crank()?;
        let (class, unit) = (self.stage.fixed, self.stage.unit());
        for number in 0..day.jobs {
            let client = if number % 2 == 1 { Who::Oslo } else { Who::Nova };
            let seat = self.create(Purchase { client, class, fee: day.fee, price_per_sec: 0 })?.seat(0);
            self.seat(&seat)?;
            self.scenario.chain.advance(1);
            self.submit(&seat)?;
            let worker = self.provider_of(&self.scenario.seat_state(&seat).provider)?;
            let burned = self.scenario.job_state(&seat.job).split(day.fee).burn.0;
            self.pay(&seat, true)?;
            let work = &mut self.member_mut(worker).work[0];
            work.units += unit.as_ref().map_or(0, |(_, price)| day.fee / price);
            work.burned += burned;
            self.tally.fees_burned += burned;
        }
        self.commit(epoch)
    }

    /// An owner proposes another one for its provider.
    pub fn propose_owner(&mut self, provider: Who, to: Who) -> Result<()> {
        let to = self.person(to).actor.address();
        self.act(provider, ix::propose_owner(&self.member(provider).at, Some(to)))
    }

    /// The instruction by which somebody takes over a provider as it is, without any claim on it.
    pub fn accept_ix(&self, provider: Who, to: Who) -> Instruction {
        let (state, actor) = (self.provider(provider), &self.person(to).actor);
        let args = AcceptOwnerArgs {
            operator: self.scenario.operator_of(&self.person(provider).actor).address(),
            reward_destination: actor.tokens,
            min_own_staked: state.own.tokens,
            max_liabilities: 0,
            max_quota: 0,
            max_open_seats: 0,
            state: state.state,
        };
        ix::accept_owner(&self.member(provider).at, actor.address(), state.has_beneficiary(), &args)
    }

    /// Somebody pays for a provider and takes it over, in one transaction.
    pub fn accept_owner(&mut self, provider: Who, to: Who, price: u64) -> Result<()> {
        let accept = self.accept_ix(provider, to);
        self.buy(to, provider, price, accept)?;
        self.member_mut(provider).at.owner = self.person(to).actor.address();
        for stake in self.stakes.iter_mut().filter(|stake| stake.who == provider && stake.behind == provider) {
            stake.who = to;
        }
        Ok(())
    }

    /// A holder sells all active shares for a price, in one transaction. Returns the buyer's stake.
    pub fn sell(&mut self, stake: Stake, to: Who, price: u64) -> Result<Stake> {
        let position = self.position(stake);
        let shares = self.scenario.position_state(&position).shares;
        let input = ix::TransferShares { shares, min_value: price, max_open_claims: 0 };
        let transfer = ix::transfer_shares(&position, self.person(to).actor.address(), input);
        self.buy(to, stake.who, price, transfer)?;
        let bought = Stake { who: to, behind: stake.behind };
        self.stakes.push(bought);
        Ok(bought)
    }

    /// A payment and what is paid for, or neither.
    fn buy(&mut self, buyer: Who, seller: Who, price: u64, thing: Instruction) -> Result<()> {
        let program = self.scenario.network.token_program;
        let (owner, from) = self.person(buyer).actor.purse();
        let pay = transfer_ix(program, owner, from, self.person(seller).actor.tokens, price);
        let (buyer_key, seller_key) = (&self.person(buyer).actor, &self.person(seller).actor);
        let signs = thing.accounts.iter().any(|meta| meta.is_signer && meta.pubkey == seller_key.address());
        let signers: Vec<_> = if signs { vec![buyer_key, seller_key] } else { vec![buyer_key] };
        self.scenario.send(&[pay, thing], &signers)?;
        self.flow(buyer).paid += price;
        self.flow(seller).received += price;
        Ok(())
    }
}
