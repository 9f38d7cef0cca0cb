//! `work-token simulate policy`: what a law of emission does over years, beside the laws of others.

mod chart;
mod demand;
mod law;
mod ours;
mod page;
mod peers;
#[cfg(test)]
mod tests;

use {
    crate::{
        failure::{Failure, Result},
        params, piped,
        reply::{Map, Reply, Value, facts},
        text::preset,
    },
    clap::Args,
    demand::{Demand, YEAR},
    law::{Economy, Law, Past},
    ours::Ours,
    peers::{Cosmos, Livepeer},
    std::path::{Path, PathBuf},
    work_token_sdk::{presets::Preset, state::NetworkParams},
};

/// A network's law of emission, and those of Livepeer and Cosmos, meet the same demand for years, day by day;
/// each begins with the same supply and the same rate. Here the network's own account is finalized epoch by
/// epoch, by the methods that the program calls.
///
/// One page with pictures comes of it, which needs nothing else, and the numbers of every day beside it, in a
/// file of the same name that ends in `.csv`.
///
/// Demand is a preset or a file: `day,fees,washed,staked_ppm` as header, a row for each day that is known,
/// `#` begins a comment; between two of them it moves evenly, after the last it stays. Fees are those of a
/// day in base units; `washed` is what providers pay themselves. Without `staked_ppm` stakers come while a
/// year of their income pays more than 8 %, and go while it pays less.
#[derive(Args, Debug)]
pub struct Policy {
    /// How many years
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=50))]
    years: u32,
    /// A file, or livepeer (a staking ratio in its manner, made up), grows, collapses, washed
    #[arg(long, default_value = "livepeer", value_name = "FILE|PRESET")]
    demand: String,
    /// All parameters of the network, as TOML or JSON [default: those of --preset]
    #[arg(long, value_name = "FILE", conflicts_with = "preset")]
    params: Option<PathBuf>,
    /// The parameters of a kind of network: inference, training, storage, compute or coverage
    #[arg(long, value_name = "NAME", default_value = "inference", value_parser = preset)]
    preset: Preset,
    /// Tokens that there are in the beginning, in base units [default: half of the most]
    #[arg(long, value_parser = crate::text::amount)]
    supply: Option<u64>,
    /// The page
    #[arg(long, value_name = "FILE.html", value_parser = page_name)]
    out: PathBuf,
    /// Writes JSON instead of a table
    #[arg(long)]
    pub json: bool,
}

/// Reads where the page is written: the numbers stand beside it under the same name, and `-` is no file.
fn page_name(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    let is_of_numbers = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
    match is_of_numbers || piped::is_piped(text) {
        true => Err("the name of a page is expected, FILE.html: the numbers go to FILE.csv beside it".to_owned()),
        false => Ok(path),
    }
}

impl Policy {
    /// Runs the command.
    pub fn run(&self) -> Result<Reply> {
        let demand = Demand::named(&self.demand)?;
        let params = match &self.params {
            Some(file) => params::load(file, None)?,
            None => self.preset.params(),
        };
        let economies = self.economies(&demand, &params)?;
        let summary = page::summary(&economies);
        let csv = self.out.with_extension("csv");
        write(&self.out, &page::page(&demand, &self.rules(), &economies, &summary)?)?;
        write(&csv, &page::csv(&economies))?;
        let rows = summary.iter().map(|(name, values)| row(name, &economies, values)).collect::<Vec<_>>();
        Ok(Reply::of(facts!({
            "demand": demand.name,
            "about": demand.about,
            "years": self.years,
            "page": self.out.display().to_string(),
            "numbers": csv.display().to_string(),
            "washing_cost": washing_cost(&economies[0]),
            "laws": rows,
        })))
    }

    /// Whose parameters they are.
    fn rules(&self) -> String {
        match &self.params {
            Some(file) => format!("the parameters in {}", file.display()),
            None => format!("the preset {}", self.preset.name()),
        }
    }

    fn economies(&self, demand: &Demand, params: &NetworkParams) -> Result<Vec<Economy>> {
        let supply = self.supply.unwrap_or(params.max_supply / 2);
        if supply > params.max_supply {
            return Err(Failure::Usage(format!("--supply: the network has at most {} base units", params.max_supply)));
        }
        let rate = params.emission.initial_rate_ppt;
        let laws: [Box<dyn Law>; 3] =
            [Box::new(Ours::begin(params)), Box::new(Livepeer::begin(rate)), Box::new(Cosmos::begin(rate))];
        let mut economies: Vec<Economy> = laws.into_iter().map(|law| Economy::begin(law, supply)).collect();
        for day in 0..self.years * YEAR {
            economies.iter_mut().for_each(|economy| economy.next_day(demand.on(day)));
        }
        Ok(economies)
    }
}

/// What those who pay themselves lost of it, if all that providers got of fees, of what was minted back and
/// by units for washed work came back to them. Base units.
fn washing_cost(ours: &Economy) -> u64 {
    let cost = |past: &Past| {
        let Past { today, paid } = past;
        let (washed, fees) = (u128::from(today.day.washed), u128::from(today.fees().max(1)));
        let kept = u128::from(paid.fees_of_providers.saturating_add(paid.minted_back).saturating_add(paid.by_units));
        u128::from(today.day.washed).saturating_sub(kept * washed / fees)
    };
    u64::try_from(ours.days.iter().map(cost).sum::<u128>()).unwrap_or(u64::MAX)
}

fn row(name: &str, economies: &[Economy], values: &[String]) -> Value {
    let laws = economies.iter().zip(values).map(|(economy, value)| (economy.name().to_owned(), value.clone().into()));
    let named = std::iter::once(("about".to_owned(), Value::from(name)));
    Value::Object(named.chain(laws).collect::<Map<_, _>>())
}

fn write(file: &Path, text: &str) -> Result<()> {
    std::fs::write(file, text).map_err(|error| Failure::Failed(format!("{}: {error}", file.display())))
}
