//! `demo`: the North West sample, recorded, rated and printed.
//!
//! Everything goes through the same use cases as real work; only the clock, the ids and the person are fixed, so that every
//! demo makes the same record.

use std::path::Path;

use chrono::{DateTime, Utc};

use super::workplace::Workplace;
use crate::casework::{
    Access, AnnexWanted, Clock, Desk, GroupsWanted, NewInspection, Options, RatingScope, Round,
    Store, SurenessWanted, Target, build_annex, current_inspection, import_answers, import_cases,
    import_judgements, open_inspection, submit_assessment,
};
use crate::model::{Code, Place, Problem, Problems};
use crate::report::View;

const FILE: &str = "demo.db";
/// Where it is recorded: half a demo is no demo, also where the program is killed.
const PART: &str = "demo.db.part";
const INSPECTION: &str = "North West 2018, made-up cases";
const PROVIDER: &str = "North West NPS (made-up cases)";
const MISSING: &str =
    "3.2.3 and 3.2.4 are not in the published text, so the sample leaves them without answers";

/// The files of `samples/north-west-2018`.
const CASES: &[u8] = include_bytes!("../../samples/north-west-2018/cases.csv");
const ANSWERS: &[u8] = include_bytes!("../../samples/north-west-2018/answers.csv");
const JUDGEMENTS: &[u8] = include_bytes!("../../samples/north-west-2018/judgements.csv");

pub(super) fn run(workplace: &Workplace<'_>) -> Result<(), Problems> {
    let path = Path::new(FILE);
    if path.exists() {
        workplace
            .output
            .message("demo.db is here already: this is its annex; delete the file to start afresh");
    } else {
        let part = Path::new(PART);
        remove(part);
        record(part).inspect_err(|_| remove(part))?;
        std::fs::rename(part, path).map_err(|error| {
            let what = format!("it cannot be put in its place: {error}");
            let remedy = "check the folder and its permissions";
            Problem::new(Code::StorageFailed, what, remedy).at(Place::of(FILE))
        })?;
        workplace.output.message("created demo.db: every case in it is made up, only the percentages and ratings are published ones");
    }
    let store = Store::open(path, Access::Read)?;
    let inspection = current_inspection(&store, Some(INSPECTION))?;
    let wanted = AnnexWanted {
        scope: RatingScope::Submitted,
        view: View::default(),
        groups: GroupsWanted::default(),
        sureness: SurenessWanted::default(),
    };
    let annex = build_annex(&store, &inspection, &wanted)?;
    workplace.output.report(&annex)?;
    workplace
        .output
        .message("next: caseaudit --db demo.db rate, or progress, history CS-001, annex --counts");
    Ok(())
}

fn record(path: &Path) -> Result<(), Problems> {
    // The Monday after the fieldwork's two weeks in October 2018.
    let moment =
        DateTime::<Utc>::from_timestamp_secs(1_540_195_200).unwrap_or(DateTime::UNIX_EPOCH);
    let mut desk = Desk::new("demo", "demo", Clock::Fixed(moment), [18; 32])?;
    let mut store = Store::create(path)?;
    let inspection = open_inspection(
        &mut store,
        &mut desk,
        &NewInspection {
            name: INSPECTION,
            framework: "hmip-nps-2018",
            provider: PROVIDER,
            programme: "NPS divisions 2018/19",
            ..NewInspection::default()
        },
    )?;
    let file = |content| Options {
        content: Some(content),
        ..Options::default()
    };
    import_cases(
        &mut store,
        &mut desk,
        &inspection,
        Path::new("cases.csv"),
        &file(CASES),
    )?;
    let name = Path::new("answers.csv");
    let answers = file(ANSWERS);
    let imported = import_answers(&mut store, &desk, &inspection, name, &answers, None, true)?;
    for reference in imported.left_in_hand() {
        submit_assessment(
            &mut store,
            &desk,
            &inspection,
            Target::own(&reference),
            MISSING,
        )?;
    }
    import_judgements(
        &mut store,
        &mut desk,
        Path::new("judgements.csv"),
        &file(JUDGEMENTS),
        &Round::default(),
    )?;
    Ok(())
}

fn remove(path: &Path) {
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{ending}", path.display()));
    }
}
