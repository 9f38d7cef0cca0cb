//! Who takes part.

/// Everybody, in the order in which they are introduced. An owner's name is its provider's as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Atlas,
    Borealis,
    Cascade,
    Dynamo,
    Ember,
    Fjord,
    Ada,
    Ben,
    Cleo,
    Dan,
    Eva,
    Pia,
    Nova,
    Oslo,
    Xena,
    Yuri,
    Zoe,
    Vera,
    Ugo,
    Wade,
    Abel,
    Berta,
    Cyril,
    Delia,
    Egon,
    Flora,
    Gero,
    Hilda,
    Ivo,
    Jutta,
    Kuno,
    Lydia,
    Mira,
    Nils,
}

/// Those who do the same.
pub struct Role {
    /// Their name.
    pub name: &'static str,
    /// What they do.
    pub does: &'static str,
    /// Who they are.
    pub who: &'static [Who],
}

/// Providers.
pub const PROVIDERS: &[Who] = &[Who::Atlas, Who::Borealis, Who::Cascade, Who::Dynamo, Who::Ember, Who::Fjord];
/// Delegators.
pub const DELEGATORS: &[Who] = &[Who::Ada, Who::Ben, Who::Cleo, Who::Dan, Who::Eva, Who::Pia];
/// Clients.
pub const CLIENTS: &[Who] = &[Who::Nova, Who::Oslo];
/// Attesters.
pub const ATTESTERS: &[Who] = &[Who::Xena, Who::Yuri, Who::Zoe];
/// Jurors.
pub const JURORS: &[Who] = &[
    Who::Abel,
    Who::Berta,
    Who::Cyril,
    Who::Delia,
    Who::Egon,
    Who::Flora,
    Who::Gero,
    Who::Hilda,
    Who::Ivo,
    Who::Jutta,
    Who::Kuno,
    Who::Lydia,
];

/// Those who buy from others.
pub const BUYERS: &[Who] = &[Who::Mira, Who::Nils];

/// Every role, and with them everybody in order.
pub const CAST: [Role; 8] = [
    Role { name: "providers", does: "stake tokens of their own, and work", who: PROVIDERS },
    Role { name: "delegators", does: "stake behind one, for its income less a commission", who: DELEGATORS },
    Role { name: "clients", does: "pay for jobs; the fees wait in escrow until the work is done", who: CLIENTS },
    Role { name: "attesters", does: "score providers by their reports, for a bond", who: ATTESTERS },
    Role { name: "challengers", does: "contest results, for a bond", who: &[Who::Vera, Who::Ugo] },
    Role { name: "answerers", does: "puts up a bond for whoever is accused", who: &[Who::Wade] },
    Role { name: "jurors", does: "judge", who: JURORS },
    Role { name: "buyers", does: "pay others for a provider or a position, in the second network", who: BUYERS },
];

/// Everybody, in order.
pub fn everybody() -> impl Iterator<Item = Who> {
    CAST.iter().flat_map(|role| role.who).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_has_one_role_and_stands_in_order() {
        for (place, who) in everybody().enumerate() {
            assert_eq!(who as usize, place, "{who:?}");
        }
        assert_eq!(everybody().last(), Some(Who::Nils));
    }
}
