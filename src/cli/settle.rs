//! `settle`.

use clap::Args as ClapArgs;

use super::interest::find_to_reassign;
use super::workplace::Workplace;
use crate::casework::{CasesSettled, OpenConflict, list_conflicts, settle_conflict};
use crate::model::{Problems, list_some};
use crate::report::{Cell, Column, Kind, Report, Row, Table};

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  caseaudit settle
  caseaudit settle CS-001 2.1.1 no --because \"The plan is dated after the review\"
  caseaudit settle CS-002 note:2.1.2 \"Police record not used\" --because \"Agreed by both\"
  caseaudit settle CS-003 status open --because \"Answers came in after it was submitted\"
  caseaudit settle \"CS-004 (2)\" reference CS-104 --because \"Another case of the same day\"
  caseaudit settle \"North West 2018\" status closed:5e5c4efe --because \"Agreed by both leads\"

FIELD is what the list says: a question's number, note:NUMBER, the id of case information, assessor, reference or status.")]
pub(super) struct Args {
    /// The case, or the inspection's name where the conflict is about that; none: list what is in conflict
    #[arg(value_name = "REF", requires_all = ["field", "value", "because"])]
    about: Option<String>,
    /// What is in conflict
    field: Option<String>,
    /// What holds: one of the values in conflict, or another
    value: Option<String>,
    /// Why
    #[arg(long, value_name = "REASON", requires = "about")]
    because: Option<String>,
}

pub(super) fn run(workplace: &Workplace<'_>, args: &Args) -> Result<(), Problems> {
    let (Some(about), Some(field), Some(value)) = (&args.about, &args.field, &args.value) else {
        return list(workplace);
    };
    let because = args.because.as_deref().unwrap_or_default();
    let (mut store, inspection, desk) = workplace.work()?;
    let settled = settle_conflict(&mut store, &desk, &inspection, about, field, value, because)?;
    let output = workplace.output;
    let left = match settled.left_count {
        0 => String::new(),
        1 => "; 1 conflict is left there".to_owned(),
        count => format!("; {count} conflicts are left there"),
    };
    output.message(&format!("settled {field} of {about}: {value}{left}"));
    output.settled(&settled.parked, &settled.restored);
    say_cases(workplace, &settled.cases);
    find_to_reassign(output, (&store, &inspection), Some(about))
}

/// What became of cases that only another draw or reserve had brought in.
fn say_cases(workplace: &Workplace<'_>, cases: &CasesSettled) {
    let say = |references: &[String], what: &str| {
        let names: Vec<&str> = references.iter().map(String::as_str).collect();
        if !names.is_empty() {
            let line = format!("{what}: {}", list_some(&names));
            workplace.output.message(&line);
        }
    };
    say(
        &cases.withdrawn,
        "withdrawn, because what brought them in does not hold",
    );
    say(&cases.restored, "taken back into the sample");
    say(
        &cases.kept,
        "note: kept, because work on them has begun; withdraw what is not meant (caseaudit case withdraw REF)",
    );
    say(
        &cases.unreplaced,
        "note: replaced by no case now; call up the next reserve (caseaudit case replace REF)",
    );
}

fn list(workplace: &Workplace<'_>) -> Result<(), Problems> {
    let (store, inspection) = workplace.look()?;
    let conflicts = list_conflicts(&store, &inspection, &workplace.who())?;
    if conflicts.is_empty() {
        workplace.output.message("nothing is in conflict");
    }
    let table = Table {
        id: "conflicts".to_owned(),
        title: format!("Open conflicts of {}", inspection.name),
        units: "Times are UTC, by the clock of each device".to_owned(),
        columns: vec![
            Column::new("about", "About", Kind::Code),
            Column::new("field", "Field", Kind::Code),
            Column::new("value", "Value", Kind::Text),
            Column::new("who", "Who", Kind::Text),
            Column::new("at", "When", Kind::Code),
            Column::new("stands", "For\u{a0}now", Kind::Text),
        ],
        rows: conflicts.iter().flat_map(rows).collect(),
        ..Table::default()
    };
    workplace.output.report(&Report {
        tables: vec![table],
        ..Report::default()
    })
}

/// One row for each thing that was said.
fn rows(conflict: &OpenConflict) -> impl Iterator<Item = Row> + '_ {
    conflict.says.iter().map(|saying| {
        let value = match saying.value.as_str() {
            "" => "(nothing)",
            value => value,
        };
        let who = format!("{} on {}", saying.who, saying.device);
        let at = saying.at.replace('T', " ");
        let at: String = at.chars().take(19).collect();
        let stands = if saying.in_force { "in force" } else { "" };
        let texts = [
            conflict.about.as_str(),
            &conflict.field,
            value,
            &who,
            &at,
            stands,
        ];
        Row::new(texts.into_iter().map(Cell::text).collect())
    })
}
