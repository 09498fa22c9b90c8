//! Synthetic national identity numbers (month + 80): never one that a person could have, with control digits that are
//! right.

use crate::calendar;
use jiff::civil::Date;

const WEIGHTS_1: [u32; 9] = [3, 7, 6, 1, 8, 9, 4, 5, 2];
const WEIGHTS_2: [u32; 10] = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];

/// The control digit of the digits before it, or None where mod 11 gives ten.
fn control(digits: &[u32], weights: &[u32]) -> Option<u32> {
    let sum: u32 = digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum();
    match (11 - sum % 11) % 11 {
        10 => None,
        digit => Some(digit),
    }
}

/// Are these eleven digits, the last two of which control the others?
pub(crate) fn valid(persnr: &str) -> bool {
    let digits: Option<Vec<u32>> = persnr.chars().map(|c| c.to_digit(10)).collect();
    match digits {
        Some(digits) if digits.len() == 11 => {
            control(&digits[..9], &WEIGHTS_1) == Some(digits[9]) && control(&digits[..10], &WEIGHTS_2) == Some(digits[10])
        }
        _ => false,
    }
}

/// A span of birth years whose numbers are handed out without repetition.
pub(crate) struct Series {
    first_year: i16,
    years: i16,
    /// Individual numbers 000–499 belong to the 1900s, 500–999 to 2000–2039.
    first_individual: u32,
}

/// Those who are in the register.
pub(crate) const REGISTERED: Series = Series { first_year: 1950, years: 50, first_individual: 0 };
/// Those whom nobody has entered yet.
pub(crate) const UNUSED: Series = Series { first_year: 2000, years: 7, first_individual: 500 };

impl Series {
    /// How many numbers there are.
    pub(crate) fn len(&self) -> u64 {
        self.days() as u64 * 50
    }

    fn days(&self) -> i64 {
        first_day(self.first_year + self.years) - first_day(self.first_year)
    }

    /// The nth number; differs for each `n < len()`.
    pub(crate) fn number(&self, n: u64) -> String {
        // A stride without common factors with the length scatters neighbours over the years and repeats nothing; it is a
        // prime larger than any factor of a length here.
        let scattered = (n % self.len()) * 1_000_003 % self.len();
        let birth = calendar::civil(first_day(self.first_year) + (scattered / 50) as i64);
        let ten = self.first_individual + (scattered % 50) as u32 * 10;
        // Of ten neighbours mod 11 forbids a few, never all.
        (0..10)
            .find_map(|last| {
                let nine = format!("{:02}{:02}{:02}{:03}", birth.day(), birth.month() + 80, birth.year() % 100, ten + last);
                let mut digits: Vec<u32> = nine.chars().filter_map(|c| c.to_digit(10)).collect();
                digits.push(control(&digits, &WEIGHTS_1)?);
                digits.push(control(&digits, &WEIGHTS_2)?);
                Some(digits.iter().map(u32::to_string).collect())
            })
            .unwrap_or_else(|| unreachable!("ten neighbouring numbers without a valid one"))
    }
}

/// A year's first day, counted from 1970-01-01.
fn first_day(year: i16) -> i64 {
    calendar::day(Date::constant(year, 1, 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn numbers_are_valid_synthetic_and_never_repeat() {
        for series in [&REGISTERED, &UNUSED] {
            let count = series.len().min(130_000);
            let numbers: HashSet<String> = (0..count).map(|n| series.number(n)).collect();
            assert_eq!(numbers.len() as u64, count);
            for number in &numbers {
                assert!(valid(number), "{number}");
                assert!((81..=92).contains(&number[2..4].parse::<u32>().unwrap()), "{number}");
            }
        }
    }

    #[test]
    fn a_mistyped_digit_is_noticed() {
        let number = UNUSED.number(7);
        for place in 0..11 {
            let mut digits: Vec<char> = number.chars().collect();
            digits[place] = if digits[place] == '9' { '0' } else { '9' };
            let mistyped: String = digits.into_iter().collect();
            assert_ne!(mistyped, number);
            assert!(!valid(&mistyped), "{mistyped}");
        }
        assert!(!valid("1234567890"));
        assert!(!valid("1234567890x"));
    }
}
