//! Reads the figures of a measure as people and published tables write them: `71.2`, `71.2%`, `71.2 [p]`, `[x]`.
//!
//! Files and the command line use the same functions. Must not know where the text stands, nor any measure.

use super::values::shown;
use crate::model::{Code, Decimal, Problem, parse_figure};

/// The digits before the point of the largest figure, so that no sum or difference of figures leaves the exact numbers.
const WHOLE_DIGITS_MAX: usize = 15;

/// What is marked on a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks {
    /// `[p]`: provisional.
    pub provisional: bool,
    /// `[r]`: revised.
    pub revised: bool,
    /// `[z]`: unreliable.
    pub unreliable: bool,
    /// `[x]`: not available.
    pub not_available: bool,
}

impl Marks {
    /// Whether these go with a value: `p` and `r` need one, `x` stands in its place.
    ///
    /// # Errors
    /// [`Code::WrongValue`]; the problem has no place yet.
    pub fn check(self, has_value: bool) -> Result<Marks, Problem> {
        let (what, remedy) = if has_value && self.not_available {
            (
                "there is a value, and the mark x",
                "leave one of the two out",
            )
        } else if !has_value && (self.provisional || self.revised) {
            (
                "there is a mark and no value",
                "give the value, or leave the mark out",
            )
        } else {
            return Ok(self);
        };
        Err(Problem::new(Code::WrongValue, what, remedy))
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Marks) -> Marks {
        Marks {
            provisional: self.provisional || other.provisional,
            revised: self.revised || other.revised,
            unreliable: self.unreliable || other.unreliable,
            not_available: self.not_available || other.not_available,
        }
    }
}

/// Reads marks, one or several: `p`, `[p]`, `p, r`, `[p][z]`, in any case; an empty text has none.
///
/// # Errors
/// [`Code::WrongValue`] for anything else; the problem has no place yet.
pub fn read_marks(text: &str) -> Result<Marks, Problem> {
    let mut marks = Marks::default();
    for letter in text.chars() {
        let mark = match letter.to_ascii_lowercase() {
            'p' => &mut marks.provisional,
            'r' => &mut marks.revised,
            'z' => &mut marks.unreliable,
            'x' => &mut marks.not_available,
            '[' | ']' | ',' | ';' => continue,
            letter if letter.is_whitespace() => continue,
            _ => {
                let what = format!("{} is not a mark", shown(text));
                let remedy =
                    "write p (provisional), r (revised), z (unreliable) or x (not available)";
                return Err(Problem::new(Code::WrongValue, what, remedy));
            }
        };
        if std::mem::replace(mark, true) {
            let what = format!("the mark {letter} stands twice in {}", shown(text));
            return Err(Problem::new(Code::WrongValue, what, "write it once"));
        }
    }
    Ok(marks)
}

/// Reads a value with its marks: `71.2`, `71.2%`, `71.2 [p]`, `71.2 [r] [z]`; `[x]`, `[z]` or nothing for one that is not
/// available.
///
/// # Errors
/// [`Code::WrongValue`]; the problem has no place yet.
pub fn read_value(text: &str) -> Result<(Option<Decimal>, Marks), Problem> {
    let (number, marks) = text.split_at(text.find('[').unwrap_or(text.len()));
    if !marks.is_empty() && !marks.trim_end().ends_with(']') {
        return Err(no_figure(text));
    }
    let marks = read_marks(marks)?;
    let value = read_number(number.trim(), text)?;
    Ok((value, marks.check(value.is_some())?))
}

/// Reads a target, national or previous figure: `70`, `70%`; `[x]` or nothing for none.
///
/// # Errors
/// [`Code::WrongValue`]; the problem has no place yet.
pub fn read_figure(text: &str) -> Result<Option<Decimal>, Problem> {
    match read_value(text)? {
        (Some(_), marks) if marks != Marks::default() => {
            let what = format!("the figure {} has a mark", shown(text));
            let remedy = "marks belong to the value: leave it out here";
            Err(Problem::new(Code::WrongValue, what, remedy))
        }
        (figure, _) => Ok(figure),
    }
}

/// Reads how many observations there were: a whole number; `[x]` or nothing where it is not known.
///
/// # Errors
/// [`Code::WrongValue`]; the problem has no place yet.
pub fn read_count(text: &str) -> Result<Option<u64>, Problem> {
    if text.is_empty() || text.eq_ignore_ascii_case("[x]") {
        return Ok(None);
    }
    let figure = parse_figure(text).filter(|figure| figure.fract().is_zero());
    // The record keeps it as a 64-bit number with sign.
    let count = figure.and_then(|figure| u64::try_from(i64::try_from(figure).ok()?).ok());
    count.map(Some).ok_or_else(|| {
        let what = format!("{} is not a number of observations", shown(text));
        Problem::new(Code::WrongValue, what, "write a whole number, such as 30")
    })
}

/// `None` for an empty text; `cell` is what the message quotes.
fn read_number(text: &str, cell: &str) -> Result<Option<Decimal>, Problem> {
    if text.is_empty() {
        return Ok(None);
    }
    let number = text.strip_suffix('%').unwrap_or(text).trim_end();
    let Some(figure) = parse_figure(number) else {
        return Err(no_figure(cell));
    };
    if figure.trunc().abs().to_string().len() > WHOLE_DIGITS_MAX {
        let what = format!("the figure {} is too large", shown(cell));
        let remedy = format!(
            "write it in thousands or millions, with at most {WHOLE_DIGITS_MAX} digits before the point"
        );
        return Err(Problem::new(Code::WrongValue, what, remedy));
    }
    Ok(Some(figure))
}

fn no_figure(cell: &str) -> Problem {
    let what = format!("{} is not a figure", shown(cell));
    let number = cell.trim_end_matches(|letter: char| !letter.is_ascii_digit());
    let remedy = match with_decimal_point(number) {
        Some(number) => format!("write a decimal point: {number}"),
        None => "write a number such as 71.2 or 71.2 [p]; [x] or an empty cell is not available"
            .to_owned(),
    };
    Problem::new(Code::WrongValue, what, remedy)
}

/// `71,2` and `1.234,5` as they must be written; `None` for what is no number with a decimal comma.
fn with_decimal_point(text: &str) -> Option<String> {
    let (whole, fraction) = text.rsplit_once(',')?;
    let number = format!("{}.{fraction}", whole.replace(['.', ' '], ""));
    parse_figure(&number).map(|_| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Result<(Option<String>, String), String> {
        let (value, marks) = read_value(text).map_err(|problem| problem.to_string())?;
        let letters = [
            (marks.provisional, 'p'),
            (marks.revised, 'r'),
            (marks.unreliable, 'z'),
            (marks.not_available, 'x'),
        ];
        let set = letters.iter().filter(|(is_set, _)| *is_set);
        Ok((
            value.map(|value| value.to_string()),
            set.map(|(_, letter)| letter).collect(),
        ))
    }

    #[test]
    fn values_are_read_as_published_tables_write_them() {
        for (text, number, marks) in [
            ("71.2", Some("71.2"), ""),
            ("71.20", Some("71.20"), ""),
            ("-0.6", Some("-0.6"), ""),
            ("−0.6%", Some("-0.6"), ""),
            ("71.2%", Some("71.2"), ""),
            ("71.2 %", Some("71.2"), ""),
            ("71.2 [p]", Some("71.2"), "p"),
            ("71.2[P]", Some("71.2"), "p"),
            ("71.2% [r] [z]", Some("71.2"), "rz"),
            ("71.2 [p, r]", Some("71.2"), "pr"),
            ("1,234", Some("1234"), ""),
            ("0", Some("0"), ""),
            ("[x]", None, "x"),
            ("[z]", None, "z"),
            ("", None, ""),
        ] {
            let expected = (number.map(str::to_owned), marks.to_owned());
            assert_eq!(value(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn a_decimal_comma_is_told_how_to_be_written() {
        for (text, number) in [
            ("71,2", "71.2"),
            ("0,712", "0.712"),
            ("1.234,5", "1234.5"),
            ("71,2 %", "71.2"),
            ("71,25 [p]", "71.25"),
        ] {
            assert_eq!(
                value(text),
                Err(format!(
                    "{text} is not a figure; write a decimal point: {number} [wrong-value]"
                ))
            );
        }
    }

    #[test]
    fn what_is_no_figure_is_refused() {
        let remedy = "write a number such as 71.2 or 71.2 [p]; [x] or an empty cell is not available [wrong-value]";
        for text in [
            "n/a",
            "-",
            "..",
            "71.2.3",
            "71.2 [",
            "£5",
            "%",
            "2018-10-01",
            "#DIV/0!",
        ] {
            assert_eq!(
                value(text),
                Err(format!("{text} is not a figure; {remedy}"))
            );
        }
        assert!(
            value("71 [q]")
                .unwrap_err()
                .starts_with("[q] is not a mark; write p")
        );
        assert!(
            value("[p]")
                .unwrap_err()
                .starts_with("there is a mark and no value")
        );
        assert!(
            value("5 [x]")
                .unwrap_err()
                .starts_with("there is a value, and the mark x")
        );
        assert!(
            value("1234567890123456")
                .unwrap_err()
                .contains("is too large")
        );
        assert_eq!(
            value("123456789012345.5").unwrap().0.unwrap(),
            "123456789012345.5"
        );
    }

    #[test]
    fn targets_bear_no_marks_and_observations_are_whole() {
        assert_eq!(read_figure("[x]"), Ok(None));
        assert_eq!(read_figure("70%").unwrap().unwrap().to_string(), "70");
        assert_eq!(
            read_figure("70 [p]").unwrap_err().what,
            "the figure 70 [p] has a mark"
        );
        assert_eq!(read_count("1,204"), Ok(Some(1_204)));
        assert_eq!(read_count("30.0"), Ok(Some(30)));
        assert_eq!((read_count(""), read_count("[x]")), (Ok(None), Ok(None)));
        for text in ["-1", "2.5", "many", "99999999999999999999"] {
            assert_eq!(
                read_count(text).unwrap_err().code,
                Code::WrongValue,
                "{text}"
            );
        }
    }

    #[test]
    fn marks_may_stand_in_a_column_of_their_own() {
        let marks = read_marks("p, Z").unwrap();
        assert!(marks.provisional && marks.unreliable && !marks.revised);
        assert_eq!(read_marks(""), Ok(Marks::default()));
        let twice = read_marks("zz").unwrap_err();
        assert_eq!(twice.what, "the mark z stands twice in zz");
        assert_eq!(read_marks("final").unwrap_err().what, "final is not a mark");
    }
}
