//! Prints problems under the lines that they are about. Must not know what a framework means.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet, normalize_untrusted_str};

use super::lines::{Line, Lines};
use crate::model::{Problem, Problems};

/// Prints every problem with its line of `text`, the range marked, the code and the remedy, ready for a terminal and
/// ending in a line break; `color` says whether the terminal shows colours. A problem without a range in the text is one
/// plain line. Nothing is printed for no problems.
///
/// Of a range over several lines only the first line is shown.
#[must_use]
pub fn render_problems(text: &str, file: &str, problems: &Problems, color: bool) -> String {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let lines = Lines::of(text);
    let mut printed = String::new();
    for problem in &problems.0 {
        let line = problem
            .place
            .span
            .and_then(|(start, _)| lines.around(start));
        match (problem.place.span, line) {
            (Some(span), Some(line)) => {
                printed.push_str(&render(problem, span, &line, file, &renderer));
                printed.push_str("\n\n");
            }
            _ => {
                printed.push_str(&normalize_untrusted_str(&problem.to_string()));
                printed.push('\n');
            }
        }
    }
    if printed.ends_with("\n\n") {
        printed.pop();
    }
    printed
}

fn render(
    problem: &Problem,
    (start, end): (usize, usize),
    line: &Line<'_>,
    file: &str,
    renderer: &Renderer,
) -> String {
    let within = |offset: usize| {
        line.text
            .ceil_char_boundary(offset.saturating_sub(line.start))
    };
    let (start, end) = (within(start), within(end));
    let snippet = Snippet::source(line.text)
        .line_start(line.number)
        .path(file)
        .annotation(AnnotationKind::Primary.span(start..end.max(start)));
    let mut group = Level::ERROR
        .primary_title(problem.what.as_str())
        .id(problem.code.as_str())
        .element(snippet);
    if !problem.remedy.is_empty() {
        let remedy = normalize_untrusted_str(&problem.remedy);
        group = group.element(Level::HELP.message(remedy));
    }
    renderer.render(&[group])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::Framework;
    use crate::model::Code;

    fn explain(text: &str) -> String {
        let problems = Framework::parse(text, "f.toml").unwrap_err();
        render_problems(text, "f.toml", &problems, false)
    }

    #[test]
    fn a_problem_is_printed_under_its_line_with_code_and_remedy() {
        assert_eq!(
            explain("# é\nid = élan\nx = [\n"),
            "error[not-toml]: this is not TOML: string values must be quoted, expected literal string\n \
             --> f.toml:2:6\n  |\n\
             2 | id = élan\n  |      ^^^^\n  |\n  \
             = help: put texts in quotes; numbers, true and false stand without them\n\
             \n\
             error[not-toml]: this is not TOML: unclosed array, expected `]`\n \
             --> f.toml:3:6\n  |\n\
             3 | x = [\n  |      ^\n  |\n  \
             = help: correct it as TOML wants it; https://toml.io shows how\n"
        );
    }

    #[test]
    fn of_a_range_over_several_lines_the_first_is_shown() {
        let text = "scale.ratings = [\r\n  1,\r\n]\r\n";
        let printed = explain(text);
        assert!(
            printed.contains("1 | scale.ratings = [\n  |                 ^\n"),
            "{printed}"
        );
    }

    #[test]
    fn a_problem_without_a_place_is_a_plain_line_without_control_characters() {
        let problem = Problem::new(Code::UnknownFramework, "no \u{1b}[31m", "add it");
        assert_eq!(
            render_problems("", "f.toml", &problem.into(), false),
            "no ␛[31m; add it [unknown-framework]\n"
        );
        assert_eq!(
            render_problems("", "f.toml", &Problems::default(), true),
            ""
        );
    }

    #[test]
    fn any_range_can_be_printed() {
        let text = "é\r\nab";
        for start in 0..9 {
            for end in 0..9 {
                let mut problem = Problem::new(Code::WrongValue, "wrong", "");
                problem.place.span = Some((start, end));
                let printed = render_problems(text, "f.toml", &problem.into(), false);
                assert!(printed.contains("wrong"), "{start}..{end}: {printed}");
            }
        }
    }

    #[test]
    fn colours_are_there_only_where_they_are_wanted() {
        let problems = Framework::parse("id = 1", "f.toml").unwrap_err();
        let coloured = render_problems("id = 1", "f.toml", &problems, true);
        assert!(coloured.contains("\u{1b}["));
        assert!(!explain("id = 1").contains("\u{1b}["));
    }
}
