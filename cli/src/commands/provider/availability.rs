//! How a provider makes itself available: its offer, signs of life, maintenance.

use {
    super::registered,
    crate::{
        chain::Session,
        failure::{Failure, Result},
        reply::{Reply, facts},
        text::number,
    },
    clap::Args,
    work_token_sdk::{Pubkey, args::SetOfferArgs, ix, limits::MAX_JOB_CLASSES},
};

/// `work-token provider offer`
#[derive(Args, Debug)]
pub struct Offer {
    /// A class that the provider serves, and its lowest fee in base units: CLASS or CLASS:FEE. Give one for
    /// each; without any it serves nothing
    #[arg(long, value_name = "CLASS[:FEE]", value_parser = served)]
    serve: Vec<(u8, u64)>,
    /// The shortest working time of a class in seconds: CLASS=SECS. Give one for each class that has one
    #[arg(long, value_name = "CLASS=SECS", value_parser = least_work)]
    least_work: Vec<(u8, u32)>,
    /// The provider, where the signer is its operator [default: the signer's own]
    #[arg(long)]
    provider: Option<Pubkey>,
}

fn class_number(text: &str) -> Result<u8, String> {
    let class = number(text).filter(|class| usize::from(*class) < MAX_JOB_CLASSES);
    class.ok_or_else(|| format!("a class is a number below {MAX_JOB_CLASSES}"))
}

fn served(text: &str) -> Result<(u8, u64), String> {
    let (class, fee) = text.split_once(':').unwrap_or((text, "0"));
    Ok((class_number(class)?, number(fee).ok_or("a fee is a whole number of base units")?))
}

fn least_work(text: &str) -> Result<(u8, u32), String> {
    let (class, secs) = text.split_once('=').ok_or_else(|| "a class and its seconds: CLASS=SECS".to_owned())?;
    Ok((class_number(class)?, number(secs).ok_or("a time is a whole number of seconds")?))
}

/// Refuses a class that is named twice: which of the two is meant nobody can know.
fn require_once(option: &str, class: u8, is_first: bool) -> Result<()> {
    if is_first { Ok(()) } else { Err(Failure::Usage(format!("{option}: class {class} is named twice"))) }
}

impl Offer {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let provider = match self.provider {
            Some(provider) => session.provider(&provider)?,
            None => registered(session)?,
        };
        let mut offer = SetOfferArgs::default();
        for (class, fee) in &self.serve {
            require_once("--serve", *class, offer.classes & (1 << class) == 0)?;
            offer.classes |= 1 << class;
            offer.floors[usize::from(*class)] = *fee;
        }
        for (class, secs) in &self.least_work {
            if offer.classes & (1 << class) == 0 {
                return Err(Failure::Usage(format!("--least-work: class {class} is not served; name it with --serve")));
            }
            require_once("--least-work", *class, offer.least_work_secs[usize::from(*class)] == 0)?;
            offer.least_work_secs[usize::from(*class)] = *secs;
        }
        let network = session.client().network(&provider.network.network)?;
        let facts = facts!({
            "provider": provider.provider.to_string(),
            "classes": self.serve.iter().map(|(class, _)| *class).collect::<Vec<_>>(),
            "from_epoch": network.epoch_at(session.chain.now_ts()?).next().0,
        });
        session.submit(&[ix::set_offer(&provider, session.authority()?, &offer)], facts)
    }
}

/// A provider that the signer operates.
#[derive(Args, Debug)]
pub struct Operated {
    /// Its address [default: the one that the signer operates]
    #[arg(long)]
    provider: Option<Pubkey>,
}

impl Operated {
    fn read(&self, session: &Session) -> Result<(Pubkey, Pubkey, Pubkey)> {
        let operator = session.authority()?;
        if let Some(provider) = self.provider {
            return Ok((session.provider(&provider)?.network.network, operator, provider));
        }
        let network = session.network_key()?;
        let providers = session.client().providers(&network)?;
        let mut operated = providers.iter().filter(|(_, provider)| provider.operator == operator);
        match (operated.next(), operated.next()) {
            (Some((provider, _)), None) => Ok((network, operator, *provider)),
            (None, _) => Err(Failure::Failed(format!("{operator} operates no provider of the network"))),
            _ => Err(Failure::Usage(format!("{operator} operates several providers: which? --provider"))),
        }
    }

    /// Gives a sign of life.
    pub fn heartbeat(&self, session: &Session) -> Result<Reply> {
        let (network, operator, provider) = self.read(session)?;
        session.submit(&[ix::heartbeat(&network, operator, provider)], facts!({ "provider": provider.to_string() }))
    }

    /// Declares maintenance.
    pub fn maintenance(&self, session: &Session, from_ts: i64, secs: u32) -> Result<Reply> {
        let (network, operator, provider) = self.read(session)?;
        let when = ix::Maintenance { from_ts, secs };
        let facts = facts!({ "provider": provider.to_string(), "from_ts": from_ts, "secs": secs });
        session.submit(&[ix::declare_maintenance(&network, operator, provider, when)], facts)
    }
}
