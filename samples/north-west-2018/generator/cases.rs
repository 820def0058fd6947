//! The made-up cases and their case information, in numbers that follow the published ones where there are any.
//!
//! Must not know the answers, save that what was recorded of a court's enquiries has to agree with them.

use super::answers::Answers;
use super::hash;
use std::collections::BTreeMap;

/// Sample of supervised cases.
pub(super) const SUPERVISION: &str = "case-supervision";
/// Sample of court reports.
pub(super) const COURT: &str = "court-reports-and-allocation";
/// Sample of victims who were offered contact.
pub(super) const VICTIM: &str = "statutory-victim-work";

/// Days of March 2018 on which supervision could start; the inspection looked at such cases six to seven months later.
const WORKING_DAYS: [u32; 21] = [
    1, 2, 5, 6, 7, 8, 9, 12, 13, 14, 15, 16, 19, 20, 21, 22, 23, 26, 27, 28, 29,
];

/// A made-up case.
pub(super) struct Case {
    /// Its reference, such as `CS-001`.
    pub(super) reference: String,
    /// The id of its sample.
    pub(super) sample: &'static str,
    /// The code of the inspector who looks at it.
    pub(super) assessor: String,
    information: BTreeMap<&'static str, String>,
}

impl Case {
    /// A piece of case information; empty where the sample has no such information.
    pub(super) fn get(&self, id: &str) -> &str {
        self.information.get(id).map_or("", String::as_str)
    }

    /// Whether a piece of case information has one of these values.
    pub(super) fn is(&self, id: &str, among: &[&str]) -> bool {
        among.contains(&self.get(id))
    }

    /// Whether the case lacks something that a prompt is about, such as other agencies: true for that many in a hundred
    /// of the cases whose information does not say otherwise.
    pub(super) fn lacks(&self, what: &str, percent: u32) -> bool {
        let has_it = match what {
            "agencies" => self.is("mappa_level", &["2", "3"]),
            "victim" => ["domestic_abuse", "child_safeguarding", "victim_contact"]
                .iter()
                .any(|concern| self.is(concern, &["yes"])),
            _ => false,
        };
        !has_it && hash(&self.reference, what) % 100 < percent
    }

    fn set(&mut self, id: &'static str, value: impl Into<String>) {
        self.information.insert(id, value.into());
    }
}

/// Every case of the three samples: 128 supervised, 120 at court, 20 victims.
pub(super) fn draw_up_cases() -> Vec<Case> {
    let mut supervision = number_cases("CS", SUPERVISION, 128);
    describe_people(&mut supervision, [5, 22, 42, 18]);
    describe_sentence(&mut supervision);
    describe_risk(&mut supervision);
    describe_supervision(&mut supervision);
    let mut court = number_cases("CR", COURT, 120);
    describe_people(&mut court, [17, 30, 42, 13]);
    describe_court_work(&mut court);
    let mut victim = number_cases("VW", VICTIM, 20);
    describe_victim_work(&mut victim);
    supervision.into_iter().chain(court).chain(victim).collect()
}

/// Writes down which enquiries were made and answered, as the answers say.
pub(super) fn record_enquiries(cases: &mut [Case], answers: &Answers) {
    for case in cases.iter_mut().filter(|case| case.sample == COURT) {
        let asked = ["3.1.1c", "3.1.1d"].map(|question| answers.answer(case, question));
        let made = if asked.contains(&Some("yes")) {
            "yes"
        } else if asked.contains(&Some("no")) {
            "no"
        } else {
            "not-needed"
        };
        let answered = answers.answer(case, "3.1.2d").unwrap_or("none-made");
        case.set("enquiries_made", made);
        case.set("enquiries_answered", answered);
    }
}

/// Cases in order, dealt in turn to twelve inspectors and ten local delivery units.
fn number_cases(prefix: &str, sample: &'static str, count: usize) -> Vec<Case> {
    (0..count)
        .map(|place| {
            let mut case = Case {
                reference: format!("{prefix}-{:03}", place + 1),
                sample,
                assessor: format!("INSP-{:02}", place % 12 + 1),
                information: BTreeMap::new(),
            };
            case.set("ldu", format!("LDU-{:02}", place % 10 + 1));
            case
        })
        .collect()
}

/// Gives a piece of information to the cases that `only` picks: so many of each value, the rest to the others.
fn deal(
    cases: &mut [Case],
    id: &'static str,
    only: impl Fn(&Case) -> bool,
    shares: &[(&str, usize)],
    rest: &str,
) {
    let mut chosen: Vec<&mut Case> = cases.iter_mut().filter(|case| only(case)).collect();
    chosen.sort_by_cached_key(|case| hash(&case.reference, id));
    let dealt = shares
        .iter()
        .flat_map(|(value, count)| std::iter::repeat_n(*value, *count))
        .chain(std::iter::repeat(rest));
    for (case, value) in chosen.into_iter().zip(dealt) {
        case.set(id, value);
    }
}

fn every(_: &Case) -> bool {
    true
}

/// `counts`: women, then people of 18 to 25, of 26 to 35, of 51 and over.
fn describe_people(cases: &mut [Case], counts: [usize; 4]) {
    let [women, young, younger, older] = counts;
    deal(cases, "gender", every, &[("female", women)], "male");
    let ages = [("18-25", young), ("26-35", younger), ("51-and-over", older)];
    deal(cases, "age_band", every, &ages, "36-50");
    // Twelve people in a hundred of the published caseload are from a black or minority ethnic background.
    let ethnicities = [
        ("asian", 7),
        ("black", 4),
        ("mixed", 4),
        ("other", 1),
        ("not-stated", 4),
    ];
    deal(cases, "ethnicity", every, &ethnicities, "white");
}

fn describe_sentence(cases: &mut [Case]) {
    deal(cases, "disability", every, &[("yes", 35)], "no");
    let disposals = [
        ("community-order", 30),
        ("suspended-sentence-order", 26),
        ("post-sentence-supervision", 8),
    ];
    deal(cases, "disposal", every, &disposals, "licence");
    let on_licence = |case: &Case| case.is("disposal", &["licence"]);
    deal(cases, "victim_contact", every, &[], "no");
    deal(cases, "victim_contact", on_licence, &[("yes", 28)], "no");
    let with_victims = |case: &Case| case.is("victim_contact", &["yes"]);
    deal(cases, "victim_work", every, &[], "no");
    deal(cases, "victim_work", with_victims, &[("yes", 10)], "no");
    deal(cases, "non_compliance", every, &[("yes", 55)], "no");
}

/// Published: over two-thirds MAPPA, almost all at level 1; 18% in the IOM pilot; domestic abuse concerns in just over
/// half and child safeguarding concerns in almost two-thirds; risk classified correctly in almost all.
fn describe_risk(cases: &mut [Case]) {
    let levels = [("low", 4), ("medium", 52), ("very-high", 6)];
    deal(cases, "rosh", every, &levels, "high");
    deal(cases, "rosh_correct", every, &[("no", 5)], "yes");
    // 96 cases with risk of serious harm issues: 72 high or very high, and 24 of the medium ones.
    let medium = |case: &Case| case.is("rosh", &["medium"]);
    let high = |case: &Case| case.is("rosh", &["high", "very-high"]);
    deal(cases, "rosh_issues", every, &[], "no");
    deal(cases, "rosh_issues", medium, &[("yes", 24)], "no");
    deal(cases, "rosh_issues", high, &[], "yes");
    let categories = [("none", 40), ("1", 46), ("3", 3)];
    deal(cases, "mappa_category", every, &categories, "2");
    let mappa = |case: &Case| !case.is("mappa_category", &["none"]);
    deal(cases, "mappa_level", every, &[], "none");
    deal(cases, "mappa_level", mappa, &[], "1");
    let high_mappa = |case: &Case| high(case) && mappa(case);
    deal(cases, "mappa_level", high_mappa, &[("2", 5), ("3", 1)], "1");
    let first_category = |case: &Case| case.is("mappa_category", &["1"]);
    deal(cases, "iom", every, &[], "no");
    deal(cases, "iom", first_category, &[("yes", 23)], "no");
    deal(cases, "domestic_abuse", every, &[("yes", 70)], "no");
    deal(cases, "child_safeguarding", every, &[("yes", 83)], "no");
}

/// Two units make a cluster, a unit has two teams of two officers; no officer has more than four of the cases.
fn describe_supervision(cases: &mut [Case]) {
    for (place, case) in cases.iter_mut().enumerate() {
        let (unit, officer) = (place % 10, place / 10 % 4);
        case.set("cluster", format!("CL-{}", unit / 2 + 1));
        case.set("team", format!("LDU-{:02}-T{}", unit + 1, officer / 2 + 1));
        case.set("officer", format!("RO-{:02}{:02}", unit + 1, officer + 1));
        let turn = hash(&case.reference, "start_date") as usize % WORKING_DAYS.len();
        let day = WORKING_DAYS.get(turn).unwrap_or(&1);
        case.set("start_date", format!("2018-03-{day:02}"));
    }
    let officers = [("2", 40), ("3", 14), ("4", 4)];
    deal(cases, "officers_count", every, &officers, "1");
}

/// Published: 16% allocated to the NPS; domestic abuse a concern or unclear in more than half; child safeguarding a
/// concern in a quarter and unclear in another.
fn describe_court_work(cases: &mut [Case]) {
    deal(
        cases,
        "report_type",
        every,
        &[("fast", 30), ("standard", 6)],
        "oral",
    );
    deal(cases, "allocation", every, &[("nps", 19)], "crc");
    let to_nps = |case: &Case| case.is("allocation", &["nps"]);
    let proposals = [("CO-UPW", 32), ("SSO-RAR", 18), ("FINE", 11), ("CO-ICO", 6)];
    deal(cases, "proposal", every, &proposals, "CO-RAR");
    deal(
        cases,
        "proposal",
        to_nps,
        &[("CUSTODY", 8), ("SSO-RAR", 6)],
        "CO-PROG",
    );
    let abuse = [("yes", 43), ("unclear", 22)];
    deal(cases, "domestic_abuse", every, &abuse, "no");
    let safeguarding = [("yes", 30), ("unclear", 30)];
    deal(cases, "child_safeguarding", every, &safeguarding, "no");
    for case in cases.iter_mut() {
        let court = hash(&case.reference, "court") % 26 + 1;
        case.set("court", format!("CRT-{court:02}"));
    }
}

fn describe_victim_work(cases: &mut [Case]) {
    deal(cases, "contact", every, &[("declined", 4)], "taken-up");
    let offences = [("SEXUAL", 8), ("ROBBERY", 2), ("STALKING", 2)];
    deal(cases, "offence_type", every, &offences, "VIOLENCE");
}
