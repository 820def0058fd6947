//! Checks of single values: a case's reference and each kind of case information.
//!
//! Files and the command line use the same ones. Must not know where the text stands.

use crate::model::{Attribute, AttributeKind, Code, Problem, nearest};

/// The longest reference, in characters.
const REFERENCE_CHARACTERS_MAX: usize = 40;

/// The longest code, in characters: longer ones are sentences, which do not belong into case information.
const CODE_CHARACTERS_MAX: usize = 60;

/// Takes a text as the reference of a case, trimmed: 1 to 40 letters without accents, digits and `-_/.`.
///
/// A space is refused because people write names with spaces: a case is known by a code, never by a name.
///
/// # Errors
/// [`Code::BadReference`]; the problem has no place yet.
pub fn check_reference(text: &str) -> Result<String, Problem> {
    let text = text.trim();
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-_/.".contains(c);
    if text.is_empty() {
        return Err(Problem::new(
            Code::BadReference,
            "the reference is empty",
            "give every case a code",
        ));
    }
    if let Some(wrong) = text.chars().find(|c| !allowed(*c)) {
        let what = match wrong {
            ' ' => format!("the reference {} has a space", shown(text)),
            other => format!(
                "the reference {} has the character {}",
                shown(text),
                other.escape_debug()
            ),
        };
        let remedy = "use a code, never a name: letters A to Z, digits and - _ / . only";
        return Err(Problem::new(Code::BadReference, what, remedy));
    }
    if text.chars().count() > REFERENCE_CHARACTERS_MAX {
        let what = format!(
            "the reference {} is longer than {REFERENCE_CHARACTERS_MAX} characters",
            shown(text)
        );
        return Err(Problem::new(Code::BadReference, what, "use a shorter code"));
    }
    Ok(text.to_owned())
}

/// Takes a text as a value of an attribute, in the form in which the record keeps it: a choice as its id (it may be given
/// by id or by title, in any case), a number in digits, a date as `2018-10-01` (`01/10/2018` is read as day, month, year).
///
/// `choice_titles` stand in the order of the choices; they may be empty.
///
/// # Errors
/// [`Code::EmptyCell`] for an empty text (callers decide what silence means before they ask), [`Code::UnknownValue`] for one
/// that the attribute does not allow; the problem has no place yet.
pub fn check_value(
    attribute: &Attribute,
    choice_titles: &[String],
    text: &str,
) -> Result<String, Problem> {
    let (id, text) = (attribute.id.as_str(), text.trim());
    if text.is_empty() {
        let what = format!("no value is given for {id}");
        return Err(Problem::new(
            Code::EmptyCell,
            what,
            "give one, or leave it out",
        ));
    }
    let refused = |why: &str, remedy: String| {
        let what = format!("{} {why} {id}", shown(text));
        Err(Problem::new(Code::UnknownValue, what, remedy))
    };
    match &attribute.kind {
        AttributeKind::Choice(ids) => match choose(ids, choice_titles, text) {
            Some(chosen) => Ok(chosen.to_owned()),
            None => refused(
                "is not a choice of",
                nearest(text, ids.iter().map(String::as_str)),
            ),
        },
        AttributeKind::Code if text.chars().any(char::is_control) => refused(
            "has a line end or control character in",
            "write it on one line".into(),
        ),
        AttributeKind::Code if text.chars().count() > CODE_CHARACTERS_MAX => refused(
            "is too long for",
            format!("use at most {CODE_CHARACTERS_MAX} characters"),
        ),
        AttributeKind::Code => Ok(text.to_owned()),
        AttributeKind::Number => match text.parse::<i64>() {
            Ok(number) => Ok(number.to_string()),
            Err(_) => refused(
                "is not a whole number for",
                "write digits only, such as 12".into(),
            ),
        },
        AttributeKind::Date => match read_date(text) {
            Some(date) => Ok(date),
            None => refused(
                "is not a date for",
                "write 2018-10-01 or 01/10/2018 (day, month, year)".into(),
            ),
        },
    }
}

fn choose<'a>(ids: &'a [String], titles: &[String], text: &str) -> Option<&'a str> {
    let is = |name: &String| {
        name.eq_ignore_ascii_case(text) || name.to_lowercase() == text.to_lowercase()
    };
    let place = ids
        .iter()
        .position(is)
        .or_else(|| titles.iter().position(is))?;
    ids.get(place).map(String::as_str)
}

/// Exactly `2018-10-01` or `01/10/2018`: any other order or a short year could mean another day. Behind it midnight may stand, as
/// systems write a date that has no time.
pub(super) fn read_date(text: &str) -> Option<String> {
    let text = match text.split_once([' ', 'T']) {
        Some((date, "00:00" | "00:00:00" | "00:00:00.000" | "00:00:00Z")) => date,
        Some(_) => return None,
        None => text,
    };
    let (separator, widths) = if text.contains('/') {
        ('/', [2, 2, 4])
    } else {
        ('-', [4, 2, 2])
    };
    let parts: Vec<&str> = text.split(separator).collect();
    let right = |(part, width): (&&str, usize)| {
        part.len() == width && part.bytes().all(|b| b.is_ascii_digit())
    };
    if parts.len() != widths.len() || !parts.iter().zip(widths).all(right) {
        return None;
    }
    let numbers: Vec<u32> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    let (year, month, day) = match (separator, numbers.as_slice()) {
        ('/', [day, month, year]) | (_, [year, month, day]) => (*year, *month, *day),
        _ => return None,
    };
    let date = chrono::NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    Some(date.format("%Y-%m-%d").to_string())
}

/// A cell as a message quotes it: short, on one line.
pub(super) fn shown(text: &str) -> String {
    const SHOWN_CHARACTERS: usize = 40;
    let mut short: String = text.chars().take(SHOWN_CHARACTERS).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    let escape = |c: char| {
        if c.is_control() {
            c.escape_default().to_string()
        } else {
            c.to_string()
        }
    };
    short.chars().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(kind: AttributeKind, text: &str) -> Result<String, Code> {
        let attribute = Attribute {
            id: "x".into(),
            kind,
        };
        let titles = ["Very high".to_owned(), "Low".to_owned()];
        check_value(&attribute, &titles, text).map_err(|problem| problem.code)
    }

    #[test]
    fn a_reference_is_a_code_of_one_to_forty_characters() {
        for good in ["1", "NW-2018/001_a.b", &"x".repeat(40)] {
            assert_eq!(check_reference(&format!(" {good}\t")).unwrap(), good);
        }
        for bad in [
            "",
            "  ",
            "Jo Smith",
            "a,b",
            "é1",
            "a\nb",
            "a\0",
            &"x".repeat(41),
        ] {
            assert_eq!(
                check_reference(bad).unwrap_err().code,
                Code::BadReference,
                "{bad:?}"
            );
        }
    }

    #[test]
    fn a_name_as_reference_is_told_to_be_a_code() {
        let problem = check_reference("Jo Smith").unwrap_err();
        assert_eq!(problem.what, "the reference Jo Smith has a space");
        assert!(problem.remedy.starts_with("use a code, never a name"));
    }

    #[test]
    fn choices_are_read_by_id_or_title_in_any_case_and_kept_as_ids() {
        let choices = || AttributeKind::Choice(vec!["very-high".into(), "low".into()]);
        for text in ["very-high", "VERY-HIGH", " Very high ", "very HIGH"] {
            assert_eq!(value(choices(), text).as_deref(), Ok("very-high"), "{text}");
        }
        assert_eq!(value(choices(), "medium"), Err(Code::UnknownValue));
        assert_eq!(value(choices(), " "), Err(Code::EmptyCell));
        let attribute = Attribute {
            id: "x".into(),
            kind: choices(),
        };
        assert_eq!(
            check_value(&attribute, &[], "lw").unwrap_err().remedy,
            "did you mean low?"
        );
    }

    #[test]
    fn codes_are_trimmed_and_short() {
        assert_eq!(
            value(AttributeKind::Code, " LDU 1 ").as_deref(),
            Ok("LDU 1")
        );
        assert_eq!(
            value(AttributeKind::Code, &"é".repeat(60)),
            Ok("é".repeat(60))
        );
        assert_eq!(
            value(AttributeKind::Code, &"é".repeat(61)),
            Err(Code::UnknownValue)
        );
        assert_eq!(value(AttributeKind::Code, "a\nb"), Err(Code::UnknownValue));
    }

    #[test]
    fn numbers_are_whole() {
        for (text, kept) in [("12", "12"), ("-3", "-3"), ("+4", "4"), ("007", "7")] {
            assert_eq!(value(AttributeKind::Number, text).as_deref(), Ok(kept));
        }
        for text in ["1.5", "1,000", "two", "99999999999999999999"] {
            assert_eq!(
                value(AttributeKind::Number, text),
                Err(Code::UnknownValue),
                "{text}"
            );
        }
    }

    #[test]
    fn dates_are_real_days_with_a_year_of_four_digits() {
        for text in [
            "2018-10-01",
            "01/10/2018",
            "2018-10-01 00:00:00",
            "2018-10-01T00:00:00",
            "01/10/2018 00:00",
        ] {
            assert_eq!(
                value(AttributeKind::Date, text).as_deref(),
                Ok("2018-10-01")
            );
        }
        assert_eq!(
            value(AttributeKind::Date, "29/02/2020").as_deref(),
            Ok("2020-02-29")
        );
        let wrong = [
            "1/10/2018",
            "01/10/18",
            "2018-1-1",
            "2018/10/01",
            "29/02/2019",
            "10/13/2018",
            "1 Oct 2018",
            "2018-10-01 09:30:00",
            "+018-10-01",
            "43374",
        ];
        for text in wrong {
            assert_eq!(
                value(AttributeKind::Date, text),
                Err(Code::UnknownValue),
                "{text}"
            );
        }
    }

    #[test]
    fn messages_quote_cells_short_and_on_one_line() {
        assert_eq!(shown("a\nb"), "a\\nb");
        assert_eq!(shown(&"x".repeat(50)), format!("{}…", "x".repeat(40)));
    }
}
