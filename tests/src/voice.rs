//! Who votes with a provider's stake.

use {
    crate::world::{Holder, Owner, Position, World},
    work_token_localnet::{Actor, DAY},
    work_token_sdk::{Instruction, ix, math::Epoch, state::VoiceReading},
};

/// How long a voice that passes to another voter is silent under the default parameters.
pub const SILENCE: i64 = 9 * DAY;

impl World {
    /// The instruction with which a position begins, or ends, to vote itself.
    pub fn set_direct_ix(&self, who: &impl Position, signer: &Actor, on: bool) -> Instruction {
        ix::set_direct(&who.at(), signer.address(), on)
    }

    /// A holder takes its voice from the provider's owner, or gives it back.
    pub fn set_direct(&self, holder: &Holder, on: bool) {
        self.send(&[self.set_direct_ix(holder, &holder.actor, on)], &[&holder.actor]);
    }

    /// A holder votes itself, and is heard.
    pub fn vote_directly(&self, holder: &Holder) {
        self.set_direct(holder, true);
        self.pass(SILENCE);
    }

    /// With what a position that votes itself votes.
    pub fn voice(&self, holder: &Holder) -> VoiceReading {
        let provider = self.scenario.provider_state(&holder.at.provider);
        provider.position_voice(&self.network(), &self.position(holder), self.moment())
    }

    /// With what a provider's owner votes.
    pub fn owner_voice(&self, owner: &Owner) -> VoiceReading {
        self.provider(owner).owner_voice(&self.network(), self.moment())
    }

    /// What votes now: the owner's part, then the holders'.
    pub fn votes<const N: usize>(&self, owner: &Owner, holders: [&Holder; N]) -> (u64, [u64; N]) {
        (self.owner_voice(owner).voiced.0, holders.map(|holder| self.voice(holder).voiced.0))
    }

    fn moment(&self) -> (i64, Epoch) {
        (self.now(), Epoch(self.epoch()))
    }
}
