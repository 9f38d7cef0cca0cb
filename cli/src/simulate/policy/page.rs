//! One page with pictures, and the numbers beside it.

use {
    super::{
        chart::{self, Line, short},
        demand::{Demand, TOKEN, YEAR},
        law::{Economy, Past},
    },
    crate::failure::{Failure, Result},
    plotters::style::RGBColor,
    std::fmt::Write,
};

/// The frame of the page: no script, nothing from elsewhere.
const FRAME: &str = include_str!("page.html");
/// One for each law.
const COLORS: [RGBColor; 3] = [RGBColor(26, 95, 180), RGBColor(214, 126, 24), RGBColor(46, 140, 87)];
/// Fees, and what providers pay themselves of them.
const FEES: [RGBColor; 2] = [RGBColor(64, 68, 76), RGBColor(192, 57, 43)];
/// What burned of fees, and what was minted back.
const BURN: [RGBColor; 2] = [RGBColor(192, 57, 43), RGBColor(26, 95, 180)];
/// Each point of a line is the mean of so many days.
const DAYS_A_POINT: usize = 14;

/// A picture of every law.
struct Picture {
    title: &'static str,
    about: &'static str,
    unit: &'static str,
    value: fn(&Past) -> f64,
}

fn tokens(amount: u64) -> f64 {
    amount as f64 / TOKEN as f64
}

/// What providers had of a day, when what they paid themselves is taken off.
fn earned(past: &Past) -> f64 {
    tokens(past.paid.income) - tokens(past.today.day.washed)
}

const PICTURES: [Picture; 5] = [
    Picture {
        title: "Rate",
        about: "What would be emitted in a year if the day's rate stayed, before emission gives way to fees.",
        unit: "% of the supply a year",
        value: |past| past.paid.rate_ppt as f64 / 1e10,
    },
    Picture {
        title: "Staking ratio",
        about: "The staked part of the supply. Where the demand gives it, all lines are one; else stakers follow \
                what stake earns, and want 8 % a year.",
        unit: "% of the supply",
        value: |past| past.today.staked_ppm() as f64 / 1e4,
    },
    Picture {
        title: "Emission",
        about: "Freshly minted a day, after it gave way to fees and after every cap.",
        unit: "tokens a day",
        value: |past| tokens(past.paid.emission),
    },
    Picture {
        title: "Income of providers",
        about: "Emission, fees and what was minted back, for providers and those behind them, less what they paid \
                themselves.",
        unit: "tokens a day",
        value: earned,
    },
    Picture {
        title: "Supply",
        about: "All tokens that exist: emission adds, burned fees take away.",
        unit: "tokens",
        value: |past| tokens(past.today.supply),
    },
];

fn line(color: RGBColor, days: &[Past], value: impl Fn(&Past) -> f64) -> Line {
    let point = |(number, days): (usize, &[Past])| {
        let day = number * DAYS_A_POINT + days.len() / 2;
        (day as f64 / f64::from(YEAR), days.iter().map(&value).sum::<f64>() / days.len() as f64)
    };
    Line { color, points: days.chunks(DAYS_A_POINT).enumerate().map(point).collect() }
}

/// The whole page; `rules` says whose parameters ours are.
pub fn page(demand: &Demand, rules: &str, economies: &[Economy], summary: &[(String, Vec<String>)]) -> Result<String> {
    let mut figures = String::new();
    for picture in &PICTURES {
        let lines: Vec<Line> =
            economies.iter().zip(COLORS).map(|(economy, color)| line(color, &economy.days, picture.value)).collect();
        figure(&mut figures, picture.title, picture.about, &chart::draw(picture.unit, &lines)?);
    }
    let ours = &economies[0].days;
    let mut of_ours = |title: &str, about: &str, values: [fn(&Past) -> f64; 2], colors: [RGBColor; 2]| {
        let lines: Vec<Line> = values.into_iter().zip(colors).map(|(value, color)| line(color, ours, value)).collect();
        figure(&mut figures, title, about, &chart::draw("tokens a day", &lines)?);
        Ok::<_, Failure>(())
    };
    let paid: [fn(&Past) -> f64; 2] = [|past| tokens(past.today.fees()), |past| tokens(past.today.day.washed)];
    of_ours("Fees", "All fees (dark), and what providers pay themselves of them (red).", paid, FEES)?;
    let burn: [fn(&Past) -> f64; 2] = [|past| tokens(past.paid.burned), |past| tokens(past.paid.minted_back)];
    let about = "What burned of fees under our law (red), and what of that was minted back for who worked (blue). \
                 Neither Livepeer nor Cosmos burns fees.";
    of_ours("Burn", about, burn, BURN)?;
    let mut legend = String::new();
    for (economy, color) in economies.iter().zip(COLORS) {
        let RGBColor(red, green, blue) = color;
        let _ = write!(legend, "<li><i style=\"background:rgb({red},{green},{blue})\"></i>{}</li>", titled(economy));
    }
    Ok(FRAME
        .replace("{{demand}}", &escaped(&demand.name))
        .replace("{{about}}", &escaped(&demand.about))
        .replace("{{rules}}", &escaped(rules))
        .replace("{{supply}}", &short(tokens(ours[0].today.supply)))
        .replace("{{rate}}", &percent(ours[0].paid.rate_ppt as f64 / 1e10))
        .replace("{{legend}}", &legend)
        .replace("{{summary}}", &table(economies, summary))
        .replace("{{figures}}", &figures))
}

/// A law's name, as it begins a line.
fn titled(economy: &Economy) -> String {
    let (first, rest) = economy.name().split_at(1);
    first.to_uppercase() + rest
}

fn figure(into: &mut String, title: &str, about: &str, svg: &str) {
    let _ =
        writeln!(into, "<figure aria-label=\"{title}\"><h2>{title}</h2>{svg}<figcaption>{about}</figcaption></figure>");
}

fn table(economies: &[Economy], summary: &[(String, Vec<String>)]) -> String {
    let mut rows: String = economies.iter().map(|economy| format!("<th>{}</th>", titled(economy))).collect();
    rows = format!("<tr><th></th>{rows}</tr>");
    for (name, values) in summary {
        let values: String = values.iter().map(|value| format!("<td>{}</td>", escaped(value))).collect();
        let _ = write!(rows, "<tr><th>{}</th>{values}</tr>", escaped(name));
    }
    rows
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The numbers: a row a day, amounts in base units.
pub fn csv(economies: &[Economy]) -> String {
    let mut text = String::from("day,fees,washed");
    for economy in economies {
        for column in ["rate_ppt", "staked_ppm", "emission", "burned", "minted_back", "treasury", "income", "supply"] {
            let _ = write!(text, ",{}_{column}", economy.name());
        }
    }
    text.push('\n');
    for day in 0..economies[0].days.len() {
        let demanded = economies[0].days[day].today.day;
        let _ = write!(text, "{day},{},{}", demanded.fees, demanded.washed);
        for economy in economies {
            let Past { today, paid } = &economy.days[day];
            let _ = write!(
                text,
                ",{},{},{},{},{},{},{},{}",
                paid.rate_ppt,
                today.staked_ppm(),
                paid.emission,
                paid.burned,
                paid.minted_back,
                paid.treasury,
                paid.income,
                today.supply
            );
        }
        text.push('\n');
    }
    text
}

fn percent(value: f64) -> String {
    format!("{value:.1} %")
}

/// What stands above the pictures: the end of each economy.
pub fn summary(economies: &[Economy]) -> Vec<(String, Vec<String>)> {
    let each = |name: &str, of: &dyn Fn(&[Past]) -> String| {
        (name.to_owned(), economies.iter().map(|economy| of(&economy.days)).collect())
    };
    let sum = |days: &[Past], of: fn(&Past) -> u64| days.iter().map(|past| tokens(of(past))).sum::<f64>();
    let last = |days: &[Past]| *days.last().expect("a day at least");
    vec![
        each("highest rate a year", &|days| {
            percent(days.iter().map(|past| past.paid.rate_ppt).max().unwrap_or(0) as f64 / 1e10)
        }),
        each("rate in the end", &|days| percent(last(days).paid.rate_ppt as f64 / 1e10)),
        each("staked in the end", &|days| percent(last(days).today.staked_ppm() as f64 / 1e4)),
        each("emitted, tokens", &|days| short(sum(days, |past| past.paid.emission))),
        each("burned, less what was minted back, tokens", &|days| {
            short(sum(days, |past| past.paid.burned) - sum(days, |past| past.paid.minted_back))
        }),
        each("income of providers, tokens", &|days| short(days.iter().map(earned).sum())),
        each("supply in the end, tokens", &|days| {
            let past = last(days);
            let (grown, burned) = (past.paid.emission + past.paid.minted_back, past.paid.burned);
            short(tokens((past.today.supply + grown).saturating_sub(burned)))
        }),
    ]
}
