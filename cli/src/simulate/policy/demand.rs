//! What is demanded of a network, day by day: fees, what of them is washed, and how much is staked.

use {
    crate::{
        failure::{Failure, Result},
        piped,
        text::number,
    },
    std::path::Path,
};

/// One token in base units.
pub const TOKEN: u64 = 1_000_000;
/// Days of a year.
pub const YEAR: u32 = 365;
/// The header of a file.
const HEADER: &str = "day,fees,washed,staked_ppm";
/// A staking ratio in the manner of Livepeer's: the file says of itself that it is made up.
const LIVEPEER: &str = include_str!("../../../examples/demand-livepeer.csv");

/// A day of a network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// What strangers pay for work. Base units.
    pub fees: u64,
    /// What providers pay themselves through other keys. Base units.
    pub washed: u64,
    /// Staked part of the supply; `None` where stakers come and go by what they earn. Millionths.
    pub staked_ppm: Option<u32>,
}

/// Demand over the years.
pub struct Demand {
    /// Where it comes from.
    pub name: String,
    /// In a sentence.
    pub about: String,
    /// The days that are known, by their numbers; between them it moves evenly, after the last it stays.
    points: Vec<(u32, Day)>,
}

/// What is demanded without a file: name, sentence.
pub const PRESETS: [(&str, &str); 4] = [
    ("livepeer", "steady fees, and a staking ratio in the manner of Livepeer's years; made up, as its file says"),
    ("grows", "fees double every year from 2,000 tokens a day on; stakers come for what they earn"),
    ("collapses", "fees grow for three years and fall to a twentieth within a quarter; stakers come and go"),
    ("washed", "steady fees of 20,000 tokens a day, and from the third year on five times as much paid to oneself"),
];

impl Demand {
    /// A preset's by its name, or a file's.
    pub fn named(name: &str) -> Result<Self> {
        let Some((_, about)) = PRESETS.iter().find(|(preset, _)| *preset == name) else {
            let text = piped::read_text(Path::new(name)).map_err(|error| {
                let presets: Vec<&str> = PRESETS.iter().map(|(preset, _)| *preset).collect();
                Failure::Usage(format!("{name}: {error}; a file is expected, or one of {}", presets.join(", ")))
            })?;
            let file = Path::new(name).file_name().unwrap_or_default().to_string_lossy().into_owned();
            return Self::read(file, "a file".to_owned(), &text).map_err(|why| Failure::Usage(format!("{name}:{why}")));
        };
        let (named, about) = (name.to_owned(), (*about).to_owned());
        if name == "livepeer" {
            return Self::read(named, about, LIVEPEER).map_err(Failure::Failed);
        }
        let fees = |tokens: u64| Day { fees: tokens * TOKEN, ..Day::default() };
        let points = match name {
            "grows" => (0..=20).map(|year| (year * YEAR, fees(2_000 << year))).collect(),
            "collapses" => vec![(0, fees(2_000)), (3 * YEAR, fees(100_000)), (3 * YEAR + 91, fees(5_000))],
            _ => {
                let washed = Day { washed: 100_000 * TOKEN, ..fees(20_000) };
                vec![(0, fees(20_000)), (2 * YEAR, fees(20_000)), (2 * YEAR + 1, washed)]
            }
        };
        Ok(Self { name: named, about, points })
    }

    /// A file: a header, then a line for each known day, `day,fees,washed,staked_ppm` with the fees in base
    /// units a day and nothing as the ratio where stakers decide; `#` begins a comment.
    fn read(name: String, about: String, text: &str) -> std::result::Result<Self, String> {
        let lines =
            (1..).zip(text.lines()).map(|(line, text): (usize, _)| (line, text.split('#').next().unwrap_or("").trim()));
        let mut lines = lines.filter(|(_, text)| !text.is_empty());
        match lines.next() {
            Some((_, HEADER)) => {}
            Some((line, _)) => return Err(format!("{line}: the header `{HEADER}` is expected")),
            None => return Err("1: there is nothing in it".to_owned()),
        }
        let mut points: Vec<(u32, Day)> = Vec::new();
        for (line, text) in lines {
            let (day, of) = parse(text).ok_or_else(|| {
                format!(
                    "{line}: `{HEADER}` is expected: whole numbers, less than 2^60, a ratio of 1 to 1,000,000 or none"
                )
            })?;
            if points.last().map_or(day != 0, |(before, _)| day <= *before) {
                return Err(format!("{line}: days rise, and the first is 0"));
            }
            points.push((day, of));
        }
        if points.is_empty() { Err("2: no day is known".to_owned()) } else { Ok(Self { name, about, points }) }
    }

    /// A day.
    pub fn on(&self, day: u32) -> Day {
        let after = self.points.partition_point(|(known, _)| *known <= day);
        let (from, before) = self.points[after - 1];
        let Some((to, next)) = self.points.get(after).copied() else { return before };
        let between = |from_value: u64, to_value: u64| {
            let (passed, whole) = (i128::from(day - from), i128::from(to - from));
            let moved = (i128::from(to_value) - i128::from(from_value)) * passed / whole;
            // Between two numbers of 64 bits.
            (i128::from(from_value) + moved) as u64
        };
        Day {
            fees: between(before.fees, next.fees),
            washed: between(before.washed, next.washed),
            // Between two numbers of 32 bits.
            staked_ppm: match (before.staked_ppm, next.staked_ppm) {
                (Some(from), Some(to)) => Some(between(from.into(), to.into()) as u32),
                (known, _) => known,
            },
        }
    }
}

fn parse(line: &str) -> Option<(u32, Day)> {
    let fields: Vec<&str> = line.split(',').map(str::trim).collect();
    let [day, fees, washed, staked] = fields[..] else { return None };
    let amount = |text: &str| number::<u64>(text).filter(|amount| *amount < 1 << 60);
    let staked_ppm = match staked {
        "" => None,
        some => Some(number::<u32>(some).filter(|ratio| (1..=1_000_000).contains(ratio))?),
    };
    Some((number(day)?, Day { fees: amount(fees)?, washed: amount(washed)?, staked_ppm }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> std::result::Result<Demand, String> {
        Demand::read("a".to_owned(), "a file".to_owned(), text)
    }

    #[test]
    fn between_known_days_demand_moves_evenly_and_after_the_last_it_stays() {
        let demand =
            read("# of a town\nday,fees,washed,staked_ppm\n0,100,0,500000\n10,200,50,400000 # falls\n").unwrap();
        let on = |day| (demand.on(day).fees, demand.on(day).washed, demand.on(day).staked_ppm);
        assert_eq!(on(0), (100, 0, Some(500_000)));
        assert_eq!(on(3), (130, 15, Some(470_000)));
        assert_eq!((on(10), on(9_999)), ((200, 50, Some(400_000)), (200, 50, Some(400_000))));
    }

    #[test]
    fn a_malformed_file_is_refused_with_its_line() {
        for (text, why) in [
            ("", "1: there is nothing"),
            ("day,fees\n", "1: the header"),
            ("day,fees,washed,staked_ppm\n", "2: no day"),
            ("day,fees,washed,staked_ppm\n1,1,1,\n", "2: days rise, and the first is 0"),
            ("day,fees,washed,staked_ppm\n0,1,1,\n0,1,1,\n", "3: days rise"),
            ("day,fees,washed,staked_ppm\n0,-1,1,\n", "2: `day,fees"),
            ("day,fees,washed,staked_ppm\n0,1,1,1000001\n", "2: `day,fees"),
            ("day,fees,washed,staked_ppm\n0,1,1\n", "2: `day,fees"),
        ] {
            let refused = read(text).err().unwrap_or_default();
            assert!(refused.starts_with(why), "{text:?}: {refused}");
        }
    }

    #[test]
    fn every_preset_is_demand_and_what_is_neither_preset_nor_file_is_wrong_usage() {
        for (name, _) in PRESETS {
            let demand = Demand::named(name).unwrap();
            assert!((0..50 * YEAR).step_by(30).all(|day| demand.on(day).fees > 0), "{name}");
        }
        assert!(Demand::named("livepeer").unwrap().on(1_000).staked_ppm.is_some());
        assert_eq!(Demand::named("washed").unwrap().on(3 * YEAR).washed, 100_000 * TOKEN);
        assert!(matches!(Demand::named("nowhere.csv"), Err(Failure::Usage(why)) if why.contains("livepeer, grows")));
    }
}
