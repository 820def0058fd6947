//! The words of the sample: made-up notes of inspectors, and the judgements of domain one in our own words.
//!
//! Must not know counts: notes are tied to a question, and which case they fall to is decided elsewhere (`answers`).

/// Key questions answered yes over prompts that all say no, and why; one case each.
pub(super) const EXCEPTIONS: &[[&str; 2]] = &[
    [
        "2.1.2",
        "Nothing of this is written down, but the officer explained it fully in interview and has acted on it.",
    ],
    [
        "2.2.2",
        "No plan on the system; a good one, signed by both, hangs in the paper file.",
    ],
    [
        "2.4.1",
        "Never written up as a review. Weekly three-way meetings did, in effect, all that one should do.",
    ],
];

/// Notes on key questions answered no, each with the prompt that it is about.
pub(super) const REMARKS: &[[&str; 2]] = &[
    [
        "2.1.1a",
        "Written from the previous assessment, without speaking to the person.",
    ],
    [
        "2.1.1c",
        "Dyslexia is mentioned, but nobody asked what would help.",
    ],
    [
        "2.1.2a",
        "Alcohol is listed as \"linked to offending\", and then not analysed.",
    ],
    ["2.1.2c", "Pulled through from an assessment two years old."],
    [
        "2.1.3c",
        "Nothing was asked of the police, who hold the earlier call-outs.",
    ],
    [
        "2.1.3f",
        "Says \"no known concerns\"; three children at the address.",
    ],
    [
        "2.2.1a",
        "Plan drawn up before the first meeting and never discussed.",
    ],
    [
        "2.2.1b",
        "Shift work, childcare and travel are known, yet every appointment is at 10 am.",
    ],
    [
        "2.2.2a",
        "The plan is one line: \"address thinking skills\".",
    ],
    [
        "2.2.2c",
        "Drug use, debt and housing are in the assessment, but no service is named for any of them.",
    ],
    [
        "2.2.3d",
        "No thought of what to do if the relationship resumes.",
    ],
    [
        "2.2.3c",
        "Refers to the minutes of a multi-agency meeting, which do not cover the new partner.",
    ],
    [
        "2.2.3f",
        "Contingency plan says \"monitor\", and nothing else.",
    ],
    ["2.3.1a", "First appointment seven weeks after the start."],
    ["2.3.1f", "Four absences, one letter, no enforcement."],
    [
        "2.3.2b",
        "Referred to the programme twice; never started, and nobody asked why.",
    ],
    [
        "2.3.2a",
        "Waiting list for alcohol treatment, with nothing offered meanwhile.",
    ],
    [
        "2.3.2f",
        "Seen by duty staff more often than not; each one began again.",
    ],
    [
        "2.3.3e",
        "No home visit, despite \"home visit essential\" in the plan.",
    ],
    [
        "2.3.3b",
        "Moved in with a vulnerable adult, which was not followed up.",
    ],
    [
        "2.4.1a",
        "Missed appointments are counted, but the reasons are not looked at.",
    ],
    ["2.4.1d", "No review, although it was promised twice."],
    [
        "2.4.2a",
        "Lost job and tenancy in the same month; the plan is unchanged.",
    ],
    [
        "2.4.2b",
        "The review is a copy of the assessment, date included.",
    ],
    [
        "2.4.3a",
        "Arrest for harassment recorded in contacts, with no review of risk.",
    ],
    [
        "2.4.3b",
        "Police intelligence received, filed, and not acted on.",
    ],
    [
        "2.4.3d",
        "The officer said risk was \"the same as ever\"; nobody asked the family.",
    ],
    [
        "3.1.1j",
        "The proposal overlooks that there is no income, and no address.",
    ],
    [
        "3.1.1c",
        "\"No domestic abuse issues\" is stated, without a check.",
    ],
    ["3.1.1k", "The record of the advice is two lines long."],
    ["3.1.2b", "Screening left out a conviction for arson."],
    [
        "3.1.2d",
        "Allocated before the reply came, which raised concerns.",
    ],
    [
        "3.2.1b",
        "Standard letter, addressed to \"Dear Sir or Madam\".",
    ],
    [
        "3.2.2d",
        "Six months without contact, after the victim had asked for monthly calls.",
    ],
];

/// Standards of domain one: number, published rating, and why.
pub(super) const JUDGEMENTS: [[&str; 3]; 4] = [
    [
        "1.1",
        "Good",
        "Leaders have a clear vision that staff know and share, plans are followed up, and risks to the service, above all the shortage of probation officers, are seen and planned for. The operating model gives people personal attention, though some buildings do not suit it.",
    ],
    [
        "1.2",
        "Requires improvement",
        "One probation officer post in five is vacant, and only just over half of the staff interviewed find their workload manageable. Staff are skilled and most value their supervision, but managers are stretched, and fewer than two-thirds of staff think that enough attention is paid to their safety and wellbeing.",
    ],
    [
        "1.3",
        "Good",
        "The needs of the people supervised are well analysed, and work with other agencies, courts and victims is good. Range and availability of services vary from place to place.",
    ],
    [
        "1.4",
        "Requires improvement",
        "Policies are well communicated, new laptops are welcome, and lessons are learned. Repairs to buildings take far too long, some offices are unfit or unsafe, and office mobile phones are hard to come by.",
    ],
];
