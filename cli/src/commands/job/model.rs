//! Models: what their names stand for, and whether new jobs may name them.

use {
    crate::{
        chain::Session,
        failure::{Failure, Result},
        foreseen::refused,
        reply::{Reply, Value, facts},
        text::{hash, hex, words},
    },
    clap::{Args, Subcommand, ValueEnum},
    work_token_sdk::{
        Pubkey, addresses,
        args::SetModelArgs,
        ix,
        limits::MODEL_NAME,
        state::{Model, ModelStatus},
    },
};

/// `work-token model`
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Set what a name stands for, at once: another hash is the next version. Admin
    Set(Set),
    /// Show a model
    Show {
        /// Its name
        #[arg(value_parser = name)]
        name: [u8; MODEL_NAME],
    },
    /// List models
    List,
}

/// `work-token model set`
#[derive(Args, Debug)]
pub struct Set {
    /// The model's name: 1 to 32 small letters, digits and . _ - / :
    #[arg(value_parser = name)]
    name: [u8; MODEL_NAME],
    /// Hash of what runs: 64 hex digits [default: the present one]
    #[arg(long, value_parser = hash)]
    hash: Option<[u8; 32]>,
    /// Where it can be had [default: as it is]
    #[arg(long)]
    uri: Option<String>,
    /// Whether new jobs may name it [default: as it is; offered at first]
    #[arg(long, value_enum)]
    status: Option<Status>,
}

/// A status, as it is typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Status {
    /// New jobs may name it
    Offered,
    /// New jobs may not
    Deprecated,
    /// New jobs may not, and nobody should run it any more
    Withdrawn,
}

impl From<Status> for ModelStatus {
    fn from(status: Status) -> Self {
        match status {
            Status::Offered => Self::Offered,
            Status::Deprecated => Self::Deprecated,
            Status::Withdrawn => Self::Withdrawn,
        }
    }
}

/// Reads a model's name.
pub fn name(text: &str) -> Result<[u8; MODEL_NAME], String> {
    Model::name_bytes(text).map_err(|error| error.message().to_owned())
}

/// A model's status in a word.
pub fn state_of(model: &Model) -> String {
    words(&format!("{:?}", model.status()))
}

/// A model that must be there.
pub fn read(session: &Session, network: &Pubkey, name: &[u8; MODEL_NAME]) -> Result<Model> {
    let missing = || Failure::Failed("the network has no model of this name".into());
    session.client().model(network, name)?.ok_or_else(missing)
}

impl Command {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        match self {
            Self::Set(set) => set.run(session),
            Self::Show { name } => {
                let network = session.network()?.network;
                Ok(Reply::of(row(&addresses::model(&network, name), &read(session, &network, name)?)))
            }
            Self::List => {
                let models = session.client().models(&session.network()?.network)?;
                let rows: Vec<Value> = models.iter().map(|(key, model)| row(key, model)).collect();
                Ok(Reply::of(facts!({ "count": rows.len(), "models": rows })))
            }
        }
    }
}

impl Set {
    fn run(&self, session: &Session) -> Result<Reply> {
        let (network, admin) = (session.network()?.network, session.authority()?);
        let (args, facts) = self.then(session, &network)?;
        session.submit(&[ix::set_model(&network, admin, admin, &args)], facts)
    }

    /// What is set, and what the model is then.
    pub fn then(&self, session: &Session, network: &Pubkey) -> Result<(SetModelArgs, Value)> {
        let present = session.client().model(network, &self.name)?;
        let first = || Failure::Usage("a new model needs --hash".into());
        let uri = self.uri.as_deref().or(present.as_ref().map(Model::uri)).unwrap_or_default();
        let (uri, uri_len) = Model::uri_bytes(uri).map_err(refused)?;
        let status = self.status.map(ModelStatus::from).or(present.as_ref().map(Model::status));
        let args = SetModelArgs {
            name: self.name,
            hash: self.hash.or(present.map(|model| model.hash)).ok_or_else(first)?,
            status: status.unwrap_or(ModelStatus::Offered) as u8,
            uri_len,
            uri,
        };
        let mut then = present.unwrap_or_else(bytemuck::Zeroable::zeroed);
        then.set(&args, session.chain.now_ts()?).map_err(refused)?;
        let facts = facts!({
            "model": addresses::model(network, &self.name).to_string(),
            "version": then.model_version,
            "status": state_of(&then),
        });
        Ok((args, facts))
    }
}

/// A model, as it is shown.
pub fn row(key: &Pubkey, model: &Model) -> Value {
    facts!({
        "name": model.name(),
        "model": key.to_string(),
        "version": model.model_version,
        "status": state_of(model),
        "hash": hex(&model.hash),
        "uri": model.uri(),
        "version_ts": model.version_ts,
        "set_ts": model.set_ts,
    })
}
