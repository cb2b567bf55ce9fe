//! Time against cost, for each implementation, both axes logarithmic, with the target's line: characters and SVG. Pure.

use std::fmt::Write as _;

use super::Sheet;
use super::words::{escaped, seconds};
use crate::Calibration;
use conformance::shown::grouped;
use conformance::shown::printable;

/// Lines in a picture; the letters that name them.
const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz";

/// What a picture shows: named lines in a window of costs and times.
struct Window<'s> {
    lines: Vec<(&'s str, &'s Calibration)>,
    costs: (f64, f64),
    times: (f64, f64),
    target: f64,
}

impl<'s> Window<'s> {
    /// The window that holds every number; `None` where there is no number.
    fn of(sheet: &'s Sheet) -> Option<Self> {
        let lines: Vec<_> =
            sheet.subjects.iter().filter_map(|one| Some((one.name.as_str(), one.calibration()?))).collect();
        let drawn = |found: &Calibration| found.per_unit > 0.0 && found.chosen > 0;
        let lines: Vec<_> = lines.into_iter().filter(|(_, found)| drawn(found)).take(LETTERS.len()).collect();
        let least = lines.iter().map(|(_, found)| found.chosen).min()?;
        let most = lines.iter().map(|(_, found)| found.chosen).max()?;
        let target = sheet.target.as_secs_f64();
        Some(Self {
            lines,
            costs: (float(least) / 4.0, float(most) * 4.0),
            times: (target / 50.0, target * 50.0),
            target,
        })
    }

    /// Where a cost lies between the left edge, 0, and the right one, 1.
    fn across(&self, cost: f64) -> f64 {
        (cost / self.costs.0).ln() / (self.costs.1 / self.costs.0).ln()
    }

    /// Where a time lies between the lower edge, 0, and the upper one, 1.
    fn up(&self, seconds: f64) -> f64 {
        (seconds / self.times.0).ln() / (self.times.1 / self.times.0).ln()
    }

    /// The cost at a place between the edges.
    fn cost(&self, across: f64) -> f64 {
        self.costs.0 * (self.costs.1 / self.costs.0).powf(across)
    }
}

/// The picture in characters: 64 by 15 and a margin.
pub(super) fn characters(sheet: &Sheet) -> String {
    const WIDE: usize = 64;
    const HIGH: usize = 15;
    let Some(window) = Window::of(sheet) else { return String::new() };
    let mut rows = vec![[b' '; WIDE]; HIGH];
    let row = |seconds: f64| {
        let up = window.up(seconds);
        (0.0..=1.0).contains(&up).then(|| HIGH - 1 - whole(up * float(HIGH as u64 - 1) + 0.5))
    };
    if let Some(at) = row(window.target) {
        rows[at] = [b'-'; WIDE];
    }
    for ((_, found), letter) in window.lines.iter().zip(LETTERS) {
        let cost = |column: usize| window.cost(float(column as u64) / float(WIDE as u64 - 1));
        let places = (0..WIDE).filter_map(|column| Some((row(found.seconds_at_part(cost(column)))?, column)));
        for (at, column) in places.collect::<Vec<_>>() {
            rows[at][column] = *letter;
        }
    }
    let mut text = String::new();
    for (at, cells) in rows.iter().enumerate() {
        let mark = match at {
            0 => seconds(window.times.1),
            _ if Some(at) == row(window.target) => seconds(window.target),
            _ if at == HIGH - 1 => seconds(window.times.0),
            _ => String::new(),
        };
        let _ = writeln!(text, "  {mark:>9} |{}", String::from_utf8_lossy(cells).trim_end());
    }
    let (left, right) = (grouped(rounded(window.costs.0)), grouped(rounded(window.costs.1)));
    let _ = writeln!(text, "            +{}", "-".repeat(WIDE));
    let _ = writeln!(text, "             {left}{right:>width$} {}", sheet.kdf.unit(), width = WIDE - left.len());
    for ((name, _), letter) in window.lines.iter().zip(LETTERS) {
        let _ = writeln!(text, "             {} {}", char::from(*letter), printable(name));
    }
    text
}

/// Colours that people with any sight tell apart (Okabe and Ito 2008), on white; each line has its own dashes too.
const COLOURS: [&str; 7] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000"];
const DASHES: [&str; 4] = ["none", "8 3", "2 3", "10 3 2 3"];

/// The picture as an SVG element; empty where there is no number.
pub(super) fn svg(sheet: &Sheet) -> String {
    const WIDE: f64 = 720.0;
    const HIGH: f64 = 400.0;
    const LEFT: f64 = 70.0;
    const LOW: f64 = 350.0;
    let Some(window) = Window::of(sheet) else { return String::new() };
    let x = |cost: f64| LEFT + (WIDE - LEFT - 20.0) * window.across(cost);
    let y = |time: f64| LOW - (LOW - 20.0) * window.up(time);
    let mut svg = format!(
        "<svg viewBox=\"0 0 {WIDE} {HIGH}\" role=\"img\" aria-labelledby=\"chart-title\" font-family=\"sans-serif\" \
         font-size=\"12\">\n<title id=\"chart-title\">Time against {} on each implementation</title>\n\
         <clipPath id=\"inside\"><rect x=\"{LEFT}\" y=\"20\" width=\"{}\" height=\"{}\"/></clipPath>\n\
         <rect x=\"{LEFT}\" y=\"20\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"#888\"/>\n",
        sheet.kdf.unit(),
        WIDE - LEFT - 20.0,
        LOW - 20.0,
        WIDE - LEFT - 20.0,
        LOW - 20.0,
    );
    let target = y(window.target);
    let _ = writeln!(
        svg,
        "<line x1=\"{LEFT}\" x2=\"{}\" y1=\"{target:.1}\" y2=\"{target:.1}\" stroke=\"#c00\"/>\
         <text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\" fill=\"#c00\">{}</text>",
        WIDE - 20.0,
        LEFT - 6.0,
        target + 4.0,
        seconds(window.target)
    );
    for power in -6..=12 {
        let (cost, time) = (10_f64.powi(power), 10_f64.powi(power - 5));
        if (0.0..=1.0).contains(&window.across(cost)) {
            let _ = writeln!(
                svg,
                "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                x(cost),
                LOW + 18.0,
                grouped(rounded(cost))
            );
        }
        if (0.0..=1.0).contains(&window.up(time)) && (y(time) - target).abs() > 14.0 {
            let _ = writeln!(
                svg,
                "<text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
                LEFT - 6.0,
                y(time) + 4.0,
                seconds(time)
            );
        }
    }
    for (at, (name, found)) in window.lines.iter().enumerate() {
        line(&mut svg, &window, at, name, found, &x, &y);
    }
    let _ = writeln!(
        svg,
        "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
        WIDE - 20.0,
        HIGH - 10.0,
        sheet.kdf.unit()
    );
    svg + "</svg>\n"
}

/// One implementation's line, its number on it, and its name.
fn line(
    svg: &mut String,
    window: &Window<'_>,
    at: usize,
    name: &str,
    found: &Calibration,
    x: &dyn Fn(f64) -> f64,
    y: &dyn Fn(f64) -> f64,
) {
    const POINTS: u32 = 48;
    let point = |step: u32| {
        let cost = window.cost(f64::from(step) / f64::from(POINTS));
        let time = found.seconds_at_part(cost).max(window.times.0 / 10.0);
        format!("{:.1},{:.1}", x(cost), y(time))
    };
    let points = (0..=POINTS).map(point).collect::<Vec<_>>().join(" ");
    let (colour, dashes) = (COLOURS[at % COLOURS.len()], DASHES[at % DASHES.len()]);
    let chosen = float(found.chosen);
    let took = found.seconds_at(found.chosen);
    let (left, top) = (90.0, 40.0 + 16.0 * float(at as u64));
    let _ = writeln!(
        svg,
        "<g stroke=\"{colour}\" fill=\"{colour}\"><polyline points=\"{points}\" fill=\"none\" stroke-width=\"2\" \
         stroke-dasharray=\"{dashes}\" clip-path=\"url(#inside)\"/><circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"4\"/>\
         <line x1=\"{left}\" x2=\"{}\" y1=\"{}\" y2=\"{}\" stroke-width=\"2\" stroke-dasharray=\"{dashes}\"/>\
         <text x=\"{}\" y=\"{top}\" stroke=\"none\">{}: {}</text></g>",
        x(chosen),
        y(took),
        left + 30.0,
        top - 4.0,
        top - 4.0,
        left + 36.0,
        escaped(name),
        grouped(found.chosen),
    );
}

#[expect(clippy::cast_precision_loss, reason = "a picture's points")]
fn float(number: u64) -> f64 {
    number as f64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to the height of the picture")]
fn whole(number: f64) -> usize {
    number as usize
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a mark on an axis, above 0")]
fn rounded(number: f64) -> u64 {
    number.round() as u64
}
