//! Calendar days, as known issues name them. Layer: `port`, no clock.

use std::fmt;
use std::time::Duration;

/// A day of the Gregorian calendar, ordered by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: u64,
    month: u64,
    day: u64,
}

impl Date {
    /// Reads `YYYY-MM-DD`; `None` when the text is anything else or no such day exists.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let digits = |text: &str, count: usize| {
            (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
        };
        let (year, rest) = text.split_once('-')?;
        let (month, day) = rest.split_once('-')?;
        let date = Self { year: digits(year, 4)?, month: digits(month, 2)?, day: digits(day, 2)? };
        (1..=days_in(date.year, date.month)?).contains(&date.day).then_some(date)
    }

    /// The day, in UTC, so long after the beginning of 1970.
    #[must_use]
    pub fn since_1970(elapsed: Duration) -> Self {
        let mut days = elapsed.as_secs() / 86_400;
        let mut date = Self { year: 1970, month: 1, day: 1 };
        while let Some(length) = days_in(date.year, date.month).filter(|length| *length <= days) {
            days -= length;
            date.month += 1;
            if date.month > 12 {
                (date.year, date.month) = (date.year + 1, 1);
            }
        }
        date.day += days;
        date
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn days_in(year: u64, month: u64) -> Option<u64> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 => Some(if leap { 29 } else { 28 }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An excuse must end on the day that it names, in every year.
    #[test]
    fn days_are_counted_as_the_calendar_does() {
        for (seconds, day) in [
            (0, "1970-01-01"),
            (951_782_400, "2000-02-29"),
            (1_582_934_400, "2020-02-29"),
            (1_767_225_599, "2025-12-31"),
            (1_767_225_600, "2026-01-01"),
            (4_107_542_400, "2100-03-01"),
        ] {
            assert_eq!(Date::since_1970(Duration::from_secs(seconds)).to_string(), day);
        }
    }

    /// Days that do not exist would be compared as if they did.
    #[test]
    fn only_days_that_exist_are_read() {
        for bad in
            ["", "2027-1-01", "2027-13-01", "2027-00-10", "2027-02-29", "2027-01-00", "+027-01-01", "2027-01-01 "]
        {
            assert_eq!(Date::read(bad), None, "{bad}");
        }
        assert!(Date::read("2028-02-29") < Date::read("2028-03-01"));
    }
}
