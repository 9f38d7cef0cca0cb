//! How a provider makes itself available: its offer, signs of life, maintenance.

use {
    super::provider::own,
    crate::{
        chain::Session,
        failure::{Failure, Result},
        reply::Reply,
    },
    clap::Args,
    serde_json::json,
    work_token_sdk::{Pubkey, ix, limits::MAX_JOB_CLASSES},
};

/// `work-token provider offer`
#[derive(Args, Debug)]
pub struct Offer {
    /// A class that the provider serves, and its lowest fee in base units: CLASS or CLASS:FEE. Give one for each; without any it serves nothing
    #[arg(long, value_name = "CLASS[:FEE]", value_parser = served)]
    serve: Vec<(u8, u64)>,
}

fn served(text: &str) -> Result<(u8, u64), String> {
    let (class, fee) = text.split_once(':').unwrap_or((text, "0"));
    let class = class.parse().ok().filter(|class| usize::from(*class) < MAX_JOB_CLASSES);
    let class = class.ok_or_else(|| format!("a class is a number below {MAX_JOB_CLASSES}"))?;
    Ok((class, fee.parse().map_err(|_| "a fee is a whole number of base units".to_owned())?))
}

impl Offer {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let provider = own(session)?;
        let (mut classes, mut floors) = (0u16, [0; MAX_JOB_CLASSES]);
        for (class, fee) in &self.serve {
            classes |= 1 << class;
            floors[usize::from(*class)] = *fee;
        }
        let network = session.client().network(&provider.network.network)?;
        let facts = json!({
            "provider": provider.provider.to_string(),
            "classes": self.serve.iter().map(|(class, _)| *class).collect::<Vec<_>>(),
            "from_epoch": network.epoch_at(session.chain.now_ts()?).next().0,
        });
        session.submit(&[ix::set_offer(&provider, classes, floors)], facts)
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
        session.submit(&[ix::heartbeat(&network, operator, provider)], json!({ "provider": provider.to_string() }))
    }

    /// Declares maintenance.
    pub fn maintenance(&self, session: &Session, from_ts: i64, secs: u32) -> Result<Reply> {
        let (network, operator, provider) = self.read(session)?;
        let when = ix::Maintenance { from_ts, secs };
        let facts = json!({ "provider": provider.to_string(), "from_ts": from_ts, "secs": secs });
        session.submit(&[ix::declare_maintenance(&network, operator, provider, when)], facts)
    }
}
