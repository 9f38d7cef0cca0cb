//! One page with pictures, and the numbers beside it.

use {
    super::{
        chart::{self, Line, short},
        demand::{Demand, TOKEN, YEAR},
        law::{Economy, Past},
    },
    crate::failure::Result,
    plotters::style::RGBColor,
    std::fmt::Write,
};

/// The frame of the page: no script, nothing from elsewhere.
const FRAME: &str = include_str!("page.html");
/// One for each law.
const COLORS: [RGBColor; 3] = [RGBColor(26, 95, 180), RGBColor(214, 126, 24), RGBColor(46, 140, 87)];
/// Fees, what burned of them, and what was minted back.
const OF_FEES: [RGBColor; 3] = [RGBColor(120, 125, 135), RGBColor(192, 57, 43), RGBColor(26, 95, 180)];
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

const PICTURES: [Picture; 5] = [
    Picture {
        title: "Rate",
        about: "What would be emitted in a year if the day's rate stayed, before emission gives way to fees.",
        unit: "% of the supply a year",
        value: |past| past.paid.rate_ppt as f64 / 1e10,
    },
    Picture {
        title: "Staking ratio",
        about: "The staked part of the supply: given by the demand, or followed by stakers who want 8 % a year.",
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
        about: "Emission, fees and what was minted back, for providers and those behind them.",
        unit: "tokens a day",
        value: |past| tokens(past.paid.income),
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

/// The whole page.
pub fn page(demand: &Demand, economies: &[Economy], summary: &[(String, Vec<String>)]) -> Result<String> {
    let mut figures = String::new();
    for picture in &PICTURES {
        let lines: Vec<Line> =
            economies.iter().zip(COLORS).map(|(economy, color)| line(color, &economy.days, picture.value)).collect();
        figure(&mut figures, picture.title, picture.about, &chart::draw(picture.unit, &lines)?);
    }
    let ours = &economies[0].days;
    let of_fees: [fn(&Past) -> f64; 3] =
        [|past| tokens(past.today.fees()), |past| tokens(past.paid.burned), |past| tokens(past.paid.minted_back)];
    let lines: Vec<Line> = of_fees.into_iter().zip(OF_FEES).map(|(value, color)| line(color, ours, value)).collect();
    let about = "What clients pay (grey), what burned of it (red), and what of that was minted back for who worked \
                 (blue). Neither Livepeer nor Cosmos burns fees.";
    figure(&mut figures, "Fees and burn, here", about, &chart::draw("tokens a day", &lines)?);
    let mut legend = String::new();
    for (economy, color) in economies.iter().zip(COLORS) {
        let RGBColor(red, green, blue) = color;
        let _ = write!(legend, "<li><i style=\"background:rgb({red},{green},{blue})\"></i>{}</li>", economy.name());
    }
    Ok(FRAME
        .replace("{{demand}}", &escaped(&demand.name))
        .replace("{{about}}", &escaped(&demand.about))
        .replace("{{legend}}", &legend)
        .replace("{{summary}}", &table(economies, summary))
        .replace("{{figures}}", &figures))
}

fn figure(into: &mut String, title: &str, about: &str, svg: &str) {
    let _ =
        writeln!(into, "<figure aria-label=\"{title}\"><h2>{title}</h2>{svg}<figcaption>{about}</figcaption></figure>");
}

fn table(economies: &[Economy], summary: &[(String, Vec<String>)]) -> String {
    let mut rows: String = economies.iter().map(|economy| format!("<th>{}</th>", economy.name())).collect();
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

/// What stands above the pictures: the end of each economy.
pub fn summary(economies: &[Economy]) -> Vec<(String, Vec<String>)> {
    let each = |name: &str, of: &dyn Fn(&[Past]) -> String| {
        (name.to_owned(), economies.iter().map(|economy| of(&economy.days)).collect())
    };
    let percent = |value: f64| format!("{value:.1} %");
    let sum = |days: &[Past], of: fn(&Past) -> u64| days.iter().map(|past| tokens(of(past))).sum::<f64>();
    let last = |days: &[Past]| *days.last().expect("a day at least");
    vec![
        each("highest rate a year", &|days| {
            percent(days.iter().map(|past| past.paid.rate_ppt).max().unwrap_or(0) as f64 / 1e10)
        }),
        each("rate in the end", &|days| percent(last(days).paid.rate_ppt as f64 / 1e10)),
        each("staked in the end", &|days| percent(last(days).today.staked_ppm() as f64 / 1e4)),
        each("emitted", &|days| short(sum(days, |past| past.paid.emission))),
        each("burned, less what was minted back", &|days| {
            short(sum(days, |past| past.paid.burned) - sum(days, |past| past.paid.minted_back))
        }),
        each("income of providers", &|days| short(sum(days, |past| past.paid.income))),
        each("supply in the end", &|days| {
            let past = last(days);
            let (grown, burned) = (past.paid.emission + past.paid.minted_back, past.paid.burned);
            short(tokens((past.today.supply + grown).saturating_sub(burned)))
        }),
    ]
}
