//! Paying for a job.

use {
    super::model::{self, name, state_of},
    crate::{
        chain::Session,
        failure::{Failure, Result},
        foreseen::{refused, refused_as},
        reply::{Reply, Value, facts, joined},
        text::{amount, hash},
    },
    clap::Args,
    work_token_sdk::{
        ClientAddresses, Pubkey, WorkTokenError as E, addresses, ix, limits::MODEL_NAME, state::JobRules, view,
    },
};

/// `work-token job create`
#[derive(Args, Debug)]
pub struct Create {
    #[command(flatten)]
    terms: Terms,
    /// Hash of the input: 64 hex digits
    #[arg(long, value_parser = hash)]
    input_hash: [u8; 32],
}

/// What is paid for, whatever the input.
#[derive(Args, Debug)]
pub struct Terms {
    /// Class of the work
    #[arg(long)]
    class: u8,
    /// Fee of each seat, or its ceiling for a metered job. Base units
    #[arg(long, value_parser = amount)]
    fee: u64,
    /// Price of a metered second. Base units
    #[arg(long, default_value_t = 0)]
    price_per_sec: u64,
    /// Working time in seconds [default: the longest of the class]
    #[arg(long)]
    work_secs: Option<u32>,
    /// Hot key that keeps a meter running and stops it [default: the client]
    #[arg(long)]
    operator: Option<Pubkey>,
    /// Token account that pays [default: the client's usual one]
    #[arg(long)]
    from: Option<Pubkey>,
    /// Token account that refunds go to [default: the one that pays]
    #[arg(long)]
    refund_account: Option<Pubkey>,
    /// Name of the model that the job shall run; it keeps the version that is named, whatever becomes of it
    #[arg(long, value_name = "NAME", value_parser = name)]
    model: Option<[u8; MODEL_NAME]>,
    /// Which of its versions: the present one, or the command is refused [default: the present one]
    #[arg(long, value_name = "NUMBER", requires = "model", value_parser = clap::value_parser!(u32).range(1..))]
    model_version: Option<u32>,
}

/// The number of the class that the terms break.
fn bound(error: E, rules: &JobRules) -> Option<String> {
    Some(match error {
        E::FeeBelowMinimum => format!("minimum_fee is {}", rules.minimum_fee),
        E::WorkTimeOutOfBounds => format!("the class has {} to {} seconds", rules.least_work_secs, rules.work_secs),
        E::CeilingOutOfReach => {
            format!("work_secs is {}, extension_secs {}", rules.work_secs, rules.extension_secs)
        }
        _ => return None,
    })
}

impl Create {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        self.terms.send(session, self.input_hash, facts!({}))
    }
}

impl Terms {
    /// Pays for a job. A client that is new is registered in the same transaction.
    pub fn send(&self, session: &Session, input_hash: [u8; 32], more: Value) -> Result<Reply> {
        let network = session.network()?;
        let client = ClientAddresses::derive(network, session.authority()?);
        let record = session.client().client_record(&client)?;
        let state = session.client().network(&network.network)?;
        let class = session.client().job_class(&network.network, self.class)?;
        let class = class.ok_or_else(|| Failure::Failed(format!("the network has no class {}", self.class)))?;
        let rules = class.rules_at(session.chain.now_ts()?);
        let work_secs = self.work_secs.unwrap_or(rules.work_secs);
        let terms = view::JobTerms { fee: self.fee, price_per_sec: self.price_per_sec, work_secs };
        let quote = view::quote_job(&state.params, rules, &terms).map_err(|error| match bound(error, rules) {
            Some(bound) => refused_as(error, &bound),
            None => refused(error),
        })?;
        let from = session.token_account(self.from, &client.owner, &network);
        if let Some(named) = &self.refund_account {
            session.require_takes_tokens("--refund-account", named, &network)?;
        }
        let model = self.named_model(session, &network.network)?;
        let input = ix::CreateJob {
            class: self.class,
            seats: rules.redundancy,
            fee: self.fee,
            price_per_sec: self.price_per_sec,
            work_secs,
            input_hash,
            operator: self.operator.unwrap_or(client.owner),
            from,
            refund_account: self.refund_account.unwrap_or(from),
            model,
        };
        let job = client.job(record.map_or(0, |record| record.next_number));
        let mut instructions = Vec::new();
        if record.is_none() {
            instructions.push(ix::register_client(&client));
        }
        instructions.push(ix::create_job(&job, &input));
        let facts = facts!({
            "job": job.job.to_string(),
            "number": job.number,
            "seats": rules.redundancy,
            "fees": quote.fees,
            "draw_fee": quote.bounties + quote.burn,
            "work_secs": work_secs,
            "model": model.map(|model| model.model.to_string()),
            "model_version": model.map(|model| model.version),
            "total": quote.total,
            "payable": quote.payable,
            "exposure": quote.exposure,
        });
        session.submit(&instructions, joined(facts, more))
    }

    /// The version of the model that is named, which must be the present one.
    fn named_model(&self, session: &Session, network: &Pubkey) -> Result<Option<ix::ModelVersion>> {
        let Some(name) = self.model else { return Ok(None) };
        let model = model::read(session, network, &name)?;
        let version = self.model_version.unwrap_or(model.model_version);
        let present = format!("version {} is, and the model is {}", model.model_version, state_of(&model));
        model.require_offered(version).map_err(|error| refused_as(error, &present))?;
        Ok(Some(ix::ModelVersion { model: addresses::model(network, &name), version }))
    }
}
