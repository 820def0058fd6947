//! What is said of a framework; one of every rule and setting is among the golden files.

use super::framework_report;
use crate::framework::{Framework, builtin};

#[test]
fn the_overall_scale_in_points_is_that_of_the_counted_standards() {
    for (id, scale) in [
        (
            "hmip-nps-2018",
            "Overall of 10 standards, in points: 0–5 Inadequate, 6–15 Requires improvement, 16–25 Good, 26–30 Outstanding",
        ),
        (
            "hmip-9-standards",
            "Overall of 9 standards, in points: 0–4 Inadequate, 5–13 Requires improvement, 14–22 Good, 23–27 Outstanding",
        ),
    ] {
        let framework = Framework::parse(builtin(id).unwrap().text, id).unwrap();
        let notes = framework_report(&framework).notes;
        assert!(notes.iter().any(|note| note == scale), "{notes:#?}");
    }
}

#[test]
fn a_framework_that_rates_nothing_has_no_table_of_ratings() {
    let text = "id = 's'\ntitle = 'S'\nedition = '1'\nsource = 'S'\noverall.rule = 'targets-met'\n\
        reliability = { observations = 30, rated = true }\n\
        [[measure]]\nid = 'A'\ntitle = 'A'\nbetter = 'lower'\ntarget = 3\n\
        [[standard]]\nnumber = '1'\ntitle = 'T'\nrule = 'targets-met'\nmeasures = 'A'\n";
    let framework = Framework::parse(text, "f").unwrap();
    let report = framework_report(&framework);
    let tables: Vec<&str> = report.tables.iter().map(|table| &*table.id).collect();
    assert_eq!(tables, ["standards", "measures"]);
    assert_eq!(
        report.notes[2..],
        [
            "Overall: targets met by the measures of the counted standards are counted; there is no rating",
            "A value from fewer than 30 observations is unreliable, [z]: \
             it is shown and marked, and rated and counted all the same",
        ]
    );
}
