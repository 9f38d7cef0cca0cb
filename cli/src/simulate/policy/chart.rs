//! Lines over years, drawn as SVG.

use {
    crate::failure::{Failure, Result},
    plotters::{prelude::*, style::RGBColor},
};

/// A line.
pub struct Line {
    /// Its colour.
    pub color: RGBColor,
    /// Years and values.
    pub points: Vec<(f64, f64)>,
}

/// Width and height of a picture: about what it has on a page, so that its letters stay as large as they are.
const SIZE: (u32, u32) = (480, 260);
/// Height of letters.
const LETTERS: i32 = 14;
const INK: RGBColor = RGBColor(64, 68, 76);
const FAINT: RGBColor = RGBColor(228, 231, 236);

/// Draws lines over one time, of whole years; the first of them lies above the others.
pub fn draw(unit: &str, lines: &[Line]) -> Result<String> {
    let all = || lines.iter().flat_map(|line| &line.points);
    let years = all().map(|(year, _)| *year).fold(0.0, f64::max).ceil().max(1.0);
    let highest = all().map(|(_, value)| *value).fold(0.0, f64::max);
    let top = if highest > 0.0 { highest * 1.06 } else { 1.0 };
    let mut svg = String::new();
    let drawn = paint(&mut svg, unit, lines, (years, top));
    drawn.map_err(|error| Failure::Failed(format!("a picture cannot be drawn: {error}")))?;
    Ok(svg)
}

fn paint(
    svg: &mut String,
    unit: &str,
    lines: &[Line],
    (years, top): (f64, f64),
) -> std::result::Result<(), Box<dyn std::error::Error>> {
    let root = SVGBackend::with_string(svg, SIZE).into_drawing_area();
    let mut chart = ChartBuilder::on(&root)
        .margin(8)
        .x_label_area_size(28)
        .y_label_area_size(72)
        .build_cartesian_2d(0.0..years, 0.0..top)?;
    chart
        .configure_mesh()
        .disable_x_mesh()
        .x_labels(11)
        .y_labels(6)
        .axis_style(FAINT)
        .bold_line_style(FAINT)
        .light_line_style(TRANSPARENT)
        .label_style(("sans-serif", LETTERS).into_font().color(&INK))
        .axis_desc_style(("sans-serif", LETTERS).into_font().color(&INK))
        .x_label_formatter(&|year| format!("{year:.0}"))
        .y_label_formatter(&|value| short(*value))
        .y_desc(unit)
        .draw()?;
    for line in lines.iter().rev() {
        chart.draw_series(LineSeries::new(line.points.iter().copied(), line.color.stroke_width(2)))?;
    }
    root.present()?;
    drop(chart);
    drop(root);
    Ok(())
}

/// A number in few letters.
pub fn short(value: f64) -> String {
    let (scaled, letter) = match value.abs() {
        large if large >= 1e9 => (value / 1e9, "B"),
        large if large >= 1e6 => (value / 1e6, "M"),
        large if large >= 1e3 => (value / 1e3, "k"),
        _ => (value, ""),
    };
    let digits = if scaled.abs() >= 100.0 || scaled == 0.0 {
        0
    } else if scaled.abs() >= 10.0 {
        1
    } else {
        2
    };
    let text = format!("{scaled:.digits$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    format!("{text}{letter}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_keep_what_matters() {
        for (value, text) in [
            (0.0, "0"),
            (0.25, "0.25"),
            (12.0, "12"),
            (999.0, "999"),
            (1_500.0, "1.5k"),
            (2e6, "2M"),
            (1.234e9, "1.23B"),
        ] {
            assert_eq!(short(value), text);
        }
    }

    #[test]
    fn the_highest_point_is_drawn_below_the_top_and_every_line_is_there() {
        let line = |color, top: f64| Line { color, points: vec![(0.0, 0.0), (5.0, top), (10.0, 1.0)] };
        let svg = draw("percent", &[line(RGBColor(1, 2, 3), 40.0), line(RGBColor(4, 5, 6), 20.0)]).unwrap();
        for color in ["#010203", "#040506"] {
            assert_eq!(svg.matches(&format!("stroke=\"{color}\"")).count(), 1, "{svg}");
        }
        assert!(svg.find("#010203") > svg.find("#040506"), "the first line is drawn last, and hidden by none");
        // The middle of a line that rises to the top lies higher than that of one that rises half as far.
        let middle = |color: &str| -> f64 {
            let line = svg.split("<polyline").find(|line| line.contains(color)).expect("the line");
            let points = line.split("points=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("its points");
            let middle = points.split_whitespace().nth(1).expect("three points");
            middle.split(',').nth(1).expect("x and y").parse().expect("a number")
        };
        let (high, low) = (middle("#010203"), middle("#040506"));
        assert!((8.0..40.0).contains(&high) && (low - high - 105.0).abs() < 15.0, "{high} {low}");
    }
}
