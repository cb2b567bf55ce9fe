//! The report as a page that stands alone: no script, nothing fetched. Pure.

use std::fmt::Write as _;

use super::Sheet;
use super::chart::svg;
use super::text::text;
use super::words::{derivation, escaped, rule, seconds};
use crate::matrix;
use conformance::shown::grouped;
use conformance::shown::printable;

const STYLE: &str = "body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#111;\
background:#fff}svg{max-width:100%;height:auto}table{border-collapse:collapse;margin:1rem 0}th,td{border:1px solid \
#bbb;padding:.3rem .6rem;text-align:right}th[scope=row],th:first-child{text-align:left}pre{overflow-x:auto;background:\
#f4f4f4;padding:1rem}";

/// The page.
#[must_use]
pub fn html(sheet: &Sheet) -> String {
    let title = format!("Calibration of {}", derivation(sheet.kdf));
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <h1>{title}</h1>\n<p>{}</p>\n{}{}<h2>In words</h2>\n<pre>{}</pre>\n</body>\n</html>\n",
        escaped(&rule(sheet)),
        svg(sheet),
        table(sheet),
        escaped(&text(sheet)),
        title = escaped(&title),
    )
}

/// What the number of each costs on each.
fn table(sheet: &Sheet) -> String {
    let rows = matrix(&sheet.subjects);
    let Some(first) = rows.first() else { return String::new() };
    let mut html = String::from("<h2>What each number costs elsewhere</h2>\n<table>\n<tr><th>chosen on</th>");
    let _ = write!(html, "<th>{}</th>", sheet.kdf.unit());
    for (on, _) in &first.seconds {
        let _ = write!(html, "<th scope=\"col\">{}</th>", escaped(&printable(on)));
    }
    html += "</tr>\n";
    for row in &rows {
        let name = escaped(&printable(&row.chosen_on));
        let _ = write!(html, "<tr><th scope=\"row\">{name}</th><td>{}</td>", grouped(row.cost));
        for (_, took) in &row.seconds {
            let _ = write!(html, "<td>{}</td>", seconds(*took));
        }
        html += "</tr>\n";
    }
    html + "</table>\n"
}
